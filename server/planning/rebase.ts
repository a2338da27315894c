import type { z } from 'zod';
import type * as shapes from '../../shared/contract/editions.ts';
import type { CellId, ZoneId } from '../../shared/contract/ids.ts';
import type { DraftOperation, EditionSummary, LogEntry } from '../../shared/contract/planning.ts';
import type { Lineage } from '../../shared/rules/cells/coverage.ts';
import { carryOver, type CellZone } from '../../shared/rules/zones/assignment.ts';
import { nextEntry, type HistoryState } from '../../shared/rules/zones/history.ts';
import { changesFrom } from '../../shared/rules/zones/operations.ts';
import { rebase } from '../../shared/rules/zones/rebase.ts';
import { zoneAt } from '../../shared/rules/zones/assignment.ts';
import type { TownGraph } from '../../shared/rules/zones/graph.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { lockDraft, lockKnown } from './acts.ts';
import { contentHash, loadDraft, pairsOf } from './drafts.ts';
import { coverageOf, groundOf, type PlanGround } from './ground.ts';
import { addOperations } from './operations.ts';
import { assignmentOf } from './problems.ts';
import { ancestry } from './store-cells.ts';
import {
  dropConflicts,
  findEdition,
  listConflicts,
  readPairs,
  readTeams,
  replaceConflicts,
  replacePairs,
  replaceTeams,
  updateEdition,
  type EditionRow,
  type Pair,
} from './store-editions.ts';
import { timelineAt } from './store-effects.ts';
import { appendEntries } from './store-log.ts';
import { summaryOf } from './views.ts';

/**
 * Brings a draft onto the edition in force: what only that one changed is taken over as one operation, what both changed
 * differently stays the draft's and goes on the list of conflicts. New cells of the running edition take over the draft too.
 */
export async function rebaseDraft(tx: Tx, id: number): Promise<EditionSummary> {
  const { db, at } = tx;
  const row = await lockDraft(tx, id);
  const running = await timelineAt(db, at);
  if (running === null || running === row.based_on) return summaryOf(row);
  const target = (await findEdition(db, running))!;
  const base = row.based_on === null ? undefined : await findEdition(db, row.based_on);
  if (!base) throw new Refused('edition_unknown', { editionId: row.based_on });
  await carryCells(tx, row, base.coverage_id, target.coverage_id);
  await takeOver(tx, id, base, target);
  if (contentOf(await readTeams(db, id)) === contentOf(await readTeams(db, base.id)))
    await replaceTeams(db, id, await readTeams(db, target.id));
  await updateEdition(db, id, { based_on: running });
  const edition = summaryOf(await lockKnown(tx, id));
  const conflicts = (await listConflicts(db, id)).length;
  tx.announce('draft.rebased', `edition/${id}`, { edition, onto: target.id as never, conflicts });
  return edition;
}

const contentOf = (teams: Parameters<typeof contentHash>[1]): string => contentHash([], teams);

/** Moves a draft without cell edits of its own onto the running edition's cells. */
async function carryCells(tx: Tx, row: EditionRow, from: number, to: number): Promise<void> {
  if (from === to || row.coverage_id === to) return;
  if (row.coverage_id !== from) throw new Refused('cells_changed', {});
  const { db, deps } = tx;
  const [before, after] = [await groundOf(deps, db, from), await groundOf(deps, db, to)];
  const state = await loadDraft(deps, db, row);
  const lineage = await lineageBetween(tx, before, after);
  const seq = state.draft.seq + 1;
  const entry: LogEntry = {
    seq,
    at: new Date(tx.at).toISOString(),
    cells: {
      author: tx.actor.id as never,
      kind: 'rebase',
      coverageId: to,
      lineage: lineage.map((line) => ({ from: [...line.from], to: [...line.to] })),
    },
  };
  const next = nextEntry(state, entry);
  await appendEntries(db, row.id, [{ opId: tx.deps.newId(), authorId: tx.actor.id!, kind: 'rebase', entry }]);
  await replacePairs(db, row.id, to, pairsOf(next));
  await updateEdition(db, row.id, { op_seq: seq });
}

/** Where the cells of one set come from in another one, whichever of the two is the older. */
async function lineageBetween({ db }: Tx, from: PlanGround, to: PlanGround): Promise<Lineage[]> {
  const old = new Set<number>(from.cells.map(({ id }) => id));
  const fresh = to.cells.map(({ id }) => id).filter((id) => !old.has(id));
  const parents = await ancestry(db);
  const up = (id: number, wanted: ReadonlySet<number>): number[] =>
    wanted.has(id) ? [id] : [...new Set((parents.get(id) ?? []).flatMap((parent) => up(parent, wanted)))];
  return fresh.map((id) => {
    const above = up(id, old);
    const sources =
      above.length > 0
        ? above
        : from.cells.map((cell) => cell.id).filter((cell) => up(cell, new Set([id])).length > 0);
    if (sources.length === 0) throw new Refused('cells_changed', { cellId: id });
    return { from: sources as CellId[], to: [id] };
  });
}

