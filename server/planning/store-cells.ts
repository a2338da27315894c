import type { Knex } from 'knex';
import type { CellId } from '../../shared/contract/ids.ts';
import type { Barrier } from '../../shared/contract/planning-codes.ts';
import type { PlannedCell } from '../../shared/rules/cells/coverage.ts';
import { sameVertex, unitsPerDegree, vertexAt, type Ring } from '../../shared/rules/cells/ring.ts';
import { inBatches } from './batches.ts';

/** All SQL that reads and writes sets of cells for planning. */

interface CellRow {
  readonly id: number;
  readonly code: string;
  readonly kind: 'basic' | 'dedicated';
  readonly supersedes: number[];
  readonly population: number;
  readonly geometry: { type: string; coordinates: number[][][] | number[][][][] };
}

/** A cell as the planner edits it, with its residents. */
export interface StudioCell extends PlannedCell {
  readonly population: number;
}

/** Cells of a coverage, ascending by id; a cell of several pieces counts with its rings in a row. */
export async function coverageCells(db: Knex, coverageId: number): Promise<StudioCell[]> {
  const found = await db.raw(
    `select c.id, c.code, c.kind, c.supersedes, c.population, st_asgeojson(st_forcepolygonccw(c.geom), 7)::json geometry
     from coverage_cell cc join cell c on c.id = cc.cell_id where cc.coverage_id = ? order by c.id`,
    [coverageId],
  );
  return (found.rows as CellRow[]).map((row) => ({
    id: row.id as CellId,
    code15: row.code,
    kind: row.kind,
    supersedes: row.supersedes as CellId[],
    population: row.population,
    rings: ringsOf(row.geometry),
  }));
}

/** The cells of these ids, wherever they stand. */
export async function cellsById(db: Knex, ids: readonly number[]): Promise<StudioCell[]> {
  const found = await db.raw(
    `select id, code, kind, supersedes, population, st_asgeojson(st_forcepolygonccw(geom), 7)::json geometry from cell
     where id = any (?) order by id`,
    [[...ids]],
  );
  return (found.rows as CellRow[]).map((row) => ({
    id: row.id as CellId,
    code15: row.code,
    kind: row.kind,
    supersedes: row.supersedes as CellId[],
    population: row.population,
    rings: ringsOf(row.geometry),
  }));
}

/** Rings on the integer grid; vertices of a file that lay nearer to one another than it is fine are one. */
function ringsOf({ type, coordinates }: CellRow['geometry']): Ring[] {
  const polygons = (type === 'MultiPolygon' ? coordinates : [coordinates]) as number[][][][];
  return polygons.flatMap((polygon) =>
    polygon.map((ring) =>
      ring
        .slice(0, -1)
        .map(([lng, lat]) => vertexAt(lng!, lat!))
        .filter((vertex, i, all) => !sameVertex(vertex, all.at(i - 1)!)),
    ),
  );
}

/** The border of the town under a coverage as it was stored with it; null when its cells alone say it. */
export async function storedOutline(db: Knex, coverageId: number): Promise<Ring[] | null> {
  const found = await db.raw(
    `select st_asgeojson(st_forcepolygonccw(outline), 7)::json geometry from coverage where id = ? and outline is not null`,
    [coverageId],
  );
  const row = found.rows[0] as { geometry: CellRow['geometry'] } | undefined;
  return row ? ringsOf(row.geometry) : null;
}

export const issuedCodes = async (db: Knex): Promise<string[]> =>
  (await db('cell').distinct('code').orderBy('code')).map((row) => row.code as string);

/** Borders with something between them, as pairs of cell ids. */
export async function listBarriers(db: Knex, coverageId: number): Promise<[number, number, Barrier][]> {
  const rows = await db('cell_adjacency')
    .where({ coverage_id: coverageId })
    .andWhereNot({ barrier: 'none' })
    .orderBy(['a', 'b'])
    .select('a', 'b', 'barrier');
  return rows.map((row) => [row.a, row.b, row.barrier]);
}

/** Polygon text of rings in 1e-7 degree: exactly the decimals that the integers are. */
export const polygonText = (rings: readonly Ring[]): string => `POLYGON(${rings.map(ringText).join(',')})`;
const ringText = (ring: Ring): string =>
  `(${[...ring, ring[0]!].map(([x, y]) => `${x / unitsPerDegree} ${y / unitsPerDegree}`).join(',')})`;

export interface NewShape {
  readonly id: number;
  readonly code: string;
  readonly kind: string;
  readonly rings: readonly Ring[];
  readonly population: number;
  /** The cell that lends level, land use, source and licence. */
  readonly heirOf: number;
  readonly supersedes: readonly number[];
}

