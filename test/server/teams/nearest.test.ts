import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nearestSql, nearestTeams, nearestValues } from '../../../server/teams/store-nearest.ts';
import { engines } from '../../kit/database.ts';
import { addTeam, cellCentre, ground } from '../../kit/ground.ts';
import { monday, town, type TestTown } from '../../kit/town.ts';

/** Enough rows for the planner to take the KNN scan of the GiST index. */
const teams = 3000;

describe.each(engines())('the shortlist of a very large town [%s]', (engine) => {
  let place: TestTown;
  const query = { point: cellCentre(1, 1), srid: 4549, oldest: monday - 600_000, limit: 16 };

  beforeAll(async () => {
    place = await town(engine);
    const { db } = place.deps;
    const at = new Date(monday);
    await db.raw(
      `with made as (insert into person (name, display_name, role, created_at) values ('crowd', 'crowd', 'officer', :at) returning id),
       t as (insert into team (code, name, on_duty, status_since) select 'K' || n, 'K' || n, n % 10 > 0, :at
         from generate_series(1, :teams::int) n returning id)
       insert into team_latest (team_id, person_id, point, point_metric, fix_at, received_at, source)
       select t.id, made.id, p.g, st_transform(p.g, 4549), :at, :at, 'gnss' from t, made, lateral
         (select st_setsrid(st_makepoint(:west + (t.id * 7919 % 4001) / 100000.0, :south + (t.id * 104729 % 4003) / 100000.0), 4326) g) p`,
      { at, teams, west: ground.west, south: ground.south },
    );
    await db.raw('analyze team');
    await db.raw('analyze team_latest');
  });
  afterAll(() => place.close());

  const plan = async (sql: string, values: object): Promise<string> => {
    const { rows } = await place.deps.db.raw(`explain ${sql}`, values as never);
    return (rows as { 'QUERY PLAN': string }[]).map((row) => row['QUERY PLAN']).join('\n');
  };
  const trap =
    'order by l.point_metric <-> st_transform(st_setsrid(st_makepoint(:lng, :lat), 4326), :srid::int)';

  test('it is answered by the KNN scan of the index on metres', async () => {
    const text = await plan(nearestSql(query.limit), nearestValues(query));
    expect(text).toMatch(/Index Scan using team_latest_metric/);
    expect(text).toMatch(/Order By: \(point_metric <->/);
    expect(text).not.toMatch(/LockRows/);
  });

  test('it gives the same teams as a sort of every distance on the spheroid', async () => {
    const { ids, radiusMetres } = await nearestTeams(place.deps.db, query);
    const { rows } = await place.deps.db.raw(
      `select t.id, st_distance(l.point::geography, st_setsrid(st_makepoint(?, ?), 4326)::geography) d
       from team_latest l join team t on t.id = l.team_id where t.on_duty order by d limit 17`,
      [query.point.lng, query.point.lat],
    );
    expect(ids).toEqual(rows.slice(0, 16).map((row: { id: number }) => row.id));
    expect(radiusMetres).toBeLessThanOrEqual(Math.ceil(rows[16].d));
  });

  test('as many teams of the zone come with them, the nearest of those', async () => {
    const { db } = place.deps;
    const byDistance = (await nearestTeams(db, { ...query, limit: null })).ids;
    const far = byDistance.slice(2000, 2040);
    await db.raw(
      `insert into edition_team (edition_id, zone_id, team_id)
       select e.id, z.id, unnest(:far::int[]) from edition e, zone z where z.number = 2`,
      { far },
    );
    const { rows } = await db.raw(
      'select e.id "editionId", z.id "zoneId" from edition e, zone z where z.number = 2',
    );
    const { ids, radiusMetres } = await nearestTeams(db, { ...query, zone: rows[0] });
    expect(ids).toEqual([...byDistance.slice(0, 16), ...far.slice(0, 16)]);
    expect(radiusMetres).toBe((await nearestTeams(db, query)).radiusMetres);
    // one that is near anyway is not told twice
    const all = await nearestTeams(db, { ...query, limit: null, zone: rows[0] });
    expect(all.ids).toEqual(byDistance);
  });

  // PostgreSQL 15.18 and the embedded 18.3 lose the row address of a reordered tuple; 15.20 keeps it. Towns run both.
  test.runIf(engine === 'embedded')(
    'control: locking above the KNN scan fails, and an update by its row address changes nothing',
    async () => {
      const { db } = place.deps;
      const values = nearestValues(query);
      const naive = `select l.team_id from team_latest l where l.fix_at > :oldest ${trap} limit 16 for update skip locked`;
      expect(await plan(naive, values)).toMatch(/LockRows[\s\S]*Index Scan using team_latest_metric/);
      await expect(db.transaction((tx) => tx.raw(naive, values))).rejects.toThrow(
        /attempted to lock invisible tuple/,
      );
      const address = 'ctid';
      const silent = `update team_latest set battery = 1 where ${address} =
        (select l.${address} from team_latest l where l.fix_at > :oldest ${trap} limit 1)`;
      expect((await db.raw(silent, values)).rowCount ?? 0).toBe(0);
    },
  );

  test('a card in such a town looks at the nearest, at more while too few of them may go, and counts the rest', async () => {
    const { db } = place.deps;
    const dispatcher = await place.person('dispatcher');
    const body = { matterCode: 'CY-01', point: cellCentre(1, 1), crs: 'wgs84' } as const;
    const card = async () => (await dispatcher.ok('createIncident', { body })).recommendation!;
    // nobody of this crowd is licensed: the list grows to the whole town
    const all = await card();
    expect(all.candidates).toHaveLength(teams * 0.9);
    expect(all.notEvaluated).toEqual({ count: 0, radiusMetres: null });
    const able = async (code: string, point: { lng: number; lat: number }) =>
      (await addTeam(db, { code, at: monday, place: point, zoneNumbers: [2] })).teamId;
    // three that may go, behind the first sixteen
    const { ids } = await nearestTeams(db, { ...query, limit: 30 });
    const [behind] = await db
      .raw('select st_x(point) lng, st_y(point) lat from team_latest where team_id = ?', [ids[29]!])
      .then(({ rows }) => rows as { lng: number; lat: number }[]);
    const far = [await able('A1', behind!), await able('A2', behind!), await able('A3', behind!)];
    const wider = await card();
    expect(wider.candidates).toHaveLength(64);
    expect(wider.candidates.slice(0, 3).map(({ teamId }) => teamId)).toEqual(far);
    expect(wider.notEvaluated.count).toBe(teams * 0.9 + 3 - 64);
    const near = [
      await able('B1', query.point),
      await able('B2', query.point),
      await able('B3', query.point),
    ];
    const first = await card();
    expect(first.candidates).toHaveLength(16);
    expect(first.candidates.slice(0, 3).map(({ teamId }) => teamId)).toEqual(near);
    expect(first.notEvaluated.count).toBe(teams * 0.9 + 6 - 16);
    expect(first.notEvaluated.radiusMetres).toBeGreaterThan(0);
  });
});
