import { lngLat } from '../../../shared/contract/geo.ts';
import type { LngLat } from '../../../shared/contract/geo.ts';
import type { Priority } from '../../../shared/contract/dispatch-codes.ts';
import type { CellId, IncidentId, TeamId, ZoneId } from '../../../shared/contract/ids.ts';
import type { RecordedWorld } from '../../../shared/rules/replay/world.ts';

/** A small reproducible source of numbers from 0 to 1 (mulberry32). */
export function randomSource(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const south = 29.94;
const west = 121.4;
const metresPerDegree = 111_195;

/** A point of the town by metres from its south-west corner. */
export const townPoint = (east: number, north: number): LngLat =>
  lngLat(
    west + east / (metresPerDegree * Math.cos((south * Math.PI) / 180)),
    south + north / metresPerDegree,
  );

const hotSpots = [
  [3200, 3200],
  [6800, 3200],
  [3200, 6800],
  [6800, 6800],
] as const;

const priorityShares = [0.04, 0.2, 0.65, 1];

/**
 * 20 teams in 10 x 10 km with four hot spots, `perHour` incidents by a Poisson process, work on scene
 * exponential with a mean of 20 min, priorities 4 / 16 / 45 / 35 %.
 */
export function crowdedTown(perHour: number, days: number, seed: number): RecordedWorld {
  const random = randomSource(seed);
  const exponential = (mean: number) => -Math.log(1 - random()) * mean;
  const normal = () => Math.sqrt(exponential(2)) * Math.cos(2 * Math.PI * random());
  const inside = (value: number) => Math.min(10_000, Math.max(0, value));
  const place = (): LngLat => {
    if (random() < 0.25) return townPoint(random() * 10_000, random() * 10_000);
    const [east, north] = hotSpots[Math.floor(random() * 4)]!;
    return townPoint(inside(east + 1000 * normal()), inside(north + 1000 * normal()));
  };
  const incidents = [];
  for (
    let at = exponential(3_600_000 / perHour);
    at < days * 86_400_000;
    at += exponential(3_600_000 / perHour)
  ) {
    const draw = random();
    incidents.push({
      incidentId: (incidents.length + 1) as IncidentId,
      reportedAt: Math.round(at),
      cellId: 1 as CellId,
      point: place(),
      priority: (1 + priorityShares.findIndex((share) => draw < share)) as Priority,
      onSceneMs: exponential(1_200_000),
    });
  }
  const teams = Array.from({ length: 20 }, (_, i) => ({
    teamId: (i + 1) as TeamId,
    number: i + 1,
    zoneIds: [(i + 1) as ZoneId],
    home: townPoint(1000 + 2000 * (i % 5), 1250 + 2500 * Math.floor(i / 5)),
  }));
  return { incidents, teams, zoneOfCell: new Map(), callTakingMs: 0 };
}
