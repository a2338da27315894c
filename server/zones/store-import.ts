import type { Geometry } from 'geojson';
import type { Knex } from 'knex';

/**
 * What an import asks and changes in the town's tables. The polygons under import stand in the temporary tables
 * `intake_shape (n, code, g)` and `intake_union (g)` of the same transaction.
 */

/**
 * The newest set of cells: the one that an import of zones assigns and an import of cells compares with. A set that a draft
 * made (only these keep an outline of their own) counts from the moment that an edition with it has its time.
 */
export async function newestCoverage(db: Knex): Promise<number | undefined> {
  const found = await db.raw(
    `select max(c.id) id from coverage c where c.outline is null
       or exists (select 1 from edition e join edition_effect f on f.edition_id = e.id where e.coverage_id = c.id)`,
  );
  return (found.rows[0] as { id: number | null }).id ?? undefined;
}

/** True when no edition was ever in force: the first one needs no second pair of eyes. */
export const noEditionYet = async (db: Knex): Promise<boolean> =>
  (await db('edition_effect').first('edition_id')) === undefined;

export interface KnownCell {
  readonly n: number;
  readonly id: number;
  /** The shape is the stored one, up to a millimetre along its border. */
  readonly same: boolean;
}

/** Cells that have a code of the shapes under import, in whatever coverage they stand. */
export async function knownCells(db: Knex): Promise<KnownCell[]> {
  const found = await db.raw(
    `select s.n, c.id, st_equals(s.g, c.geom) or st_area(st_symdifference(s.g, c.geom)::geography)
         < 0.01 + 0.001 * st_perimeter(c.geom::geography) same
     from intake_shape s join lateral (select id, geom from cell where code = s.code order by version desc limit 1) c on true order by s.n`,
  );
  return found.rows as KnownCell[];
}

export interface StoredCell {
  readonly id: number;
  readonly code: string;
  readonly zoneId: number | null;
}

/** Cells of a coverage, by code, with their zone under an edition. */
export async function coverageCells(
  db: Knex,
  coverageId: number,
  editionId: number | null,
): Promise<StoredCell[]> {
  const found = await db.raw(
    `select c.id, c.code, ec.zone_id "zoneId" from coverage_cell cc join cell c on c.id = cc.cell_id
       left join edition_cell ec on ec.cell_id = c.id and ec.edition_id = ?::int
     where cc.coverage_id = ? order by c.code`,
    [editionId, coverageId],
  );
  return found.rows as StoredCell[];
}

/**
 * Writes into new cells which cells of the coverage before they replace: those that are gone and share more than a
 * hundredth of the smaller of the two. Answers new id -> the replaced cell that shares most.
 */
export async function markSuperseded(
  db: Knex,
  newIds: readonly number[],
  goneIds: readonly number[],
): Promise<Map<number, number>> {
  const found = await db.raw(
    `with pair as (select n.id, o.id old, st_area(st_intersection(n.geom, o.geom)) shared, least(st_area(n.geom), st_area(o.geom)) smaller
       from cell n join cell o on n.geom && o.geom where n.id = any (?) and o.id = any (?)),
     heir as (select id, array_agg(old order by shared desc, old) olds from pair where shared > smaller / 100 group by id)
     update cell c set supersedes = heir.olds from heir where c.id = heir.id returning c.id, c.supersedes[1] old`,
    [[...newIds], [...goneIds]],
  );
  return new Map((found.rows as { id: number; old: number }[]).map(({ id, old }) => [id, old]));
}

/** Keeps the union of the shapes under import as the border of this set of cells alone. */
export const keepOutline = (db: Knex, coverageId: number) =>
  db.raw('update coverage set outline = u.g from intake_union u where id = ?', [coverageId]);

export const nameCoverageParent = (db: Knex, coverageId: number, parentId: number) =>
  db('coverage').where({ id: coverageId }).update({ parent_id: parentId });

/** Square metres of the town that the union leaves uncovered, of the union outside the town, and the town's border. */
export async function compareOutline(
  db: Knex,
): Promise<{ uncovered: number; exceeded: number; borderMetres: number }> {
  const found = await db.raw(
    `select st_area(st_difference(t.outline, u.g)::geography) uncovered, st_area(st_difference(u.g, t.outline)::geography) exceeded,
       st_perimeter(t.outline::geography) "borderMetres" from town t, intake_union u`,
  );
  return found.rows[0] as { uncovered: number; exceeded: number; borderMetres: number };
}

/** Takes the union of the shapes under import as the outline of the town. */
export const redrawOutline = (db: Knex) => db.raw('update town set outline = u.g from intake_union u');

/** Names a source on maps and exports, once. */
export const addAttribution = (db: Knex, words: string) =>
  db.raw('update town set attributions = array_append(attributions, ?) where not ? = any (attributions)', [
    words,
    words,
  ]);

