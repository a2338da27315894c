import { expect, test } from 'vitest';
import type { Policy } from '../../../shared/contract/dispatch.ts';
import type { IncidentId, TeamId } from '../../../shared/contract/ids.ts';
import { defaultPolicy } from '../../../shared/rules/dispatch/policy.ts';
import { straightLine, travelTable } from '../../../shared/rules/dispatch/travel.ts';
import { homeTravel } from '../../../shared/rules/replay/home-travel.ts';
import type { Recording } from '../../../shared/rules/replay/run-side.ts';
import { townPoint } from './crowded-town.ts';

const policy: Policy = {
  ...defaultPolicy,
  travel: {
    ...defaultPolicy.travel,
    speedsKmh: Array.from({ length: 24 }, (_, hour) => (hour === 8 ? 15 : 30)),
  },
};
const [here, there, place] = [townPoint(0, 0), townPoint(5000, 0), townPoint(1000, 1000)];
const recording: Recording = {
  callTakingMs: 0,
  incidents: [
    {
      incidentId: 1 as IncidentId,
      reportedAt: 0,
      point: place,
      priority: 3,
      onSceneMs: 0,
      fromHome: [777, -1],
    },
  ],
  teams: [here, there].map((home, i) => ({ teamId: (i + 1) as TeamId, number: i + 1, home })),
};

test('ways from home are those that are known; from anywhere else, or without a way, the model below answers', () => {
  const below = straightLine(policy);
  const model = homeTravel(policy, recording, below);
  const from = [here, there, townPoint(10, 0)];
  const seconds = (of: typeof below, hour: number, to = place): number[] => {
    const into = travelTable(3);
    const lngs = Float64Array.from(from, ({ lng }) => lng);
    const lats = Float64Array.from(from, ({ lat }) => lat);
    of.fill(lngs, lats, 3, to, hour, into);
    return [...into.seconds];
  };
  const plain = seconds(below, 12);
  expect(seconds(model, 12)).toEqual([777, plain[1], plain[2]]);
  // an hour of half the speed takes twice as long
  expect(seconds(model, 8)[0]).toBe(1554);
  // control: the same place as another object is no recorded one, and without known ways nothing is wrapped
  expect(seconds(model, 12, { ...place })).toEqual(plain);
  const { fromHome: _, ...unknown } = recording.incidents[0]!;
  expect(homeTravel(policy, { ...recording, incidents: [unknown] }, below)).toBe(below);
});
