import { describe, expect, test } from 'vitest';
import type { CellId, ZoneId } from '../../../shared/contract/ids.ts';
import { difference, membersOf } from '../../../shared/rules/zones/assignment.ts';
import type { Assignment } from '../../../shared/rules/zones/assignment.ts';
import { changeCurve, deltas } from '../../../shared/rules/zones/design/curve.ts';
import type { CurvePoint } from '../../../shared/rules/zones/design/curve.ts';
import { designZones } from '../../../shared/rules/zones/design/design.ts';
import type { DesignInput, DesignOutcome } from '../../../shared/rules/zones/design/design.ts';
import type { TownGraph } from '../../../shared/rules/zones/graph.ts';
import { shapeKey } from '../../../shared/rules/zones/shapes.ts';
import { balanceOf, tally } from '../../../shared/rules/zones/tally.ts';
import type { Tally } from '../../../shared/rules/zones/tally.ts';
import { oracleGraph, oracleZones } from './oracle-plan.ts';
import { voronoiGraph } from './voronoi-town.ts';

const { graph, assignment } = oracleGraph();
const design = (input: DesignInput): DesignOutcome & { ok: true } => {
  const run = designZones(input);
  let step = run.next();
  while (!step.done) step = run.next();
  if (!step.value.ok) throw new Error(step.value.refusal);
  return step.value;
};
const countOf = (plan: Assignment, over: TownGraph = graph): Tally => tally(over, plan, oracleZones);
const worst = (numbers: Tally): number => {
  const { highest, lowest } = balanceOf(numbers);
  return Math.max(highest, -lowest);
};
const wholeZones = (numbers: Tally): boolean =>
  numbers.unassigned.length === 0 && [...numbers.zones.values()].every((zone) => zone.pieces.length === 1);
const hash = (plan: Assignment): string =>
  oracleZones.map((zone) => shapeKey(membersOf(plan, zone))).join(' ');
const input = { graph, assignment, zoneIds: oracleZones };

describe('automatic zones meet the bars', () => {
  test.each([1, 2, 3])(
    '192 cells into 20 zones, seed %i',
    (seed) => {
      const numbers = countOf(design({ ...input, seed }).assignment);
      expect(wholeZones(numbers)).toBe(true);
      expect(worst(numbers)).toBeLessThanOrEqual(0.035);
      expect(balanceOf(numbers).meanCompactness).toBeGreaterThanOrEqual(0.55);
    },
    120_000,
  );

  test('10,000 cells into 20 zones', () => {
    const large = voronoiGraph(10_000, 7);
    const empty = new Int32Array(10_000);
    const { assignment: plan } = design({ graph: large, assignment: empty, zoneIds: oracleZones, seed: 1 });
    const numbers = countOf(plan, large);
    expect(wholeZones(numbers)).toBe(true);
    expect(worst(numbers)).toBeLessThanOrEqual(0.01);
    expect(balanceOf(numbers).meanCompactness).toBeGreaterThanOrEqual(0.6);
  }, 120_000);

  test('control: the zones that the town has miss the bars', () => {
    expect(worst(countOf(assignment))).toBeGreaterThan(0.035);
  });
});

const small = { proposals: 300_000, seeds: 1, starts: 4, finalists: 2, passes: 40 };

test('same seed, same plan; another seed, another plan', () => {
  const [one, two, other] = [4, 4, 5].map((seed) =>
    hash(design({ ...input, seed, effort: small }).assignment),
  );
  expect(two).toBe(one);
  expect(other).not.toBe(one);
});

test('the plan of a seed is the recorded one on every engine', () => {
  expect(hash(design({ ...input, seed: 4, effort: small }).assignment).slice(0, 40)).toBe(
    '13-fb0fdf2c49dead3b 11-e378de9079944cb5 ',
  );
});

test('locked zones and pinned cells stay as they are', () => {
  const locked = new Set([3, 7] as ZoneId[]);
  const pinned = new Set([5, 80] as CellId[]);
  const { assignment: plan } = design({ ...input, seed: 1, locked, pinned, effort: small });
  for (const zone of locked) expect(membersOf(plan, zone)).toEqual(membersOf(assignment, zone));
  for (const id of pinned) {
    const cell = graph.indexOf.get(id)!;
    expect(plan[cell]).toBe(assignment[cell]);
  }
});

test('progress grows to the end, and a design that is not asked on stops', () => {
  const run = designZones({ ...input, seed: 1, effort: small });
  const fractions: number[] = [];
  for (let step = run.next(); !step.done; step = run.next()) fractions.push(step.value.fraction);
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  const cancelled = designZones({ ...input, seed: 1, effort: small });
  cancelled.next();
  cancelled.return({ ok: false, refusal: 'zone_locked' });
  expect(cancelled.next().done).toBe(true);
});

test('islands behind barriers are bridged and named', () => {
  const passable = graph.passable.slice();
  const island = 17;
  for (let cell = 0; cell < 192; cell++)
    for (let slot = graph.offsets[cell]!; slot < graph.offsets[cell + 1]!; slot++)
      if (cell === island || graph.neighbours[slot] === island) passable[slot] = 0;
  const cut = { ...graph, passable };
  const result = design({ ...input, graph: cut, seed: 1, effort: small });
  expect(result.bridges).toHaveLength(1);
  expect(result.bridges[0]).toContain(graph.cellIds[island]);
  expect(countOf(result.assignment, cut).unassigned).toEqual([]);
});

test('too few cells and nothing but locked zones are refused', () => {
  const run = (more: Partial<DesignInput>): unknown =>
    designZones({ ...input, seed: 1, ...more }).next().value;
  expect(run({ locked: new Set(oracleZones) })).toEqual({ ok: false, refusal: 'zone_locked' });
  const many = Array.from({ length: 193 }, (_, i) => (i + 1) as ZoneId);
  expect(run({ zoneIds: many })).toEqual({ ok: false, refusal: 'zone_small' });
});

describe('the least-change curve', () => {
  // Demand doubles within 1.6 km of a point of a balanced plan.
  const before = design({ ...input, seed: 1, effort: small }).assignment;
  const workloadHours = graph.workloadHours.map((hours, i) => {
    const far = Math.hypot(graph.east[i]! - graph.east[100]!, graph.north[i]! - graph.north[100]!);
    return far < 1600 ? 2 * hours : hours;
  });
  const shifted = { ...graph, workloadHours };
  const run = changeCurve({ graph: shifted, assignment: before, zoneIds: oracleZones, seed: 1 }, 200_000);
  let step = run.next();
  while (!step.done) step = run.next();
  const points: readonly CurvePoint[] = step.value;

  test('holds only undominated points, from few changes to good balance', () => {
    expect(points.length).toBeGreaterThan(5);
    for (const [i, point] of points.entries()) {
      const next = points[i + 1];
      expect(
        next === undefined || (next.loadMoved > point.loadMoved && next.deviation < point.deviation),
      ).toBe(true);
    }
    expect(points[0]!.cellsMoved).toBeLessThanOrEqual(5);
    expect(points.at(-1)!.deviation).toBeLessThan(0.15);
    expect(points[0]!.deviation).toBeGreaterThan(points.at(-1)!.deviation * 3);
  });

  test('counts what it moves, and keeps every zone whole', () => {
    for (const point of points) {
      expect(difference(graph, before, point.assignment)).toHaveLength(point.cellsMoved);
      const numbers = tally(shifted, point.assignment, oracleZones);
      expect(wholeZones(numbers)).toBe(true);
      expect(worst(numbers)).toBeCloseTo(point.deviation, 6);
    }
    expect(deltas.at(-1)).toBe(0.02);
  });
});
