import Flatbush from 'flatbush';

/** One stretch of road between two junctions, as stored or imported. */
export interface RoadLink {
  readonly id: number;
  readonly source: number;
  readonly target: number;
  readonly kmh: number;
  readonly lengthMetres: number;
  /** True when it may be driven from `source` to `target` only. */
  readonly oneWay: boolean;
  /** WGS-84 degrees from source to target, at least two. */
  readonly coordinates: readonly (readonly [lng: number, lat: number])[];
}

/** A road network ready to be asked: arcs in compressed rows, segments in a packed R-tree. Immutable. */
export interface RoadGraph {
  readonly links: readonly RoadLink[];
  readonly nodeCount: number;
  /** Node (0-based) of each link's ends. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Seconds over each link at its own speed, and its metres. */
  readonly seconds: Float64Array;
  readonly metres: Float64Array;
  /** Arcs out of and into each node: `outLink` between `outStart[n]` and `outStart[n + 1]`. */
  readonly outStart: Int32Array;
  readonly outLink: Int32Array;
  readonly inStart: Int32Array;
  readonly inLink: Int32Array;
  readonly plane: Plane;
  /** Link of each indexed segment, and the segment's place in it. */
  readonly segmentLink: Int32Array;
  readonly segmentPlace: Int32Array;
  /** Ends of each indexed segment on the plane: ax, ay, bx, by. */
  readonly segmentEnds: Float64Array;
  readonly index: Flatbush;
}

/** Metres east and north of a corner of the network; flat enough for a town (error below 0.1 % over 30 km). */
export interface Plane {
  readonly lng: number;
  readonly lat: number;
  readonly metresPerLng: number;
  readonly metresPerLat: number;
}

/** Metres of a degree on the WGS-84 ellipsoid at a latitude (radii of curvature M and N). */
export function planeAt(lng: number, lat: number): Plane {
  const e2 = 0.00669437999014;
  const phi = (lat * Math.PI) / 180;
  const w = 1 - e2 * Math.sin(phi) ** 2;
  const degree = Math.PI / 180;
  return {
    lng,
    lat,
    metresPerLng: (6378137 / Math.sqrt(w)) * Math.cos(phi) * degree,
    metresPerLat: ((6378137 * (1 - e2)) / (w * Math.sqrt(w))) * degree,
  };
}

export const toPlane = (plane: Plane, lng: number, lat: number): [x: number, y: number] => [
  (lng - plane.lng) * plane.metresPerLng,
  (lat - plane.lat) * plane.metresPerLat,
];

/** Builds the graph once; a few thousand links take some milliseconds. Throws on an empty network. */
export function buildRoadGraph(links: readonly RoadLink[]): RoadGraph {
  const first = links[0]?.coordinates[0];
  if (!first) throw new Error('a road network needs at least one link');
  const nodeOf = new Map<number, number>();
  const node = (id: number) => {
    const known = nodeOf.get(id);
    if (known !== undefined) return known;
    nodeOf.set(id, nodeOf.size);
    return nodeOf.size - 1;
  };
  const from = Int32Array.from(links, (l) => node(l.source));
  const to = Int32Array.from(links, (l) => node(l.target));
  const nodeCount = nodeOf.size;
  const out = rows(nodeCount, links, (l, i) => (l.oneWay ? [from[i]!] : [from[i]!, to[i]!]));
  const into = rows(nodeCount, links, (l, i) => (l.oneWay ? [to[i]!] : [from[i]!, to[i]!]));
  const plane = planeAt(first[0], meanLatitude(links));
  const segments = links.reduce((s, l) => s + l.coordinates.length - 1, 0);
  const segmentLink = new Int32Array(segments);
  const segmentPlace = new Int32Array(segments);
  const segmentEnds = new Float64Array(4 * segments);
  const index = new Flatbush(segments, 16, Float64Array);
  let at = 0;
  links.forEach((link, i) => {
    for (let k = 0; k + 1 < link.coordinates.length; k++) {
      const [ax, ay] = toPlane(plane, ...link.coordinates[k]!);
      const [bx, by] = toPlane(plane, ...link.coordinates[k + 1]!);
      index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
      segmentEnds.set([ax, ay, bx, by], 4 * at);
      segmentLink[at] = i;
      segmentPlace[at++] = k;
    }
  });
  index.finish();
  return {
    links,
    nodeCount,
    from,
    to,
    seconds: Float64Array.from(links, (l) => (l.lengthMetres / l.kmh) * 3.6),
    metres: Float64Array.from(links, (l) => l.lengthMetres),
    outStart: out.start,
    outLink: out.link,
    inStart: into.start,
    inLink: into.link,
    plane,
    segmentLink,
    segmentPlace,
    segmentEnds,
    index,
  };
}

const kept = new WeakMap<RoadGraph, RoadGraph>();

/** The same roads driven the other way: a way to a place is there a way from it. Built once for a network. */
export function reversedRoads(graph: RoadGraph): RoadGraph {
  const known = kept.get(graph);
  if (known) return known;
  const reversed = buildRoadGraph(
    graph.links.map((link) => ({
      ...link,
      source: link.target,
      target: link.source,
      coordinates: link.coordinates.toReversed(),
    })),
  );
  kept.set(graph, reversed);
  return reversed;
}

function rows(
  nodeCount: number,
  links: readonly RoadLink[],
  nodesOf: (link: RoadLink, index: number) => readonly number[],
): { start: Int32Array; link: Int32Array } {
  const start = new Int32Array(nodeCount + 1);
  links.forEach((l, i) => {
    for (const n of nodesOf(l, i)) start[n + 1]! += 1;
  });
  for (let n = 0; n < nodeCount; n++) start[n + 1]! += start[n]!;
  const fill = start.slice();
  const link = new Int32Array(start[nodeCount]!);
  links.forEach((l, i) => {
    for (const n of nodesOf(l, i)) link[fill[n]!++] = i;
  });
  return { start, link };
}

function meanLatitude(links: readonly RoadLink[]): number {
  return links.reduce((s, l) => s + l.coordinates[0]![1], 0) / links.length;
}
