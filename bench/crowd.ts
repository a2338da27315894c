import type { Knex } from 'knex';
import { giveLogins } from '../test/load/logins.ts';

/** People of the bench beside those of the synthetic town, on duty, each team with a fix of a moment ago. */
export interface Crowd {
  /** In the order of `officerIds`. */
  readonly tokens: readonly string[];
  readonly officerIds: readonly number[];
  /** Where each of them stands. */
  readonly places: readonly { readonly lng: number; readonly lat: number }[];
  readonly teamIds: readonly number[];
  /** Dispatchers' tokens, as many as were asked for. */
  readonly room: readonly string[];
}

interface CrowdWish {
  readonly teams: number;
  /** Officers of each team. */
  readonly each: number;
  readonly dispatchers?: number;
  /** Sign the officers in too; costs a row each. */
  readonly signedIn?: boolean;
}

/**
 * Lays teams over the cells of the town, so that every size covers it evenly; zones in turn. All in a few
 * statements: 2,000 officers take a second.
 */
export async function layCrowd(db: Knex, wish: CrowdWish): Promise<Crowd> {
  const at = new Date();
  const late = new Date(at.getTime() + 10 * 3_600_000);
  const early = new Date(at.getTime() - 3_600_000);
  const crowd = await db.transaction(async (tx) => {
    await tx.raw(
      `insert into team (code, name, capacity, free_slots, on_duty, status_since)
       select 'B' || lpad(n::text, 4, '0'), 'B' || n, 1, '{1}', true, ? from generate_series(1, ?) n`,
      [at, wish.teams],
    );
    await tx.raw(
      `insert into person (name, display_name, role, created_at)
       select format('b-%s-%s', t.code, m), format('b-%s-%s', t.code, m), 'officer', ?
       from team t cross join generate_series(1, ?) m where t.code like 'B%'`,
      [at, wish.each],
    );
    const crew = `team t join person p on p.name like 'b-' || t.code || '-%'`;
    await tx.raw(
      `insert into licence (person_id, number, valid_from, valid_to)
       select p.id, 'bench ' || p.name, ?, ? from ${crew}`,
      [new Date(at.getTime() - 1e10), new Date(at.getTime() + 1e11)],
    );
    // whatever a matter asks for, every team has it: no row of the bench is about shortages
    await tx.raw(
      `insert into skill (person_id, skill)
       select p.id, s.skill from ${crew} cross join (select distinct unnest(skills) skill from matter_version) s`,
    );
    await tx.raw(
      `insert into team_kit (team_id, kit)
       select t.id, k.kit from team t cross join (select distinct unnest(kit) kit from matter_version) k
       where t.code like 'B%'`,
    );
    await tx.raw(
      `insert into duty (team_id, person_id, post, starts_at, ends_at, signed_on_at)
       select t.id, p.id, case when p.name like '%-1' then 'leader' else 'member' end, ?, ?, ? from ${crew}`,
      [early, late, early],
    );
    await tx.raw(
      `insert into edition_team (edition_id, zone_id, team_id)
       select (select max(id) from edition), z.id, t.id
       from (select id, row_number() over (order by id) n from team where code like 'B%') t
         join (select id, row_number() over (order by number) n, count(*) over () of from zone) z
           on z.n = 1 + (t.n * 7) % z.of`,
    );
    await tx.raw(
      `with spot as (select row_number() over (order by code) n, count(*) over () of, st_pointonsurface(geom) point from cell),
         placed as (select t.id team_id, min(p.id) person_id, row_number() over (order by t.id) n from ${crew} group by t.id)
       insert into team_latest (team_id, person_id, point, point_metric, fix_at, received_at, accuracy_metres, source)
       select team_id, person_id, point, st_transform(point, (select metric_srid from town)), :at, :at, 5, 'gnss'
       from placed join spot on spot.n = 1 + (placed.n * 37) % spot.of`,
      { at },
    );
    await tx.raw(
      `insert into officer_latest (person_id, team_id, point, fix_at, received_at, accuracy_metres, source)
       select d.person_id, l.team_id, l.point, l.fix_at, l.received_at, 5, 'gnss'
       from team_latest l join duty d on d.team_id = l.team_id and d.signed_off_at is null and d.signed_on_at is not null
       on conflict do nothing`,
    );
    await tx.raw(
      `insert into person (name, display_name, role, created_at)
       select 'room-' || n, 'room-' || n, 'dispatcher', ? from generate_series(1, ?) n`,
      [at, wish.dispatchers ?? 2],
    );
    const officerIds: number[] = await tx('person').where('name', 'like', 'b-%').orderBy('id').pluck('id');
    const roomIds: number[] = await tx('person').where('name', 'like', 'room-%').orderBy('id').pluck('id');
    const { rows: places } = await tx.raw(
      `select st_x(point) lng, st_y(point) lat from officer_latest where person_id = any (?) order by person_id`,
      [officerIds],
    );
    return {
      officerIds,
      places: places as { lng: number; lat: number }[],
      teamIds: await tx('team').where('code', 'like', 'B%').orderBy('id').pluck('id'),
      tokens: wish.signedIn ? await giveLogins(tx, officerIds, at.getTime()) : [],
      room: await giveLogins(tx, roomIds, at.getTime()),
    };
  });
  // what autovacuum does within a minute of such an import
  await db.raw('analyze');
  return crowd;
}

/** Middles of cells, to report incidents at. */
export async function spots(db: Knex): Promise<{ lng: number; lat: number }[]> {
  const { rows } = await db.raw(
    'select st_x(p) lng, st_y(p) lat from (select st_pointonsurface(geom) p from cell order by code) c',
  );
  return rows as { lng: number; lat: number }[];
}
