import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lngLat, type Crs } from '../../../shared/contract/datums.ts';
import type { PositionReport } from '../../../shared/contract/positions.ts';
import { fromWgs84 } from '../../../shared/rules/datum.ts';
import { addTeam, cellCentre, ground } from '../../kit/ground.ts';
import { engines } from '../../kit/database.ts';
import { town, type Phone, type TestTown } from '../../kit/town.ts';
import { Console, until } from '../live/console.ts';

const home = cellCentre(1, 1);
/** A block of streets, 1 km apart, far wider than the shift of a datum. */
const [west, south] = [ground.west + 0.003, ground.south + 0.004];
const [east, north] = [west + 0.0104, south + 0.009];
const corners = [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
] as const;

describe.each(engines())('places that may not be trusted in [%s]', (engine) => {
  let t: TestTown;
  let dispatcher: Phone;
  let teams = 0;

  beforeAll(async () => {
    t = await town(engine);
    dispatcher = await t.person('dispatcher');
    const { db } = t.deps;
    await db('road_node').insert(corners.map(([lng, lat], i) => ({ id: i + 1, lng, lat })));
    for (const [i, from] of corners.entries()) {
      const to = (i + 1) % 4;
      await db('road').insert({
        id: i + 1,
        source: i + 1,
        target: to + 1,
        class: 'residential',
        kmh: 30,
        length_metres: 1000,
        geom: `SRID=4326;LINESTRING(${from.join(' ')}, ${corners[to]!.join(' ')})`,
      });
    }
  });
  afterAll(() => t.close());

  async function crew() {
    const code = `D${(teams += 1)}`;
    const made = await addTeam(t.deps.db, { code, at: t.now(), place: home, fixAgeSeconds: 7200 });
    const [leader, mate] = [await t.signIn(made.people[0]!.name), await t.signIn(made.people[1]!.name)];
    return { teamId: made.teamId, leader, mate };
  }
  const fix = (more: Partial<PositionReport['fixes'][number]> = {}) => ({
    fixedAt: new Date(t.now()).toISOString(),
    ...home,
    accuracyMetres: 5,
    source: 'gnss',
    ...more,
  });
  const report = (phone: Phone, one: PositionReport['fixes'][number], crs: Crs = 'wgs84') =>
    phone.ok('reportPositions', { body: { crs, fixes: [one] } });
  const doubtOf = async ({ personId }: Phone) =>
    (await t.deps.db('contact').where({ person_id: personId }).first('doubt'))?.doubt as string | null;
  const alarms = async (teamId: number) =>
    (await dispatcher.ok('readSnapshot')).alarms.filter(
      (alarm) => alarm.kind === 'position_doubted' && alarm.teamId === teamId,
    );
  /** Why a team may not be sent to a fresh incident at its own place; empty when it may. */
  async function reasons(teamId: number) {
    const body = { matterCode: 'CY-01', point: home, crs: 'wgs84' } as const;
    const { incident } = await dispatcher.ok('createIncident', { body });
    const card = await dispatcher.ok('recommendTeams', { params: { incidentId: incident.id } });
    return card.candidates.find((one) => one.teamId === teamId)!.reasons;
  }
  const codes = async (teamId: number) => (await reasons(teamId)).map(({ code }) => code);
  const placed = (teamId: number, phone: Phone) =>
    until(async () => {
      const row = await t.deps.db('team_latest').where({ team_id: teamId }).first('person_id', 'fix_at');
      return row?.person_id === phone.personId && Date.parse(row.fix_at) === t.now();
    });

  test('a faked place excludes the team by its reason, is told once to room, board and phone, and a sound one ends it', async () => {
    const { teamId, leader } = await crew();
    await report(leader, fix());
    await placed(teamId, leader);
    expect(await codes(teamId), 'control').not.toContain('position_mock');
    const console = await new Console(t.address, dispatcher.token).connected();
    await t.advance(5000);
    await report(leader, fix({ mock: true, lng: home.lng + 0.01 }));
    await until(async () => (await doubtOf(leader)) === 'mock');
    expect(await codes(teamId)).toContain('position_mock');
    await t.advance(2000);
    expect((await alarms(teamId)).map(({ detail }) => detail)).toEqual([{ doubt: 'mock' }]);
    expect((await leader.ok('readPhone')).doubt).toBe('mock');
    const shown = (await dispatcher.ok('readSnapshot')).positions.find((one) => one.teamId === teamId)!;
    expect(shown.doubt).toBe('mock');
    expect(shown.point.lng, 'the faked place is not shown').toBeCloseTo(home.lng, 6);
    await until(() =>
      console.frames.some((frame) =>
        [...frame.id].some((id, i) => frame.isTeam[i] && id === teamId && frame.doubt[i] === 1),
      ),
    );
    console.close();
    await t.advance(5000);
    expect(await alarms(teamId), 'once').toHaveLength(1);
    await report(leader, fix());
    await until(async () => (await doubtOf(leader)) === null);
    await t.advance(1000);
    expect(await alarms(teamId)).toEqual([]);
    expect(await codes(teamId)).not.toContain('position_mock');
  });

  test('a mate whose phone can be believed places the team instead', async () => {
    const { teamId, leader, mate } = await crew();
    await report(leader, fix());
    await placed(teamId, leader);
    await t.advance(5000);
    await report(leader, fix({ mock: true }));
    await report(mate, fix());
    await placed(teamId, mate);
    expect(await codes(teamId)).not.toContain('position_mock');
  });

  test('a fix coarser than the limit excludes, one between does not; the last sound place stays', async () => {
    const { teamId, leader } = await crew();
    await report(leader, fix());
    await placed(teamId, leader);
    await t.advance(5000);
    await report(leader, fix({ accuracyMetres: 300 }));
    await until(async () => (await doubtOf(leader)) === 'inaccurate');
    expect(await codes(teamId), 'control').not.toContain('position_inaccurate');
    await t.advance(5000);
    await report(leader, fix({ accuracyMetres: 900 }));
    await until(
      async () =>
        (await t.deps.db('contact').where({ person_id: leader.personId }).first()).fix_accuracy_metres ===
        900,
    );
    expect(await reasons(teamId)).toContainEqual({ code: 'position_inaccurate', have: 900, need: 500 });
    await t.advance(2000);
    expect(await alarms(teamId), 'no alarm: it happens under every roof').toEqual([]);
  });

  /** Drives once round the block, a fix each 50 m, said in `said` and claimed to be `claimed`. */
  async function drive(phone: Phone, said: Crs, claimed: Crs) {
    for (const [i, from] of corners.entries()) {
      const to = corners[(i + 1) % 4]!;
      for (let n = 0; n < 20; n++) {
        const share = n / 20;
        const at = lngLat(from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1]));
        const raw = fromWgs84(at, said);
        await t.advance(5000, 5000);
        await report(phone, fix({ lng: raw.lng, lat: raw.lat }), claimed);
      }
    }
    await t.advance(1000);
  }

  test('a track that lies 500 m off the roads raises the datum alarm once; the right datum ends it', async () => {
    const { teamId, leader } = await crew();
    await drive(leader, 'gcj02', 'wgs84');
    await until(async () => (await doubtOf(leader)) === 'datum');
    await t.advance(1000);
    expect((await alarms(teamId)).map(({ detail }) => detail)).toEqual([{ doubt: 'datum' }]);
    expect(await codes(teamId)).toContain('datum_unknown');
    expect((await leader.ok('readPhone')).doubt).toBe('datum');
    await drive(leader, 'gcj02', 'gcj02');
    await until(async () => (await doubtOf(leader)) === null);
    await t.advance(1000);
    expect(await alarms(teamId)).toEqual([]);
    expect(await codes(teamId)).not.toContain('datum_unknown');
  });

  test('control: the same way said in its own datum raises nothing', async () => {
    const { teamId, leader } = await crew();
    await drive(leader, 'wgs84', 'wgs84');
    expect(await doubtOf(leader)).toBeNull();
    expect(await alarms(teamId)).toEqual([]);
  });
});
