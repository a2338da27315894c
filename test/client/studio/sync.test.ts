import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { act, drop, hear, lapse, openSync, take, type Sync } from '../../../client/studio/core/sync.ts';
import { turnsOf } from '../../../client/studio/core/history-stack.ts';
import type { CellId, ZoneId } from '../../../shared/contract/ids.ts';
import type { DraftOperation, LogEntry } from '../../../shared/contract/planning.ts';
import { historyStart } from '../../../shared/rules/zones/history.ts';

const zones = [1, 2, 3] as ZoneId[];
const cells = Array.from({ length: 6 }, (_, i) => (i + 1) as CellId);
const start = () =>
  historyStart(
    cells.map((cellId) => ({ cellId, zoneId: zones[0]! })),
    zones,
  );

let made = 0;
const uuid = (): string => `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`;
const stroke = (author: number, cellIds: readonly number[], zoneId: number): DraftOperation => ({
  opId: uuid(),
  author,
  kind: 'assign',
  changes: [{ zoneId: zoneId as ZoneId, cellIds: cellIds as CellId[] }],
});
const entry = (seq: number, operation: DraftOperation): LogEntry =>
  ({ seq, at: '2026-03-16T02:00:00.000Z', operation }) as LogEntry;

describe('one end of a shared draft', () => {
  test('an own stroke shows at once, waits, and leaves the waiting list when the log tells it', () => {
    const mine = stroke(1, [1, 2], 2);
    const acted = act(openSync(start()), mine);
    expect([...acted.view.assignment]).toEqual([2, 2, 1, 1, 1, 1]);
    expect(acted.confirmed.draft.seq).toBe(0);
    const told = take(acted, [entry(1, mine)]);
    expect(told.pending).toEqual([]);
    expect([...told.view.assignment]).toEqual([2, 2, 1, 1, 1, 1]);
  });

  test('the stroke of another that the server put first lies under the own one', () => {
    const mine = stroke(1, [1], 2);
    const theirs = stroke(2, [1, 3], 3);
    const sync = take(act(openSync(start()), mine), [entry(1, theirs)]);
    expect([...sync.view.assignment]).toEqual([2, 1, 3, 1, 1, 1]);
    expect([...take(sync, [entry(2, mine)]).view.assignment]).toEqual([2, 1, 3, 1, 1, 1]);
  });

  test('entries that come early wait for the one before and say that there is a gap', () => {
    const [one, two] = [stroke(2, [1], 2), stroke(2, [2], 2)];
    const early = take(openSync(start()), [entry(2, two)]);
    expect(early.gap).toBe(true);
    expect(early.confirmed.draft.seq).toBe(0);
    const whole = take(early, [entry(1, one)]);
    expect(whole.gap).toBe(false);
    expect([...whole.view.assignment]).toEqual([2, 2, 1, 1, 1, 1]);
  });

  test('the stroke of another shows before the log tells it, under the own ones, and is never counted twice', () => {
    const mine = stroke(1, [1], 2);
    const theirs = stroke(2, [1, 3], 3);
    const sync = hear(hear(act(openSync(start()), mine), [theirs]), [theirs]);
    expect(sync.ahead).toEqual([theirs]);
    expect([...sync.view.assignment]).toEqual([2, 1, 3, 1, 1, 1]);
    expect(sync.confirmed.draft.seq).toBe(0);
    const told = take(sync, [entry(1, theirs)]);
    expect(told.ahead).toEqual([]);
    expect([...told.view.assignment]).toEqual([2, 1, 3, 1, 1, 1]);
    // late by the line, known by the log
    expect(hear(told, [theirs])).toBe(told);
  });

  test('what was heard and never kept lapses; what was kept meanwhile stays', () => {
    const [kept, lost] = [stroke(2, [1], 3), stroke(2, [2], 3)];
    const heard = take(hear(openSync(start()), [kept, lost]), [entry(1, kept)]);
    expect([...heard.view.assignment]).toEqual([3, 3, 1, 1, 1, 1]);
    const left = lapse(heard, new Set([kept.opId, lost.opId]));
    expect([...left.view.assignment]).toEqual([3, 1, 1, 1, 1, 1]);
  });

  test('a refused stroke goes with its effect', () => {
    const mine = stroke(1, [1], 2);
    const sync = drop(act(openSync(start()), mine), new Set([mine.opId]));
    expect(sync.pending).toEqual([]);
    expect([...sync.view.assignment]).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test('what was kept over a reload is dropped when the log has it, and sent when it has not', () => {
    const [known, lost] = [stroke(1, [1], 2), stroke(1, [2], 3)];
    const confirmed = take(openSync(start()), [entry(1, known)]).confirmed;
    const sync = openSync(confirmed, [known, lost]);
    expect(sync.pending).toEqual([lost]);
    expect([...sync.view.assignment]).toEqual([2, 3, 1, 1, 1, 1]);
  });

  test('two ends with cuts and repeats, whatever the order of arrival, end in one plan', () => {
    const strokes = fc.array(
      fc.record({
        who: fc.integer({ min: 0, max: 1 }),
        cells: fc.subarray([...cells], { minLength: 1 }),
        zone: fc.constantFrom(1, 2, 3),
      }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(strokes, fc.infiniteStream(fc.boolean()), (drawn, coins) => {
        const ends: [Sync, Sync] = [openSync(start()), openSync(start())];
        const log: LogEntry[] = [];
        const unsent: [DraftOperation[], DraftOperation[]] = [[], []];
        const coin = (): boolean => coins.next().value === true;
        const send = (who: 0 | 1): void => {
          for (const operation of unsent[who].splice(0)) log.push(entry(log.length + 1, operation));
        };
        const listen = (who: 0 | 1): void => {
          const since = log.slice(Math.max(0, ends[who].confirmed.draft.seq - (coin() ? 2 : 0)));
          ends[who] = take(ends[who], coin() ? since.toReversed() : since);
        };
        for (const one of drawn) {
          const who = one.who as 0 | 1;
          const operation = stroke(who + 1, one.cells, one.zone);
          ends[who] = act(ends[who], operation);
          unsent[who].push(operation);
          const other = (1 - who) as 0 | 1;
          if (coin()) ends[other] = hear(ends[other], [operation]);
          if (coin()) send(who);
          if (coin()) listen(0);
          if (coin()) listen(1);
        }
        send(0);
        send(1);
        listen(0);
        listen(1);
        expect(ends[0].pending).toEqual([]);
        expect(ends[1].pending).toEqual([]);
        expect([...ends[0].ahead, ...ends[1].ahead]).toEqual([]);
        expect(ends[0].confirmed.draft.seq).toBe(drawn.length);
        expect([...ends[0].view.assignment]).toEqual([...ends[1].view.assignment]);
      }),
      { numRuns: 200 },
    );
  });

  test('control: without its log an end does not know what the other did', () => {
    const mine = act(openSync(start()), stroke(1, [1], 2));
    const theirs = act(openSync(start()), stroke(2, [1], 3));
    expect([...mine.view.assignment]).not.toEqual([...theirs.view.assignment]);
  });
});

describe('undo and redo out of the log', () => {
  const turn = (kind: 'undo' | 'redo', author: number, target: string): DraftOperation => ({
    opId: uuid(),
    author,
    kind,
    target,
  });

  test('each person takes back the own last act, waiting ones included', () => {
    const [a, b, c] = [stroke(1, [1], 2), stroke(2, [2], 2), stroke(1, [3], 2)];
    const log = [entry(1, a), entry(2, b)];
    expect(turnsOf(log, [c], 1).undo).toEqual({ kind: 'operation', opId: c.opId });
    expect(turnsOf(log, [], 1).undo).toEqual({ kind: 'operation', opId: a.opId });
    expect(turnsOf(log, [], 2).undo).toEqual({ kind: 'operation', opId: b.opId });
  });

  test('undo, redo and something new', () => {
    const a = stroke(1, [1], 2);
    const back = turn('undo', 1, a.opId);
    const again = turn('redo', 1, a.opId);
    expect(turnsOf([entry(1, a), entry(2, back)], [], 1)).toEqual({
      undo: undefined,
      redo: { kind: 'operation', opId: a.opId },
    });
    expect(turnsOf([entry(1, a), entry(2, back), entry(3, again)], [], 1).undo).toEqual({
      kind: 'operation',
      opId: a.opId,
    });
    expect(turnsOf([entry(1, a), entry(2, back), entry(3, stroke(1, [2], 2))], [], 1).redo).toBeUndefined();
  });

  test('an edit of the cells is a step of its own, taken back by a revert', () => {
    const cellsEntry = (seq: number, kind: 'split' | 'revert'): LogEntry =>
      ({
        seq,
        at: '2026-03-16T02:00:00.000Z',
        cells: { author: 1, kind, coverageId: 2, lineage: [] },
      }) as unknown as LogEntry;
    const a = stroke(1, [1], 2);
    expect(turnsOf([entry(1, a), cellsEntry(2, 'split')], [], 1).undo).toEqual({ kind: 'cells', seq: 2 });
    expect(turnsOf([entry(1, a), cellsEntry(2, 'split'), cellsEntry(3, 'revert')], [], 1).undo).toEqual({
      kind: 'operation',
      opId: a.opId,
    });
  });
});