/** For each cell of a coverage the zone number whose polygons (code of the shapes) cover most of it, and that share. */
export async function zonesByOverlap(
  db: Knex,
  coverageId: number,
): Promise<{ code: string; zone: string | null; share: number }[]> {
  const found = await db.raw(
    `with part as (select c.id, c.code, s.code zone, sum(st_area(st_intersection(c.geom, s.g))) shared, st_area(c.geom) whole
       from coverage_cell cc join cell c on c.id = cc.cell_id join intake_shape s on s.g && c.geom
       where cc.coverage_id = :coverageId group by c.id, s.code),
     best as (select distinct on (id) id, zone, shared / whole share from part where shared > 0 order by id, shared desc, zone)
     select c.code, b.zone, coalesce(b.share, 0) share from coverage_cell cc join cell c on c.id = cc.cell_id
       left join best b on b.id = c.id where cc.coverage_id = :coverageId order by c.code`,
    { coverageId },
  );
  return found.rows as { code: string; zone: string | null; share: number }[];
}

/** Neighbours through a common border in a coverage: pairs of cell ids. */
export async function adjacentCells(db: Knex, coverageId: number): Promise<[number, number][]> {
  const rows = await db('cell_adjacency').where({ coverage_id: coverageId }).select('a', 'b');
  return rows.map((row) => [row.a as number, row.b as number]);
}

/** Ids of the zones that each point would have under an edition, in the order of the points; null outside. */
export async function zonesUnder(
  db: Knex,
  editionId: number,
  points: readonly { lng: number; lat: number }[],
): Promise<(number | null)[]> {
  const found = await db.raw(
    `select (select ec.zone_id from edition e join coverage_cell cc on cc.coverage_id = e.coverage_id join cell c on c.id = cc.cell_id
         join edition_cell ec on ec.edition_id = e.id and ec.cell_id = c.id
       where e.id = :editionId and st_covers(c.geom, st_setsrid(st_makepoint(p.lng, p.lat), 4326)) order by c.code limit 1) zone
     from unnest(:lngs::float[], :lats::float[]) with ordinality p(lng, lat, n) order by n`,
    { editionId, lngs: points.map(({ lng }) => lng), lats: points.map(({ lat }) => lat) } as never,
  );
  return (found.rows as { zone: number | null }[]).map(({ zone }) => zone);
}

/** Zones by number. */
export async function zoneNumbers(db: Knex): Promise<Map<number, number>> {
  const rows = await db('zone').select('id', 'number');
  return new Map(rows.map((row) => [row.number as number, row.id as number]));
}

export const communityCodes = async (db: Knex): Promise<Set<string>> =>
  new Set((await db('community').select('code')).map((row) => row.code as string));

/** Redraws or renames a community that is there already; answers how many rows differ from before. */
export async function updateCommunity(
  db: Knex,
  community: { code: string; name: string; kind: string; geometry: Geometry },
): Promise<number> {
  const found = await db.raw(
    `with g as (select st_setsrid(st_geomfromgeojson(:geometry), 4326) g)
     update community c set name = :name, kind = :kind, geom = g.g from g
     where c.code = :code and (c.name <> :name or c.kind <> :kind or c.geom is null or not st_equals(c.geom, g.g)) returning c.code`,
    { ...community, geometry: JSON.stringify(community.geometry) },
  );
  return found.rows.length;
}

export interface ExportedCell {
  readonly id: number;
  readonly code: string;
  readonly communityCode: string | null;
  readonly population: number;
  readonly level: string | null;
  readonly landUse: string | null;
  readonly zone: number | null;
  readonly source: string;
  readonly licence: string;
  readonly geometry: Geometry;
}

/** Cells of a coverage with all digits of their coordinates, so that an import of them finds no difference. */
export async function cellsToExport(
  db: Knex,
  coverageId: number,
  editionId: number | null,
): Promise<ExportedCell[]> {
  const found = await db.raw(
    `select c.id, c.code, c.community_code "communityCode", c.population, c.level, c.land_use "landUse", z.number zone,
       c.source, c.licence, st_asgeojson(c.geom, 15)::json geometry
     from coverage_cell cc join cell c on c.id = cc.cell_id
       left join edition_cell ec on ec.cell_id = c.id and ec.edition_id = ?::int left join zone z on z.id = ec.zone_id
     where cc.coverage_id = ? order by c.code`,
    [editionId, coverageId],
  );
  return found.rows as ExportedCell[];
}

/** Overlays that stand already, as kind/name. */
export const overlayNames = async (db: Knex): Promise<Set<string>> =>
  new Set((await db('overlay').select('kind', 'name')).map((row) => `${row.kind}/${row.name}`));
