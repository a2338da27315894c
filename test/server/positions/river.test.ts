import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PositionReport } from '../../../shared/contract/positions.ts';
import { fromWgs84 } from '../../../shared/rules/datum.ts';
import { lngLat } from '../../../shared/contract/geo.ts';
import { River } from '../../../server/positions/river.ts';
import { startPositions } from '../../../server/positions/start.ts';
import { officerOf } from '../../../server/positions/units.ts';
import { teamPositions } from '../../../server/teams/store.ts';
import { addTeam, cellCentre } from '../../kit/ground.ts';
import { engines } from '../../kit/database.ts';
import { town, type Phone, type TestTown } from '../../kit/town.ts';
import { Console, tell, until } from '../live/console.ts';

const home = cellCentre(1, 1);

describe.each(engines())('positions in [%s]', (engine) => {
  let t: TestTown;
  let dispatcher: Phone;
  let teams = 0;

  beforeAll(async () => {
    t = await town(engine);
    dispatcher = await t.person('dispatcher');
  });
  afterAll(() => t.close());

  /** A team with two officers, the first its leader, on duty since an hour ago and nowhere yet. */
  async function crew(onDuty = true) {
    const code = `R${(teams += 1)}`;
    const team = await addTeam(t.deps.db, { code, at: t.now(), place: home, onDuty, fixAgeSeconds: 7200 });
    const [leader, member] = [await t.signIn(team.people[0]!.name), await t.signIn(team.people[1]!.name)];
    return { teamId: team.teamId, leader, member };
  }
  const iso = (ageSeconds: number) => new Date(t.now() - ageSeconds * 1000).toISOString();
  const at = (ageSeconds: number, more: object = {}) => ({
    fixedAt: iso(ageSeconds),
    lng: home.lng,
    lat: home.lat,
    accuracyMetres: 5,
    source: 'gnss',
    ...more,
  });
  const report = (phone: Phone, fixes: PositionReport['fixes'], crs: PositionReport['crs'] = 'wgs84') =>
    phone.ok('reportPositions', { body: { crs, fixes } });
  const history = (phone: Phone) =>
    t.deps.db('position').where({ person_id: phone.personId }).orderBy('fixed_at');
  const officerRow = (phone: Phone) =>
    t.deps.db('officer_latest').where({ person_id: phone.personId }).first();
  const placeOf = async (teamId: number) =>
    (await teamPositions(t.deps.db)).find((place) => place.teamId === teamId);
  const contactOf = (phone: Phone) => t.deps.db('contact').where({ person_id: phone.personId }).first();

  test("a fix becomes the officer's and the team's place, a row of the history, and a row in every console's frame", async () => {
    const { teamId, leader } = await crew();
    const console = await new Console(t.address, dispatcher.token).connected();
    const answer = await leader.call('reportPositions', {
      body: {
        crs: 'wgs84',
        fixes: [at(1, { lng: 121.4451, lat: 29.9801, headingDegrees: 88, battery: 0.79 })],
      },
    });
    expect(answer.status).toBe(202);
    expect(answer.output).toEqual({
      accepted: 1,
      duplicate: 0,
      dropped: { future: 0, old: 0, offDuty: 0, unreadable: 0 },
    });
    await until(
      async () =>
        (await placeOf(teamId))?.personId === leader.personId && (await history(leader)).length === 1,
    );
    expect(await placeOf(teamId)).toMatchObject({
      fixAt: iso(1),
      point: { lng: 121.4451, lat: 29.9801 },
      headingDegrees: 88,
      source: 'gnss',
      catchingUp: false,
      doubt: null,
    });
    const metric = await t.deps.db.raw(
      'select st_srid(point_metric) srid, st_distance(st_transform(point_metric, 4326), point) apart from team_latest where team_id = ?',
      [teamId],
    );
    expect(metric.rows[0].srid).toBe(4549);
    expect(metric.rows[0].apart).toBeLessThan(1e-7);
    const shown = () =>
      console.frames.some((frame) =>
        [...frame.id].some(
          (id, i) => frame.isTeam[i] && id === teamId && Math.abs(frame.lng[i]! - 121.4451) < 1e-5,
        ),
      );
    await until(shown);
    console.close();
  });

  test('over the socket the same, with an answer', async () => {
    const { teamId, leader } = await crew();
    const phone = await new Console(t.address, leader.token).connected();
    const answer = await phone.socket.emitWithAck('position', { crs: 'wgs84', fixes: [at(1), at(1)] });
    expect(answer).toMatchObject({ ok: true, accepted: 1, duplicate: 1 });
    expect(await phone.socket.emitWithAck('position', { fixes: [at(1)] })).toMatchObject({
      ok: false,
      code: 'crs_missing',
    });
    await until(async () => (await placeOf(teamId))?.fixAt === iso(1));
    phone.close();
  });

  test('1,000 fixes shuffled and doubled: each once in the history, the newest is the latest', async () => {
    const { teamId, leader } = await crew();
    const fixes = Array.from({ length: 1000 }, (_, i) =>
      at(1200 - i, { lng: home.lng + i * 1e-5, lat: home.lat, speedMetresPerSecond: 1 }),
    );
    const doubled = [...fixes, ...fixes];
    for (let i = doubled.length - 1, seed = 1; i > 0; i--) {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      const j = seed % (i + 1);
      [doubled[i], doubled[j]] = [doubled[j]!, doubled[i]!];
    }
    for (let i = 0; i < doubled.length; i += 100) await report(leader, doubled.slice(i, i + 100));
    await until(async () => (await officerRow(leader))?.fix_at === fixes.at(-1)!.fixedAt);
    await until(async () => (await history(leader)).length === 1000);
    expect((await history(leader)).map((row) => row.fixed_at)).toEqual(fixes.map(({ fixedAt }) => fixedAt));
    expect((await placeOf(teamId))?.fixAt).toBe(fixes.at(-1)!.fixedAt);
  });

  test('a backlog of an hour never moves a pin back and is said to be one', async () => {
    const { teamId, leader } = await crew();
    const console = await new Console(t.address, dispatcher.token).connected();
    await report(leader, [at(0, { lng: home.lng + 0.001 })]);
    await until(async () => (await placeOf(teamId))?.fixAt === iso(0));
    for (let i = 0; i < 5; i++)
      await report(
        leader,
        Array.from({ length: 50 }, (_, n) => at(3500 - i * 500 - n * 10)),
      );
    await until(async () => (await history(leader)).length === 251);
    const place = await placeOf(teamId);
    expect([place?.fixAt, place?.point.lng.toFixed(4)]).toEqual([iso(0), (home.lng + 0.001).toFixed(4)]);
    await until(async () => (await placeOf(teamId))?.catchingUp === true);
    const backlogShown = (value: number) => () =>
      console.frames.some((frame) =>
        [...frame.id].some((id, i) => frame.isTeam[i] && id === teamId && frame.backlog[i] === value),
      );
    await until(backlogShown(1));
    await t.advance(2000);
    await report(leader, [at(0, { lng: home.lng + 0.001 })]);
    await until(async () => (await placeOf(teamId))?.catchingUp === false);
    console.close();
  });

  test('the database guards the latest by itself: an older row from elsewhere changes nothing', async () => {
    const { leader } = await crew();
    await report(leader, [at(10)]);
    await until(async () => (await officerRow(leader))?.fix_at === iso(10));
    const other = new River(t.deps);
    await other.units.load();
    other.units.officers.get(leader.personId)!.latest = null;
    const stale = { ...other.units.officers.get(leader.personId)!, latest: null };
    other.units.officers.set(leader.personId, stale);
    const { records } = { records: [{ ...(await recordLike(leader)), fixedAt: t.now() - 60_000 }] };
    await other.acceptFixes(leader.personId, records);
    await other.writer.close();
    expect((await officerRow(leader)).fix_at).toBe(iso(10));
    expect((await history(leader)).length).toBe(2);
  });

  const recordLike = async (phone: Phone) => ({
    kind: 'fix' as const,
    deviceId: String(phone.personId),
    label: null,
    uuid: null,
    fixedAt: t.now(),
    receivedAt: t.now(),
    point: lngLat(home.lng, home.lat),
    rawLng: home.lng,
    rawLat: home.lat,
    rawCrs: 'wgs84' as const,
    accuracyMetres: 5,
    speedMetresPerSecond: 1,
    headingDegrees: null,
    altitudeMetres: null,
    battery: 0.5,
    charging: null,
    mock: false,
    valid: true,
    ping: false,
    source: 'owntracks' as const,
    provider: null,
  });

  test('off duty and before the shift nothing about the place is kept, only that the phone lives', async () => {
    const { leader } = await crew(false);
    const answer = await report(leader, [at(1, { battery: 0.4 })]);
    expect(answer.dropped.offDuty).toBe(1);
    await until(async () => (await contactOf(leader)) !== undefined);
    expect(await contactOf(leader)).toMatchObject({ contacted_at: iso(0), battery: expect.closeTo(0.4, 5) });
    expect(await history(leader)).toEqual([]);
    expect(await officerRow(leader)).toBeUndefined();
    const working = await crew();
    expect((await report(working.leader, [at(3700), at(1)])).dropped.offDuty).toBe(1);
    await until(async () => (await history(working.leader)).length === 1);
  });

  test('signing on and off counts at once, by the facts of the ledger, also on an open socket', async () => {
    const { teamId, leader } = await crew();
    const phone = await new Console(t.address, leader.token).connected();
    const send = async () => {
      await t.advance(1000);
      const answer = await phone.socket.emitWithAck('position', { crs: 'wgs84', fixes: [at(0)] });
      return 'dropped' in answer ? answer.dropped.offDuty : -1;
    };
    expect(await send()).toBe(0);
    const team = { id: teamId, status: 'off_duty', members: [] } as never;
    const since = t.deps.db('duty').where({ person_id: leader.personId });
    await since.clone().update({ signed_off_at: new Date(t.now()) });
    await tell(t.deps, 'duty.ended', { team, personId: leader.personId as never });
    await until(() => phone.events.some(({ type }) => type === 'duty.ended'));
    expect(await send()).toBe(1);
    await since.clone().update({ signed_off_at: null, signed_on_at: new Date(t.now()) });
    expect(await send()).toBe(0);
    await until(async () => (await history(leader)).length === 2);
    phone.close();
  });

  test('a clock ten minutes ahead is not believed; three minutes are kept with age nought', async () => {
    const { leader, teamId } = await crew();
    expect((await report(leader, [at(-600)])).dropped.future).toBe(1);
    await until(async () => (await contactOf(leader))?.clock_offset_seconds === 600);
    expect((await leader.ok('readPhone')).clockAheadSeconds).toBe(600);
    expect((await report(leader, [at(-180)])).accepted).toBe(1);
    await until(async () => (await placeOf(teamId))?.fixAt === iso(0));
    expect((await report(leader, [at(31 * 86_400)])).dropped.old).toBe(1);
  });

  test('doubtful fixes are kept with their marks and never become the latest', async () => {
    const { leader } = await crew();
    await report(leader, [at(60)]);
    const swapped = { lng: home.lat, lat: home.lng };
    const answer = await report(leader, [
      at(50, { mock: true }),
      at(40, { accuracyMetres: 900 }),
      at(30, { lng: 116.4, lat: 39.9 }),
      at(20, { lng: 0, lat: 0 }),
      at(10, swapped),
    ]);
    expect(answer.accepted).toBe(4);
    expect(answer.dropped.unreadable).toBe(1);
    await until(async () => (await history(leader)).length === 6);
    expect((await history(leader)).map((row) => row.marks)).toEqual([
      [],
      expect.arrayContaining(['mock']),
      expect.arrayContaining(['inaccurate']),
      expect.arrayContaining(['outside_town', 'too_fast']),
      expect.arrayContaining(['zero']),
      ['axes_swapped'],
    ]);
    expect((await history(leader)).at(-1)).toMatchObject({ lng: null, raw_lng: swapped.lng });
    expect((await officerRow(leader)).fix_at).toBe(iso(60));
    // the newest fix that is a place at all speaks: a place on null island, not the faked one before
    await until(async () => (await contactOf(leader))?.doubt === null);
  });

  test('a phone that speaks GCJ-02 lies where it is, and what it said is kept', async () => {
    const { leader, teamId } = await crew();
    const foreign = fromWgs84(lngLat(121.44516, 29.98017), 'gcj02');
    await report(leader, [at(1, { lng: foreign.lng, lat: foreign.lat })], 'gcj02');
    await until(async () => (await placeOf(teamId))?.fixAt === iso(1));
    const place = await placeOf(teamId);
    expect(place?.point.lng).toBeCloseTo(121.44516, 6);
    expect(place?.point.lat).toBeCloseTo(29.98017, 6);
    expect(await officerRow(leader)).toMatchObject({ raw_lng: foreign.lng, raw_crs: 'gcj02' });
    const missing = await leader.call('reportPositions', { body: { fixes: [at(1)] } });
    expect([missing.status, missing.problem.code]).toEqual([422, 'crs_missing']);
  });

  test('a heartbeat proves life and moves nothing', async () => {
    const { leader } = await crew();
    await report(leader, [at(30)]);
    await t.advance(5000);
    await report(leader, [{ fixedAt: iso(0), battery: 0.2 }]);
    await until(async () => (await contactOf(leader))?.contacted_at === iso(0));
    await until(async () => (await officerRow(leader)) !== undefined);
    expect((await officerRow(leader)).fix_at).toBe(iso(35));
    expect((await contactOf(leader)).battery).toBeCloseTo(0.2, 5);
  });

  test('the trail of a team leaves a fact that the person sees', async () => {
    const { leader, teamId } = await crew();
    const phone = await new Console(t.address, leader.token).connected();
    await report(leader, [
      at(90, { lng: home.lng - 0.001 }),
      at(60),
      at(30, { mock: true }),
      at(10, { lng: home.lng + 0.001 }),
    ]);
    await until(async () => (await history(leader)).length === 4);
    await until(async () => (await placeOf(teamId))?.fixAt === iso(10));
    const call = { params: { teamId }, query: { minutes: 30, purpose: '核实投诉' } };
    const { fixes } = await dispatcher.ok('readTrail', call);
    expect(fixes.map(([, , instant]) => instant)).toEqual([iso(90), iso(60), iso(10)]);
    await until(() => phone.events.some(({ type }) => type === 'track.viewed'));
    expect(phone.events.at(-1)?.data).toEqual({ personId: leader.personId, teamId, purpose: '核实投诉' });
    expect((await leader.call('readTrail', call)).status).toBe(403);
    expect((await dispatcher.call('readTrail', { ...call, params: { teamId: 9999 } })).problem.code).toBe(
      'team_unknown',
    );
    phone.close();
  });

  test('days of history are made ahead and dropped by retention', async () => {
    const days = async () =>
      (
        await t.deps.db.raw(
          `select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'position'::regclass order by 1`,
        )
      ).rows.map((row: { relname: string }) => row.relname) as string[];
    expect(await days()).toEqual(
      expect.arrayContaining(['position_20260316', 'position_20260317', 'position_20260318']),
    );
    const { leader } = await crew();
    await report(leader, [at(5)]);
    await until(async () => (await history(leader)).length === 1);
    await t.advance(31 * 86_400_000, 86_400_000);
    expect(await days()).not.toContain('position_20260315');
    expect(await days()).not.toContain('position_20260316');
    expect(await days()).toContain('position_20260418');
    expect(await history(leader)).toEqual([]);

    // kept longer when the administrator says so, and dropped at once when it is to be shorter again
    const administrator = await t.person('administrator');
    const keep = (historyDays: number) =>
      administrator.call('changePositionSettings', { body: { historyDays } });
    expect((await keep(29)).status).toBe(422);
    expect((await keep(60)).output).toEqual({ historyDays: 60 });
    const later = (await crew()).leader;
    await report(later, [at(5)]);
    await until(async () => (await history(later)).length === 1);
    await t.advance(31 * 86_400_000, 31 * 86_400_000);
    expect(await history(later)).toHaveLength(1);
    const { status } = await (
      await t.person('head')
    ).call('changePositionSettings', {
      body: { historyDays: 30 },
    });
    expect(status).toBe(200);
    await until(async () => {
      await t.advance(1000);
      return (await history(later)).length === 0;
    });
  });

  test('while the database is away fixes wait, and none is lost or doubled', async () => {
    const { leader } = await crew();
    let away = true;
    let refused = 0;
    const db = new Proxy(t.deps.db, {
      get(target, name, self) {
        if (name === 'raw' && away) {
          return () => {
            refused += 1;
            return Promise.reject(Object.assign(new Error('away'), { code: 'ECONNREFUSED' }));
          };
        }
        return Reflect.get(target, name, self) as unknown;
      },
    });
    const river = new River({ ...t.deps, db });
    river.units.officers.set(leader.personId, officerOf({ personId: leader.personId, teamId: 1, since: 0 }));
    const record = await recordLike(leader);
    for (let i = 0; i < 5; i++)
      expect(
        (await river.acceptFixes(leader.personId, [{ ...record, fixedAt: record.fixedAt - i }])).accepted,
      ).toBe(1);
    await until(() => refused > 1);
    away = false;
    await until(async () => (await history(leader)).length === 5);
    await river.writer.close();
  });

  test.skipIf(engine !== 'postgresql')(
    'a second process on the same database shows the fixes of the first at its next tick',
    async () => {
      const { leader, teamId } = await crew();
      const other = await startPositions(t.deps, async () => undefined);
      await report(leader, [at(2)]);
      await until(async () => (await officerRow(leader)) !== undefined);
      expect(other.river.units.officers.get(leader.personId)?.latest).toBeNull();
      await other.tick();
      expect(other.river.units.officers.get(leader.personId)?.latest?.fixedAt).toBe(t.now() - 2000);
      expect(other.river.units.teams.get(teamId)?.place?.fixAt).toBe(t.now() - 2000);
      expect(other.river.units.changed.has(`team/${teamId}`)).toBe(true);
      await other.close();
    },
  );

  test('a restarted process knows who is on duty and where everybody is', async () => {
    const { leader, teamId } = await crew();
    await report(leader, [at(3)]);
    await until(async () => (await placeOf(teamId))?.fixAt === iso(3));
    await until(async () => (await officerRow(leader)) !== undefined);
    const again = await startPositions(t.deps, async () => undefined);
    expect(again.river.units.officers.get(leader.personId)?.latest?.fixedAt).toBe(t.now() - 3000);
    expect(again.river.units.teams.get(teamId)?.place?.personId).toBe(leader.personId);
    await again.close();
  });
});