/** Fresh ids of cells. */
export async function newCellIds(db: Knex, count: number): Promise<number[]> {
  const found = await db.raw(
    `select nextval(pg_get_serial_sequence('cell', 'id'))::int id from generate_series(1, ?)`,
    [count],
  );
  return (found.rows as { id: number }[]).map(({ id }) => id);
}

export async function insertShapes(
  db: Knex,
  shapes: readonly NewShape[],
  metricSrid: number,
  at: number,
): Promise<void> {
  for (const shape of shapes)
    await db.raw(
      `with n as (select st_geomfromtext(:polygon, 4326) geom)
       insert into cell (id, code, version, kind, community_code, geom, area_square_metres, population, level, land_use,
         supersedes, synthetic, source, licence, created_at)
       overriding system value
       select :id, :code, coalesce((select max(version) from cell where code = :code), 0) + 1, :kind,
         coalesce((select code from community where code = left(:code, 12)), o.community_code), n.geom,
         st_area(st_transform(n.geom, :srid::int)), :population, o.level, o.land_use, :supersedes::int[], o.synthetic, o.source, o.licence, :at
       from n, cell o where o.id = :heir`,
      {
        polygon: polygonText(shape.rings),
        id: shape.id,
        code: shape.code,
        kind: shape.kind,
        srid: metricSrid,
        population: shape.population,
        supersedes: [...shape.supersedes],
        heir: shape.heirOf,
        at: new Date(at),
      } as never,
    );
}

/**
 * A set of cells made from another one by an edit: the removed ones leave, the added ones enter, and only borders of the
 * added ones are measured anew.
 */
export async function insertEditedCoverage(
  db: Knex,
  edit: {
    parentId: number;
    removed: readonly number[];
    added: readonly number[];
    outline: readonly Ring[];
    note: string;
    metricSrid: number;
    at: number;
  },
): Promise<number> {
  const [row] = await db('coverage')
    .insert({
      parent_id: edit.parentId,
      note: edit.note,
      outline: db.raw('st_buildarea(st_geomfromtext(?, 4326))', [
        `MULTILINESTRING(${edit.outline.map(ringText).join(',')})`,
      ]),
      created_at: new Date(edit.at),
    })
    .returning('id');
  const id = row.id as number;
  const values = { id, parent: edit.parentId, removed: [...edit.removed], srid: edit.metricSrid } as never;
  await db.raw(
    `insert into coverage_cell (coverage_id, cell_id)
     select :id, cell_id from coverage_cell where coverage_id = :parent and cell_id <> all (:removed::int[])`,
    values,
  );
  await db.raw(
    `insert into cell_adjacency (coverage_id, a, b, shared_metres, barrier)
     select :id, a, b, shared_metres, barrier from cell_adjacency
     where coverage_id = :parent and a <> all (:removed::int[]) and b <> all (:removed::int[])`,
    values,
  );
  await inBatches(edit.added, (batch) =>
    db('coverage_cell').insert(batch.map((cellId) => ({ coverage_id: id, cell_id: cellId }))),
  );
  await db.raw(
    `with m as (select c.id, c.id = any (:added::int[]) fresh, st_transform(c.geom, :srid::int) g
         from coverage_cell cc join cell c on c.id = cc.cell_id where cc.coverage_id = :id),
     lines as (select least(a.id, b.id) a, greatest(a.id, b.id) b, st_length(st_intersection(st_boundary(a.g), st_boundary(b.g))) metres
       from m a join m b on a.fresh and a.id <> b.id and (not b.fresh or a.id < b.id) and a.g && b.g and st_intersects(a.g, b.g))
     insert into cell_adjacency (coverage_id, a, b, shared_metres, barrier)
     select :id, a, b, metres, coalesce((select case when t.kind in ('rail', 'motorway') then t.kind else 'river' end
         from terrain t where t.barrier and st_intersects(st_transform(t.geom, :srid::int),
           st_makeline(st_pointonsurface(ma.g), st_pointonsurface(mb.g))) limit 1), 'none')
     from lines join m ma on ma.id = a join m mb on mb.id = b where metres > 0`,
    { id, added: [...edit.added], srid: edit.metricSrid } as never,
  );
  return id;
}

export interface CheckRow {
  readonly kind: string;
  readonly cellIds: number[];
  readonly value: number;
}

/**
 * The check of a whole set of cells in the database, the same rows on every version of PostGIS since 3.3: broken shapes,
 * overlaps (also of a cell inside another, which ST_Overlaps does not see), vertices that a neighbour lacks, gaps, the
 * border of the town, separated parts. No row means that the cells tile the town.
 */
