import { expect, test } from 'vitest';
import type { EditionId, TeamId } from '../../../shared/contract/ids.ts';
import { hoursBetween, withinHours } from '../../../shared/rules/hours.ts';
import { shiftsOf, type Shift } from '../../../shared/rules/forecast/shifts.ts';
import { outlookOf, forecastOf } from '../../../client/studio/core/outlook.ts';
import { groundOf, type Ground } from '../../../client/studio/core/ground.ts';
import { squareStudio } from '../../client/studio/square-studio.ts';
import type { ZoneId } from '../../../shared/contract/ids.ts';

const ids = (...numbers: number[]): TeamId[] => numbers as TeamId[];
/** Three days: two teams by day, one at night, nobody from 4 to 6. */
const roster = Array.from({ length: 72 }, (_, i) => ({
  hour: i % 24,
  teamIds: i % 24 >= 8 && i % 24 < 20 ? ids(1, 2) : i % 24 === 4 || i % 24 === 5 ? [] : ids(2),
}));

test('crews stand for their hours and for the incidents of these hours', () => {
  const byHour = Array.from({ length: 24 }, (_, hour) => (hour >= 8 && hour < 20 ? 3 : hour === 4 ? 50 : 1));
  const [day, night, ...more] = shiftsOf(roster, byHour);
  expect(more).toEqual([]);
  expect(day).toMatchObject({ teamIds: [1, 2], hours: 36 / 66 });
  expect(day!.incidents).toBeCloseTo(36 / 46, 9);
  expect(night!.incidents).toBeCloseTo(10 / 46, 9);
  // control: without a history every hour weighs the same
  const plain = shiftsOf(roster, []);
  expect(plain[0]!.incidents).toBeCloseTo(36 / 66, 9);
  expect(shiftsOf([], byHour)).toEqual([]);
  // without a roster all teams count in every hour, and closures part the hours all the same
  const bare = roster.map((one) => ({ ...one, teamIds: [], closureIds: one.hour < 6 ? [7] : [] }));
  expect(shiftsOf(bare, [])).toMatchObject([
    { teamIds: null, closureIds: [], hours: 0.75 },
    { teamIds: null, closureIds: [7], hours: 0.25 },
  ]);
});

test('a span of hours may go over midnight', () => {
  const night = Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => withinHours(hour, 20, 8));
  expect(night).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 20, 21, 22, 23]);
  expect([hoursBetween(20, 8), hoursBetween(8, 20), hoursBetween(0, 24)]).toEqual([12, 12, 24]);
});

const studio = squareStudio(6, 4);
const two = [
  ...studio.teams,
  { ...studio.teams[0]!, id: 2 as TeamId, code: 'T2', home: [121.455, 30.035] as [number, number] },
];
const zoneIds = [1, 2] as ZoneId[];
const staff = zoneIds.map((zoneId) => ({ zoneId, teamId: Number(zoneId) as TeamId, rank: 1 }));
const shift = (teamIds: TeamId[], share = 1, more: Partial<Shift> = {}): Shift => ({
  teamIds,
  hours: share,
  incidents: share,
  closureIds: [],
  calendarEditionId: null,
  ...more,
});
/** The forecast of two halves under a roster. */
function forecast(
  shifts: Shift[],
  closures: typeof studio.closures = [],
  more: Partial<Pick<Ground, 'travel' | 'calendars'>> = {},
) {
  const made = groundOf(
    { ...studio, closures, teams: two, statistics: { ...studio.statistics, shifts } },
    null,
  );
  const ground = { ...made, ...more };
  const halves = Int32Array.from(ground.graph.cellIds, (_, i) => (i % 6 < 3 ? 1 : 2));
  const outcome = forecastOf(outlookOf(ground, staff)!, halves, zoneIds);
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.forecast;
}

test('teams count while they are on duty: the forecast of a night with one team is slower than that of all', () => {
  const all = forecast([]);
  const night = forecast([shift(ids(1))]);
  const mixed = forecast([shift(ids(1, 2), 0.5), shift(ids(1), 0.5)]);
  const east = (one: typeof all): number => one.zones.get(zoneIds[1]!)!.meanTravelSeconds;
  expect(east(night)).toBeGreaterThan(east(all) * 1.5);
  expect(east(mixed)).toBeCloseTo((east(all) + east(night)) / 2, 0);
  expect(mixed.crossZoneShare).toBeCloseTo((all.crossZoneShare + night.crossZoneShare) / 2, 3);
  // alone a team is busy with everything; its workload is that of its hours on duty
  expect(night.workloads).toHaveLength(1);
  expect(night.workloads[0]).toBeCloseTo(all.workloads[0]! + all.workloads[1]!, 6);
  expect(mixed.workloads[1]).toBeCloseTo(all.workloads[1]!, 6);
  // control: the same crew in two parts is the crew
  const split = forecast([shift(ids(1, 2), 0.3), shift(ids(1, 2), 0.7)]);
  expect(split.meanResponseSeconds).toBeCloseTo(all.meanResponseSeconds, 6);
});

test('a road that is closed makes the forecast longer, and a calendar edition moves the zone', () => {
  const { cellIds } = groundOf(studio, null).graph;
  const size = cellIds.length;
  const travel = {
    cellIds: [...cellIds],
    points: [],
    seconds: Array.from({ length: size * size }, (_, i) => (Math.floor(i / size) === i % size ? 0 : 100)),
    version: 't',
  };
  // every way out of the cell where both teams wait, beyond its own, takes six times as long
  const changes = Array.from({ length: size - 1 }, (_, to) => [to + 1, 600]).flat();
  const all = ids(1, 2);
  const free = forecast([shift(all)], [], { travel });
  const shut = forecast([shift(all, 1, { closureIds: [9] })], [{ closureIds: [9], changes }], { travel });
  const half = forecast(
    [shift(all, 0.5), shift(all, 0.5, { closureIds: [9] })],
    [{ closureIds: [9], changes }],
    { travel },
  );
  expect(shut.meanResponseSeconds).toBeGreaterThan(free.meanResponseSeconds + 300);
  expect(half.meanResponseSeconds).toBeCloseTo((shut.meanResponseSeconds + free.meanResponseSeconds) / 2, 0);
  // a town without roads has an empty table, and straight ways
  const bare = forecast([shift(all)], [], { travel: { ...travel, seconds: [] } });
  expect(bare).toEqual(forecast([shift(all)]));
  expect(bare.meanResponseSeconds).toBeGreaterThan(60);
  // control: a closure of other roads
  expect(forecast([shift(all, 1, { closureIds: [9] })], [], { travel })).toEqual(free);

  const market = 5 as EditionId;
  const one = new Map([[market, { assignment: new Int32Array(size).fill(1), teams: staff }]]);
  const held = forecast([shift(all, 1, { calendarEditionId: market })], [], { calendars: one });
  // all cells are zone 1 then: the other zone has no incident of its own
  expect(held.zones.get(zoneIds[1]!)!.meanTravelSeconds).toBe(0);
  expect(
    forecast([shift(all)], [], { calendars: one }).zones.get(zoneIds[1]!)!.meanTravelSeconds,
  ).toBeGreaterThan(0);
});
