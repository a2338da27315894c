import type { Knex } from 'knex';
import type { LngLat } from '../../shared/contract/geo.ts';

/** All SQL that names town, cell, zone, edition, overlay, road and place. */

export interface Located {
  readonly cellId: number | null;
  readonly cellCode: string | null;
  /** Community or village of the cell, 12 digits. */
  readonly communityCode: string | null;
  readonly zoneId: number | null;
  readonly zoneNumber: number | null;
  readonly editionId: number | null;
  readonly overlays: string[];
  /** The point lies in no cell; the nearest within 50 m was taken. */
  readonly snapped: boolean;
  /** The point is the fallback of a geocoder. */
  readonly defaultCoordinate: boolean;
}

/**
 * Cell, zone under the edition in force, and overlays of a point at an instant. A point on a border belongs to
 * the lowest code; one outside every cell to the nearest within 50 m (`snapped`), else to none.
 */
export async function locate(db: Knex, point: LngLat, at: number): Promise<Located> {
  const instant = new Date(at).toISOString();
  const found = await db.raw(
    `with p as (select st_setsrid(st_makepoint(:lng, :lat), 4326) g, (select metric_srid from town) srid),
     e as (select e.id, e.coverage_id from edition e where e.id = edition_in_force(:at::timestamptz)),
     inside as (select c.id, c.code, c.community_code, false snapped from cell c join p on st_covers(c.geom, p.g)
       join coverage_cell cc on cc.cell_id = c.id join e on e.coverage_id = cc.coverage_id order by c.code limit 1),
     near as (select c.id, c.code, c.community_code, true snapped from cell c join p on c.geom && st_expand(p.g, 0.001)
       join coverage_cell cc on cc.cell_id = c.id join e on e.coverage_id = cc.coverage_id
       where not exists (select 1 from inside)
         and st_distance(st_transform(c.geom, p.srid), st_transform(p.g, p.srid)) <= 50
       order by st_distance(st_transform(c.geom, p.srid), st_transform(p.g, p.srid)), c.code limit 1),
     hit as (select * from inside union all select * from near)
     select h.id cell_id, h.code cell_code, h.community_code, h.snapped, z.id zone_id, z.number zone_number, (select id from e) edition_id,
       (select coalesce(array_agg(distinct o.kind order by o.kind), '{}') from overlay o, p
          where st_covers(o.geom, p.g) and o.valid_from <= :at::timestamptz and (o.valid_to is null or o.valid_to > :at::timestamptz)
            and (cardinality(o.months) = 0 or extract(month from :at::timestamptz at time zone 'Asia/Shanghai')::int = any (o.months))
            and extract(hour from :at::timestamptz at time zone 'Asia/Shanghai') between o.hour_from and o.hour_to - 1) overlays,
       exists (select 1 from place q, p where q.default_coordinate
         and st_dwithin(st_transform(q.point, p.srid), st_transform(p.g, p.srid), 20)) default_coordinate
     from (select 1) one left join hit h on true
       left join edition_cell ec on ec.cell_id = h.id and ec.edition_id = (select id from e)
       left join zone z on z.id = ec.zone_id`,
    { lng: point.lng, lat: point.lat, at: instant },
  );
  const row = found.rows[0];
  return {
    cellId: row.cell_id,
    cellCode: row.cell_code,
    communityCode: row.community_code,
    zoneId: row.zone_id,
    zoneNumber: row.zone_number,
    editionId: row.edition_id,
    overlays: row.overlays,
    snapped: row.snapped ?? false,
    defaultCoordinate: row.default_coordinate,
  };
}

/** Codes of the communities and villages that an address names. */
export async function communitiesNamed(db: Knex, address: string): Promise<string[]> {
  if (address.length < 2) return [];
  const found = await db.raw(
    `select code from community where char_length(display_name) >= 2 and strpos(?, display_name) > 0 order by code`,
    [address],
  );
  return (found.rows as { code: string }[]).map(({ code }) => code);
}

/** Projection in which this town measures metres (an EPSG code). */
export async function metricSrid(db: Knex): Promise<number> {
  const row = await db('town').first('metric_srid');
  return (row?.metric_srid as number | undefined) ?? 4549;
}

/** Which edition is in force at an instant: its id alone, for those who compare. */
export async function editionIdAt(db: Knex, at: number): Promise<number | null> {
  const found = await db.raw('select edition_in_force(?::timestamptz) id', [new Date(at).toISOString()]);
  return found.rows[0].id as number | null;
}

/**
 * The zone that an incident has for a decision under the edition in force. Its pinned zone stays for statistics; under
 * another edition than the one it was filed by, its place decides anew.
 */
export async function zoneNow(
  db: Knex,
  at: number,
  editionId: number | null,
  pinned: { readonly editionId: number | null; readonly zoneId: number | null; readonly point: LngLat },
): Promise<number | null> {
  return editionId === pinned.editionId ? pinned.zoneId : (await locate(db, pinned.point, at)).zoneId;
}

