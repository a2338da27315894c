import type { Knex } from 'knex';
import type { EditionId } from '../../shared/contract/ids.ts';
import type { ReplayWorldData } from '../../shared/contract/studio.ts';
import { lngLat } from '../../shared/contract/geo.ts';
import { calendarZone } from '../../shared/rules/replay/calendar-zones.ts';
import { reversedRoads } from '../../shared/rules/roads/graph.ts';
import { travelTables } from '../../shared/rules/roads.ts';
import { holdingSpans, holdsAt, type HoldingSpan } from '../../shared/rules/spans.ts';
import type { Deps } from '../kernel/deps.ts';
import { roadsOfClosures } from '../zones/store.ts';
import { roadsRevision, townRoads } from '../zones/store-roads.ts';
import { groundOf, type PlanGround } from './ground.ts';
import { knownEdition } from './read.ts';
import { cellTravel } from './roads.ts';
import { listClosures, listRules } from './store-closures.ts';
import { readPairs, readTeams } from './store-editions.ts';

/** Some place and the instant at which somebody is sent there. */
export interface Asked {
  readonly point: readonly [number, number];
  readonly at: number;
}

/** The closures of a period: which hold when, and by which changes of the table of ways. */
export interface PeriodRoads {
  readonly spans: readonly HoldingSpan[];
  readonly closures: ReplayWorldData['closures'];
}

/** What was reported at the end of a period is still driven to for so long after it. */
const afterMs = 4 * 3_600_000;

/** Which roads were closed in a period, and what that did to the ways between the cells. */
export async function roadsOfPeriod(
  deps: Deps,
  ground: PlanGround,
  from: number,
  to: number,
): Promise<PeriodRoads> {
  const spans = holdingSpans(await listClosures(deps.db, deps.now(), true), from, to + afterMs);
  const open = await cellTravel(deps, deps.db, ground);
  const closures: ReplayWorldData['closures'] = [];
  for (const own of byIds(spans, ({ ids }) => ids.join()).values())
    closures.push({
      closureIds: own.some((span) => span.from <= to) ? [...own[0]!.ids] : [],
      spans: own.map((span): [number, number] => [span.from, span.to]),
      changes: await changedWays(deps, ground, open.seconds, own[0]!.ids),
    });
  return { spans, closures };
}

/** The entries of the table of ways that some closures change: index and seconds in turn, -1 where no way is left. */
export async function changedWays(
  deps: Deps,
  ground: PlanGround,
  open: readonly number[],
  closureIds: readonly number[],
): Promise<number[]> {
  const shut = await cellTravel(deps, deps.db, ground, await roadsOfClosures(deps.db, closureIds));
  return shut.seconds.flatMap((seconds, i) => (seconds === open[i] ? [] : [i, seconds]));
}

/**
 * Seconds by road from the home of each team to each place, round what was closed at its instant. One search a team serves
 * all places of an instant, against the direction of travel on reversed roads. Empty where there are no roads.
 */
export async function waysFromHome(
  deps: Deps,
  homes: readonly (readonly [number, number])[],
  asked: readonly Asked[],
  spans: readonly HoldingSpan[],
): Promise<number[][]> {
  const { graph } = await townRoads(deps, deps.db, await roadsRevision(deps.db));
  if (!graph) return [];
  const backwards = reversedRoads(graph);
  const targets = homes.map(([lng, lat]) => lngLat(lng, lat));
  const ways: number[][] = asked.map(() => []);
  const idsAt = (at: number): string => spans.find(({ from, to }) => from <= at && at < to)?.ids.join() ?? '';
  for (const [ids, own] of byIds([...asked.entries()], ([, { at }]) => idsAt(at))) {
    const closed = new Set(await roadsOfClosures(deps.db, ids === '' ? [] : ids.split(',').map(Number)));
    const places = own.map(([, { point }]) => lngLat(point[0], point[1]));
    const tables = travelTables(backwards, places, targets, { closed });
    for (const [i, [number]] of own.entries())
      ways[number] = tables.map((table) => Math.round(table[i]?.seconds ?? -1));
  }
  return ways;
}

/** The zone of each place under the calendar edition that held at its instant, null where none did; and each team's zones there. */
export async function calendarOfPeriod(
  deps: Deps,
  asked: readonly Asked[],
  teamIds: readonly number[],
  but: readonly number[],
): Promise<{
  readonly zones: readonly (number | null)[];
  readonly zonesOfTeam: readonly number[][];
  readonly editionIds: readonly number[];
}> {
  // the newest rule counts, and it stands first
  const rules = (await listRules(deps.db, deps.now(), true)).filter(
    ({ editionId }) => !but.includes(editionId),
  );
  const editions = asked.map(({ at }) => rules.find((rule) => holdsAt(rule, at))?.editionId ?? null);
  const editionIds = [...new Set(editions.filter((id) => id !== null))];
  const plans = await Promise.all(editionIds.map((id) => planOf(deps, deps.db, id)));
  return {
    editionIds,
    zones: asked.map(({ point }, i) => {
      const place = editionIds.indexOf(editions[i] ?? (-1 as EditionId));
      return place < 0 ? null : calendarZone(place, plans[place]!.zoneAt(point[0], point[1]));
    }),
    zonesOfTeam: teamIds.map((teamId) =>
      plans.flatMap(({ teams }, place) =>
        teams.flatMap((one) => (one.teamId === teamId ? [calendarZone(place, one.zoneId)] : [])),
      ),
    ),
  };
}

function byIds<T>(list: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
}

async function planOf(deps: Deps, db: Knex, editionId: number) {
  const ground = await groundOf(deps, db, (await knownEdition(db, editionId)).coverage_id);
  const zones = new Map(await readPairs(db, editionId));
  return {
    teams: await readTeams(db, editionId),
    zoneAt: (lng: number, lat: number): number | null => zones.get(ground.find(lng, lat) ?? -1) ?? null,
  };
}
