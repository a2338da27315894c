import type { Geometry } from 'geojson';
import type { Knex } from 'knex';

/**
 * The coverage check on the database, in WGS-84 degrees: shared vertices stay bit for bit what the file says, so a
 * clean coverage has overlaps of exactly zero, while after a projection they would be noise. Areas and lengths
 * are measured on the ellipsoid. No function newer than PostGIS 3.3, so both engines answer alike.
 */

/** A polygon under check; `n` is its row in the file. */
export interface Shape {
  readonly n: number;
  readonly code: string;
  readonly geometry: Geometry;
}

/** Puts the shapes in a table of this transaction, in batches. */
export async function loadShapes(
  db: Knex,
  shapes: readonly Shape[],
  say?: (line: string) => void,
): Promise<void> {
  await db.raw('drop table if exists intake_shape');
  await db.raw(
    'create temp table intake_shape (n int primary key, code text not null, g geometry) on commit drop',
  );
  for (let i = 0; i < shapes.length; i += 20) {
    const batch = shapes.slice(i, i + 20);
    await db.raw(
      `insert into intake_shape (n, code, g)
       select n, code, st_setsrid(st_geomfromgeojson(g), 4326) from unnest(?::int[], ?::text[], ?::text[]) t(n, code, g)`,
      [batch.map(({ n }) => n), batch.map(({ code }) => code), batch.map((s) => JSON.stringify(s.geometry))],
    );
    if (i % 200 === 180) say?.(`  ${i + batch.length} of ${shapes.length} polygons read`);
  }
  await db.raw('create index on intake_shape using gist (g)');
  await db.raw('analyze intake_shape');
}

/** Rings that meet themselves, with the place. */
export async function brokenShapes(
  db: Knex,
): Promise<{ n: number; reason: string; lng: number; lat: number }[]> {
  const found = await db.raw(
    `select n, (d).reason, st_x((d).location) lng, st_y((d).location) lat
     from (select n, st_isvaliddetail(g) d from intake_shape where not st_isvalid(g)) broken order by n`,
  );
  return found.rows as { n: number; reason: string; lng: number; lat: number }[];
}

/** Shapes narrower on average (twice the area by the perimeter) than `metres`. */
export async function slivers(
  db: Knex,
  metres: number,
): Promise<{ n: number; area: number; width: number }[]> {
  const found = await db.raw(
    `select n, area, 2 * area / nullif(p, 0) width
     from (select n, st_area(g::geography) area, st_perimeter(g::geography) p from intake_shape) m
     where area < 1 or 2 * area / nullif(p, 0) < ? order by n`,
    [metres],
  );
  return found.rows as { n: number; area: number; width: number }[];
}

/** One shape for each code: the parts of a repeated code become one. */
export async function mergeByCode(db: Knex): Promise<{ code: string; rows: number[] }[]> {
  const repeated = await db.raw(
    'select code, array_agg(n order by n) rows from intake_shape group by code having count(*) > 1 order by min(n)',
  );
  await db.raw(
    `with whole as (select code, min(n) n, st_union(g) g from intake_shape group by code having count(*) > 1)
     update intake_shape s set g = whole.g from whole where s.n = whole.n`,
  );
  await db.raw('delete from intake_shape s using intake_shape t where s.code = t.code and s.n > t.n');
  return repeated.rows as { code: string; rows: number[] }[];
}

interface Overlap {
  readonly a: number;
  readonly b: number;
  readonly squareMetres: number;
  readonly lng: number;
  readonly lat: number;
}

export interface Coverage {
  /** Pairs whose insides meet by more than the threshold: also a shape inside another, which ST_Overlaps misses. */
  readonly overlaps: readonly Overlap[];
  /** Holes of the union, with their mean width. */
  readonly gaps: readonly {
    squareMetres: number;
    widthMetres: number;
    lng: number;
    lat: number;
    beside: number[];
  }[];
  readonly parts: number;
  readonly sumSquareMetres: number;
  readonly unionSquareMetres: number;
}

/** Overlaps and gaps over `leastSquareMetres`, the parts, and the two totals. */
export async function checkCoverage(db: Knex, leastSquareMetres: number): Promise<Coverage> {
  const overlaps = await db.raw(
    `with pair as (select a.n a, b.n b, st_intersection(a.g, b.g) g from intake_shape a
       join intake_shape b on a.n < b.n and a.g && b.g and st_relate(a.g, b.g, '2********'))
     select a, b, area "squareMetres", st_x(p) lng, st_y(p) lat
     from (select a, b, st_area(g::geography) area, st_pointonsurface(st_collectionextract(g, 3)) p from pair) m
     where area > ? order by a, b`,
    [leastSquareMetres],
  );
  await db.raw('drop table if exists intake_union');
  await db.raw('create temp table intake_union on commit drop as select st_union(g) g from intake_shape');
  const gaps = await db.raw(
    `with part as (select (st_dump(g)).geom g from intake_union),
     hole as (select st_setsrid(st_makepolygon(st_interiorringn(g, i)), 4326) g from part, generate_series(1, st_numinteriorrings(g)) i),
     m as (select g, st_area(g::geography) area, st_perimeter(g::geography) p, st_pointonsurface(g) c from hole)
     select area "squareMetres", 2 * area / p "widthMetres", st_x(c) lng, st_y(c) lat,
       (select array_agg(s.n order by s.n) from intake_shape s where s.g && m.g and st_intersects(s.g, m.g)) beside
     from m where area > ? order by area desc, 3, 4`,
    [leastSquareMetres],
  );
  const total = await db.raw(
    `select st_numgeometries(g) parts, st_area(g::geography) "unionSquareMetres",
       (select sum(st_area(s.g::geography)) from intake_shape s) "sumSquareMetres" from intake_union`,
  );
  const coverage = { overlaps: overlaps.rows, gaps: gaps.rows, ...total.rows[0] } as Coverage;
  trustworthy(coverage, leastSquareMetres);
  return coverage;
}

/**
 * The embedded database can lose the rows of a statement whose geometry failed, without an error, and a check that
 * found nothing would then look clean. What the union lost against the sum must be explained by the overlaps.
 */
function trustworthy(coverage: Coverage, leastSquareMetres: number): void {
  const { overlaps, sumSquareMetres: sum, unionSquareMetres: union } = coverage;
  const found = overlaps.reduce((total, { squareMetres }) => total + squareMetres, 0);
  const tolerance = 100 * leastSquareMetres + sum * 1e-9;
  if (typeof union !== 'number' || sum - union > found + tolerance)
    throw new Error(
      `the coverage check contradicts itself: sum ${sum}, union ${union}, overlaps ${found} m²`,
    );
}

/** The shapes as they stand now. */
export async function readShapes(
  db: Knex,
): Promise<{ n: number; code: string; geometry: Geometry; area: number }[]> {
  const found = await db.raw(
    'select n, code, st_asgeojson(g, 15)::json geometry, st_area(g::geography) area from intake_shape order by n',
  );
  return found.rows as { n: number; code: string; geometry: Geometry; area: number }[];
}

/** Outline of all shapes and a point inside it near the middle. */
export async function unionOutline(db: Knex): Promise<{ outline: Geometry; lng: number; lat: number }> {
  const found = await db.raw(
    `select st_asgeojson(g, 15)::json outline, st_x(c) lng, st_y(c) lat
     from (select g, case when st_covers(g, st_centroid(g)) then st_centroid(g) else st_pointonsurface(g) end c from intake_union) u`,
  );
  return found.rows[0] as { outline: Geometry; lng: number; lat: number };
}
