import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SetUp } from '../../../shared/contract/devices.ts';
import { engines } from '../../kit/database.ts';
import { cellCentre } from '../../kit/ground.ts';
import type { Phone } from '../../kit/town.ts';
import { Console, until } from '../live/console.ts';
import { basic, recorded, street, type Street } from './phone-kit.ts';

interface Command {
  readonly _type: string;
  readonly action?: string;
  readonly tid?: string;
  readonly name?: string;
  readonly lat?: number;
  readonly lon?: number;
  readonly configuration?: { readonly locatorInterval: number };
  readonly waypoints?: {
    readonly waypoints: { desc: string; lat: number; lon: number; rad: number; tst: number }[];
  };
}

describe.each(engines())('OwnTracks phones [%s]', (engine) => {
  let s: Street;
  let dispatcher: Phone;
  beforeAll(async () => {
    s = await street(engine);
    dispatcher = await s.town.person('dispatcher');
  });
  afterAll(() => s.town.close());

  /** Sends a message as the phone does and reads the answer as strictly as its pickiest version. */
  async function say(setUp: SetUp, body: unknown, raw = false): Promise<Command[]> {
    const heard = await s.send('/ingest/owntracks', {
      method: 'POST',
      headers: {
        ...basic(setUp),
        'content-type': 'application/json',
        'x-limit-u': setUp.userName!,
        'x-limit-d': 'phone',
      },
      body: raw ? (body as string) : JSON.stringify(body),
    });
    expect(heard).toMatchObject({ status: 200, type: 'application/json' });
    const answer: unknown = JSON.parse(heard.text);
    expect(Array.isArray(answer)).toBe(true);
    return answer as Command[];
  }
  const seconds = (ms = 0) => Math.floor((s.town.now() + ms) / 1000);
  const location = (more: object = {}) => ({
    _type: 'location',
    lat: recorded.lat,
    lon: recorded.lng,
    tst: seconds(),
    acc: 8,
    ...more,
  });
  const rates = (commands: Command[]) =>
    commands
      .filter(({ action }) => action === 'setConfiguration')
      .map((one) => one.configuration!.locatorInterval);
  const fences = (commands: Command[]) => commands.flatMap((one) => one.waypoints?.waypoints ?? []);

  /** An incident given to the team, which has accepted. */
  async function task(leader: Phone, teamId: number) {
    const body = { matterCode: 'FD-01', point: cellCentre(1, 1), crs: 'wgs84' } as const;
    const { incident } = await dispatcher.ok('createIncident', { body });
    const { id } = await dispatcher.ok('assignTeam', {
      params: { incidentId: incident.id },
      body: { teamId: teamId, override: 'order' },
    });
    const params = { assignmentId: id };
    await leader.ok('acceptAssignment', { params });
    return { incidentId: incident.id, params };
  }
  const suggested = (incidentId: number) =>
    s.town.deps.db('event').where({ type: 'arrival.suggested', subject: `incident/${incidentId}` });

  test('the recorded request: right person, place, time; km/h; an array in the answer', async () => {
    const { leader, teamId } = await s.crew();
    const phone = await s.device(leader, 'owntracks');
    await say(phone, {
      _type: 'location',
      lat: 29.98017,
      lon: 121.44516,
      tst: 1795327501,
      created_at: 1795327502,
      acc: 8,
      alt: 12,
      vel: 4,
      cog: 88,
      batt: 79,
      bs: 1,
      conn: 'm',
      t: 'u',
      m: 2,
      tid: '07',
      topic: 'owntracks/u7/pda',
      inregions: ['#1042'],
      _id: 'a1b2c3',
    });
    const rows = await s.history(leader, 1);
    expect(rows).toMatchObject([
      {
        team_id: teamId,
        lng: recorded.lng,
        lat: recorded.lat,
        fixed_at: recorded.fixedAt,
        accuracy_metres: 8,
        heading_degrees: 88,
        source: 'owntracks',
      },
    ]);
    expect(rows[0]!.speed_metres_per_second).toBeCloseTo(4 / 3.6, 4);
    // the phone's own id is a second key: the same message with another time is no second fix
    await say(phone, location({ tst: 1795327503, _id: 'a1b2c3' }));
    expect(await s.history(leader, 1)).toHaveLength(1);
  });

  test('a wrong or missing password hears 404; control: the right one hears 200', async () => {
    const { leader } = await s.crew();
    const phone = await s.device(leader, 'owntracks');
    const headers = basic({
      ...phone,
      secret: `${phone.secret.slice(0, -1)}${phone.secret.endsWith('A') ? 'B' : 'A'}`,
    });
    const body = JSON.stringify(location());
    expect(await s.send('/ingest/owntracks', { method: 'POST', headers, body })).toMatchObject({
      status: 404,
      text: '',
    });
    expect(await s.send('/ingest/owntracks', { method: 'POST', body })).toMatchObject({
      status: 404,
      text: '',
    });
    await say(phone, location());
    expect(await s.history(leader, 1)).toHaveLength(1);
  });

  test('ten pings where the phone stood do not refresh its place; control: a fix does', async () => {
    const { leader } = await s.crew();
    const phone = await s.device(leader, 'owntracks');
    const fixAt = async () =>
      (await s.town.deps.db('officer_latest').where({ person_id: leader.personId }).first())
        ?.fix_at as string;
    await say(phone, location({ tst: seconds() }));
    await s.history(leader, 1);
    const first = await fixAt();
    for (let i = 0; i < 10; i++) {
      await s.town.advance(15_000, 15_000);
      await say(phone, location({ t: 'p', tst: seconds(), batt: 70 }));
    }
    expect(await s.history(leader, 1)).toHaveLength(1);
    expect(await fixAt()).toBe(first);
    await say(phone, location({ t: 'u', tst: seconds() }));
    await s.history(leader, 2);
    expect(Date.parse(await fixAt())).toBe(seconds() * 1000);
  });

  test('every other type and every other body is answered with an array and kept nowhere', async () => {
    const { leader } = await s.crew();
    const phone = await s.device(leader, 'owntracks');
    for (const _type of [
      'lwt',
      'status',
      'steps',
      'card',
      'cmd',
      'beacon',
      'request',
      'encrypted',
      'waypoints',
      'moon',
    ])
      await say(phone, { _type, data: 'x' });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string(), fc.json(), fc.constantFrom('', '[]', '{}', 'null')),
        async (text) => {
          await say(phone, text, true);
        },
      ),
      { numRuns: 60 },
    );
    expect(await s.history(leader)).toEqual([]);
  });

  test('while assigned the phone is told of the scene and of a fast rate; after it of the slow one', async () => {
    const { leader, teamId } = await s.crew();
    const phone = await s.device(leader, 'owntracks');
    const idle = await say(phone, location());
    expect(rates(idle)).toEqual([60]);
    expect(idle).toContainEqual({
      _type: 'card',
      tid: String(phone.device.id % 100).padStart(2, '0'),
      name: expect.any(String) as string,
    });
    expect(fences(idle)).toEqual([]);
    const { incidentId, params } = await task(leader, teamId);
    let told: Command[] = [];
    await until(async () => fences((told = await say(phone, location()))).length > 0);
    expect(fences(told)).toEqual([
      {
        _type: 'waypoint',
        desc: expect.stringMatching(new RegExp(`^#${incidentId} `)) as string,
        lat: cellCentre(1, 1).lat,
        lon: cellCentre(1, 1).lng,
        rad: 80,
        tst: 1_000_000_000 + params.assignmentId,
      },
    ]);
    expect(rates(told)).toEqual([15]);
    expect(told).toContainEqual(expect.objectContaining({ _type: 'location', lat: cellCentre(1, 1).lat }));
    // a phone that does nothing is told five times in all
    let fenced = 1;
    for (let i = 0; i < 10; i++) fenced += fences(await say(phone, { _type: 'status' })).length;
    expect(fenced).toBe(5);
    // two fixes 15 s apart show the rate
    await leader.ok('departAssignment', { params });
    await leader.ok('arriveAssignment', { params, body: { reason: '围栏提示' } });
    await leader.ok('handleAssignment', { params, body: { disposition: '已驶离', liability: 'education' } });
    await until(async () => rates(await say(phone, { _type: 'status' })).includes(60));
  });

  test('a command is not said again once its effect is seen', async () => {
    const { leader, teamId } = await s.crew();
    const phone = await s.device(leader, 'owntracks');
    await task(leader, teamId);
    let told: Command[] = [];
    await until(async () => fences((told = await say(phone, location()))).length > 0);
    const [fence] = fences(told);
    await say(phone, { _type: 'waypoint', ...fence });
    expect(fences(await say(phone, { _type: 'status' }))).toEqual([]);
    await s.town.advance(15_000, 15_000);
    expect(rates(await say(phone, location()))).toEqual([]);
  });

  test('a phone without a fresh fix is asked where it is, until it says so', async () => {
    const { leader } = await s.crew();
    const phone = await s.device(leader, 'owntracks');
    const asked = (commands: Command[]) => commands.some(({ action }) => action === 'reportLocation');
    expect(asked(await say(phone, { _type: 'status' }))).toBe(true);
    expect(asked(await say(phone, location({ t: 'r' })))).toBe(false);
    expect(asked(await say(phone, { _type: 'status' }))).toBe(false);
    await s.town.advance(180_000, 60_000);
    expect(asked(await say(phone, { _type: 'status' }))).toBe(true);
  });

  test('the fence of the scene suggests the arrival, once, to the room and to the team; control: not a private fence', async () => {
    const { leader, teamId } = await s.crew();
    const stranger = await s.crew();
    const phone = await s.device(leader, 'owntracks');
    const { incidentId, params } = await task(leader, teamId);
    let told: Command[] = [];
    await until(async () => fences((told = await say(phone, location()))).length > 0);
    const [fence] = fences(told);
    const officer = await new Console(s.town.address, leader.token).connected();
    const room = await new Console(s.town.address, dispatcher.token).connected();
    const other = await new Console(s.town.address, stranger.leader.token).connected();
    const enter = (more: object = {}) =>
      say(phone, {
        _type: 'transition',
        event: 'enter',
        wtst: fence!.tst,
        tst: seconds(),
        lat: fence!.lat,
        lon: fence!.lon,
        acc: 20,
        desc: fence!.desc,
        ...more,
      });
    await enter({ wtst: 5, desc: '家' });
    await enter({ event: 'leave' });
    expect(await suggested(incidentId)).toEqual([]);
    await enter();
    await enter();
    expect(await suggested(incidentId)).toHaveLength(1);
    const seen = (console: Console) => console.events.filter(({ type }) => type === 'arrival.suggested');
    await until(() => seen(officer).length === 1 && seen(room).length === 1);
    expect(seen(officer)[0]).toMatchObject({
      actor: { kind: 'person', id: leader.personId },
      data: { assignment: { id: params.assignmentId, state: 'accepted' }, metres: 0 },
    });
    expect(seen(other)).toEqual([]);
    for (const console of [officer, room, other]) console.close();
    // by the key of iOS, after the arrival: nothing new
    await leader.ok('departAssignment', { params });
    await leader.ok('arriveAssignment', { params, body: { reason: '围栏提示' } });
    await enter({ wtst: undefined });
    expect(await suggested(incidentId)).toHaveLength(1);
  });
});
