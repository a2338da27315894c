import { describe, expect, test } from 'vitest';
import type { ZoneId } from '../../../shared/contract/ids.ts';
import { profile } from '../../../shared/rules/dispatch/policy.ts';
import { straightLine } from '../../../shared/rules/dispatch/travel.ts';
import { calibrate } from '../../../shared/rules/replay/calibration.ts';
import { atSpeed } from '../../../shared/rules/replay/report.ts';
import { runSide } from '../../../shared/rules/replay/run-side.ts';
import { crowdedTown } from './crowded-town.ts';

/* Twenty days of a quiet town: nobody waits, so that the response is the call and the drive. */
const { teams, incidents } = crowdedTown(2, 20, 3);
const recording = { incidents, teams, callTakingMs: 45_000 };
const plan = {
  zones: Int32Array.from(incidents, (_, i) => 1 + (i % 20)),
  zoneIds: teams.map((_, i) => [(i + 1) as ZoneId]),
};
const policy = profile('nearest');
const model = straightLine(policy);
const outcome = runSide(recording, plan, policy, model);
const against = (recordedMs: Float64Array, replayed = outcome) =>
  calibrate(recording, plan, replayed, recordedMs, 0.1, (at) => Math.floor(at / 3_600_000) % 24);
const slower = outcome.responseMs.map((ms) => (ms - recording.callTakingMs) * 1.3 + recording.callTakingMs);

describe('calibration', () => {
  test('a replay that reproduces what happened passes with no error', () => {
    const found = against(outcome.responseMs);
    expect(found).toMatchObject({ compared: incidents.length, medianRelativeError: 0, passed: true });
    expect(found.fittedSpeedFactor).toBeCloseTo(1, 6);
  });

  test('a history with 30 % more travel is refused, and the fitted speed reproduces it', () => {
    const found = against(slower);
    expect(found.passed).toBe(false);
    expect(found.medianRelativeError).toBeGreaterThan(0.1);
    expect(found.fittedSpeedFactor).toBeCloseTo(1 / 1.3, 2);
    const fitted = runSide(recording, plan, policy, atSpeed(model, found.fittedSpeedFactor!));
    expect(against(slower, fitted)).toMatchObject({ passed: true });
  });

  test('incidents whose response nobody knows are not compared; every other one stands in an hour class and a zone', () => {
    const some = outcome.responseMs.map((ms, i) => (i % 3 === 0 ? NaN : ms));
    const found = against(some);
    const known = some.filter((ms) => !Number.isNaN(ms)).length;
    expect(found.compared).toBe(known);
    const sum = (rows: readonly { incidents: number }[]) => rows.reduce((all, one) => all + one.incidents, 0);
    expect(sum(found.byHourClass)).toBe(known);
    expect(sum(found.byZone)).toBe(known);
    expect(against(outcome.responseMs.map(() => NaN))).toMatchObject({
      compared: 0,
      fittedSpeedFactor: null,
    });
  });
});
