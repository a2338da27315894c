import type { Knex } from 'knex';
import knexPostgis from 'knex-postgis';
import type { Geometry } from 'geojson';

/** Writing the town: cells, zones, editions, overlays, roads. The seed and the importer stand on it. */

const shape = (db: Knex, geometry: Geometry) => knexPostgis(db).geomFromGeoJSON(geometry);
const inBatches = async <T>(rows: readonly T[], write: (batch: T[]) => Promise<unknown>, size = 250) => {
  for (let i = 0; i < rows.length; i += size) await write(rows.slice(i, i + size));
};

export const hasTown = async (db: Knex): Promise<boolean> => (await db('town').first('code')) !== undefined;

export const insertTown = (
  db: Knex,
  town: {
    code: string;
    name: string;
    outline: Geometry;
    centre: { lng: number; lat: number };
    metricSrid: number;
    population: number | null;
    synthetic: boolean;
    attributions: readonly string[];
    at: number;
  },
) =>
  db('town').insert({
    code: town.code,
    name: town.name,
    outline: shape(db, town.outline),
    centre: db.raw('st_setsrid(st_makepoint(?, ?), 4326)', [town.centre.lng, town.centre.lat]),
    metric_srid: town.metricSrid,
    population: town.population,
    synthetic: town.synthetic,
    attributions: [...town.attributions],
    imported_at: new Date(town.at),
  });

export interface NewCommunity {
  readonly code: string;
  readonly name: string;
  readonly displayName: string;
  readonly kind: 'community' | 'village';
  readonly geometry: Geometry | null;
}

export const insertCommunities = (db: Knex, rows: readonly NewCommunity[]) =>
  inBatches(rows, (batch) =>
    db('community').insert(
      batch.map((c) => ({
        code: c.code,
        name: c.name,
        display_name: c.displayName,
        kind: c.kind,
        geom: c.geometry && shape(db, c.geometry),
      })),
    ),
  );

export interface NewCell {
  readonly code: string;
  readonly communityCode: string | null;
  readonly geometry: Geometry;
  readonly population: number;
  readonly level: string | null;
  readonly landUse: string | null;
  readonly synthetic: boolean;
  readonly source: string;
  readonly licence: string;
}

/** Writes cells with their area measured in the town's projection; answers code -> id. */
export async function insertCells(
  db: Knex,
  rows: readonly NewCell[],
  metricSrid: number,
  at: number,
): Promise<Map<string, number>> {
  const ids = new Map<string, number>();
  await inBatches(rows, async (batch) => {
    const written = await db('cell')
      .insert(
        batch.map((c) => ({
          code: c.code,
          community_code: c.communityCode,
          geom: shape(db, c.geometry),
          area_square_metres: db.raw(
            'st_area(st_transform(st_setsrid(st_geomfromgeojson(?), 4326), ?::int))',
            [JSON.stringify(c.geometry), metricSrid],
          ),
          population: c.population,
          level: c.level,
          land_use: c.landUse,
          synthetic: c.synthetic,
          source: c.source,
          licence: c.licence,
          created_at: new Date(at),
        })),
      )
      .returning(['id', 'code']);
    for (const row of written) ids.set(row.code, row.id);
  });
  return ids;
}

/** A coverage of these cells with its adjacency: shared borders in metres, corner contacts left out. */
export async function insertCoverage(
  db: Knex,
  cellIds: readonly number[],
  note: string,
  metricSrid: number,
  at: number,
): Promise<number> {
  const [coverage] = await db('coverage')
    .insert({ note, created_at: new Date(at) })
    .returning('id');
  const id = coverage.id as number;
  await inBatches(cellIds, (batch) =>
    db('coverage_cell').insert(batch.map((cellId) => ({ coverage_id: id, cell_id: cellId }))),
  );
  await db.raw(
    `with m as (select c.id, st_transform(c.geom, :srid::int) g from coverage_cell cc join cell c on c.id = cc.cell_id where cc.coverage_id = :id),
     lines as (select a.id a, b.id b, st_length(st_intersection(st_boundary(a.g), st_boundary(b.g))) metres
       from m a join m b on a.id < b.id and a.g && b.g and st_intersects(a.g, b.g))
     insert into cell_adjacency (coverage_id, a, b, shared_metres, barrier)
     select :id, a, b, metres, coalesce((select case when t.kind in ('rail', 'motorway') then t.kind else 'river' end
         from terrain t where t.barrier and st_intersects(st_transform(t.geom, :srid::int),
           st_makeline(st_pointonsurface(ma.g), st_pointonsurface(mb.g))) limit 1), 'none')
     from lines join m ma on ma.id = a join m mb on mb.id = b where metres > 0`,
    { id, srid: metricSrid },
  );
  return id;
}

export interface NewZone {
  readonly number: number;
  readonly name: string;
  readonly code14: string;
}

