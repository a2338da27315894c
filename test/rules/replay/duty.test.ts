import { expect, test } from 'vitest';
import type { Policy } from '../../../shared/contract/dispatch.ts';
import type { IncidentId, TeamId, ZoneId } from '../../../shared/contract/ids.ts';
import { defaultPolicy } from '../../../shared/rules/dispatch/policy.ts';
import { straightLine } from '../../../shared/rules/dispatch/travel.ts';
import { runSide, type Recording } from '../../../shared/rules/replay/run-side.ts';
import { townPoint } from './crowded-town.ts';

/* Two teams that share a day: the western one has the first hour, the eastern one the second. */

const minute = 60_000;
const hour = 60 * minute;
const policy: Policy = {
  ...defaultPolicy,
  zoneRule: ['nearest', 'nearest', 'nearest', 'nearest'],
  rematch: { ...defaultPolicy.rematch, mode: 'off' },
};
const [west, east] = [townPoint(1000, 1000), townPoint(4000, 1000)];

function run(reports: readonly { readonly at: number; readonly work?: number }[], shifts = true) {
  const recording: Recording = {
    callTakingMs: 0,
    incidents: reports.map(({ at, work = 10 * minute }, i) => ({
      incidentId: (i + 1) as IncidentId,
      reportedAt: at,
      // beside the eastern team
      point: east,
      priority: 3,
      onSceneMs: work,
    })),
    teams: [west, east].map((home, i) => ({
      teamId: (i + 1) as TeamId,
      number: i + 1,
      home,
      duties: shifts ? [[i * hour, (i + 1) * hour] as const] : undefined,
    })),
  };
  const plan = { zones: new Int32Array(reports.length), zoneIds: [[1 as ZoneId], [1 as ZoneId]] };
  return runSide(recording, plan, policy, straightLine(policy));
}

test('only teams on duty are sent', () => {
  const outcome = run([{ at: 5 * minute }, { at: 65 * minute }]);
  expect([...outcome.teams]).toEqual([0, 1]);
  // control: without a roster the near team goes both times
  expect([...run([{ at: 5 * minute }, { at: 65 * minute }], false).teams]).toEqual([1, 1]);
});

test('what comes too late for a shift waits for the next one', () => {
  const outcome = run([{ at: 55 * minute }]);
  expect([...outcome.teams]).toEqual([1]);
  expect(outcome.waitMs[0]).toBe(5 * minute);
  expect(outcome.queued).toBe(1);
});

test('work beyond the end of the shift is overtime, and no more than that', () => {
  const outcome = run([{ at: 5 * minute, work: 2 * hour }]);
  const driven = outcome.responseMs[0]!;
  expect(outcome.overtimeMs[0]).toBeCloseTo(5 * minute + driven + 2 * hour - hour, 3);
  expect([...run([{ at: 5 * minute, work: 2 * hour }], false).overtimeMs]).toEqual([0, 0]);
});

test('nobody on duty counts as nobody free', () => {
  // the only team on duty works from the first report on, to beyond the first report of the second hour
  const outcome = run([{ at: 0, work: 50 * minute }, { at: 130 * minute }]);
  expect(outcome.served[1]).toBe(0);
  expect(outcome.allBusyShare).toBeGreaterThan(0);
});
