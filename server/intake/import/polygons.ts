import type { MultiPolygon, Polygon, Position } from 'geojson';
import type { RawFeature } from './features.ts';
import type { Findings } from './findings.ts';

type Rings = readonly (readonly Position[])[];

/** A feature whose polygons are well formed, ring by ring; one part each unless several were asked for. */
export interface PolygonFeature extends RawFeature {
  readonly geometry: Polygon | MultiPolygon;
}

type WellFormed<T> = T & PolygonFeature & { readonly part: number | null };

/**
 * Keeps the features whose geometry is a polygon with closed rings of finite numbers. A polygon in several
 * parts is refused, kept, or split into features of one part (their `part` counts from 1), as asked.
 */
export function wellFormedPolygons<T extends RawFeature>(
  features: readonly T[],
  multi: 'refuse' | 'keep' | 'split',
  findings: Findings,
): readonly WellFormed<T>[] {
  return features.flatMap((feature): WellFormed<T>[] => {
    const parts = partsOf(feature, findings);
    if (!parts) return [];
    const clean = parts.map((rings) => rings.map((ring) => cleanRing(feature.row, ring, findings)));
    if (clean.flat().includes(undefined)) return [];
    const polygons = clean as Position[][][];
    const [first] = polygons;
    if (polygons.length === 1)
      return [{ ...feature, geometry: { type: 'Polygon' as const, coordinates: first! }, part: null }];
    if (multi === 'refuse') {
      findings.add(feature.row, 'geometry_multiple', 'geometry', `MultiPolygon of ${polygons.length} parts`);
      return [];
    }
    if (multi === 'keep')
      return [{ ...feature, geometry: { type: 'MultiPolygon' as const, coordinates: polygons }, part: null }];
    return polygons.map((coordinates, index) => ({
      ...feature,
      geometry: { type: 'Polygon' as const, coordinates },
      part: index + 1,
    }));
  });
}

function partsOf({ row, geometry }: RawFeature, findings: Findings): Rings[] | undefined {
  if (!geometry) {
    findings.add(row, 'geometry_missing', 'geometry', 'the feature has no geometry');
    return undefined;
  }
  if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') {
    findings.add(row, 'geometry_wrong', 'geometry', `${geometry.type}; this layer takes polygons`);
    return undefined;
  }
  const parts = (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates) as unknown;
  const listed = (value: unknown): value is unknown[] => Array.isArray(value) && value.length > 0;
  if (listed(parts) && parts.every((rings) => listed(rings) && rings.every((ring) => listed(ring))))
    return parts as Rings[];
  findings.add(row, 'geometry_missing', 'geometry', `the ${geometry.type} has no rings`);
  return undefined;
}

/** The ring without repeated positions; nothing, with findings, when it is not closed or not made of numbers. */
function cleanRing(row: number, ring: readonly Position[], findings: Findings): Position[] | undefined {
  const bad = ring.findIndex((position) => !isPosition(position));
  if (bad >= 0) {
    const found = JSON.stringify(ring[bad]);
    findings.add(row, 'coordinate_invalid', 'geometry', `position ${bad + 1} is ${found}`);
    return undefined;
  }
  const [first, last] = [ring[0]!, ring.at(-1)!];
  if (!samePlace(first, last)) {
    findings.add(
      row,
      'ring_open',
      'geometry',
      `it starts at ${first.join(', ')} and ends at ${last.join(', ')}`,
    );
    return undefined;
  }
  const kept = ring.filter((position, i) => i === 0 || !samePlace(position, ring[i - 1]!));
  if (kept.length < 4) {
    findings.add(row, 'ring_short', 'geometry', `a ring of ${kept.length} different positions`);
    return undefined;
  }
  if (kept.length < ring.length) {
    const place = ring.findIndex((position, i) => i > 0 && samePlace(position, ring[i - 1]!));
    findings.add(
      row,
      'vertex_repeated',
      'geometry',
      `${ring.length - kept.length}, first at ${ring[place]!.join(', ')}`,
    );
  }
  return kept.map(([x, y]) => [x!, y!]);
}

export const isPosition = (position: unknown): position is Position =>
  Array.isArray(position) && position.length >= 2 && position.slice(0, 2).every((n) => Number.isFinite(n));

const samePlace = (a: Position, b: Position) => a[0] === b[0] && a[1] === b[1];
