import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CellId, ZoneId } from '../../../shared/contract/ids.ts';
import type { DraftOperation } from '../../../shared/contract/planning.ts';
import {
  applyOperation,
  exchangedBy,
  foldLog,
  newDraft,
  withPending,
} from '../../../shared/rules/zones/log.ts';
import type { Draft } from '../../../shared/rules/zones/log.ts';
import {
  exchangeZones,
  lockZones,
  mergeZones,
  paint,
  redo,
  splitZone,
  takeZone,
  undo,
} from '../../../shared/rules/zones/operations.ts';
import { undoStackOf } from '../../../shared/rules/zones/undo-stack.ts';
import { oracleGraph, oracleZones } from './oracle-plan.ts';

const { graph, assignment } = oracleGraph();
const fresh = newDraft(assignment, oracleZones);
const cells = (...ids: number[]): CellId[] => ids as CellId[];
const zone = (id: number): ZoneId => id as ZoneId;
const by = (opId: string, author = 1) => ({ opId, author });
const run = (draft: Draft, ...operations: DraftOperation[]): Draft =>
  operations.reduce((now, operation) => applyOperation(graph, now, operation).draft, draft);
const zoneOf = (draft: Draft, cell: number): number => draft.assignment[graph.indexOf.get(cell as CellId)!]!;

test('a repeat of an operation changes nothing', () => {
  const once = run(fresh, paint(by('a'), cells(1, 2), zone(5)));
  expect(run(once, paint(by('a'), cells(1, 2), zone(9)))).toBe(once);
});

test('undo is the inverse, redo the inverse of undo, without limit and per person', () => {
  const painted = run(
    fresh,
    paint(by('a'), cells(1), zone(5)),
    paint(by('b', 2), cells(3), zone(6)),
    paint(by('c'), cells(1), zone(7)),
  );
  expect(undoStackOf(painted, 1)).toEqual({ undo: 'c', redo: undefined });
  const one = run(painted, undo(by('d'), 'c'));
  expect(zoneOf(one, 1)).toBe(5);
  expect(undoStackOf(one, 1)).toEqual({ undo: 'a', redo: 'c' });
  const two = run(one, undo(by('e'), 'a'));
  expect(zoneOf(two, 1)).toBe(zoneOf(fresh, 1));
  expect(zoneOf(two, 3)).toBe(6);
  const three = run(two, redo(by('f'), 'a'), redo(by('g'), 'c'));
  expect(three.assignment).toEqual(painted.assignment);
  expect(undoStackOf(three, 1)).toEqual({ undo: 'c', redo: undefined });
});

test('undo leaves cells that somebody else changed since, and names them', () => {
  const draft = run(fresh, paint(by('a'), cells(1, 2), zone(5)), paint(by('b', 2), cells(2), zone(8)));
  const effect = applyOperation(graph, draft, undo(by('c'), 'a'));
  expect(effect.skipped).toEqual([{ cellId: 2, reason: 'changed_since' }]);
  expect([zoneOf(effect.draft, 1), zoneOf(effect.draft, 2)]).toEqual([zoneOf(fresh, 1), 8]);
  const again = applyOperation(graph, effect.draft, undo(by('d'), 'a'));
  expect(again.refusal).toBe('operation_undone');
  expect(applyOperation(graph, draft, undo(by('e'), 'nothing')).refusal).toBe('operation_unknown');
});

test('a locked zone neither gives nor takes', () => {
  const own = zoneOf(fresh, 1);
  const locked = run(fresh, lockZones(by('a'), [zone(own)], true));
  const out = applyOperation(graph, locked, paint(by('b'), cells(1), zone(own === 5 ? 6 : 5)));
  expect(out.changed).toEqual([]);
  expect(out.skipped).toEqual([{ cellId: 1, reason: 'zone_locked' }]);
  const other = graph.cellIds.find((id) => zoneOf(fresh, id) !== own)!;
  expect(applyOperation(graph, locked, paint(by('c'), [other], zone(own))).changed).toEqual([]);
  const open = run(locked, undo(by('d'), 'a'));
  expect(applyOperation(graph, open, paint(by('e'), [other], zone(own))).changed).toHaveLength(1);
});

