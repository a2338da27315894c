import type { Feature, LineString } from 'geojson';
import { planeAt } from '../../shared/rules/roads/graph.ts';
import { length } from './arithmetic.ts';
import { piecesOf } from './mesh.ts';
import { toE7 } from './projection.ts';
import type { Street, StreetGraph } from './street-graph.ts';
import { feature, type RoadClass, type RoadProperties } from './town.ts';

const KMH: Readonly<Record<RoadClass, number>> = {
  primary: 50,
  secondary: 40,
  tertiary: 30,
  residential: 20,
};
/** Rounding a bend makes no street shorter than this. */
const SHORTEST_KM = 0.01;
const RANK: Readonly<Record<RoadClass, number>> = { residential: 1, tertiary: 2, secondary: 3, primary: 4 };

/** Roads as lines between junctions, and the junctions. */
export interface RoadLines {
  readonly features: Feature<LineString, RoadProperties>[];
  readonly nodes: readonly (readonly [lng: number, lat: number])[];
  /** True when a node of the street graph lies on a built road. */
  readonly has: (node: number) => boolean;
  /** Where the nodes of the street graph lie after rounding, kilometres. */
  readonly x: Float64Array;
  readonly y: Float64Array;
}

interface Built {
  readonly street: Street;
  readonly class: RoadClass;
}

/**
 * The built streets as a road network: the largest connected piece, bends rounded, chains without a junction
 * merged into one line.
 */
export function drawRoads(graph: StreetGraph, classes: readonly (RoadClass | null)[]): RoadLines {
  const at: Built[][] = graph.x.map(() => []);
  graph.streets.forEach((street, s) => {
    const roadClass = classes[s];
    if (!roadClass) return;
    const built = { street, class: roadClass };
    at[street.a]!.push(built);
    at[street.b]!.push(built);
  });
  keepLargestPiece(at);
  const [x, y] = roundBends(graph, at);

  const isJunction = at.map((list) => list.length !== 0 && !(list.length === 2 && alike(list[0]!, list[1]!)));
  const used = new Set<Built>();
  const lines: { nodes: number[]; built: Built }[] = [];
  isJunction.forEach((junction, start) => {
    if (!junction) return;
    for (const first of at[start]!) {
      if (used.has(first)) continue;
      const nodes = [start];
      for (let built: Built | undefined = first; built;) {
        used.add(built);
        const here: number = other(built, nodes.at(-1)!);
        nodes.push(here);
        built = isJunction[here] ? undefined : at[here]!.find((next) => !used.has(next));
      }
      lines.push({ nodes, built: first });
    }
  });

  const idOf = new Map<number, number>();
  const nodes: (readonly [number, number])[] = [];
  const position = (n: number): [number, number] => {
    const [lng, lat] = toE7(x[n]!, y[n]!);
    return [lng / 1e7, lat / 1e7];
  };
  const idFor = (n: number) => {
    if (!idOf.has(n)) {
      idOf.set(n, nodes.length);
      nodes.push(position(n));
    }
    return idOf.get(n)!;
  };
  const features = lines.map(({ nodes: chain, built }, i) => {
    const coordinates = chain.map(position);
    const { kind } = built.street;
    return feature<LineString, RoadProperties>(
      { type: 'LineString', coordinates },
      {
        id: i + 1,
        source: idFor(chain[0]!),
        target: idFor(chain.at(-1)!),
        class: built.class,
        name: kind === 'highway' ? 'S319' : null,
        kmh: KMH[built.class],
        lengthMetres: Math.round(geodesicMetres(coordinates) * 1000) / 1000,
        oneWay: false,
        bridge: kind === 'bridge',
      },
    );
  });
  return { features, nodes, has: (n) => at[n]!.length > 0, x, y };
}

/** Length of a line of short segments on the ellipsoid: each at the scale of its own middle latitude. */
function geodesicMetres(line: readonly (readonly [number, number])[]): number {
  let metres = 0;
  for (let k = 1; k < line.length; k++) {
    const [a, b] = [line[k - 1]!, line[k]!];
    const { metresPerLng, metresPerLat } = planeAt(a[0], (a[1] + b[1]) / 2);
    metres += Math.sqrt(((b[0] - a[0]) * metresPerLng) ** 2 + ((b[1] - a[1]) * metresPerLat) ** 2);
  }
  return metres;
}

const other = ({ street }: Built, node: number): number => (street.a === node ? street.b : street.a);

/** Two streets that read as one road. */
function alike(p: Built, q: Built): boolean {
  const mark = ({ street: { kind } }: Built) => (kind === 'highway' || kind === 'bridge' ? kind : '');
  return p.class === q.class && mark(p) === mark(q);
}

function keepLargestPiece(at: Built[][]): void {
  const pieces = piecesOf(
    at.map((list) => list.length > 0),
    at.map((list, n) => list.map((built) => other(built, n))),
  );
  const largest = new Set(pieces.reduce((a, b) => (b.length > a.length ? b : a)));
  at.forEach((_, n) => {
    if (!largest.has(n)) at[n] = [];
  });
}

/** Moves plain nodes towards the two neighbours on the most important road through them. */
function roundBends(graph: StreetGraph, at: readonly Built[][]): [Float64Array, Float64Array] {
  const [x, y] = [Float64Array.from(graph.x), Float64Array.from(graph.y)];
  for (let round = 0; round < 6; round++) {
    at.forEach((list, n) => {
      if (list.length < 2 || list.some(({ street }) => street.kind !== 'street')) return;
      const top = Math.max(...list.map((b) => RANK[b.class]));
      const through = list.filter((b) => RANK[b.class] === top);
      if (through.length !== 2) return;
      const [p, q] = [other(through[0]!, n), other(through[1]!, n)];
      const nx = x[n]! + 0.35 * ((x[p]! + x[q]!) / 2 - x[n]!);
      const ny = y[n]! + 0.35 * ((y[p]! + y[q]!) / 2 - y[n]!);
      const roomy = list.every((b) => length(nx - x[other(b, n)]!, ny - y[other(b, n)]!) > SHORTEST_KM);
      if (roomy) [x[n], y[n]] = [nx, ny];
    });
  }
  return [x, y];
}
