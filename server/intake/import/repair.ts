import type { Knex } from 'knex';
import { assignFaces, type Border, type Face } from './faces.ts';

/** One cell before and after a repair. */
export interface Difference {
  readonly n: number;
  readonly code: string;
  readonly beforeSquareMetres: number;
  readonly afterSquareMetres: number;
  readonly gainedSquareMetres: number;
  readonly lostSquareMetres: number;
}

/** Vertices of a repaired coverage lie on the grid that GeoJSON carries and cell edits use: 1e-7 degree, about 1 cm. */
const gridDegrees = 1e-7;

/**
 * Makes a clean coverage of damaged cells: all borders are noded and snapped to one grid, the faces between them are
 * handed to one cell each (see faces.ts), and each cell becomes the union of its faces. Slits that run out to the
 * edge are closed first by the closing (out and in by half of `gapMetres`) of the whole, where they lie between cells.
 * ST_CoverageClean would need PostGIS 3.6; this runs on 3.3. Works on the table `intake_shape`.
 */
export async function repairCoverage(
  db: Knex,
  { metricSrid, gapMetres }: { metricSrid: number; gapMetres: number },
): Promise<Difference[]> {
  await db.raw('drop table if exists intake_before, intake_face, intake_closing');
  await db.raw('create temp table intake_before on commit drop as select n, code, g from intake_shape');
  // round joins: with mitred ones GEOS 3.14 failed on a real town, and the embedded database gave no row and no error
  await db.raw(
    `create temp table intake_closing on commit drop as
     select st_transform(st_buffer(st_buffer(st_transform(g, :srid::int), :half::float), -:half::float), 4326) g
     from (select st_union(g) g from intake_shape) u`,
    { srid: metricSrid, half: gapMetres / 2 },
  );
  await db.raw(
    `create temp table intake_face on commit drop as
     select row_number() over (order by st_xmin(geom), st_ymin(geom), st_area(geom))::int id, geom g, null::int owner
     from (select (st_dump(st_polygonize(l))).geom from
       (select st_unaryunion(st_collect(l), :grid::float) l from
         (select st_boundary(g) l from intake_shape
          union all select st_boundary(g) from intake_closing) lines) noded) faces`,
    { grid: gridDegrees },
  );
  await db.raw('create index on intake_face using gist (g)');
  await db.raw('analyze intake_face');
  const faces = await db.raw(
    `select f.id, st_area(f.g::geography) "squareMetres", 2 * st_area(f.g::geography) / st_perimeter(f.g::geography) "widthMetres",
       coalesce((select array_agg(s.n order by s.n) from intake_shape s where s.g && f.g and st_intersects(s.g, st_pointonsurface(f.g))), '{}') claims
     from intake_face f order by f.id`,
  );
  const borders = await db.raw(
    `select * from (select a.id a, b.id b, st_length(st_intersection(st_boundary(a.g), st_boundary(b.g))::geography) metres
       from intake_face a join intake_face b on a.id < b.id and a.g && b.g and st_intersects(a.g, b.g)) m where metres > 0`,
  );
  if (faces.rows.length === 0) throw new Error('the borders of the cells could not be noded');
  const owners = assignFaces(
    betweenCells(faces.rows as Face[], borders.rows as Border[]),
    borders.rows as Border[],
    gapMetres,
  );
  await db.raw(
    `update intake_face f set owner = o.owner from unnest(?::int[], ?::int[]) o(id, owner) where f.id = o.id`,
    [[...owners.keys()], [...owners.values()]],
  );
  await db.raw(
    `update intake_shape s set g = o.g from (select owner, st_union(g) g from intake_face where owner is not null group by owner) o
     where s.n = o.owner`,
  );
  return differences(db);
}

/** A face that nobody claims and that touches one cell only is a notch of the outer edge: it stays outside. */
function betweenCells(faces: readonly Face[], borders: readonly Border[]): Face[] {
  const claimed = new Map(faces.map((face) => [face.id, face.claims]));
  const touching = new Map<number, Set<number>>();
  for (const { a, b } of borders)
    for (const [face, other] of [
      [a, b],
      [b, a],
    ] as const)
      for (const cell of claimed.get(other) ?? [])
        touching.set(face, (touching.get(face) ?? new Set()).add(cell));
  return faces.filter(({ id, claims }) => claims.length > 0 || (touching.get(id)?.size ?? 0) > 1);
}

async function differences(db: Knex): Promise<Difference[]> {
  const found = await db.raw(
    `select b.n, b.code, st_area(b.g::geography) "beforeSquareMetres", st_area(s.g::geography) "afterSquareMetres",
       st_area(st_difference(s.g, b.g)::geography) "gainedSquareMetres", st_area(st_difference(b.g, s.g)::geography) "lostSquareMetres"
     from intake_before b join intake_shape s on s.n = b.n order by b.n`,
  );
  const rows = found.rows as Difference[];
  return rows.filter((row) => row.gainedSquareMetres + row.lostSquareMetres > 1);
}
