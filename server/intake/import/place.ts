import type { Geometry, Position } from 'geojson';
import type { Knex } from 'knex';
import type { Bbox, Crs } from '../../../shared/contract/geo.ts';
import { lngLat } from '../../../shared/contract/geo.ts';
import { axesSwapped, outsideTown, toWgs84 } from '../../../shared/rules/datum.ts';
import type { Findings } from './findings.ts';
import type { DeclaredCrs } from './request.ts';

interface Placeable {
  readonly row: number;
  readonly geometry: Geometry;
}

/** Geometries in WGS-84: a shifted datum is taken back vertex by vertex, a projection by the database. */
export async function inWgs84<T extends Placeable>(
  db: Knex,
  crs: DeclaredCrs,
  features: readonly T[],
  findings: Findings,
): Promise<T[]> {
  if ('epsg' in crs) return transformed(db, crs.epsg, features, findings);
  return features.map((feature) => {
    let refused: string | undefined;
    const geometry = mapPositions(feature.geometry, ([lng, lat]) => {
      const read = toWgs84({ lng: lng!, lat: lat!, crs: crs.datum });
      if (read.ok) return [read.value.lng, read.value.lat];
      refused ??= `${read.refusal} ${lng}, ${lat}`;
      return [lng!, lat!];
    });
    if (refused !== undefined) {
      const [code, ...where] = refused.split(' ');
      findings.add(
        feature.row,
        code === 'axis_swapped' ? 'axis_swapped' : 'coordinate_invalid',
        'geometry',
        `the position ${where.join(' ')} is no place in ${crs.datum}`,
      );
    }
    return { ...feature, geometry };
  });
}

/** Checks that the database knows the projection, then transforms in batches that stay below half a second. */
async function transformed<T extends Placeable>(
  db: Knex,
  epsg: number,
  features: readonly T[],
  findings: Findings,
): Promise<T[]> {
  const known = await db.raw('select 1 from spatial_ref_sys where srid = ?', [epsg]);
  if (known.rows.length === 0) {
    findings.add(null, 'field_invalid', 'crs', `EPSG:${epsg} is not known to this database`);
    return [...features];
  }
  const placed: T[] = [];
  for (let i = 0; i < features.length; i += 25) {
    const batch = features.slice(i, i + 25);
    try {
      const found = await db.transaction((inner) =>
        inner.raw(
          `select st_asgeojson(st_transform(st_setsrid(st_geomfromgeojson(g), ?::int), 4326), 15)::json geometry
           from unnest(?::text[]) with ordinality t(g, n) order by n`,
          [epsg, batch.map(({ geometry }) => JSON.stringify(geometry))],
        ),
      );
      placed.push(
        ...batch.map((feature, n) => ({ ...feature, geometry: found.rows[n].geometry as Geometry })),
      );
    } catch (error) {
      const what = `EPSG:${epsg} does not fit these coordinates: ${(error as Error).message.split(' - ').at(-1)}`;
      findings.add(batch[0]!.row, 'coordinate_invalid', 'geometry', what);
      placed.push(...batch);
    }
  }
  return placed;
}

/**
 * Finds layers that lie nowhere a town lies: latitude first, or far from the town that the database holds. Says
 * it once a feature; more than three features are summed up in one line, since the whole layer is then wrong.
 */
export function checkWhere(features: readonly Placeable[], town: Bbox | null, findings: Findings): void {
  const swapped: number[] = [];
  const far: number[] = [];
  for (const { row, geometry } of features) {
    const [lng, lat] = firstPosition(geometry);
    const turned = Math.abs(lng) <= 90 && Math.abs(lat) <= 180;
    const isFar = (x: number, y: number) => town !== null && outsideTown(lngLat(x, y), town);
    if (axesSwapped(lng, lat) || lat > 78 || lat < -56) swapped.push(row);
    else if (isFar(lng, lat)) (turned && !isFar(lat, lng) ? swapped : far).push(row);
  }
  const first = (row: number) => firstPosition(features.find((f) => f.row === row)!.geometry).join(', ');
  if (swapped.length > 0)
    findings.add(swapped[0]!, 'axis_swapped', 'geometry', `${many(swapped)}, first at ${first(swapped[0]!)}`);
  if (far.length > 0)
    findings.add(
      far[0]!,
      'place_far',
      'geometry',
      `${many(far)} over 20 km from the town, first at ${first(far[0]!)}`,
    );
}

const many = (rows: readonly number[]) =>
  rows.length === 1
    ? '1 feature'
    : `${rows.length} features (${rows.slice(0, 5).join(', ')}${rows.length > 5 ? ' …' : ''})`;

/** The datum of declared geographic coordinates; null for a projection. */
export function datumOf(crs: DeclaredCrs): Crs | null {
  return 'datum' in crs ? crs.datum : null;
}

export function firstPosition(geometry: Geometry): [number, number] {
  let nested: unknown = 'coordinates' in geometry ? geometry.coordinates : [];
  while (Array.isArray(nested) && Array.isArray(nested[0])) nested = nested[0];
  const [x, y] = nested as number[];
  return [x ?? NaN, y ?? NaN];
}

function mapPositions<G extends Geometry>(geometry: G, move: (position: Position) => Position): G {
  const walk = (nested: unknown): unknown =>
    Array.isArray(nested) && typeof nested[0] === 'number'
      ? move(nested as Position)
      : (nested as unknown[]).map(walk);
  return { ...geometry, coordinates: walk((geometry as { coordinates: unknown }).coordinates) };
}
