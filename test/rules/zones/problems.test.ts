import { expect, test } from 'vitest';
import type { CellId, ZoneId } from '../../../shared/contract/ids.ts';
import { planProblems } from '../../../shared/contract/planning-codes.ts';
import { assignmentFrom, carryOver, difference, zoneAt } from '../../../shared/rules/zones/assignment.ts';
import type { Assignment } from '../../../shared/rules/zones/assignment.ts';
import { townGraph } from '../../../shared/rules/zones/graph.ts';
import type { TownGraph } from '../../../shared/rules/zones/graph.ts';
import {
  acceptPending,
  addPending,
  pendingFrom,
  rejectPending,
} from '../../../shared/rules/zones/pending.ts';
import { problemsOf, villageZones } from '../../../shared/rules/zones/problems.ts';
import type { PlanProblem, ProblemInput } from '../../../shared/rules/zones/problems.ts';
import { rebase } from '../../../shared/rules/zones/rebase.ts';
import { suggestMoves } from '../../../shared/rules/zones/suggest.ts';
import { deviationOf, tally } from '../../../shared/rules/zones/tally.ts';
import { oracleProjection as project } from '../cells/oracle-town.ts';
import { squareTown } from './square-town.ts';

const { cells, coverage } = squareTown(6, 4);
const graph = townGraph({ cells, project, stats: () => ({ workloadHours: 10, incidents: 5 }) });
const zone = (id: number): ZoneId => id as ZoneId;
const zones = [zone(1), zone(2), zone(3)];
/** The rows of the plan as a person draws it, north up; 0 is without a zone. */
const plan = (...rows: string[]): Assignment =>
  Int32Array.from(rows.toReversed().join(''), (digit) => Number(digit));
const clean = plan('112233', '112233', '112233', '112233');
const problems = (assignment: Assignment, more: Partial<ProblemInput> = {}, over: TownGraph = graph) =>
  problemsOf({ graph: over, assignment, tally: tally(over, assignment, zones), tolerance: 1, ...more });
const names = (found: readonly PlanProblem[]): string[] => found.map((one) => one.name);
const repaired = (assignment: Assignment, one: PlanProblem): Assignment => {
  const after = assignment.slice();
  for (const { cellId, zoneId } of one.repair!) after[graph.indexOf.get(cellId)!] = zoneId!;
  return after;
};

test('a clean plan has no problem', () => {
  expect(problems(clean)).toEqual([]);
});

test('cells without a zone are one problem per pocket, never a contiguous zone, and safely repaired', () => {
  const holed = plan('112033', '112033', '112233', '012233');
  const found = problems(holed);
  expect(names(found)).toEqual(['cell_unassigned', 'cell_unassigned']);
  expect(found.map((one) => one.cellIds)).toEqual([[1], [16, 22]]);
  const after = found.reduce(repaired, holed);
  expect(problems(after)).toEqual([]);
  const locked = new Set([zone(1), zone(2), zone(3)]);
  expect(problems(holed, { locked }).every((one) => one.repair === undefined)).toBe(true);
});

test('a split zone names its smaller pieces, a lone cell is an orphan; the repair gives them away', () => {
  const split = plan('113233', '112233', '112231', '112211');
  const found = problems(split);
  expect(names(found)).toEqual(['zone_split', 'cell_orphaned']);
  expect(found[0]).toMatchObject({ zoneId: 1, cellIds: [5, 6, 12], severity: 'error' });
  expect(found[1]).toMatchObject({ zoneId: 3, cellIds: [21] });
  expect(problems(found.reduce(repaired, split))).toEqual([]);
  expect(names(problems(split, { waived: new Set([zone(1)]) }))).toEqual(['cell_orphaned']);
});

test('a zone without cells, and a zone that encloses another', () => {
  expect(names(problems(plan('112222', '112222', '112222', '112222')))).toEqual(['zone_empty']);
  const ring = plan('112222', '112332', '112332', '112222');
  const found = problems(ring);
  expect(names(found)).toEqual(['zone_holed']);
  expect(found[0]!.repair).toBeUndefined();
  const pocket = problems(plan('112222', '112032', '112332', '112222').map((z) => (z === 3 ? 0 : z)));
  expect(names(pocket)).toEqual(['cell_unassigned', 'zone_empty', 'zone_holed']);
  expect(pocket[2]!.repair).toHaveLength(4);
});

test('uneven workload and ragged shape are warnings with their value', () => {
  const uneven = plan('112223', '112223', '112223', '112223');
  const found = problems(uneven, { tolerance: 0.05, leastCompactness: 0.7 });
  expect(names(found).filter((name) => name === 'workload_uneven')).toHaveLength(2);
  expect(found.filter((one) => one.name === 'zone_ragged').map((one) => one.zoneId)).toEqual([1, 3]);
  expect(found.find((one) => one.zoneId === 2)!.value).toBeCloseTo(0.5);
  expect(found.every((one) => one.severity === 'warning')).toBe(true);
});