async function takeOver(tx: Tx, id: number, base: EditionRow, target: EditionRow): Promise<void> {
  const { db, deps } = tx;
  const row = await lockKnown(tx, id);
  const ground = await groundOf(deps, db, row.coverage_id);
  const state = await loadDraft(deps, db, row);
  const on = async (edition: EditionRow) => {
    const pairs = await readPairs(db, edition.id);
    if (edition.coverage_id === ground.coverageId) return assignmentOf(state.cells as TownGraph, pairs);
    const lineage = await lineageBetween(tx, await groundOf(deps, db, edition.coverage_id), ground);
    const { pairs: carried } = carryOver(cellZones(pairs), lineage, coverageOf(ground, []));
    return assignmentOf(
      state.cells as TownGraph,
      carried.map(({ cellId, zoneId }): Pair => [cellId, zoneId]),
    );
  };
  const [was, now] = [await on(base), await on(target)];
  const { assignment, conflicts } = rebase(state.cells as TownGraph, was, state.draft.assignment, now);
  const taken = state.cells.cellIds.flatMap((cellId, i): CellZone[] =>
    assignment[i] === state.draft.assignment[i] ? [] : [{ cellId, zoneId: zoneAt(assignment, i) }],
  );
  const used = new Set<number>(now);
  const added = [...used].filter((zone) => zone !== 0 && !state.draft.zones.has(zone as ZoneId));
  const left = new Set<number>(assignment);
  const removed = [...state.draft.zones].filter(
    (zone) => !left.has(zone) && !used.has(zone) && was.includes(zone),
  );
  const after = await operate(tx, id, state, taken, added as ZoneId[], removed);
  // a locked zone keeps its cells, whatever happened elsewhere
  const kept = taken.filter(({ cellId, zoneId }) => zoneOf(after, cellId) !== zoneId);
  await replaceConflicts(db, id, [
    ...conflicts.map((one) => ({
      cell_id: one.cellId,
      draft_zone_id: one.draft,
      running_zone_id: one.running,
    })),
    ...kept.map(({ cellId, zoneId }) => ({
      cell_id: cellId,
      draft_zone_id: zoneOf(after, cellId),
      running_zone_id: zoneId,
    })),
  ]);
}

async function operate(
  tx: Tx,
  id: number,
  state: HistoryState,
  taken: readonly CellZone[],
  addedZones: ZoneId[],
  removedZones: ZoneId[],
): Promise<HistoryState> {
  if (taken.length + addedZones.length + removedZones.length === 0) return state;
  const operation: DraftOperation = {
    opId: tx.deps.newId(),
    author: tx.actor.id!,
    kind: 'assign',
    changes: changesFrom(taken),
    addedZones,
    removedZones,
  };
  return (await addOperations(tx, id, [operation])).state;
}

const cellZones = (pairs: readonly Pair[]): CellZone[] =>
  pairs.map(([cellId, zoneId]) => ({ cellId: cellId as CellId, zoneId: zoneId as ZoneId | null }));

const zoneOf = ({ cells, draft }: HistoryState, cellId: CellId): ZoneId | null =>
  zoneAt(draft.assignment, cells.indexOf.get(cellId) ?? -1);

/** Decides cells in conflict: the draft's zone, or that of the running edition as one more operation. */
export async function resolveConflicts(
  tx: Tx,
  id: number,
  { cells }: z.output<typeof shapes.ResolveConflictsSchema>,
): Promise<EditionSummary> {
  const row = await lockDraft(tx, id);
  const rows = new Map((await listConflicts(tx.db, id)).map((one) => [one.cell_id, one]));
  const unknown = cells.find(({ cellId }) => !rows.has(cellId));
  if (unknown) throw new Refused('cell_unknown', { cellId: unknown.cellId });
  const taken = cells.flatMap(({ cellId, keep }): CellZone[] =>
    keep === 'running' ? [{ cellId, zoneId: rows.get(cellId)!.running_zone_id as ZoneId | null }] : [],
  );
  await operate(tx, id, await loadDraft(tx.deps, tx.db, row), taken, [], []);
  await dropConflicts(
    tx.db,
    id,
    cells.map(({ cellId }) => cellId),
  );
  const edition = summaryOf(await lockKnown(tx, id));
  tx.announce('edition.changed', `edition/${id}`, { edition });
  return edition;
}
