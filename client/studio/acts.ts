import type { CellId, EditionId, ZoneId } from '../../shared/contract/ids.ts';
import type { CellEdit, DraftOperation } from '../../shared/contract/planning.ts';
import { applyOperation } from '../../shared/rules/zones/log.ts';
import {
  exchangeZones,
  lockZones,
  mergeZones,
  paint,
  redo,
  splitZone,
  takeZone,
  undo,
} from '../../shared/rules/zones/operations.ts';
import type { OperationStamp } from '../../shared/rules/zones/operations.ts';
import { acceptPending, addPending, pendingFrom, rejectPending } from '../../shared/rules/zones/pending.ts';
import { deviationOf } from '../../shared/rules/zones/tally.ts';
import type { CellZone } from '../../shared/rules/zones/assignment.ts';
import { call } from '../live/call.ts';
import { onGround } from './core/baseline.ts';
import { turnsOf } from './core/history-stack.ts';
import { desk, mayEdit, noPending, setDesk, zoneNumber, type PendingSource } from './desk.ts';
import { redraw } from './redraw.ts';
import { say, sayRefused, sentenceOfCode, tell, wordsNow } from './say.ts';
import { openEdition, personId, submit } from './session.ts';

const stamp = (): OperationStamp => ({ opId: crypto.randomUUID(), author: personId() });

/** True when the draft may be changed; says why not otherwise. */
export function editable(): boolean {
  if (mayEdit(personId())) return true;
  const { busy, sync } = desk();
  const words = wordsNow();
  if (!busy) say(sync ? words.refusals.draft_reserved : words.studio.readOnly, 'refused');
  return false;
}

/** Does one operation: applied here at once, sent to the server, told in words. */
export function operate(operation: DraftOperation): boolean {
  const { sync, ground } = desk();
  if (!sync || !ground || !editable()) return false;
  const effect = applyOperation(ground.graph, sync.view, operation);
  if (effect.refusal) {
    say(sentenceOfCode(effect.refusal), 'refused');
    return false;
  }
  submit(operation);
  const words = wordsNow().studio.told;
  const locked = effect.skipped.filter(({ reason }) => reason === 'zone_locked').length;
  const foreign = effect.skipped.filter(({ reason }) => reason === 'changed_since').length;
  if (locked > 0) say(words.locked({ cells: locked }), 'refused');
  if (foreign > 0) say(words.foreign({ cells: foreign, of: foreign + effect.changed.length }), 'refused');
  tellEffect(effect.changed);
  return effect.changed.length > 0 || operation.kind !== 'assign';
}

/** "3 cells to zone 6; zone 6 now +4 %; zone 5 not contiguous". */
function tellEffect(changed: readonly number[]): void {
  const { picture } = desk();
  if (!picture || changed.length === 0) return;
  const words = wordsNow().studio.told;
  const zones = new Set(changed.map((cell) => picture.assignment[cell] as ZoneId));
  const parts = [...zones].map((zone) => {
    const cells = changed.filter((cell) => picture.assignment[cell] === zone).length;
    const numbers = picture.tally.zones.get(zone);
    if (!numbers) return words.erased({ cells });
    const percent = Math.round(deviationOf(numbers, picture.tally.meanHours) * 100);
    return words.painted({ cells, zone: zoneNumber(zone), percent });
  });
  const split = picture.problems.filter(({ name }) => name === 'zone_split' || name === 'cell_orphaned');
  const torn = new Set(split.flatMap(({ zoneId }) => zoneId ?? []));
  for (const zone of torn) parts.push(words.torn({ zone: zoneNumber(zone) }));
  tell(parts.join(wordsNow().studio.told.join));
}

/** Gives cells to a zone, or takes their zone away with null. */
export const paintCells = (cellIds: Iterable<CellId>, zoneId: ZoneId | null): boolean =>
  operate(paint(stamp(), cellIds, zoneId));

/** Locks or unlocks zones. */
export const setLocked = (zoneIds: readonly ZoneId[], locked: boolean): boolean =>
  zoneIds.length > 0 && operate(lockZones(stamp(), zoneIds, locked));

/** Locks the zone under the brush, or opens it again. */
export function toggleLock(): void {
  const { zoneId, sync } = desk();
  if (zoneId !== null && sync) setLocked([zoneId], !sync.view.locked.has(zoneId));
}

/** Locks all zones; opens all when all are locked. */
export function toggleAllLocks(): void {
  const { sync } = desk();
  if (!sync) return;
  const zones = [...sync.view.zones];
  const open = zones.filter((zone) => !sync.view.locked.has(zone));
  setLocked(open.length > 0 ? open : zones, open.length > 0);
}

/** Takes back this planner's last act, or does it again. Edits of cells are taken back by the server. */
export function turnBack(forward: boolean): void {
  const { log, sync } = desk();
  if (!sync) return;
  const turns = turnsOf(log, sync.pending, personId());
  const turn = forward ? turns.redo : turns.undo;
  const words = wordsNow().studio.told;
  if (!turn) return tell(forward ? words.nothingToRedo : words.nothingToUndo);
  if (turn.kind === 'cells') return void editCells({ kind: 'revert', seq: turn.seq });
  operate(forward ? redo(stamp(), turn.opId) : undo(stamp(), turn.opId));
}

/** Puts pairs on the table without writing them; they wait for accept or reject. */
export function propose(pairs: Iterable<CellZone>, source: PendingSource): void {
  if (!editable()) return;
  const { pending, pendingSource } = desk();
  const selection =
    source === 'selection' && pendingSource === 'selection' ? addPending(pending, pairs) : pendingFrom(pairs);
  setDesk({ pending: selection, pendingSource: source });
  redraw();
  tell(wordsNow().studio.told.pending({ cells: selection.size }));
}

