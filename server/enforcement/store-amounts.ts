import type { Knex } from 'knex';
import type { Companions, PartyKind, Proposal } from '../../shared/contract/enforcement.ts';

/**
 * All SQL that names an amount: penalty_proposal, penalty_decision, payment and benchmark. Nobody outside this domain may
 * import this file, so that no score can be fed by a fine (行政处罚法 74③); a test looks.
 */

interface CompanionColumns {
  gains_yuan: number | null;
  thing_ids: number[];
  stop_business: string | null;
}

const companionColumns = ({ companions }: Proposal): CompanionColumns => ({
  gains_yuan: companions?.gainsYuan ?? null,
  thing_ids: companions?.thingIds ?? [],
  stop_business: companions?.stopBusiness ?? null,
});

/** What a row imposes beside the warning or the fine; null without any. */
export function companionsOf(row: CompanionColumns): Companions | null {
  const { gains_yuan, thing_ids, stop_business } = row;
  if (gains_yuan === null && thing_ids.length === 0 && stop_business === null) return null;
  return {
    ...(gains_yuan !== null && { gainsYuan: gains_yuan }),
    ...(thing_ids.length > 0 && { thingIds: thing_ids.map(Number) }),
    ...(stop_business !== null && { stopBusiness: stop_business }),
  };
}

function proposalOf(
  row: { kind: 'warning' | 'fine'; amount_yuan: number | null } & CompanionColumns,
): Proposal {
  const companions = companionsOf(row);
  const beside = companions ? { companions } : {};
  return row.kind === 'fine'
    ? { kind: 'fine', amountYuan: row.amount_yuan!, ...beside }
    : { kind: 'warning', ...beside };
}

export const findProposal = async (db: Knex, fileId: number): Promise<Proposal | null> => {
  const row = await db('penalty_proposal')
    .where({ file_id: fileId })
    .first('kind', 'amount_yuan', 'gains_yuan', 'thing_ids', 'stop_business');
  return row ? proposalOf(row) : null;
};

/** What is proposed; until the party is told it may change, afterwards a new telling replaces it. */
export const saveProposal = (db: Knex, fileId: number, proposal: Proposal, level: string | null) =>
  db('penalty_proposal')
    .insert({
      file_id: fileId,
      kind: proposal.kind,
      amount_yuan: proposal.kind === 'fine' ? proposal.amountYuan : null,
      level,
      ...companionColumns(proposal),
    })
    .onConflict('file_id')
    .merge();

export interface DecisionRow extends CompanionColumns {
  id: number;
  file_id: number;
  number: string;
  procedure: 'simple' | 'ordinary';
  party_kind: PartyKind;
  kind: 'warning' | 'fine';
  amount_yuan: number | null;
  text: string;
  decided_at: string;
  received_at: string;
  decided_by: number;
  revoked_at: string | null;
}

export async function insertDecision(
  db: Knex,
  d: {
    fileId: number;
    number: string;
    procedure: 'simple' | 'ordinary';
    partyKind: PartyKind;
    proposal: Proposal;
    law: readonly [number, number] | null;
    benchmark: readonly [number, number] | null;
    text: string;
    decidedAt: number;
    receivedAt: number;
    by: number;
  },
): Promise<DecisionRow> {
  const [row] = await db('penalty_decision')
    .insert({
      file_id: d.fileId,
      number: d.number,
      procedure: d.procedure,
      party_kind: d.partyKind,
      kind: d.proposal.kind,
      amount_yuan: d.proposal.kind === 'fine' ? d.proposal.amountYuan : null,
      law_least_yuan: d.law?.[0] ?? null,
      law_most_yuan: d.law?.[1] ?? null,
      benchmark_least_yuan: d.benchmark?.[0] ?? null,
      benchmark_most_yuan: d.benchmark?.[1] ?? null,
      ...companionColumns(d.proposal),
      text: d.text,
      decided_at: new Date(d.decidedAt),
      received_at: new Date(d.receivedAt),
      decided_by: d.by,
    })
    .returning('*');
  return row as DecisionRow;
}

export const findDecision = (db: Knex, fileId: number): Promise<DecisionRow | undefined> =>
  db<DecisionRow>('penalty_decision').where({ file_id: fileId }).first();

export const revokeDecision = (db: Knex, fileId: number, at: number) =>
  db('penalty_decision')
    .where({ file_id: fileId })
    .update({ revoked_at: new Date(at) });

/** Was a fine that still stands imposed on the same party for the same act, by another file? (行政处罚法 29) */
export async function isFined(
  db: Knex,
  of: { incidentIds: readonly number[]; idMark: string | null; exceptFileId: number | null },
): Promise<boolean> {
  const found = await db.raw(
    `select 1 from penalty_decision d join penalty_file f on f.id = d.file_id left join party p on p.id = f.party_id
     where f.incident_id = any (:incidentIds) and d.kind = 'fine' and d.revoked_at is null
       and f.id <> coalesce(:exceptFileId::bigint, 0) and (:idMark::text is null or p.id_mark is null or p.id_mark = :idMark)
     limit 1`,
    { incidentIds: [...of.incidentIds], idMark: of.idMark, exceptFileId: of.exceptFileId },
  );
  return found.rows.length > 0;
}