test('teams, villages, coverage and an outdated draft are checked too', () => {
  const teamsOf = new Map([
    [zone(1), [11]],
    [zone(2), [11, 12]],
  ]);
  const found = problems(clean, {
    teamsOf,
    teamsInService: [11, 12, 13],
    coverageRows: 1,
    outdated: true,
    villageZonesBefore: new Map([['330205103001', 2]]),
  });
  expect(names(found)).toEqual([
    'zone_unstaffed',
    'team_unplaced',
    'coverage_damaged',
    'edition_outdated',
    'village_divided',
  ]);
  expect(found[1]!.teamId).toBe(13);
  expect(villageZones(graph, clean).get('330205103001')).toBe(3);
  expect(Object.keys(planProblems)).toContain(found[0]!.name);
});

test('an imbalance is explained as a move that helps and cuts nothing', () => {
  const uneven = plan('112223', '112223', '112223', '112223');
  const numbers = tally(graph, uneven, zones);
  const [best] = suggestMoves(graph, uneven, numbers, zone(2), new Set());
  expect(best).toMatchObject({ from: 2, to: 3 });
  const after = uneven.slice();
  for (const id of best!.cellIds) after[graph.indexOf.get(id)!] = best!.to;
  const then = tally(graph, after, zones);
  expect(then.zones.get(zone(2))!.pieces).toHaveLength(1);
  expect(Math.abs(deviationOf(then.zones.get(zone(3))!, then.meanHours))).toBeCloseTo(best!.deviationAfter);
  expect(best!.deviationAfter).toBeLessThan(best!.deviationBefore);
  expect(suggestMoves(graph, uneven, numbers, zone(2), new Set([zone(1), zone(3)]))).toEqual([]);
});

test('rebase keeps what only one side changed and lists what both changed differently', () => {
  const draft = clean.slice();
  const running = clean.slice();
  draft[0] = 2;
  running[1] = 3;
  draft[2] = 1;
  running[2] = 3;
  draft[3] = 3;
  running[3] = 3;
  const { assignment, conflicts } = rebase(graph, clean, draft, running);
  expect(assignment.slice(0, 4)).toEqual(Int32Array.of(2, 3, 1, 3));
  expect(conflicts).toEqual([{ cellId: 3, base: 2, draft: 1, running: 3 }]);
  expect(rebase(graph, clean, draft, clean).conflicts).toEqual([]);
});

test('a pending selection is taken and dropped in parts', () => {
  const proposal = plan('112233', '112233', '122233', '122233');
  const changes = difference(graph, clean, proposal);
  expect(changes).toEqual([
    { cellId: 2, was: 1, zoneId: 2 },
    { cellId: 8, was: 1, zoneId: 2 },
  ]);
  const pending = addPending(pendingFrom(changes), [{ cellId: 9 as CellId, zoneId: zone(3) }]);
  const { operation, rest } = acceptPending({ opId: 'a', author: 1 }, pending, [8, 9] as CellId[]);
  expect(operation).toMatchObject({
    changes: [
      { zoneId: 2, cellIds: [8] },
      { zoneId: 3, cellIds: [9] },
    ],
  });
  expect([...rest.keys()]).toEqual([2]);
  expect(rejectPending(rest, [2] as CellId[]).size).toBe(0);
});

test('a plan carried over to edited cells: parts inherit, merged cells only when all agree', () => {
  const pairs = graph.cellIds.map((cellId, i) => ({ cellId, zoneId: zoneAt(clean, i) }));
  const kept = new Map(coverage.cells);
  for (const id of [1, 2, 3, 7] as CellId[]) kept.delete(id);
  for (const id of [101, 102, 103] as CellId[]) kept.set(id, { ...cells[0]!, id });
  const carried = carryOver(
    pairs,
    [
      { from: [1] as CellId[], to: [101, 102] as CellId[] },
      { from: [2, 3] as CellId[], to: [103] as CellId[] },
    ],
    { ...coverage, cells: kept },
  );
  expect(carried.pairs.filter(({ cellId }) => cellId > 100)).toEqual([
    { cellId: 101, zoneId: 1 },
    { cellId: 102, zoneId: 1 },
    { cellId: 103, zoneId: null },
  ]);
  expect(carried.conflicts).toEqual([{ cellId: 103, zoneIds: [1, 2] }]);
  expect(carried.pairs).toHaveLength(kept.size);
  expect(assignmentFrom(graph, pairs)).toEqual(clean);
});
