import type { z } from 'zod';
import {
  TemplateBodySchema,
  type ChangeTemplateSchema,
  type PaperKind,
  type TemplateBody,
  type TemplateSchema,
} from '../../shared/contract/papers.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { insertTemplate, listTemplates, newestTemplate, type TemplateRow } from './store-papers.ts';
import { compulsoryFields, paperFields } from './templates/fields.ts';
import { correctionOrder, inquiryNotice, onSpotDecision } from './templates/on-the-spot.ts';
import { hearingNotice, hearingRecord, noPenaltyDecision, transferLetter } from './templates/endings.ts';
import {
  extensionNotice,
  preservationNotice,
  releaseDecision,
  seizureDecision,
} from './templates/measures.ts';
import { closingForm, demandLetter, penaltyDecision, priorNotice } from './templates/ordinary.ts';
import { inspectionRecord, interviewRecord, serviceReceipt } from './templates/records.ts';

type Template = z.output<typeof TemplateSchema>;

/** First version of each kind of paper; what an organ changes is kept beside it as the next. */
export const firstTemplates: Readonly<Record<PaperKind, TemplateBody>> = {
  inquiry_notice: inquiryNotice,
  onspot_decision: onSpotDecision,
  correction_order: correctionOrder,
  inspection_record: inspectionRecord,
  service_receipt: serviceReceipt,
  interview_record: interviewRecord,
  prior_notice: priorNotice,
  penalty_decision: penaltyDecision,
  demand_letter: demandLetter,
  hearing_notice: hearingNotice,
  hearing_record: hearingRecord,
  no_penalty_decision: noPenaltyDecision,
  transfer_letter: transferLetter,
  preservation_notice: preservationNotice,
  seizure_decision: seizureDecision,
  extension_notice: extensionNotice,
  release_decision: releaseDecision,
  closing_form: closingForm,
};

const kinds = Object.keys(firstTemplates) as PaperKind[];

/** The version in force of a kind; the first is written down when it is first needed. */
export async function templateOf(tx: Pick<Tx, 'db' | 'at'>, kind: PaperKind): Promise<TemplateRow> {
  const known = await newestTemplate(tx.db, kind);
  if (known) return known;
  const body = JSON.stringify(firstTemplates[kind]);
  await insertTemplate(tx.db, { kind, version: 1, body, note: '首版', at: tx.at, by: null });
  return (await newestTemplate(tx.db, kind))!;
}

/** Every text of a template. */
function textsOf(body: TemplateBody): string[] {
  return body.blocks.flatMap((block) => {
    if (block.block === 'table') return block.rows.flat().map(({ text }) => text);
    return 'text' in block ? [block.text] : [];
  });
}

const namesIn = (text: string): string[] => [...text.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1]!);

/** Fields that the seal, title and signatures bring by themselves. */
const broughtBy = { seal: ['organ', 'date'], head: ['number'] } as const;

/** Names that nobody fills, and those that the law wants and that are missing. */
export function faultsOf(kind: PaperKind, body: TemplateBody): { unknown: string[]; missing: string[] } {
  const used = new Set(textsOf(body).flatMap(namesIn));
  const known: ReadonlySet<string> = new Set(paperFields);
  const brought = new Set<string>([
    ...broughtBy.head,
    ...(body.blocks.some(({ block }) => block === 'seal') ? broughtBy.seal : []),
    ...(body.blocks.some((block) => block.block === 'signatures' && block.of.includes('officers'))
      ? ['officers']
      : []),
  ]);
  return {
    unknown: [...used].filter((name) => !known.has(name)),
    missing: compulsoryFields[kind].filter((name) => !used.has(name) && !brought.has(name)),
  };
}

/** An administrator adds a version; the ones before stay, and papers made by them keep them. */
export async function changeTemplate(
  tx: Tx,
  kind: PaperKind,
  { body, note }: z.output<typeof ChangeTemplateSchema>,
): Promise<Template> {
  const faults = faultsOf(kind, body);
  if (faults.unknown.length > 0 || faults.missing.length > 0)
    throw new Refused('template_invalid', { kind, ...faults });
  const before = await templateOf(tx, kind);
  const row = await insertTemplate(tx.db, {
    kind,
    version: before.version + 1,
    body: JSON.stringify(body),
    note,
    at: tx.at,
    by: tx.actor.id,
  });
  if (!row) throw new Refused('template_taken', { kind, version: before.version + 1 });
  tx.announce('template.changed', `template/${kind}`, { kind, version: row.version, note });
  return templateView(row);
}

const templateView = (row: TemplateRow): Template => ({
  kind: row.kind,
  version: row.version,
  note: row.note,
  createdAt: row.created_at,
  createdBy: row.created_by as Template['createdBy'],
  body: TemplateBodySchema.parse(JSON.parse(row.body)),
  fields: [...paperFields],
  compulsory: [...compulsoryFields[row.kind]],
});

/** Every version of every kind; a kind that made no paper yet shows its first. */
export async function readTemplates(tx: Pick<Tx, 'db' | 'at'>): Promise<Template[]> {
  const rows = await listTemplates(tx.db);
  const unused = kinds
    .filter((kind) => !rows.some((row) => row.kind === kind))
    .map((kind) => ({
      id: 0,
      kind,
      version: 1,
      body: JSON.stringify(firstTemplates[kind]),
      note: '首版',
      created_at: new Date(tx.at).toISOString(),
      created_by: null,
    }));
  return [...rows, ...unused].map(templateView);
}