/** Adds or removes one cell of the selection that goes to the zone under the brush. */
export function toggleCell(cellId: CellId, add = true): void {
  const { pending, pendingSource, zoneId } = desk();
  if (!editable()) return;
  const mine = pendingSource === 'selection' ? pending : noPending;
  const selection = mine.has(cellId)
    ? rejectPending(mine, [cellId])
    : add
      ? addPending(mine, [{ cellId, zoneId }])
      : pendingFrom([{ cellId, zoneId }]);
  setDesk({ pending: selection, pendingSource: 'selection' });
  redraw();
}

/** Takes the pending selection, or the given cells of it, as one operation. */
export function accept(cellIds?: Iterable<CellId>): void {
  const { pending } = desk();
  if (pending.size === 0 || !editable()) return;
  const { operation, rest } = acceptPending(stamp(), pending, cellIds ?? pending.keys());
  setDesk({ pending: rest });
  if (!operate(operation)) redraw();
}

/** Drops the pending selection, or the given cells of it. */
export function reject(cellIds?: Iterable<CellId>): void {
  const { pending } = desk();
  setDesk({ pending: cellIds ? rejectPending(pending, cellIds) : noPending });
  redraw();
}

/** Chooses the zone under the brush; cells that wait in a selection go to it. */
export function chooseZone(zoneId: ZoneId | null): void {
  const { pending, pendingSource } = desk();
  const moved =
    pendingSource === 'selection' && pending.size > 0
      ? pendingFrom([...pending.keys()].map((cellId) => ({ cellId, zoneId })))
      : pending;
  setDesk({ zoneId, pending: moved });
  if (moved !== pending) redraw();
  tell(
    zoneId === null
      ? wordsNow().studio.told.eraser
      : wordsNow().studio.told.zone({ zone: zoneNumber(zoneId) }),
  );
}

/** Merges zones into the first one; the others leave the plan. */
export function joinZones(zoneIds: readonly ZoneId[]): boolean {
  const { sync, ground } = desk();
  if (!sync || !ground || !editable()) return false;
  const outcome = mergeZones(stamp(), ground.graph, sync.view.assignment, zoneIds);
  if (outcome.ok) return operate(outcome.operation);
  say(sentenceOfCode(outcome.refusal), 'refused');
  return false;
}

/** Exchanges the numbers and names of two zones; teams go with the areas that they serve. */
export function swapZones(one: ZoneId, other: ZoneId): boolean {
  return editable() && operate(exchangeZones(stamp(), one, other));
}

/** Takes a zone as another edition has it, as one operation. */
export async function takeOver(editionId: EditionId, zoneId: ZoneId): Promise<boolean> {
  if (!editable()) return false;
  try {
    const other = await call('readEdition', { params: { editionId } });
    const { sync, ground, zones } = desk();
    if (!sync || !ground) return false;
    const known = new Map([...other.zones.map((zone) => [zone.id, zone] as const), ...zones]);
    setDesk({ zones: known });
    const outcome = takeZone(stamp(), ground.graph, sync.view, onGround(ground, other.cells), zoneId);
    if (outcome.ok) return operate(outcome.operation);
    say(sentenceOfCode(outcome.refusal), 'refused');
  } catch (error) {
    sayRefused(error);
  }
  return false;
}

/** Splits a zone into balanced contiguous parts; the new zones get numbers from the server. */
export async function halveZone(zoneId: ZoneId, parts = 2): Promise<void> {
  const { sync, ground } = desk();
  if (!sync || !ground || !editable()) return;
  try {
    const names = Array.from({ length: parts - 1 }, (_, i) => ({
      name: wordsNow().studio.zones.newName({ zone: zoneNumber(zoneId), part: i + 2 }),
    }));
    const { zones } = await call('createZones', { body: { zones: names } });
    const known = new Map(desk().zones);
    for (const zone of zones) known.set(zone.id, zone);
    setDesk({ zones: known });
    const ids = zones.map(({ id }) => id);
    const outcome = splitZone(stamp(), ground.graph, desk().sync!.view.assignment, zoneId, ids);
    if (outcome.ok) operate(outcome.operation);
    else say(sentenceOfCode(outcome.refusal), 'refused');
  } catch (error) {
    sayRefused(error);
  }
}

/** Adds an empty zone to the plan and lays it under the brush. */
export async function addZone(name: string): Promise<void> {
  if (!editable()) return;
  try {
    const { zones } = await call('createZones', { body: { zones: [{ name }] } });
    const known = new Map(desk().zones);
    for (const zone of zones) known.set(zone.id, zone);
    setDesk({ zones: known });
    const ids = zones.map(({ id }) => id);
    operate({ ...stamp(), kind: 'assign', changes: [], addedZones: ids });
    chooseZone(ids[0]!);
  } catch (error) {
    sayRefused(error);
  }
}

/** Edits the cells themselves: the server checks the whole set; the page reads the new cells from the log. */
export async function editCells(edit: CellEdit): Promise<boolean> {
  const { detail, sync } = desk();
  if (!detail || !sync || !editable()) return false;
  if (sync.pending.length > 0) {
    say(wordsNow().studio.told.waitForSending, 'refused');
    return false;
  }
  setDesk({ busy: true });
  try {
    const { conflicts } = await call('editCells', {
      params: { editionId: detail.edition.id },
      body: { edit },
    });
    // The next act must find this edit in the log: an undo right after it takes back the edit, not a stroke before it.
    await openEdition(detail.edition.id);
    const words = wordsNow().studio.told;
    say(conflicts.length > 0 ? words.cellsEditedConflicts({ cells: conflicts.length }) : words.cellsEdited);
    return true;
  } catch (error) {
    setDesk({ busy: false });
    sayRefused(error);
    return false;
  }
}
