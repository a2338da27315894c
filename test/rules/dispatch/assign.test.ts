import { munkres } from 'munkres';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { solveAssignment, solveOptional } from '../../../shared/rules/dispatch/assign.ts';

/** Cheapest total over all ways to give rows a column or leave them alone, by trying them all. */
function bruteForce(costs: number[][], alone: number[], row = 0, used = 0): number {
  if (row === costs.length) return 0;
  let best = alone[row]! + bruteForce(costs, alone, row + 1, used);
  costs[row]!.forEach((cost, column) => {
    if (used & (1 << column) || cost === Infinity) return;
    best = Math.min(best, cost + bruteForce(costs, alone, row + 1, used | (1 << column)));
  });
  return best;
}

const total = (costs: number[][], alone: number[], solved: Int32Array): number =>
  costs.reduce((sum, row, i) => sum + (solved[i]! < 0 ? alone[i]! : row[solved[i]!]!), 0);

const flat = (costs: number[][]): Float64Array => Float64Array.from(costs.flat());

/** Small worlds in which half of the pairs are forbidden. */
const world = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 6 }))
  .chain(([rows, columns]) => {
    const cost = fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.constant(Infinity));
    return fc.record({
      costs: fc.array(fc.array(cost, { minLength: columns, maxLength: columns }), {
        minLength: rows,
        maxLength: rows,
      }),
      alone: fc.array(fc.integer({ min: 5000, max: 9000 }), { minLength: rows, maxLength: rows }),
    });
  });

test('3,000 small cases with forbidden pairs: as cheap as trying everything, nothing forbidden', () => {
  let left = 0;
  fc.assert(
    fc.property(world, ({ costs, alone }) => {
      const solved = solveOptional(flat(costs), Float64Array.from(alone), costs.length, costs[0]!.length);
      expect(total(costs, alone, solved)).toBe(bruteForce(costs, alone));
      const taken = [...solved].filter((column) => column >= 0);
      expect(new Set(taken).size).toBe(taken.length);
      left += costs.length - taken.length;
    }),
    { numRuns: 3000, seed: 1 },
  );
  expect(left).toBeGreaterThan(500);
});

test('control: without private dummies two incidents with one common team leave nothing', () => {
  const costs = Float64Array.from([5, Infinity, 7, Infinity]);
  expect(solveAssignment(costs, 2, 2)).toBeNull();
  expect([...solveOptional(costs, Float64Array.from([100, 100]), 2, 2)]).toEqual([0, -1]);
});

test('control: munkres alone hands out a forbidden pair', () => {
  const pairs = munkres([
    [5, Infinity],
    [7, Infinity],
  ]);
  expect(
    pairs.some(
      ([row, column]) =>
        [
          [5, Infinity],
          [7, Infinity],
        ][row]![column] === Infinity,
    ),
  ).toBe(true);
});

test('300 larger cases without forbidden pairs: as cheap as munkres', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 40 }),
      fc.infiniteStream(fc.integer({ max: 1e6, min: 0 })),
      (n, stream) => {
        const costs = Array.from({ length: n }, () =>
          Array.from({ length: n + 3 }, () => stream.next().value),
        );
        const ours = solveAssignment(flat(costs), n, n + 3)!;
        const theirs = munkres(costs).reduce((sum, [row, column]) => sum + costs[row]![column]!, 0);
        expect(costs.reduce((sum, row, i) => sum + row[ours[i]!]!, 0)).toBe(theirs);
      },
    ),
    { numRuns: 300, seed: 2 },
  );
});

test('NaN, -Infinity and too few numbers are refused', () => {
  expect(() => solveAssignment(Float64Array.from([1, NaN]), 1, 2)).toThrow(RangeError);
  expect(() => solveAssignment(Float64Array.from([1, -Infinity]), 1, 2)).toThrow(RangeError);
  expect(() => solveAssignment(Float64Array.from([1]), 1, 2)).toThrow(RangeError);
  expect(() => solveOptional(Float64Array.from([1]), Float64Array.from([NaN]), 1, 1)).toThrow(RangeError);
});