export async function checkInDatabase(db: Knex, coverageId: number, metricSrid: number): Promise<CheckRow[]> {
  // compiling the plan costs twenty times what running it does
  await db.raw('set local jit = off');
  const found = await db.raw(
    `with m as materialized (select c.id, c.code, st_transform(c.geom, :srid::int) g
         from coverage_cell cc join cell c on c.id = cc.cell_id where cc.coverage_id = :id),
     u as materialized (select st_union(g) g from m),
     town as (select st_transform(coalesce((select outline from coverage where id = :id), (select st_union(c.geom)
         from coverage_cell cc join cell c on c.id = cc.cell_id where cc.coverage_id = :id)), :srid::int) g),
     seg as (select id, st_asbinary(st_startpoint(s)) p, st_asbinary(st_endpoint(s)) q, st_length(s) len
       from (select id, (st_dumpsegments(st_boundary(g))).geom s from m) t),
     edge as materialized (select count(*) n, array_agg(id order by id) ids, min(len) len from seg group by least(p, q), greatest(p, q)),
     hole as (select st_area(st_buildarea(st_interiorringn(g, n))) area
       from (select (st_dump(g)).geom g from u) d, lateral generate_series(1, st_numinteriorrings(g)) n),
     declared as (select st_numgeometries(g) parts, coalesce((select sum(st_numinteriorrings(d.geom)) from st_dump(g) d), 0) holes from town)
     select 'shape' kind, array[id] "cellIds", 0::float8 value from m
       where not st_isvalid(g) or st_isempty(g) or geometrytype(g) <> 'POLYGON'
     union all
     select 'overlap', array[a.id, b.id], st_area(st_intersection(a.g, b.g)) from m a join m b on a.id < b.id and a.g && b.g
       where st_isvalid(a.g) and st_isvalid(b.g) and st_relate(a.g, b.g, '2********')
     union all
     select 'unmatched', ids, len from edge where n > 2
     union all
     select 'unmatched', '{}', diff from (select abs((select coalesce(sum(len), 0) from edge where n = 1) - st_perimeter(g)) diff from u) d where diff > 0.01
     union all
     select 'gap', '{}', area from hole, declared where declared.holes = 0
     union all
     select 'outline', '{}', area from (select st_area(st_symdifference(town.g, u.g)) area from town, u) d where area > 0.01
     union all
     select 'parts', '{}', st_numgeometries(u.g) from u, declared where st_numgeometries(u.g) > declared.parts
     union all
     select 'code', array_agg(id order by id), count(*) from m group by code having count(*) > 1`,
    { id: coverageId, srid: metricSrid } as never,
  );
  return found.rows as CheckRow[];
}

/** What each reshaped, split or merged cell replaced. */
export async function ancestry(db: Knex): Promise<Map<number, number[]>> {
  const rows = await db('cell').whereRaw('cardinality(supersedes) > 0').select('id', 'supersedes');
  return new Map(rows.map((row) => [row.id as number, row.supersedes as number[]]));
}

/** A point inside each cell of a coverage, ascending by id. */
export async function innerPoints(
  db: Knex,
  coverageId: number,
): Promise<{ id: number; lng: number; lat: number }[]> {
  const found = await db.raw(
    `select id, st_x(p) lng, st_y(p) lat from (select c.id, st_pointonsurface(c.geom) p
       from coverage_cell cc join cell c on c.id = cc.cell_id where cc.coverage_id = ?) inside order by id`,
    [coverageId],
  );
  return found.rows as { id: number; lng: number; lat: number }[];
}

/** Villages and communities by code. */
export const listVillages = (db: Knex): Promise<{ code: string; name: string }[]> =>
  db('community').orderBy('code').select('code', 'display_name as name');

/** For each cell of a coverage the zone whose shapes hold the largest part of its area, and that part; null where none does. */
export async function sharesOfCells(
  db: Knex,
  coverageId: number,
  shapes: readonly { zone: number; geometry: unknown }[],
): Promise<{ cellId: number; code: string; zone: number | null; share: number }[]> {
  const found = await db.raw(
    `with s as materialized (select zone, st_makevalid(st_setsrid(st_geomfromgeojson(g), 4326)) g
         from unnest(:zones::int[], :shapes::text[]) t(zone, g)),
     part as (select c.id, s.zone, sum(st_area(st_intersection(c.geom, s.g))) shared, st_area(c.geom) whole
       from coverage_cell cc join cell c on c.id = cc.cell_id join s on s.g && c.geom
       where cc.coverage_id = :coverageId group by c.id, s.zone),
     best as (select distinct on (id) id, zone, shared / whole share from part where shared > 0 order by id, shared desc, zone)
     select c.id "cellId", c.code, b.zone, coalesce(b.share, 0) share from coverage_cell cc join cell c on c.id = cc.cell_id
       left join best b on b.id = c.id where cc.coverage_id = :coverageId order by c.id`,
    {
      coverageId,
      zones: shapes.map(({ zone }) => zone),
      shapes: shapes.map(({ geometry }) => JSON.stringify(geometry)),
    } as never,
  );
  return found.rows as { cellId: number; code: string; zone: number | null; share: number }[];
}
