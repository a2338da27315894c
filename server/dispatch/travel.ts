import { createHash } from 'node:crypto';
import { lngLat, type LngLat } from '../../shared/contract/geo.ts';
import { hourClassOf, travelTimes, type TravelTime } from '../../shared/rules/roads.ts';
import type { TeamFacts, TravelFacts } from '../../shared/rules/dispatch/situation.ts';
import {
  localHour,
  roadTravel,
  straightLine,
  travelOf,
  type TravelModel,
} from '../../shared/rules/dispatch/travel.ts';
import { townRoads } from '../zones/store-roads.ts';
import { closedOf, type Moment } from './moment.ts';
import type { Look } from './scene.ts';
import { askOsrm } from './osrm.ts';

/** How long teams need to a place, by the best model that answers now. */
export interface Travel {
  readonly version: string;
  of(teams: readonly TeamFacts[], destination: LngLat): Promise<TravelFacts>;
}

/**
 * The travel model of this town at an instant: an OSRM server where one is configured, else the town's own road
 * graph, else the straight line. Each entry of an answer says by which method it was found.
 */
export async function openTravel(look: Look, moment: Moment): Promise<Travel> {
  const { deps, at } = look;
  const { policy } = moment.inForce;
  const hour = localHour(policy, at);
  const roads = await townRoads(deps, look.db, moment.revisions.roads);
  const { graph } = roads;
  const closed = new Set(graph ? await closedOf(look, moment) : []);
  const { OSRM_URL: url, OSRM_TIMEOUT_MS: timeoutMs } = deps.config;
  const along = (shut: ReadonlySet<number>, version: string) =>
    graph
      ? roadTravel(
          policy,
          (origins, destination) =>
            travelTimes(graph, origins, destination, { hourClass: hourClassOf(hour), closed: shut }).map(
              orNothing,
            ),
          version,
        )
      : straightLine(policy);
  const open = along(new Set(), roads.version);
  if (closed.size > 0) {
    // the other server knows nothing of our closures
    const version = `${roads.version}, ${closed.size} closed ${shortHash([...closed])}`;
    const shut = along(closed, version);
    return {
      version,
      of: async (teams, to) => cutOff(travelOf(teams, to, shut, hour), teams, to, open, hour),
    };
  }
  const own = open;
  if (url === undefined)
    return { version: own.version, of: async (teams, to) => travelOf(teams, to, own, hour) };
  return {
    version: `osrm ${url}`,
    async of(teams, to) {
      const origins = teams.flatMap(({ position }) => (position ? [position.point] : []));
      const answer = await askOsrm(deps, { url, timeoutMs, at }, origins, to);
      if (!answer) return travelOf(teams, to, own, hour);
      return travelOf(
        teams,
        to,
        roadTravel(policy, () => answer.map(orNothing), `osrm ${url}`),
        hour,
      );
    },
  };
}

/**
 * Teams whose only way is closed: roads lead to the place, but not now. Where no road ever led there, the straight line
 * stays, since then the network is to blame.
 */
function cutOff(
  now: TravelFacts,
  teams: readonly TeamFacts[],
  to: LngLat,
  open: TravelModel,
  hour: number,
): TravelFacts {
  const without = teams.map(({ position }, i) => position !== null && now.methods[i] !== 'roads');
  if (!without.includes(true)) return now;
  const usual = travelOf(teams, to, open, hour);
  return {
    ...now,
    blocked: without.map((lost, i) => (lost && usual.methods[i] === 'roads' ? 'closure' : null)),
  };
}

const nothing: TravelTime = { seconds: NaN, metres: NaN };
const orNothing = (time: TravelTime | null): TravelTime => time ?? nothing;

const shortHash = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 8);

/** A team's way to a place as one pair: seconds and metres, or null when its place or a way is unknown. */
export async function wayOf(
  travel: Travel,
  team: TeamFacts,
  to: { lng: number; lat: number },
): Promise<{ seconds: number; metres: number } | null> {
  if (!team.position) return null;
  const { seconds, metres } = await travel.of([team], lngLat(to.lng, to.lat));
  return seconds[0]! >= 0 ? { seconds: seconds[0]!, metres: metres[0]! } : null;
}