export const insertPayment = (
  db: Knex,
  p: {
    decisionId: number;
    channel: string;
    amountYuan: number;
    receiptNumber: string;
    cashGround: string | null;
    paidAt: number;
    by: number;
  },
) =>
  db('payment')
    .insert({
      decision_id: p.decisionId,
      channel: p.channel,
      amount_yuan: p.amountYuan,
      receipt_number: p.receiptNumber,
      cash_ground: p.cashGround,
      paid_at: new Date(p.paidAt),
      recorded_by: p.by,
    })
    .onConflict(['channel', 'receipt_number'])
    .ignore()
    .returning('id');

/** Cash on a decision that the organ has not got yet is handed in; answers how many payments that were. */
export const handInPayments = (db: Knex, decisionId: number, at: number, by: number): Promise<number> =>
  db('payment')
    .where({ decision_id: decisionId, channel: 'cash_on_spot' })
    .whereNull('handed_in_at')
    .update({ handed_in_at: new Date(at), handed_in_by: by });

/** Cash that was handed in is paid in at the bank; answers how many payments that were. */
export const bankPayments = (db: Knex, decisionId: number, at: number, slip: string): Promise<number> =>
  db('payment')
    .where({ decision_id: decisionId })
    .whereNotNull('handed_in_at')
    .whereNull('banked_at')
    .update({ banked_at: new Date(at), bank_slip: slip });

/** Where the cash taken on a decision is; null when none was taken. */
export async function cashOn(db: Knex, decisionId: number): Promise<'held' | 'handed_in' | 'banked' | null> {
  const taken = await db('payment')
    .where({ decision_id: decisionId, channel: 'cash_on_spot' })
    .select('handed_in_at', 'banked_at');
  if (taken.length === 0) return null;
  if (taken.some((row) => row.handed_in_at === null)) return 'held';
  return taken.some((row) => row.banked_at === null) ? 'handed_in' : 'banked';
}

/** Paid on a decision so far, yuan, and the instant of the last payment. */
export async function paidOn(db: Knex, decisionId: number): Promise<{ yuan: number; lastAt: string | null }> {
  const row = await db('payment')
    .where({ decision_id: decisionId })
    .sum({ yuan: 'amount_yuan' })
    .max({ last: 'paid_at' })
    .first();
  return { yuan: Number(row?.yuan ?? 0), lastAt: (row?.last as string | undefined) ?? null };
}

/** Published ranges for a matter and kind of party at an instant: level -> least and most yuan. */
export async function benchmarksAt(
  db: Knex,
  of: { matterCode: string; partyKind: PartyKind; at: number },
): Promise<Map<string, readonly [number, number]>> {
  const at = new Date(of.at);
  const rows = await db('benchmark')
    .where({ matter_code: of.matterCode, party_kind: of.partyKind })
    .where('valid_from', '<=', at)
    .where((query) => query.whereNull('valid_to').orWhere('valid_to', '>', at))
    .orderBy('id');
  return new Map(
    rows.map((row) => [row.level as string, [row.least_yuan as number, row.most_yuan as number] as const]),
  );
}

export interface NewBenchmark {
  readonly matterCode: string;
  readonly partyKind: PartyKind;
  readonly level: string;
  readonly leastYuan: number;
  readonly mostYuan: number;
  readonly document: string;
}

/** Publishes a range from an instant on; the one before of the same level ends there. */
export async function insertBenchmark(db: Knex, b: NewBenchmark, from: number): Promise<void> {
  const key = { matter_code: b.matterCode, party_kind: b.partyKind, level: b.level };
  await db('benchmark')
    .where(key)
    .whereNull('valid_to')
    .update({ valid_to: new Date(from) });
  await db('benchmark').insert({
    ...key,
    least_yuan: b.leastYuan,
    most_yuan: b.mostYuan,
    document: b.document,
    valid_from: new Date(from),
  });
}

/** Every range in force, for the tables on phones. */
export async function listBenchmarks(db: Knex, at: number): Promise<NewBenchmark[]> {
  const instant = new Date(at);
  const rows = await db('benchmark')
    .where('valid_from', '<=', instant)
    .where((query) => query.whereNull('valid_to').orWhere('valid_to', '>', instant))
    .orderBy(['matter_code', 'party_kind', 'id']);
  return rows.map((row) => ({
    matterCode: row.matter_code as string,
    partyKind: row.party_kind as PartyKind,
    level: row.level as string,
    leastYuan: row.least_yuan as number,
    mostYuan: row.most_yuan as number,
    document: row.document as string,
  }));
}
