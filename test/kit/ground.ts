import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Knex } from 'knex';

/**
 * A small ground for tests: 4 x 4 cells of about 1 km in four zones (2 x 2 cells each) round the centre of
 * Cicheng, one edition in force since 2020, three matters, no people and no teams. Closing and handling ask for no photos here.
 */
export const ground = { west: 121.42, south: 29.96, step: 0.01, code: '330205103018' } as const;

/** Centre of the cell in column x and row y, each 0 to 3 from the south-west. */
export const cellCentre = (x: number, y: number) => ({
  lng: ground.west + (x + 0.5) * ground.step,
  lat: ground.south + (y + 0.5) * ground.step,
});

/** Number 1 to 4 of the zone of a cell. */
export const zoneOf = (x: number, y: number): number => 1 + Math.floor(x / 2) + 2 * Math.floor(y / 2);

const box = (x0: number, y0: number, x1: number, y1: number) =>
  `SRID=4326;POLYGON((${[
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
    [x0, y0],
  ]
    .map(
      ([x, y]) =>
        `${(ground.west + x! * ground.step).toFixed(7)} ${(ground.south + y! * ground.step).toFixed(7)}`,
    )
    .join(',')}))`;

/** Three rows of the demonstration catalogue: P1 by the urgent clock, P3, and P4. */
const catalogue = JSON.parse(readFileSync(join(import.meta.dirname, '../../data/matters.json'), 'utf8')) as {
  matters: Record<string, unknown>[];
};
const matters = ['FD-01', 'CY-01', 'CY-17'].map((code) => catalogue.matters.find((m) => m.code === code)!);

/** Lays the ground in an empty, migrated database. */
export async function layGround(db: Knex, at: number): Promise<void> {
  const created = new Date(at);
  await db('town').insert({
    code: '330205103',
    name: 'test town',
    outline: box(0, 0, 4, 4),
    centre: `SRID=4326;POINT(${ground.west + 2 * ground.step} ${ground.south + 2 * ground.step})`,
    metric_srid: 4549,
    population: 1000,
    synthetic: true,
    imported_at: created,
  });
  // the crews of the ground take photos only where a test is about photos
  await db('setting').insert({
    name: 'enforcement',
    value: JSON.stringify({ photosForClosing: false, evidenceForHandling: false }),
    changed_at: created,
  });
  const [coverage] = await db('coverage').insert({ note: 'ground', created_at: created }).returning('id');
  const zones = await db('zone')
    .insert(
      [1, 2, 3, 4].map((number) => ({ number, name: `第${number}片区`, code14: `33020510360${number}00` })),
    )
    .returning(['id', 'number']);
  const [edition] = await db('edition')
    .insert({ coverage_id: coverage.id, name: 'first', status: 'published', created_at: created })
    .returning('id');
  await db.raw(`insert into edition_effect (edition_id, during) values (?, tstzrange('2020-01-01', null))`, [
    edition.id,
  ]);
  const cells = [...Array(16).keys()].map((i) => ({ x: i % 4, y: Math.floor(i / 4), i }));
  const rows = await db('cell')
    .insert(
      cells.map(({ x, y, i }) => ({
        code: `${ground.code}${String(i + 1).padStart(3, '0')}`,
        geom: box(x, y, x + 1, y + 1),
        area_square_metres: 1_070_000,
        population: 60,
        synthetic: true,
        created_at: created,
      })),
    )
    .returning('id');
  await db('coverage_cell').insert(rows.map((row) => ({ coverage_id: coverage.id, cell_id: row.id })));
  await db('edition_cell').insert(
    cells.map(({ x, y, i }) => ({
      edition_id: edition.id,
      cell_id: rows[i].id,
      zone_id: zones.find((zone) => zone.number === zoneOf(x, y)).id,
    })),
  );
  await db('matter').insert(
    matters.map((m) => ({ code: m.code, name_zh: m.nameZh, name_en: m.nameEn, field: m.domain })),
  );
  await db('matter_version').insert(
    matters.map((m) => ({
      matter_code: m.code,
      version: 1,
      holder: '慈城镇',
      status: 'delegated',
      valid_from: new Date(0),
      priority: Number(String(m.priority).slice(1)),
      clock: m.deadlineClock,
      clock_amount: m.deadlineValue,
      body: JSON.stringify(m),
    })),
  );
}