/** The edition in force at an instant: a calendar rule's, else the one of the time line. */
export async function editionAt(
  db: Knex,
  at: number,
): Promise<{ id: number; name: string; effectiveAt: string; coverageId: number } | undefined> {
  const found = await db.raw(
    `select e.id, e.name, e.coverage_id, coalesce(
         (select lower(f.during) from edition_effect f where f.edition_id = e.id and f.during @> :at::timestamptz),
         (select greatest(r.valid_from, ((:at::timestamptz at time zone 'Asia/Shanghai')::date + r.minute_from * interval '1 minute')
              at time zone 'Asia/Shanghai') from calendar_rule r
            where r.edition_id = e.id and applies_at(:at::timestamptz, r.valid_from, r.valid_to, r.weekdays, r.dates, r.minute_from, r.minute_to)
            order by r.id desc limit 1)) effective_at
     from edition e where e.id = edition_in_force(:at::timestamptz)`,
    { at: new Date(at).toISOString() } as never,
  );
  const row = found.rows[0];
  return (
    row && {
      id: row.id,
      name: row.name,
      effectiveAt: row.effective_at ?? '2000-01-01T00:00:00.000Z',
      coverageId: row.coverage_id,
    }
  );
}

export interface TownRow {
  code: string;
  name: string;
  synthetic: boolean;
  attributions: string[];
  lng: number;
  lat: number;
  bbox: [number, number, number, number];
  outline: unknown;
}

/** The town, or nothing while it is not seeded. */
export async function findTown(db: Knex): Promise<TownRow | undefined> {
  const found = await db.raw(
    `select code, name, synthetic, attributions, st_x(centre) lng, st_y(centre) lat,
       array[st_xmin(outline), st_ymin(outline), st_xmax(outline), st_ymax(outline)] bbox,
       st_asgeojson(outline, 7)::json outline from town`,
  );
  return found.rows[0] as TownRow | undefined;
}

interface ShapeRow {
  id: number;
  geometry: unknown;
  [property: string]: unknown;
}

const shapes = async (db: Knex, sql: string, values: readonly unknown[] = []): Promise<ShapeRow[]> =>
  (await db.raw(sql, [...values] as never)).rows as ShapeRow[];

/** Cells of an edition's coverage with the number of their zone. */
export const listCells = (db: Knex, editionId: number) =>
  shapes(
    db,
    `select c.id, c.code, c.community_code community, c.population, c.level, c.land_use "landUse", c.synthetic,
       round(c.area_square_metres) "areaSquareMetres", z.id "zoneId", z.number zone, st_asgeojson(c.geom, 7)::json geometry
     from edition e join coverage_cell cc on cc.coverage_id = e.coverage_id join cell c on c.id = cc.cell_id
       left join edition_cell ec on ec.edition_id = e.id and ec.cell_id = c.id left join zone z on z.id = ec.zone_id
     where e.id = ? order by c.code`,
    [editionId],
  );

/** Zone shapes are always derived from their cells. */
export const listZoneShapes = (db: Knex, editionId: number) =>
  shapes(
    db,
    `select z.id, z.number, z.name, z.code14, count(*)::int cells, st_asgeojson(st_union(c.geom), 7)::json geometry,
       st_x(st_pointonsurface(st_union(c.geom))) "labelLng", st_y(st_pointonsurface(st_union(c.geom))) "labelLat"
     from edition_cell ec join zone z on z.id = ec.zone_id join cell c on c.id = ec.cell_id
     where ec.edition_id = ? group by z.id order by z.number`,
    [editionId],
  );

export const listOverlays = (db: Knex) =>
  shapes(
    db,
    `select id, kind, name, legal_basis "legalBasis", months, hour_from "hourFrom", hour_to "hourTo", synthetic,
       st_asgeojson(geom, 7)::json geometry from overlay order by id`,
  );

export const listRoads = (db: Knex) =>
  shapes(
    db,
    `select id, source, target, class, name, kmh, length_metres "lengthMetres", one_way "oneWay", bridge, st_asgeojson(geom, 6)::json geometry
     from road order by id`,
  );

/** Ids of the roads that some closures close, ascending. */
export async function roadsOfClosures(db: Knex, closureIds: readonly number[]): Promise<number[]> {
  if (closureIds.length === 0) return [];
  const found = await db.raw(
    `with c as materialized (select road_ids, area from closure where id = any (?))
     select distinct r.id from road r join c on r.id = any (c.road_ids) or (r.geom && c.area and st_intersects(r.geom, c.area)) order by 1`,
    [[...closureIds]],
  );
  return (found.rows as { id: number }[]).map(({ id }) => id);
}

export const listPlaces = (db: Knex) =>
  shapes(db, `select id, kind, name, st_asgeojson(point, 7)::json geometry from place order by id`);

/** Zones that share a border under an edition: zone id -> zone ids, ascending. */
export async function zoneNeighbours(db: Knex, editionId: number): Promise<Map<number, number[]>> {
  const found = await db.raw(
    `select distinct pair.zone, pair.other from edition e
       join cell_adjacency n on n.coverage_id = e.coverage_id
       join edition_cell p on p.edition_id = e.id join edition_cell q on q.edition_id = e.id
       cross join lateral (values (p.zone_id, q.zone_id), (q.zone_id, p.zone_id)) pair(zone, other)
     where e.id = ? and p.cell_id = n.a and q.cell_id = n.b and p.zone_id <> q.zone_id order by 1, 2`,
    [editionId],
  );
  const neighbours = new Map<number, number[]>();
  for (const { zone, other } of found.rows as { zone: number; other: number }[])
    neighbours.set(zone, [...(neighbours.get(zone) ?? []), other]);
  return neighbours;
}

/** Water and barriers. */
export const listTerrain = (db: Knex) =>
  shapes(db, `select id, kind, name, barrier, st_asgeojson(geom, 7)::json geometry from terrain order by id`);
