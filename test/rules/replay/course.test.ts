import { describe, expect, test } from 'vitest';
import type { ZoneId } from '../../../shared/contract/ids.ts';
import { profile } from '../../../shared/rules/dispatch/policy.ts';
import { straightLine } from '../../../shared/rules/dispatch/travel.ts';
import { courseOf, momentsOf, placeAt } from '../../../shared/rules/replay/course.ts';
import { runSide } from '../../../shared/rules/replay/run-side.ts';
import { crowdedTown } from './crowded-town.ts';

const { teams, incidents } = crowdedTown(40, 2, 5);
const recording = { incidents, teams, callTakingMs: 30_000 };
const plan = {
  zones: Int32Array.from(incidents, (_, i) => 1 + (i % 20)),
  zoneIds: teams.map((_, i) => [(i + 1) as ZoneId]),
};

describe('the course of one incident', () => {
  const policy = profile('preempt');
  const model = straightLine(policy);
  const outcome = runSide(recording, plan, policy, model);

  test('ends with the team and at the minute of the replay, whichever incident is asked for', () => {
    for (let i = 0; i < incidents.length; i += 37) {
      const course = courseOf(recording, plan, policy, model, i);
      const last = course.legs.at(-1)!;
      expect(last.arrived).toBe(true);
      expect(last.team).toBe(outcome.teams[i]);
      expect(last.endedAt - course.reportedAt).toBeCloseTo(outcome.responseMs[i]!, 6);
      expect(course.doneAt! - last.endedAt).toBeCloseTo(incidents[i]!.onSceneMs, 6);
      for (const leg of course.legs) expect(leg.departedAt).toBeLessThanOrEqual(leg.endedAt);
    }
  });

  test('a team that was taken away on the way and an incident that waited are told', () => {
    const courses = incidents.map((_, i) => i).filter((i) => outcome.waitMs[i]! > 0 || i % 50 === 0);
    const told = courses.slice(0, 60).map((i) => courseOf(recording, plan, policy, model, i));
    expect(told.some(({ queuedAt }) => queuedAt !== null)).toBe(true);
    expect(told.some(({ legs }) => legs.some(({ arrived }) => !arrived))).toBe(true);
    // control: an incident that found a team at once did not wait
    expect(told.some(({ queuedAt, legs }) => queuedAt === null && legs.length === 1)).toBe(true);
  });

  test('the team moves from where it was to the place and stays until the work is done', () => {
    const course = courseOf(recording, plan, policy, model, 3);
    const [leg] = [course.legs.at(-1)!];
    expect(placeAt(course, course.reportedAt - 1)).toBeNull();
    expect(placeAt(course, leg.departedAt)).toMatchObject({ ...leg.from, team: leg.team });
    expect(placeAt(course, leg.endedAt)).toMatchObject({ lng: course.place.lng, lat: course.place.lat });
    expect(placeAt(course, course.doneAt!)).not.toBeNull();
    expect(placeAt(course, course.doneAt! + 1)).toBeNull();
    const moments = momentsOf([course, course]);
    expect(moments).toEqual([...new Set(moments)].sort((a, b) => a - b));
    expect(moments[0]).toBe(course.reportedAt);
    expect(moments.at(-1)).toBe(course.doneAt);
  });
});