/** A team with its crew on duty and a fresh fix at a place. Answers the team's id and the people's names. */
export async function addTeam(
  db: Knex,
  options: {
    code: string;
    at: number;
    place: { lng: number; lat: number };
    zoneNumbers?: readonly number[];
    licensed?: number;
    auxiliaries?: number;
    capacity?: 1 | 2;
    skills?: readonly string[];
    kit?: readonly string[];
    onDuty?: boolean;
    fixAgeSeconds?: number;
  },
): Promise<{ teamId: number; people: { personId: number; name: string; role: string }[] }> {
  const { code, at, place, capacity = 1, onDuty = true } = options;
  const [team] = await db('team')
    .insert({
      code,
      name: `${code}队`,
      capacity,
      free_slots: capacity === 2 ? [1, 2] : [1],
      on_duty: onDuty,
      status_since: new Date(at),
    })
    .returning('id');
  const teamId = team.id as number;
  for (const number of options.zoneNumbers ?? [1]) {
    await db.raw(
      `insert into edition_team (edition_id, zone_id, team_id) select e.id, z.id, ? from edition e, zone z where z.number = ?`,
      [teamId, number],
    );
  }
  if (options.kit?.length) await db('team_kit').insert(options.kit.map((kit) => ({ team_id: teamId, kit })));
  const people: { personId: number; name: string; role: string }[] = [];
  const crew = [
    ...Array<string>(options.licensed ?? 2).fill('officer'),
    ...Array<string>(options.auxiliaries ?? 0).fill('auxiliary'),
  ];
  for (const [i, role] of crew.entries()) {
    const name = `${code}-${i + 1}`;
    const [row] = await db('person')
      .insert({ name, display_name: name, role, created_at: new Date(at) })
      .returning('id');
    const personId = row.id as number;
    people.push({ personId, name, role });
    if (role === 'officer') {
      await db('licence').insert({
        person_id: personId,
        number: `合成-${name}`,
        valid_from: new Date(at - 1e10),
        valid_to: new Date(at + 1e11),
      });
    }
    if (options.skills?.length)
      await db('skill').insert(options.skills.map((skill) => ({ person_id: personId, skill })));
    await db('duty').insert({
      team_id: teamId,
      person_id: personId,
      post: i === 0 ? 'leader' : 'member',
      starts_at: new Date(at - 3_600_000),
      ends_at: new Date(at + 8 * 3_600_000),
      ...(onDuty && { signed_on_at: new Date(at - 3_600_000) }),
    });
  }
  if (people[0])
    await placeTeam(db, teamId, people[0].personId, place, at - (options.fixAgeSeconds ?? 5) * 1000);
  return { teamId, people };
}

/** Puts a team's latest fix somewhere. */
export async function placeTeam(
  db: Knex,
  teamId: number,
  personId: number,
  place: { lng: number; lat: number },
  fixAt: number,
): Promise<void> {
  const point = db.raw('st_setsrid(st_makepoint(?, ?), 4326)', [place.lng, place.lat]);
  const values = {
    team_id: teamId,
    person_id: personId,
    point,
    point_metric: db.raw('st_transform(st_setsrid(st_makepoint(?, ?), 4326), 4549)', [place.lng, place.lat]),
    fix_at: new Date(fixAt),
    received_at: new Date(fixAt),
    accuracy_metres: 5,
    source: 'gnss',
  };
  await db('team_latest').insert(values).onConflict('team_id').merge();
}
