import { TemplateBodySchema, type Paper, type PaperKind } from '../../shared/contract/papers.ts';
import type { Deps } from '../kernel/deps.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { PaperContentSchema, type PaperContent } from './paper-content.ts';
import { renderHtml } from './html.ts';
import { sha256Of } from '../kernel/pdf.ts';
import { renderPdf } from './pdf.ts';
import { sealOf } from './seal.ts';
import { findPaper, insertPaper, keepPdf, paperView, type PaperRow } from './store-papers.ts';
import { templateOf } from './templates.ts';

/** Writes a paper down: its content as it stands now, sealed, with the template's version that it is made by. */
export async function makePaper(
  tx: Tx,
  paper: {
    kind: PaperKind;
    incidentId: number;
    fileId: number | null;
    content: Omit<PaperContent, 'title'>;
  },
): Promise<Paper> {
  const template = await templateOf(tx, paper.kind);
  const { title } = TemplateBodySchema.parse(JSON.parse(template.body));
  const id = tx.deps.newId();
  const row = await insertPaper(tx.db, {
    id,
    kind: paper.kind,
    number: paper.content.number,
    incidentId: paper.incidentId,
    fileId: paper.fileId,
    templateId: template.id,
    fields: sealOf(tx.deps).close(`paper/${id}`, JSON.stringify({ ...paper.content, title })),
    at: tx.at,
    by: tx.actor.id,
  });
  const view = paperView(row);
  tx.announce('paper.made', `incident/${paper.incidentId}`, { incidentId: view.incidentId, paper: view });
  return view;
}

const opened = (deps: Deps, row: PaperRow) => ({
  template: TemplateBodySchema.parse(JSON.parse(row.template_body)),
  content: PaperContentSchema.parse(
    JSON.parse(sealOf(deps).open(`paper/${row.id}`, row.fields).toString()) as unknown,
  ),
});

async function find(deps: Deps, id: string): Promise<PaperRow> {
  const row = /^[0-9a-f-]{36}$/.test(id) ? await findPaper(deps.db, id) : undefined;
  if (!row) throw new Refused('paper_unknown', { paperId: id });
  return row;
}

/** The PDF of a paper: rendered at the first reading, then kept with its hash; afterwards always the same bytes. */
export async function pdfOf(deps: Deps, id: string): Promise<{ pdf: Buffer; sha256: string; row: PaperRow }> {
  const row = await find(deps, id);
  const seal = sealOf(deps);
  if (row.pdf && row.pdf_sha256) return { pdf: seal.open(`pdf/${id}`, row.pdf), sha256: row.pdf_sha256, row };
  const { template, content } = opened(deps, row);
  const pdf = await renderPdf(template, content, Date.parse(row.made_at));
  await keepPdf(deps.db, id, seal.close(`pdf/${id}`, pdf), sha256Of(pdf));
  const kept = await find(deps, id);
  return { pdf: seal.open(`pdf/${id}`, kept.pdf!), sha256: kept.pdf_sha256!, row: kept };
}

/** The print view of a paper. */
export async function htmlOf(deps: Deps, id: string): Promise<string> {
  const { template, content } = opened(deps, await find(deps, id));
  return renderHtml(template, content);
}
