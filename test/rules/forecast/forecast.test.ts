import { expect, test } from 'vitest';
import type { ZoneId } from '../../../shared/contract/ids.ts';
import { erlang } from '../../../shared/rules/forecast/erlang.ts';
import { exactHypercube } from '../../../shared/rules/forecast/exact.ts';
import { forecastPlan } from '../../../shared/rules/forecast/forecast.ts';
import type { Forecast, ForecastInput } from '../../../shared/rules/forecast/forecast.ts';
import { orderByTravel, preferenceOrder } from '../../../shared/rules/forecast/orders.ts';
import { travelSeconds } from '../../../shared/rules/forecast/travel.ts';
import { tally } from '../../../shared/rules/zones/tally.ts';
import { oracleGraph, oracleZones } from '../zones/oracle-plan.ts';

const { graph, assignment } = oracleGraph();
const numbers = tally(graph, assignment, oracleZones);
const places = oracleZones
  .map((id) => numbers.zones.get(id)!.centre)
  .map(([east, north]) => ({ east, north }));
const seconds = travelSeconds(graph, places, { metresPerSecond: 8, detour: 1 });
const nearest = orderByTravel(seconds, 20);
const staff = new Map(oracleZones.map((id, n) => [id, [n]]));
const input = (busy: number, more: Partial<ForecastInput> = {}): ForecastInput => {
  const total = graph.workloadHours.reduce((a, b) => a + b, 0);
  const serviceSeconds = 1500;
  const perHour = (busy * 20 * 3600) / serviceSeconds;
  return {
    assignment,
    zoneIds: oracleZones,
    staff,
    teams: 20,
    incidentsPerHour: graph.workloadHours.map((hours) => (hours / total) * perHour),
    serviceSeconds,
    callTakingSeconds: 50,
    travelSeconds: seconds,
    order: preferenceOrder(assignment, staff, nearest, 20),
    ...more,
  };
};
const forecast = (one: ForecastInput): Forecast => {
  const outcome = forecastPlan(one);
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.forecast;
};

test('the order is the own team first, the others by travel, each exactly once', () => {
  const order = preferenceOrder(assignment, staff, nearest, 20);
  for (let cell = 0; cell < 192; cell++) {
    const own = order.slice(cell * 20, cell * 20 + 20);
    expect(own[0]).toBe(assignment[cell]! - 1);
    expect(new Set(own).size).toBe(20);
    const times = Array.from(own.slice(1), (team) => seconds[cell * 20 + team]!);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  }
});

test('the order of a stroke equals the order from scratch', () => {
  const before = preferenceOrder(assignment, staff, nearest, 20);
  const after = assignment.slice();
  for (const cell of [3, 50, 51]) after[cell] = 9;
  const quick = preferenceOrder(after, staff, nearest, 20, before, [3, 50, 51]);
  expect(quick).toEqual(preferenceOrder(after, staff, nearest, 20));
  expect(quick).not.toEqual(before);
});

test('totals of the forecast are those of M/M/N', () => {
  const one = forecast(input(0.5));
  const queue = erlang(20, 10)!;
  expect(one.workloads.reduce((a, b) => a + b, 0) / 20).toBeCloseTo(0.5, 6);
  expect(one.allBusy).toBeCloseTo(queue.allBusy, 12);
  expect(one.meanWaitSeconds).toBeCloseTo(queue.meanWait * 1500, 9);
  expect(one.zones.size).toBe(20);
  for (const zone of one.zones.values()) {
    expect(zone.p90ResponseSeconds).toBeGreaterThan(zone.medianResponseSeconds);
    expect(zone.meanResponseSeconds).toBeCloseTo(50 + one.meanWaitSeconds + zone.meanTravelSeconds, 9);
  }
});

test('a quiet town is served by its own teams, a busy one by its neighbours, an overloaded one not at all', () => {
  const [quiet, half, busy] = [0.01, 0.5, 0.9].map((load) => forecast(input(load)));
  expect(quiet!.crossZoneShare).toBeLessThan(0.03);
  expect(half!.crossZoneShare).toBeGreaterThan(quiet!.crossZoneShare + 0.2);
  expect(busy!.meanResponseSeconds).toBeGreaterThan(half!.meanResponseSeconds);
  expect([quiet!.strained, half!.strained, busy!.strained]).toEqual([false, false, true]);
  expect(forecastPlan(input(1))).toEqual({ ok: false, refusal: 'demand_excessive' });
  expect(forecastPlan(input(0.5, { teams: 0 }))).toEqual({ ok: false, refusal: 'teams_missing' });
});

test('hypercube: with few teams the forecast may use the exact model, and both agree closely', () => {
  const zoneIds = oracleZones.slice(0, 4);
  const merged = assignment.map((zone) => ((zone - 1) % 4) + 1);
  const four = places.slice(0, 4);
  const times = travelSeconds(graph, four, { metresPerSecond: 8, detour: 1 });
  const few = new Map(zoneIds.map((id: ZoneId, n) => [id, [n]]));
  const one = input(0.1, {
    assignment: merged,
    zoneIds,
    staff: few,
    teams: 4,
    travelSeconds: times,
    order: preferenceOrder(merged, few, orderByTravel(times, 4), 4),
  });
  const exact = forecastPlan(one, exactHypercube);
  const quick = forecast(one);
  expect(exact.ok).toBe(true);
  const workloads = exact.ok ? exact.forecast.workloads : [];
  const gaps = Array.from(quick.workloads, (value, n) => Math.abs(value - workloads[n]!));
  expect(Math.max(...gaps)).toBeLessThan(0.02);
  expect(quick.meanResponseSeconds).toBeCloseTo(exact.ok ? exact.forecast.meanResponseSeconds : 0, -1);
});