/** Writes zones that are not there yet; answers number -> id for all of them. */
export async function insertZones(db: Knex, zones: readonly NewZone[]): Promise<Map<number, number>> {
  await db('zone')
    .insert(zones.map((z) => ({ ...z })))
    .onConflict('number')
    .ignore();
  const rows = await db('zone')
    .whereIn(
      'number',
      zones.map((z) => z.number),
    )
    .select('id', 'number');
  return new Map(rows.map((row) => [row.number as number, row.id as number]));
}

/** An edition with its assignment of cells; it takes effect by `putInForce`. */
export async function insertEdition(
  db: Knex,
  edition: {
    coverageId: number;
    parentId: number | null;
    name: string;
    status: 'draft' | 'published';
    authorId: number | null;
    note: string;
    at: number;
  },
  cells: ReadonlyMap<number, number | null>,
): Promise<number> {
  const [row] = await db('edition')
    .insert({
      coverage_id: edition.coverageId,
      parent_id: edition.parentId,
      name: edition.name,
      status: edition.status,
      author_id: edition.authorId,
      note: edition.note,
      created_at: new Date(edition.at),
    })
    .returning('id');
  const id = row.id as number;
  await inBatches([...cells], (batch) =>
    db('edition_cell').insert(
      batch.map(([cellId, zoneId]) => ({ edition_id: id, cell_id: cellId, zone_id: zoneId })),
    ),
  );
  return id;
}

/** Opens an edition's time from an instant on; the running one is closed at that instant. */
export async function putInForce(
  db: Knex,
  editionId: number,
  from: number | null,
  reason: string,
): Promise<void> {
  const instant = from === null ? null : new Date(from).toISOString();
  if (instant !== null) {
    await db.raw(
      `update edition_effect set during = tstzrange(lower(during), :instant::timestamptz) where during @> :instant::timestamptz`,
      { instant },
    );
  }
  await db.raw(
    `insert into edition_effect (edition_id, during, reason) values (?, tstzrange(?::timestamptz, null), ?)`,
    [editionId, instant, reason],
  );
}

export const insertEditionTeams = (
  db: Knex,
  editionId: number,
  rows: readonly { zoneId: number; teamId: number; rank: number }[],
) =>
  inBatches(rows, (batch) =>
    db('edition_team').insert(
      batch.map((r) => ({ edition_id: editionId, zone_id: r.zoneId, team_id: r.teamId, rank: r.rank })),
    ),
  );

export interface NewOverlay {
  readonly kind: string;
  readonly name: string;
  readonly legalBasis: string;
  readonly months: readonly number[];
  readonly hourFrom: number;
  readonly hourTo: number;
  readonly geometry: Geometry;
  readonly synthetic: boolean;
  readonly source: string;
}

export const insertOverlays = (db: Knex, rows: readonly NewOverlay[], at: number) =>
  inBatches(
    rows,
    (batch) =>
      db('overlay').insert(
        batch.map((o) => ({
          kind: o.kind,
          name: o.name,
          legal_basis: o.legalBasis,
          months: [...o.months],
          hour_from: o.hourFrom,
          hour_to: o.hourTo,
          geom: shape(db, o.geometry),
          valid_from: new Date(at),
          synthetic: o.synthetic,
          source: o.source,
        })),
      ),
    50,
  );

export interface NewRoad {
  readonly id: number;
  readonly source: number;
  readonly target: number;
  readonly class: string;
  readonly name: string | null;
  readonly kmh: number;
  readonly lengthMetres: number;
  readonly oneWay: boolean;
  readonly bridge: boolean;
  readonly geometry: Geometry;
}

/** Replaces the road network: nodes are numbered by their place in the list. */
export async function replaceRoads(
  db: Knex,
  nodes: readonly (readonly [lng: number, lat: number])[],
  roads: readonly NewRoad[],
): Promise<void> {
  await db('road').delete();
  await db('road_node').delete();
  await inBatches(
    nodes.map(([lng, lat], id) => ({ id, lng, lat })),
    (batch) => db('road_node').insert(batch),
    1000,
  );
  await inBatches(roads, (batch) =>
    db('road').insert(
      batch.map(({ geometry, lengthMetres, oneWay, ...road }) => ({
        ...road,
        length_metres: lengthMetres,
        one_way: oneWay,
        geom: shape(db, geometry),
      })),
    ),
  );
}

export const insertTerrain = (
  db: Knex,
  rows: readonly { kind: string; name: string; geometry: Geometry; barrier: boolean; synthetic: boolean }[],
) =>
  inBatches(rows, (batch) =>
    db('terrain').insert(batch.map(({ geometry, ...t }) => ({ ...t, geom: shape(db, geometry) }))),
  );

export const insertPlaces = (
  db: Knex,
  rows: readonly { kind: string; name: string; geometry: Geometry; defaultCoordinate: boolean }[],
) =>
  inBatches(rows, (batch) =>
    db('place').insert(
      batch.map((p) => ({
        kind: p.kind,
        name: p.name,
        point: shape(db, p.geometry),
        default_coordinate: p.defaultCoordinate,
      })),
    ),
  );
