import type { EvidenceKind, EvidenceView, PhotoKind } from '../../shared/contract/evidence.ts';
import { familyOf } from '../incidents/store-field.ts';
import type { Tx } from '../kernel/transact.ts';
import { dateInWords, instantInWords } from './chinese.ts';
import { addCustody, attachedTo, evidenceOfIncidents } from './store-evidence.ts';
import { papersOfFile } from './store-papers.ts';
import type { FileRow } from './store.ts';

const kinds: Readonly<Record<EvidenceKind, string>> = {
  documentary: '书证',
  physical: '物证',
  audiovisual: '现场照片',
  electronic: '电子数据',
  testimony: '证人证言',
  party_statement: '当事人陈述',
  appraisal: '鉴定意见',
  inspection_record: '现场笔录',
};
const shots: Readonly<Record<PhotoKind, string>> = {
  near: '近景',
  far: '全景',
  reference: '参照物',
  before: '处置前',
  after: '处置后',
};
const records: Readonly<Record<string, string>> = {
  inspection_record: '现场检查（勘验）笔录',
  interview_record: '询问笔录',
};

/** A picture that is there as the original and as its copy is one piece of evidence: the original, once it has come. */
const pieces = (evidence: readonly EvidenceView[]): EvidenceView[] => {
  const ids = new Set(evidence.map(({ id }) => id));
  return evidence.filter(({ originalId }) => originalId === null || !ids.has(originalId));
};

/** Everything that lies in the incident of a file goes into it, each piece once, with a link in its chain of custody. */
export async function attachAll(tx: Tx, file: Pick<FileRow, 'id' | 'incident_id'>): Promise<void> {
  const there = new Set(await attachedTo(tx.db, file.id));
  const known = await evidenceOfIncidents(tx.db, await familyOf(tx.db, file.incident_id));
  for (const { id } of pieces(known))
    if (!there.has(id)) await addCustody(tx.db, id, 'attached', tx.at, tx.actor.id, `file/${file.id}`);
}

/** The evidence of a file one by one, as its decision lists it: what was attached, and the records that were written. */
export async function evidenceText(tx: Pick<Tx, 'db'>, file: FileRow): Promise<string> {
  const there = new Set(await attachedTo(tx.db, file.id));
  const known = await evidenceOfIncidents(tx.db, await familyOf(tx.db, file.incident_id));
  const lines = [
    ...pieces(known.filter(({ id }) => there.has(id))).map(({ kind, photoKind, slot, capturedAt }) => {
      const what = [slot ?? (photoKind && shots[photoKind]), instantInWords(Date.parse(capturedAt))];
      return `${kinds[kind]}（${what.filter(Boolean).join('，')}）`;
    }),
    ...(await papersOfFile(tx.db, file.id)).flatMap(({ kind, made_at }) => {
      const name = records[kind];
      return name === undefined ? [] : [`${name}（${dateInWords(Date.parse(made_at))}）`];
    }),
    ...(file.progress.statement === 'heard' ? ['当事人的陈述和申辩'] : []),
  ];
  return lines.length === 0
    ? '当事人对违法事实的确认'
    : lines.map((line, i) => `${i + 1}. ${line}`).join('；');
}
