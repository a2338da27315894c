import type { Knex } from 'knex';
import type { Paper, PaperKind } from '../../shared/contract/papers.ts';

/** All SQL that names paper and paper_template. */

export interface TemplateRow {
  id: number;
  kind: PaperKind;
  version: number;
  body: string;
  note: string;
  created_at: string;
  created_by: number | null;
}

/** The newest version of a kind; nothing before the first paper of that kind. */
export const newestTemplate = (db: Knex, kind: PaperKind): Promise<TemplateRow | undefined> =>
  db<TemplateRow>('paper_template').where({ kind }).orderBy('version', 'desc').first();

export const listTemplates = (db: Knex): Promise<TemplateRow[]> =>
  db<TemplateRow>('paper_template').orderBy(['kind', 'version']);

/** Adds a version; answers nothing when somebody added the same number first. */
export async function insertTemplate(
  db: Knex,
  t: { kind: PaperKind; version: number; body: string; note: string; at: number; by: number | null },
): Promise<TemplateRow | undefined> {
  const rows = await db('paper_template')
    .insert({
      kind: t.kind,
      version: t.version,
      body: t.body,
      note: t.note,
      created_at: new Date(t.at),
      created_by: t.by,
    })
    .onConflict(['kind', 'version'])
    .ignore()
    .returning('*');
  return rows[0] as TemplateRow | undefined;
}

export interface PaperRow {
  id: string;
  kind: PaperKind;
  number: string | null;
  incident_id: number;
  file_id: number | null;
  template_id: number;
  template_version: number;
  template_body: string;
  fields: Buffer;
  made_at: string;
  pdf: Buffer | null;
  pdf_sha256: string | null;
}

export const paperView = (row: PaperRow): Paper =>
  ({
    id: row.id,
    kind: row.kind,
    number: row.number,
    incidentId: row.incident_id,
    fileId: row.file_id,
    templateVersion: row.template_version,
    madeAt: row.made_at,
  }) as Paper;

const select = (db: Knex) =>
  db('paper as p')
    .join('paper_template as t', 't.id', 'p.template_id')
    .select('p.*', 't.version as template_version', 't.body as template_body');

export async function insertPaper(
  db: Knex,
  p: {
    id: string;
    kind: PaperKind;
    number: string | null;
    incidentId: number;
    fileId: number | null;
    templateId: number;
    fields: Buffer;
    at: number;
    by: number | null;
  },
): Promise<PaperRow> {
  await db('paper').insert({
    id: p.id,
    kind: p.kind,
    number: p.number,
    incident_id: p.incidentId,
    file_id: p.fileId,
    template_id: p.templateId,
    fields: p.fields,
    made_at: new Date(p.at),
    made_by: p.by,
  });
  return (await findPaper(db, p.id))!;
}

export const findPaper = (db: Knex, id: string): Promise<PaperRow | undefined> =>
  select(db).where('p.id', id).first() as Promise<PaperRow | undefined>;

export const papersOfFile = (db: Knex, fileId: number): Promise<PaperRow[]> =>
  select(db).where('p.file_id', fileId).orderBy(['p.made_at', 'p.id']);

export const papersOfIncidents = (db: Knex, incidentIds: readonly number[]): Promise<PaperRow[]> =>
  select(db)
    .whereIn('p.incident_id', [...incidentIds])
    .orderBy(['p.made_at', 'p.id']);

/** Keeps the rendered PDF, sealed; the first one stays. */
export const keepPdf = (db: Knex, id: string, pdf: Buffer, sha256: string) =>
  db('paper').where({ id }).whereNull('pdf').update({ pdf, pdf_sha256: sha256 });
