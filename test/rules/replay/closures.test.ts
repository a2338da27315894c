import { expect, test } from 'vitest';
import type { Policy } from '../../../shared/contract/dispatch.ts';
import type { IncidentId, TeamId, ZoneId } from '../../../shared/contract/ids.ts';
import { defaultPolicy } from '../../../shared/rules/dispatch/policy.ts';
import { calendarZone, knownZone } from '../../../shared/rules/replay/calendar-zones.ts';
import { matrixTravel, type MatrixClosure } from '../../../shared/rules/replay/matrix-travel.ts';
import { runSide, type Recording } from '../../../shared/rules/replay/run-side.ts';
import { townPoint } from './crowded-town.ts';

const policy: Policy = { ...defaultPolicy, zoneRule: ['own_first', 'own_first', 'own_first', 'own_first'] };
const hour = 3_600_000;
/** Two teams at home in the west and in the east, an incident at six and one at eight, both beside the western team. */
const points = [townPoint(0, 0), townPoint(1500, 0)];
const recording: Recording = {
  callTakingMs: 0,
  incidents: [6, 8].map((at, i) => ({
    incidentId: (i + 1) as IncidentId,
    reportedAt: at * hour,
    point: townPoint(10, 10),
    priority: 3,
    onSceneMs: 60_000,
  })),
  teams: points.map((home, i) => ({ teamId: (i + 1) as TeamId, number: i + 1, home })),
};
const seconds = [0, 200, 200, 0];
const run = (
  zones: readonly number[],
  zoneIds: readonly number[][],
  closures: MatrixClosure[] = [],
  rule = policy,
) => {
  const model = matrixTravel(rule, { points, seconds, version: 't', closures });
  const plan = { zones: Int32Array.from(zones), zoneIds: zoneIds as unknown as ZoneId[][] };
  const { teams, responseMs } = runSide(recording, plan, rule, model);
  return { teams: [...teams], seconds: [...responseMs].map((ms) => Math.round(ms / 1000)) };
};

test('a closure makes ways longer while it holds, and who has no way is not sent', () => {
  const own = [[1], [2]];
  const open = run([2, 2], own);
  expect(open.teams).toEqual([1, 1]);
  // from seven to nine the way from east to west takes three times as long
  const locked: Policy = { ...policy, zoneRule: ['locked', 'locked', 'locked', 'locked'] };
  const longer = run([2, 2], own, [{ spans: [[7 * hour, 9 * hour]], changes: [2, 600] }], locked);
  expect(longer.seconds[0]).toBe(open.seconds[0]);
  expect(longer.seconds[1]).toBeGreaterThan(open.seconds[1]! * 2.9);
  // without a way the western team goes, though the zone is not its own
  const shut = run([2, 2], own, [{ spans: [[7 * hour, 9 * hour]], changes: [2, -1] }]);
  expect(shut.teams).toEqual([1, 0]);
  // control: a closure that held before, and one of another way
  expect(run([2, 2], own, [{ spans: [[0, hour]], changes: [2, -1] }])).toEqual(open);
  expect(run([2, 2], own, [{ spans: [[7 * hour, 9 * hour]], changes: [1, 600] }])).toEqual(open);
});

test('a calendar edition decides for its incidents alone, whatever the plan says', () => {
  const market = calendarZone(0, 1);
  const zoneIds = [
    [1, market],
    [2, calendarZone(0, 2)],
  ];
  // the plan gives both to the east; the market of eight o'clock gives one to the west
  expect(run([2, market], zoneIds).teams).toEqual([1, 0]);
  // control: without it the plan holds
  expect(run([2, 2], zoneIds).teams).toEqual([1, 1]);
  expect([knownZone(market), knownZone(7), calendarZone(3, null)]).toEqual([1, 7, 0]);
});