test('undo of cells in a locked zone is refused and possible again once the zone is open', () => {
  const own = zone(zoneOf(fresh, 1));
  const held = run(fresh, paint(by('a'), cells(1), null), lockZones(by('b', 2), [own], true));
  expect(applyOperation(graph, held, undo(by('c'), 'a'))).toMatchObject({
    refusal: 'zone_locked',
    changed: [],
  });
  const open = run(held, undo(by('c'), 'a'), undo(by('d', 2), 'b'), undo(by('e'), 'a'));
  expect(open.assignment).toEqual(fresh.assignment);
});

test('merging zones and splitting one are single operations with an inverse', () => {
  const merge = mergeZones(by('a'), graph, fresh.assignment, [zone(3), zone(4)]);
  const merged = run(fresh, merge.ok ? merge.operation : undo(by('x'), 'x'));
  expect(merged.zones.has(zone(4))).toBe(false);
  expect(merged.assignment.includes(4)).toBe(false);
  const split = splitZone(by('b'), graph, merged.assignment, zone(3), [zone(21)]);
  const parted = run(merged, split.ok ? split.operation : undo(by('x'), 'x'));
  expect(parted.zones.has(zone(21))).toBe(true);
  const back = run(parted, undo(by('c'), 'b'), undo(by('d'), 'a'));
  expect(back.assignment).toEqual(fresh.assignment);
  expect(back.zones).toEqual(fresh.zones);
  expect(splitZone(by('e'), graph, fresh.assignment, zone(99), [zone(21)])).toMatchObject({ ok: false });
});

test('two zones change numbers at the place of the log, and back; a locked one refuses', () => {
  const painted = run(fresh, paint(by('a', 2), cells(1), zone(6)));
  const swapped = run(painted, exchangeZones(by('b'), zone(5), zone(6)));
  const expected = painted.assignment.map((z) => (z === 5 ? 6 : z === 6 ? 5 : z));
  expect(swapped.assignment).toEqual(expected);
  expect(zoneOf(swapped, 1)).toBe(5);
  expect(exchangedBy(swapped, exchangeZones(by('b'), zone(5), zone(6)))).toEqual([5, 6]);
  const back = run(swapped, undo(by('c'), 'b'));
  expect(back.assignment).toEqual(painted.assignment);
  expect(exchangedBy(back, undo(by('c'), 'b'))).toEqual([5, 6]);
  expect(exchangedBy(back, undo(by('d'), 'a'))).toBeNull();
  expect(run(back, redo(by('e'), 'b')).assignment).toEqual(expected);
  const locked = run(fresh, lockZones(by('f'), [zone(5)], true));
  expect(applyOperation(graph, locked, exchangeZones(by('g'), zone(5), zone(6))).refusal).toBe('zone_locked');
  expect(applyOperation(graph, fresh, exchangeZones(by('h'), zone(5), zone(99))).refusal).toBe(
    'zone_unknown',
  );
});

test('a zone is taken over from another plan exactly, and undone as one step', () => {
  const other = fresh.assignment.slice();
  const at = (id: number): number => graph.indexOf.get(id as CellId)!;
  const own = [...fresh.assignment.keys()].filter((cell) => fresh.assignment[cell] === 5);
  other[own[0]!] = 6;
  for (const id of [1, 2]) other[at(id)] = 5;
  const outcome = takeZone(by('a'), graph, fresh, other, zone(5));
  const taken = run(fresh, outcome.ok ? outcome.operation : undo(by('x'), 'x'));
  expect([...taken.assignment].map((z) => z === 5)).toEqual([...other].map((z) => z === 5));
  expect(run(taken, undo(by('b'), 'a')).assignment).toEqual(fresh.assignment);
  // control: nothing else of the other plan comes along
  const far = other.slice();
  far[at(192)] = other[at(192)] === 9 ? 8 : 9;
  const same = takeZone(by('a'), graph, fresh, far, zone(5));
  expect(same).toEqual(outcome);
  expect(takeZone(by('a'), graph, fresh, other, zone(99))).toEqual({ ok: false, refusal: 'zone_unknown' });
});

/** Random acts of several people; ids are unique, undo and redo follow each person's own stack. */
const acts = fc.array(
  fc.record({
    author: fc.integer({ min: 1, max: 3 }),
    kind: fc.constantFrom('paint', 'paint', 'erase', 'exchange', 'take', 'undo', 'redo', 'lock', 'unlock'),
    cells: fc.array(fc.integer({ min: 1, max: 192 }), { minLength: 1, maxLength: 12 }),
    zone: fc.integer({ min: 1, max: 20 }),
  }),
  { minLength: 1, maxLength: 40 },
);
type Act = typeof acts extends fc.Arbitrary<(infer T)[]> ? T : never;

