import type { LngLat } from '../contract/geo.ts';
import type { RoadGraph } from './roads/graph.ts';
import { reverseTree, type ReverseTree } from './roads/search.ts';
import { snapToRoad, type Snap } from './roads/snap.ts';

/** Hours of alike traffic. */
export type HourClass = 'night' | 'day' | 'peak';

/** The class of an hour of local time: peaks 7-8 and 17-18, night 22-5 (assumed, to be calibrated). */
export function hourClassOf(hour: number): HourClass {
  if ([7, 8, 17, 18].includes(hour)) return 'peak';
  return hour >= 22 || hour < 6 ? 'night' : 'day';
}

/** What a deployment may set about travel. */
export interface TravelOptions {
  readonly hourClass?: HourClass;
  /** Share of a link's own speed that is reached in each class of hours. */
  readonly speedFactor?: Readonly<Record<HourClass, number>>;
  /** Ids of links that are closed. */
  readonly closed?: ReadonlySet<number>;
  /** Speed between a point and the nearest road, km/h: the last metres are walked. */
  readonly accessKmh?: number;
}

/** Peak at 25/30 of the day's speed; roads are free at night (assumed, to be calibrated). */
const defaultSpeedFactor: Readonly<Record<HourClass, number>> = { night: 1.1, day: 1, peak: 25 / 30 };
const DEFAULT_ACCESS_KMH = 5;
/** Fraction of a link below which a place counts as its end. */
const AT_END = 1e-9;

/** Time and way over the road network, both ends' walks included. */
export interface TravelTime {
  readonly seconds: number;
  readonly metres: number;
}

/** A way to drive along. */
export interface Route extends TravelTime {
  /** WGS-84 degrees from start to end. */
  readonly coordinates: readonly (readonly [lng: number, lat: number])[];
  /** Seconds after the start at which each coordinate is reached. */
  readonly atSeconds: readonly number[];
}

/**
 * Travel times from many origins to one destination by a single search; null for an origin without a way.
 * The order of the answer is that of the origins.
 */
export const travelTimes = (
  graph: RoadGraph,
  origins: readonly LngLat[],
  destination: LngLat,
  options: TravelOptions = {},
): (TravelTime | null)[] => timesTo(graph, snapAll(graph, origins, options), destination, options);

/** Travel times from many origins to some destinations, a list in the order of the origins for each; each origin is snapped once. */
export function travelTables(
  graph: RoadGraph,
  origins: readonly LngLat[],
  destinations: readonly LngLat[],
  options: TravelOptions = {},
): (TravelTime | null)[][] {
  const starts = snapAll(graph, origins, options);
  return destinations.map((destination) => timesTo(graph, starts, destination, options));
}

const snapAll = (graph: RoadGraph, places: readonly LngLat[], { closed }: TravelOptions): (Snap | null)[] =>
  places.map(({ lng, lat }) => snapToRoad(graph, lng, lat, closed));

function timesTo(
  graph: RoadGraph,
  starts: readonly (Snap | null)[],
  destination: LngLat,
  options: TravelOptions,
): (TravelTime | null)[] {
  const { closed } = options;
  const pace = paceOf(options);
  const end = snapToRoad(graph, destination.lng, destination.lat, closed);
  if (!end) return starts.map(() => null);
  const wanted = new Set(starts.flatMap((s) => (s ? [graph.from[s.link]!, graph.to[s.link]!] : [])));
  const tree = reverseTree(graph, end, wanted, pace, closed);
  const walk = 3.6 / (options.accessKmh ?? DEFAULT_ACCESS_KMH);
  return starts.map((start) => {
    const way = start && cheapestStart(graph, start, end, tree, pace);
    if (!way) return null;
    const onFoot = start.metres + end.metres;
    return { seconds: way.seconds + onFoot * walk, metres: way.metres + onFoot };
  });
}

