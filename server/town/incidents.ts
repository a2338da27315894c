import type { LngLat } from '../../shared/contract/geo.ts';
import { dateOfDay, dayMs, dayOf, dayOfDate, startOfDay } from '../../shared/rules/calendar.ts';
import { exponential, pick, poisson, runningSums } from './draws.ts';
import { dayFactor, hourWeights, matterMix, type MatterMix } from './incident-mix.ts';
import { displaced, placeDrawer } from './incident-places.ts';
import { calendarDate, weekends, type RestDays } from './local-time.ts';
import { matterRules } from './matters.ts';
import { randomStream, type Random } from './random.ts';
import type { Town } from './town.ts';

/**
 * Mean number of children of an incident, fitted so that 27 to 31 % of the incidents of 30 days recur three times or
 * more within 60 m (a month of Yuncheng: 29 %). Six windows of a year, three seeds: 0.29 gives 28.0 %, 0.31 gives
 * 30.1 %, 0.33 gives 31.9 %.
 */
const BRANCHING = 0.29;
const DELAY_DAYS = 2.5;
const DELAY_AT_MOST_DAYS = 7;
const GENERATIONS = 4;
const SPREAD_METRES = 20;
/** Share of the incidents of matters bound to overlays that are placed outside of them on purpose. */
const OUTSIDE = 0.03;

/** What happened: the truth that no part of the product reads. */
export interface TrueIncident {
  /** Unique and stable: day, matter and number, children with a suffix. */
  readonly key: string;
  readonly at: number;
  readonly matterCode: string;
  readonly priority: 1 | 2 | 3 | 4;
  readonly place: LngLat;
  /** Key of the incident that this one repeats. */
  readonly parentKey: string | null;
  /** True when none of the matter's overlays covers the place. */
  readonly outsideOverlays: boolean;
}

/** What to generate. */
export interface IncidentOrder {
  readonly town: Town;
  readonly seed: number;
  /** First instant and first instant after the period, ms since 1970. */
  readonly from: number;
  readonly to: number;
  /** Mean per day over a year, children included (assumed 70 for a town). */
  readonly perDay?: number;
  readonly isRestDay?: RestDays;
}

/**
 * The incidents of a period in order of time. Deterministic, and each day has its own random streams: a longer
 * period gives the same incidents on the days that both have.
 */
export function generateIncidents(order: IncidentOrder): TrueIncident[] {
  const { town, seed, from, to, perDay = 70, isRestDay = weekends } = order;
  const drawer = placeDrawer(town, seed, matterMix, (code) => matterRules(code).overlays);
  const scale = yearlyScale(isRestDay);
  let family = 0;
  for (let g = 0; g <= GENERATIONS; g++) family += BRANCHING ** g;
  const hours = new Map(matterMix.map((m) => [m.code, runningSums(hourWeights(m.hours))]));
  const found: TrueIncident[] = [];

  const timeOn = (day: number, matter: MatterMix, random: Random): number =>
    startOfDay(day) + pick(random, hours.get(matter.code)!) * 3_600_000 + random.below(3_600_000);

  const addChildren = (parent: TrueIncident, matter: MatterMix, random: Random, generation: number) => {
    if (generation > GENERATIONS) return;
    const count = poisson(random, BRANCHING);
    for (let n = 0; n < count; n++) {
      let delay = DELAY_AT_MOST_DAYS;
      while (delay >= DELAY_AT_MOST_DAYS) delay = exponential(random, DELAY_DAYS);
      let at = timeOn(dayOf(parent.at + delay * dayMs), matter, random);
      if (at <= parent.at) at += dayMs;
      let place = displaced(parent.place, SPREAD_METRES, random);
      // At the edge of the town or of the overlay the child happens where its parent did.
      if (
        !drawer.inTown(place.lng, place.lat) ||
        drawer.mayHappen(matter.code, place.lng, place.lat) === parent.outsideOverlays
      )
        place = parent.place;
      const child = { ...parent, key: `${parent.key}.${n + 1}`, at, place, parentKey: parent.key };
      found.push(child);
      addChildren(child, matter, random, generation + 1);
    }
  };

  const reach = GENERATIONS * (DELAY_AT_MOST_DAYS + 1);
  for (let day = dayOf(from) - reach; day <= dayOf(to - 1); day++) {
    const { year } = calendarDate(day);
    const text = dateOfDay(day);
    for (const matter of matterMix) {
      const random = randomStream(seed, `incidents:${text}:${matter.code}`);
      const mean =
        ((perDay / family) * (matter.share / 100) * dayFactor(matter, day, isRestDay(day))) /
        scale(matter, year);
      const bound = matterRules(matter.code).overlays.length > 0;
      const count = poisson(random, mean);
      for (let n = 0; n < count; n++) {
        const own = randomStream(seed, `incident:${text}:${matter.code}:${n}`);
        const outsideOverlays = bound && own.next() < OUTSIDE;
        const incident: TrueIncident = {
          key: `${text}-${matter.code}-${n + 1}`,
          at: timeOn(day, matter, own),
          matterCode: matter.code,
          priority: matter.priority,
          place: drawer.draw(matter, own, outsideOverlays),
          parentKey: null,
          outsideOverlays,
        };
        found.push(incident);
        addChildren(incident, matter, own, 1);
      }
    }
  }
  return found
    .filter((i) => i.at >= from && i.at < to)
    .sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
}

/** Mean of a matter's day factors over a year, so that shares and volume hold over each whole year. */
function yearlyScale(isRestDay: RestDays): (matter: MatterMix, year: number) => number {
  const known = new Map<string, number>();
  return (matter, year) => {
    const key = `${year}:${matter.code}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const [first, last] = [dayOfDate(`${year}-01-01`), dayOfDate(`${year + 1}-01-01`)];
    let sum = 0;
    for (let day = first; day < last; day++) sum += dayFactor(matter, day, isRestDay(day));
    const scale = sum / (last - first);
    known.set(key, scale);
    return scale;
  };
}
