import { CELLS } from './divide.ts';
import type { Random } from './random.ts';
import { rowsOf } from './row-lists.ts';
import { waysFrom, wayTo, type StreetGraph } from './street-graph.ts';
import type { Streets } from './streets.ts';
import type { Survey } from './survey.ts';
import type { RoadClass } from './town.ts';

/** Length to build in kilometres; rounding the bends then leaves about 500 (assumed: 5 km per square kilometre). */
const NETWORK_KM = 530;

/** Class of each street; null where none is built. */
export function chooseRoads(survey: Survey, streets: Streets, random: Random): (RoadClass | null)[] {
  const { graph } = streets;
  const use = countUse(survey, streets);
  const classes = classify(graph, use);
  // A bridge is not yet there to be used: both of its banks must be reached by land.
  const price = (s: number) =>
    classes[s] ? 0 : graph.streets[s]!.kind === 'bridge' ? Infinity : graph.streets[s]!.km;
  const { terrain } = survey;
  // Chance keeps the blocks from being all alike: the likelier a street, the more people live along it.
  const wish = graph.streets.map(
    ({ a, b }) =>
      (0.3 + random.next()) *
      Math.sqrt(terrain.density((graph.x[a]! + graph.x[b]!) / 2, (graph.y[a]! + graph.y[b]!) / 2)),
  );
  let km = graph.streets.reduce((sum, street, s) => (classes[s] ? sum + street.km : sum), 0);
  const build = (way: readonly number[]) => {
    for (const s of way) {
      if (classes[s]) continue;
      classes[s] = 'residential';
      km += graph.streets[s]!.km;
    }
  };
  const network = [...new Set(graph.streets.flatMap(({ a, b }, s) => (classes[s] ? [a, b] : [])))];
  const ways = waysFrom(graph, network, price);
  const reachable = (s: number) =>
    Number.isFinite(ways.cost[graph.streets[s]!.a]!) && Number.isFinite(ways.cost[graph.streets[s]!.b]!);
  for (const node of cellNodes(survey, streets)) build(wayTo(graph, ways, node));
  // The old town is complete; elsewhere streets are added where most people live until the length is reached.
  graph.streets.forEach(({ kind, a, b }, s) => {
    if (kind !== 'street') build([s, ...wayTo(graph, ways, a), ...wayTo(graph, ways, b)]);
  });
  const candidates = graph.streets
    .map((_, s) => s)
    .filter((s) => !classes[s] && reachable(s))
    .sort((s, t) => wish[t]! - wish[s]! || s - t);
  for (const s of candidates) {
    if (km >= NETWORK_KM) break;
    const { a, b } = graph.streets[s]!;
    build([s, ...wayTo(graph, ways, a), ...wayTo(graph, ways, b)]);
  }
  return classes;
}

/** How many of the ways between the centres of the 46 units use each street; a used street is cheaper for the next. */
function countUse(survey: Survey, streets: Streets): number[] {
  const { graph } = streets;
  const centres = unitCentres(survey, streets);
  const use = graph.streets.map(() => 0);
  const factor = { highway: 0.6, street: 1, ring: 1, bridge: 1, axis: 1.2, lane: 2.5 } as const;
  centres.forEach((from, i) => {
    const ways = waysFrom(graph, [from], (s) => {
      const { km, kind } = graph.streets[s]!;
      return km * factor[kind] * (use[s] ? 0.55 : 1);
    });
    for (const to of centres.slice(i + 1)) for (const s of wayTo(graph, ways, to)) use[s]! += 1;
  });
  return use;
}

/** Top 15 % of the used streets are primary, to 50 % secondary, other used ones tertiary; the highway is primary. */
function classify(graph: StreetGraph, use: readonly number[]): (RoadClass | null)[] {
  const used = use.filter((u) => u > 0).sort((a, b) => b - a);
  const primary = used[Math.floor(used.length * 0.15)]!;
  const secondary = used[Math.floor(used.length * 0.5)]!;
  return graph.streets.map(({ kind }, s) => {
    if (kind === 'highway') return 'primary';
    if (kind === 'axis') return 'tertiary';
    if (kind === 'lane' || kind === 'ring') return kind === 'ring' ? 'tertiary' : 'residential';
    const u = use[s]!;
    if (u === 0) return null;
    if (u > primary) return 'primary';
    return u > secondary ? 'secondary' : 'tertiary';
  });
}

/** For each unit the street node nearest to its middle. */
function unitCentres({ fine, unit }: Survey, { graph }: Streets): number[] {
  return rowsOf(unit).map((cells) => {
    const area = cells.reduce((s, i) => s + fine.areaKm2[i]!, 0);
    const x = cells.reduce((s, i) => s + fine.x[i]! * fine.areaKm2[i]!, 0) / area;
    const y = cells.reduce((s, i) => s + fine.y[i]! * fine.areaKm2[i]!, 0) / area;
    return nearestOf(
      graph,
      graph.x.map((_, n) => n),
      x,
      y,
    );
  });
}

/** For each cell the street node nearest to its middle among its own vertices; old-town cells have the lattice. */
function cellNodes({ terrain, fine, cell }: Survey, { graph, nodeOfVertex }: Streets): number[] {
  return rowsOf(cell, CELLS).flatMap((cells) => {
    const own = new Set(cells.flatMap((i) => terrain.mesh.rings[i]!.map((v) => nodeOfVertex[v]!)));
    own.delete(-1);
    if (!own.size) return [];
    const x = cells.reduce((s, i) => s + fine.x[i]!, 0) / cells.length;
    const y = cells.reduce((s, i) => s + fine.y[i]!, 0) / cells.length;
    return [nearestOf(graph, [...own], x, y)];
  });
}

function nearestOf(graph: StreetGraph, nodes: readonly number[], x: number, y: number): number {
  let best = nodes[0]!;
  let least = Infinity;
  for (const n of nodes) {
    const d = (graph.x[n]! - x) ** 2 + (graph.y[n]! - y) ** 2;
    if (d < least && graph.at[n]!.length) [least, best] = [d, n];
  }
  return best;
}