/** The quickest way between two points as a line with times, or null when there is none. */
export function route(graph: RoadGraph, from: LngLat, to: LngLat, options: TravelOptions = {}): Route | null {
  const { closed } = options;
  const pace = paceOf(options);
  const start = snapToRoad(graph, from.lng, from.lat, closed);
  const end = snapToRoad(graph, to.lng, to.lat, closed);
  if (!start || !end) return null;
  const tree = reverseTree(
    graph,
    end,
    new Set([graph.from[start.link]!, graph.to[start.link]!]),
    pace,
    closed,
  );
  const way = cheapestStart(graph, start, end, tree, pace);
  if (!way) return null;

  const walk = 3.6 / (options.accessKmh ?? DEFAULT_ACCESS_KMH);
  const coordinates: [number, number][] = [[from.lng, from.lat]];
  const atSeconds = [0];
  let clock = start.metres * walk;
  const add = (lng: number, lat: number) => {
    coordinates.push([lng, lat]);
    atSeconds.push(clock);
  };
  add(start.lng, start.lat);
  /** Runs along a link from one fraction to another; times in proportion to length. */
  const drive = (link: number, a: number, b: number) => {
    const points = stretch(graph, link, a, b);
    const whole = graph.seconds[link]! * pace;
    let done = a;
    for (const { lng, lat, fraction } of points) {
      clock += Math.abs(fraction - done) * whole;
      done = fraction;
      add(lng, lat);
    }
  };
  if (way.node < 0) drive(start.link, start.fraction, end.fraction);
  else {
    let node = way.node;
    drive(start.link, start.fraction, way.forward ? 1 : 0);
    for (let link = tree.firstLink[node]!; link >= 0; link = tree.firstLink[node]!) {
      const forward = graph.from[link] === node;
      drive(link, forward ? 0 : 1, forward ? 1 : 0);
      node = forward ? graph.to[link]! : graph.from[link]!;
    }
    drive(end.link, entersAtSource(graph, node, end, tree, pace) ? 0 : 1, end.fraction);
  }
  clock += end.metres * walk;
  add(to.lng, to.lat);
  const onFoot = start.metres + end.metres;
  return { coordinates, atSeconds, seconds: clock, metres: way.metres + onFoot };
}

const paceOf = ({ hourClass = 'day', speedFactor = defaultSpeedFactor }: TravelOptions): number =>
  1 / speedFactor[hourClass];

interface Way extends TravelTime {
  /** Junction that is passed first, -1 when the destination lies ahead on the same link. */
  readonly node: number;
  readonly forward: boolean;
}

function cheapestStart(
  graph: RoadGraph,
  start: Snap,
  end: Snap,
  tree: ReverseTree,
  pace: number,
): Way | null {
  const { oneWay, lengthMetres } = graph.links[start.link]!;
  const whole = graph.seconds[start.link]! * pace;
  const via = (node: number, share: number, forward: boolean): Way => ({
    seconds: tree.seconds[node]! + share * whole,
    metres: tree.metres[node]! + share * lengthMetres,
    node,
    forward,
  });
  const ways = [via(graph.to[start.link]!, 1 - start.fraction, true)];
  // At its source itself a one-way link need not be entered.
  if (!oneWay || start.fraction < AT_END) ways.push(via(graph.from[start.link]!, start.fraction, false));
  const ahead = end.fraction - start.fraction;
  if (start.link === end.link && (!oneWay || ahead >= 0)) {
    const share = Math.abs(ahead);
    ways.unshift({ seconds: share * whole, metres: share * lengthMetres, node: -1, forward: ahead >= 0 });
  }
  const best = ways.reduce((a, b) => (b.seconds < a.seconds ? b : a));
  return Number.isFinite(best.seconds) ? best : null;
}

function entersAtSource(graph: RoadGraph, node: number, end: Snap, tree: ReverseTree, pace: number): boolean {
  if (graph.from[end.link] !== node) return false;
  // A loop has both ends in one node: the cheaper side was taken.
  return (
    graph.to[end.link] !== node ||
    tree.seconds[node]! >= end.fraction * graph.seconds[end.link]! * pace - 1e-9
  );
}

/** Vertices after fraction `a` of a link up to fraction `b`, in the direction of travel. */
function stretch(
  graph: RoadGraph,
  link: number,
  a: number,
  b: number,
): { lng: number; lat: number; fraction: number }[] {
  const line = graph.links[link]!.coordinates;
  const { metresPerLng, metresPerLat } = graph.plane;
  const along = [0];
  for (let k = 1; k < line.length; k++) {
    const [p, q] = [line[k - 1]!, line[k]!];
    along.push(along[k - 1]! + Math.hypot((q[0] - p[0]) * metresPerLng, (q[1] - p[1]) * metresPerLat));
  }
  const total = along.at(-1)! || 1;
  const [low, high] = [Math.min(a, b), Math.max(a, b)];
  const points = line.flatMap(([lng, lat], k) => {
    const fraction = along[k]! / total;
    return fraction > low && fraction < high ? [{ lng, lat, fraction }] : [];
  });
  if (a > b) points.reverse();
  let k = 1;
  while (k < line.length - 1 && along[k]! / total < b) k++;
  const [f, g] = [along[k - 1]! / total, along[k]! / total];
  const t = g === f ? 0 : (b - f) / (g - f);
  const [p, q] = [line[k - 1]!, line[k]!];
  return [...points, { lng: p[0] + t * (q[0] - p[0]), lat: p[1] + t * (q[1] - p[1]), fraction: b }];
}