function operationFor(draft: Draft, act: Act, id: string): DraftOperation | undefined {
  const stamp = by(id, act.author);
  const stack = undoStackOf(draft, act.author);
  if (act.kind === 'paint') return paint(stamp, cells(...act.cells), zone(act.zone));
  if (act.kind === 'erase') return paint(stamp, cells(...act.cells), null);
  if (act.kind === 'undo') return stack.undo === undefined ? undefined : undo(stamp, stack.undo);
  if (act.kind === 'redo') return stack.redo === undefined ? undefined : redo(stamp, stack.redo);
  if (act.kind === 'exchange') return exchangeZones(stamp, zone(act.zone), zone((act.cells[0]! % 20) + 1));
  if (act.kind === 'take') {
    const other = fresh.assignment.map((z, cell) => (act.cells.includes(cell + 1) ? act.zone : z));
    const taken = takeZone(stamp, graph, draft, other, zone(act.zone));
    return taken.ok ? taken.operation : undefined;
  }
  return lockZones(stamp, [zone(act.zone)], act.kind === 'lock');
}

const play = (
  sequence: readonly Act[],
): { log: { seq: number; operation: DraftOperation }[]; draft: Draft } => {
  const log: { seq: number; operation: DraftOperation }[] = [];
  let draft = fresh;
  for (const [i, act] of sequence.entries()) {
    const operation = operationFor(draft, act, `op${i}`);
    if (!operation) continue;
    const effect = applyOperation(graph, draft, operation);
    if (effect.refusal) continue;
    draft = effect.draft;
    log.push({ seq: draft.seq, operation });
  }
  return { log, draft };
};

test('every cell stays in at most one known zone, and undoing everything gives the base back', () => {
  fc.assert(
    fc.property(acts, (sequence) => {
      let { draft } = play(sequence);
      expect([...draft.assignment].every((z) => z === 0 || draft.zones.has(z as ZoneId))).toBe(true);
      expect(draft.assignment).toHaveLength(192);
      draft = run(draft, lockZones(by('open', 9), oracleZones, false));
      for (const author of [1, 2, 3])
        for (let n = 0; n < 60; n++) {
          const { undo: target } = undoStackOf(draft, author);
          if (target === undefined) break;
          // Undoing a lock's own operation may lock again: open before the next step.
          draft = run(draft, undo(by(`u${author}-${n}`, author), target));
          draft = run(draft, lockZones(by(`o${author}-${n}`, 9), oracleZones, false));
        }
      expect(draft.assignment).toEqual(fresh.assignment);
    }),
    { seed: 5, numRuns: 150 },
  );
});

test('concurrent editors converge: any order of arrival and any repeats give the same draft', () => {
  fc.assert(
    fc.property(acts, fc.infiniteStream(fc.nat()), (sequence, keys) => {
      const { log, draft } = play(sequence);
      const shuffled = [...log, ...log.slice(0, 3)]
        .map((entry) => ({ entry, key: keys.next().value as number }))
        .sort((a, b) => a.key - b.key)
        .map(({ entry }) => entry);
      const folded = foldLog(graph, fresh, shuffled);
      expect(folded.assignment).toEqual(draft.assignment);
      expect(folded.locked).toEqual(draft.locked);
      // Somebody who was cut off in the middle and gets the rest later ends with the same plan.
      const half = foldLog(graph, fresh, log.slice(0, log.length >> 1));
      const own = log.slice(log.length >> 1).filter(({ operation }) => operation.author === 1);
      const ahead = withPending(
        graph,
        half,
        own.map(({ operation }) => operation),
      );
      expect(ahead.seq).toBeGreaterThanOrEqual(half.seq);
      expect(foldLog(graph, half, log.slice(log.length >> 1)).assignment).toEqual(draft.assignment);
    }),
    { seed: 6, numRuns: 150 },
  );
});

test('control: without an order the last writer is chance', () => {
  const one = paint(by('a'), cells(1), zone(5));
  const two = paint(by('b', 2), cells(1), zone(6));
  expect(run(fresh, one, two).assignment).not.toEqual(run(fresh, two, one).assignment);
});
