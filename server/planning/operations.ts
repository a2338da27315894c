import type { OperationAnswers } from '../../shared/contract/editions.ts';
import type { DraftOperation, LogEntry, PostOperations } from '../../shared/contract/planning.ts';
import { applyOperation, exchangedBy } from '../../shared/rules/zones/log.ts';
import type { HistoryState } from '../../shared/rules/zones/history.ts';
import { zoneAt } from '../../shared/rules/zones/assignment.ts';
import type { TownGraph } from '../../shared/rules/zones/graph.ts';
import type { Deps } from '../kernel/deps.ts';
import { Refused } from '../kernel/refused.ts';
import { transact, type Actor, type Tx } from '../kernel/transact.ts';
import { lockDraft, tell } from './acts.ts';
import { keepDraft, loadDraft } from './drafts.ts';
import {
  dropConflicts,
  listZones,
  readTeams,
  replaceTeams,
  updateEdition,
  updatePairs,
  type Pair,
} from './store-editions.ts';
import { appendEntries, knownOperations } from './store-log.ts';

/**
 * Adds operations to a draft, in the order in which the server gets them: the last operation per cell wins, an id that the
 * log holds already changes nothing. A stroke is no fact of the ledger: the draft's own log keeps it.
 */
export async function postOperations(
  deps: Deps,
  actor: Actor,
  editionId: number,
  { operations }: PostOperations,
): Promise<OperationAnswers> {
  const { answers, state } = await transact(deps, actor, (tx) => addOperations(tx, editionId, operations));
  keepDraft(deps, editionId, state);
  deps.wake.ring();
  return { seq: state.draft.seq, answers };
}

/** The same inside a transaction: the caller keeps the state once it is committed. */
export async function addOperations(
  tx: Tx,
  editionId: number,
  operations: readonly DraftOperation[],
): Promise<{ answers: OperationAnswers['answers']; state: HistoryState }> {
  const { db, deps, actor } = tx;
  const row = await lockDraft(tx, editionId);
  const foreign = operations.find(({ author }) => author !== actor.id);
  if (foreign) throw new Refused('action_forbidden', { opId: foreign.opId, reason: 'another author' });
  const known = await knownOperations(
    db,
    editionId,
    operations.map(({ opId }) => opId),
  );
  const zones = new Set((await listZones(db)).map(({ id }) => id));
  let state = await loadDraft(deps, db, row);
  const at = new Date(tx.at).toISOString();
  const entries: { opId: string; authorId: number; kind: string; entry: LogEntry }[] = [];
  const answers: OperationAnswers['answers'] = [];
  const changed = new Set<number>();
  const exchanges: (readonly [number, number])[] = [];
  for (const operation of operations) {
    const { opId } = operation;
    const before = known.get(opId) ?? state.draft.records.get(opId)?.seq;
    const added = operation.kind === 'assign' ? (operation.addedZones ?? []) : [];
    if (before !== undefined) {
      answers.push({ opId, seq: before, refused: null, skipped: [] });
      continue;
    }
    if (added.some((zoneId) => !zones.has(zoneId))) {
      answers.push({ opId, seq: null, refused: 'zone_unknown', skipped: [] });
      continue;
    }
    const effect = applyOperation(state.cells as TownGraph, state.draft, operation);
    if (effect.refusal) {
      answers.push({ opId, seq: null, refused: effect.refusal, skipped: [...effect.skipped] });
      continue;
    }
    state = { cells: state.cells, draft: effect.draft };
    for (const cell of effect.changed) changed.add(cell);
    const exchanged = exchangedBy(effect.draft, operation);
    if (exchanged) exchanges.push(exchanged);
    const { seq } = effect.draft;
    entries.push({
      opId,
      authorId: actor.id!,
      kind: operation.kind,
      entry: { seq, at, operation } as LogEntry,
    });
    answers.push({ opId, seq, refused: null, skipped: [...effect.skipped] });
  }
  await appendEntries(db, editionId, entries);
  const { draft, cells } = state;
  await updatePairs(
    db,
    editionId,
    [...changed].map((cell): Pair => [cells.cellIds[cell]!, zoneAt(draft.assignment, cell)]),
  );
  // whoever writes a cell in conflict has decided it
  await dropConflicts(
    db,
    editionId,
    [...changed].map((cell) => cells.cellIds[cell]!),
  );
  if (entries.length > 0)
    await updateEdition(db, editionId, {
      op_seq: draft.seq,
      zone_ids: [...draft.zones].sort((a, b) => a - b),
    });
  if (exchanges.length > 0) await exchangeTeams(tx, editionId, exchanges);
  return { answers, state };
}

/** Teams go with the area that they serve, to the other number; the others hear of it as of any change of teams. */
async function exchangeTeams(
  tx: Tx,
  editionId: number,
  exchanges: readonly (readonly [number, number])[],
): Promise<void> {
  const after = (zoneId: number): number =>
    exchanges.reduce((zone, [one, other]) => (zone === one ? other : zone === other ? one : zone), zoneId);
  const teams = await readTeams(tx.db, editionId);
  await replaceTeams(
    tx.db,
    editionId,
    teams.map((team) => ({ ...team, zoneId: after(team.zoneId) })),
  );
  await tell(tx, editionId, 'edition.changed');
}
