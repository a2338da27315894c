import type { LineString, Position } from 'geojson';
import { metresBetween } from '../../../shared/rules/distance.ts';
import { findTown } from '../../zones/store.ts';
import { replaceRoads, type NewRoad } from '../../zones/store-write.ts';
import { propertyReader, readFeatures, type RawFeature } from './features.ts';
import type { Findings } from './findings.ts';
import type { Job, Layered, Outcome } from './job.ts';
import { pieces } from './pieces.ts';
import { checkWhere, inWgs84 } from './place.ts';
import { isPosition } from './polygons.ts';

interface Line extends RawFeature {
  readonly class: string;
  readonly name: string | null;
  readonly kmh: number;
  /** 1: along the line, -1: against it, 0: both ways. */
  readonly way: -1 | 0 | 1;
  readonly bridge: boolean;
  readonly geometry: LineString;
}

/** Speeds by class, km/h: town traffic, assumed until measured. Keys are OpenStreetMap's `highway` values. */
const speeds: Readonly<Record<string, number>> = {
  motorway: 80,
  trunk: 60,
  primary: 45,
  secondary: 40,
  tertiary: 30,
  unclassified: 25,
  residential: 20,
  living_street: 10,
  service: 15,
  track: 15,
  pedestrian: 6,
  footway: 5,
  path: 5,
};
const unknownKmh = 20;

/** Roads: lines with a class (or `highway`) and `oneway`; they are cut where they share a position, and replace the network. */
export const prepareRoads: Layered = async (file, request, findings) => {
  const raw = await readFeatures(file, request, findings);
  const read = propertyReader(request.map, findings);
  const lines = raw.flatMap((feature) => {
    const geometry = wellFormedLines(feature, findings);
    if (geometry.length === 0) return [];
    const word = read.needed(feature, 'class', ['highway', 'fclass', '等级']);
    const name = word.replace(/_link$/, '');
    if (word !== '' && speeds[name] === undefined)
      findings.add(feature.row, 'class_unknown', 'class', `"${word}"`);
    const limit = Number(/^\d+/.exec(read.value(feature, 'maxspeed', ['限速']))?.[0] ?? NaN);
    const way = wayOf(read.value(feature, 'oneway', ['单行']));
    if (way === undefined)
      findings.add(
        feature.row,
        'field_invalid',
        'oneway',
        `"${read.value(feature, 'oneway', [])}" is none of yes, no, -1`,
      );
    return geometry.map((line) => ({
      ...feature,
      class: name,
      name: read.value(feature, 'name', ['名称']) || null,
      kmh: Math.min(speeds[name] ?? unknownKmh, limit > 0 ? limit : Infinity),
      way: way ?? (0 as const),
      bridge: /^(yes|true|1|T)$/.test(read.value(feature, 'bridge', [])),
      geometry: { type: 'LineString' as const, coordinates: line },
    }));
  });
  return (job) => importRoads(job, lines);
};

function wellFormedLines({ row, geometry }: RawFeature, findings: Findings): Position[][] {
  if (!geometry) findings.add(row, 'geometry_missing', 'geometry', 'the feature has no geometry');
  else if (geometry.type !== 'LineString' && geometry.type !== 'MultiLineString')
    findings.add(row, 'geometry_wrong', 'geometry', `${geometry.type}; this layer takes lines`);
  else {
    const lines = geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates;
    const bad = lines.flat().find((position) => !isPosition(position));
    if (bad === undefined && lines.every((line) => line.length >= 2)) return lines;
    findings.add(
      row,
      'coordinate_invalid',
      'geometry',
      bad ? JSON.stringify(bad) : 'a line of fewer than two positions',
    );
  }
  return [];
}

function wayOf(word: string): -1 | 0 | 1 | undefined {
  if (/^(yes|true|1|F)$/.test(word)) return 1;
  if (/^(-1|reverse|T)$/.test(word)) return -1;
  return /^(|no|false|0|B)$/.test(word) ? 0 : undefined;
}

async function importRoads({ tx, request, findings, say }: Job, lines: readonly Line[]): Promise<Outcome> {
  const town = await findTown(tx.db);
  if (!town) findings.add(null, 'town_missing', 'file', 'the database is empty');
  const placed = await inWgs84(tx.db, request.crs, lines, findings);
  checkWhere(placed, town?.bbox ?? null, findings);
  findings.stopOnErrors();
  const { nodes, roads } = network(placed);
  const found = pieces(
    [...nodes.keys()],
    roads.map(({ source, target }) => [source, target] as const),
  );
  const total = roads.reduce((sum, { lengthMetres }) => sum + lengthMetres, 0);
  if (found.length > 1) {
    const main = new Set(found[0]);
    const apart = roads.filter(({ source }) => !main.has(source));
    const metres = apart.reduce((sum, { lengthMetres }) => sum + lengthMetres, 0);
    const at = nodes[found[1]![0]!]!;
    findings.add(
      null,
      'roads_apart',
      'geometry',
      `${found.length} parts; ${apart.length} roads (${(metres / 1000).toFixed(1)} of ${(total / 1000).toFixed(1)} km) are cut off from the largest, one at ${at.join(', ')}`,
    );
  }
  say(`writing ${roads.length} roads`);
  await replaceRoads(tx.db, nodes, roads);
  const counts = { lines: lines.length, roads: roads.length, junctions: nodes.length, parts: found.length };
  return {
    counts,
    changed: true,
    notes: [
      `${(total / 1000).toFixed(1)} km in ${found.length === 1 ? 'one connected network' : `${found.length} parts`}`,
    ],
  };
}

/** Cuts lines at their ends and wherever two lines share a position (1e-7 degree); those places are the junctions. */
function network(lines: readonly Line[]): {
  nodes: (readonly [lng: number, lat: number])[];
  roads: NewRoad[];
} {
  const key = ([lng, lat]: Position) => `${Math.round(lng! * 1e7)} ${Math.round(lat! * 1e7)}`;
  const uses = new Map<string, number>();
  for (const { geometry } of lines)
    geometry.coordinates.forEach((position, i, all) =>
      uses.set(key(position), (uses.get(key(position)) ?? 0) + (i === 0 || i === all.length - 1 ? 2 : 1)),
    );
  const ids = new Map<string, number>();
  const nodes: (readonly [number, number])[] = [];
  const node = (position: Position): number => {
    const known = ids.get(key(position));
    if (known !== undefined) return known;
    ids.set(key(position), nodes.length);
    return nodes.push([position[0]!, position[1]!]) - 1;
  };
  const roads: NewRoad[] = [];
  for (const line of lines) {
    const way = line.way === -1 ? line.geometry.coordinates.toReversed() : line.geometry.coordinates;
    let from = 0;
    for (let i = 1; i < way.length; i++) {
      if (i < way.length - 1 && uses.get(key(way[i]!))! < 2) continue;
      const stretch = way.slice(from, i + 1);
      from = i;
      const lengthMetres = stretch.reduce(
        (sum, [x, y], k) =>
          k === 0 ? 0 : sum + metresBetween(stretch[k - 1]![0]!, stretch[k - 1]![1]!, x!, y!),
        0,
      );
      if (lengthMetres === 0) continue;
      roads.push({
        id: roads.length + 1,
        source: node(stretch[0]!),
        target: node(stretch.at(-1)!),
        class: line.class,
        name: line.name,
        kmh: line.kmh,
        lengthMetres,
        oneWay: line.way !== 0,
        bridge: line.bridge,
        geometry: { type: 'LineString', coordinates: stretch.map(([x, y]) => [x!, y!]) },
      });
    }
  }
  return { nodes, roads };
}
