import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import type { CellId, ZoneId } from '../../shared/contract/ids.ts';
import { zoneAt } from '../../shared/rules/zones/assignment.ts';
import { foldHistory, historyStart, type HistoryState } from '../../shared/rules/zones/history.ts';
import type { Deps } from '../kernel/deps.ts';
import {
  readBase,
  readPairs,
  type DraftBase,
  type EditionRow,
  type Pair,
  type TeamOfZone,
} from './store-editions.ts';
import { entriesAfter } from './store-log.ts';

/** Folded drafts of the running product: the log only grows, so a kept state is continued and never wrong. */
const kept = new WeakMap<Deps, Map<number, HistoryState>>();
const mostKept = 50;

/** The beginning of a draft's log; an imported draft begins with its own content. */
export async function baseOf(db: Knex, row: EditionRow): Promise<DraftBase> {
  const stored = await readBase(db, row.id);
  if (stored) return stored;
  const cells = await readPairs(db, row.id);
  return { coverageId: row.coverage_id, cells, zones: zonesIn(cells) };
}

const zonesIn = (pairs: readonly Pair[]): number[] =>
  [...new Set(pairs.flatMap(([, zoneId]) => (zoneId === null ? [] : [zoneId])))].sort((a, b) => a - b);

/** A draft as its log makes it, up to the number that its row says. */
export async function loadDraft(deps: Deps, db: Knex, row: EditionRow): Promise<HistoryState> {
  const states = kept.get(deps) ?? new Map<number, HistoryState>();
  kept.set(deps, states);
  const known = states.get(row.id);
  const start = known && known.draft.seq <= row.op_seq ? known : startOf(await baseOf(db, row));
  const state = foldHistory(start, await entriesAfter(db, row.id, start.draft.seq));
  // what a transaction has not committed yet is kept by nobody
  return state;
}

/** Keeps a committed state, so that the next act folds only what is new. */
export function keepDraft(deps: Deps, editionId: number, state: HistoryState): void {
  const states = kept.get(deps) ?? new Map<number, HistoryState>();
  kept.set(deps, states);
  states.delete(editionId);
  states.set(editionId, state);
  for (const oldest of states.keys())
    if (states.size > mostKept) states.delete(oldest);
    else break;
}

export const startOf = (base: DraftBase): HistoryState =>
  historyStart(
    base.cells.map(([cellId, zoneId]) => ({ cellId: cellId as CellId, zoneId: zoneId as ZoneId | null })),
    base.zones as ZoneId[],
  );

/** Cells with their zones, ascending. */
export const pairsOf = ({ cells, draft }: HistoryState): Pair[] =>
  cells.cellIds.map((cellId, i) => [cellId, zoneAt(draft.assignment, i)]);

/** Hash of the content: the sorted pairs cell-zone and zone-team. Equal content, equal hash, in every edition. */
export function contentHash(pairs: readonly Pair[], teams: readonly TeamOfZone[]): string {
  const cells = [...pairs].sort(([a], [b]) => a - b).map(([cell, zone]) => `${cell}:${zone ?? ''}`);
  const crews = teams
    .map(({ zoneId, teamId, rank }) => `${zoneId}:${teamId}:${rank}`)
    .sort((a, b) => (a < b ? -1 : 1));
  return createHash('sha256').update(`${cells.join()}|${crews.join()}`).digest('hex');
}
