import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../kit/database.ts';
import { until } from '../live/console.ts';
import { basic, form, json, recorded, street, type Street } from './phone-kit.ts';

const pathOf = (address: string): string => new URL(address).pathname;

describe.each(engines())('devices of the people in the street [%s]', (engine) => {
  let s: Street;
  beforeAll(async () => {
    s = await street(engine);
  });
  afterAll(() => s.town.close());
  /** A fix of now, the given milliseconds ago. */
  const fix = (ago = 0) => form(`id=1&lat=29.98&lon=121.44&timestamp=${s.town.now() - ago}`);
  const shown = async (id: number) =>
    (await s.administrator.ok('listDevices')).devices.find((device) => device.id === id)!;

  test('Traccar Client scans one address: the secret in the path, the keys that dispatch needs', async () => {
    const { leader } = await s.crew();
    const setUp = await s.device(leader, 'traccar_client');
    const link = new URL(setUp.link);
    expect(`${link.origin}${link.pathname}`).toBe(`${s.town.address}/ingest/t/${setUp.secret}`);
    expect(Object.fromEntries(link.searchParams)).toEqual({
      id: `d${setUp.device.id}`,
      interval: '15',
      distance: '10',
      accuracy: 'high',
      angle: '30',
      heartbeat: '60',
      buffer: 'true',
      stop_detection: 'false',
      wakelock: 'true',
      prefer_platform_providers: 'true',
    });
    expect(Buffer.from(setUp.secret, 'base64url')).toHaveLength(24);
    expect(setUp.svg).toMatch(/^<svg [^>]*viewBox/);
  });

  test('OwnTracks opens a whole configuration, and that very configuration sends', async () => {
    const { leader } = await s.crew();
    const setUp = await s.device(leader, 'owntracks');
    expect(setUp.link).toMatch(/^owntracks:\/\/\/config\?inline=/);
    const inline = decodeURIComponent(setUp.link.split('inline=')[1]!);
    const configuration = JSON.parse(Buffer.from(inline, 'base64').toString('utf8')) as Record<
      'url' | 'username' | 'password',
      string
    >;
    expect(configuration).toMatchObject({
      _type: 'configuration',
      mode: 3,
      url: `${s.town.address}/ingest/owntracks`,
      auth: true,
      username: setUp.userName,
      password: setUp.secret,
      monitoring: 2,
      locatorInterval: 15,
      cmd: true,
      remoteConfiguration: true,
    });
    const heard = await s.send(configuration.url, {
      ...json({ _type: 'location', lat: 29.98, lon: 121.44, tst: recorded.seconds }),
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(`${configuration.username}:${configuration.password}`).toString('base64')}`,
      },
    });
    expect(heard.status).toBe(200);
    expect(await s.history(leader, 1)).toHaveLength(1);
  });

  test('no table keeps a secret', async () => {
    const { leader } = await s.crew();
    const { secret } = await s.device(leader, 'traccar_client');
    const { setUp } = await leader.ok('registerMyDevice', { body: { kind: 'owntracks', label: '备用机' } });
    const { db } = s.town.deps;
    const everything = JSON.stringify([
      await db('device'),
      await db('device_credential'),
      await db('idempotency'),
      await db('event').select('body'),
    ]);
    expect(everything).not.toContain(secret);
    expect(everything).not.toContain(setUp!.secret);
    expect(everything).toContain('备用机');
  });

  test('a set-up that is not used within 15 minutes never holds; control: one used in time does', async () => {
    const { leader } = await s.crew();
    const late = await s.device(leader, 'traccar_client');
    const used = await s.device(leader, 'traccar_client');
    await s.send(pathOf(used.address), fix());
    await s.town.advance(16 * 60_000, 60_000);
    await s.send(pathOf(late.address), fix());
    expect(await s.history(leader, 1)).toHaveLength(1);
    await s.send(pathOf(used.address), fix());
    expect(await s.history(leader, 2)).toHaveLength(2);
    await s.town.app.tick();
    expect(await shown(late.device.id)).toMatchObject({
      state: 'expired',
      droppedAt: expect.any(String) as string,
    });
    expect(await shown(used.device.id)).toMatchObject({ state: 'active', droppedAt: null });
  });

  test('a new secret leaves the old one a week from its first use', async () => {
    const { leader } = await s.crew();
    const old = await s.device(leader, 'traccar_client');
    await s.send(pathOf(old.address), fix(9));
    const fresh = await leader.ok('rotateMyDevice', { params: { deviceId: old.device.id } });
    await s.send(pathOf(fresh.address), fix(8));
    await s.send(pathOf(old.address), fix(7));
    expect((await s.send(pathOf(old.address), fix(6))).status).toBe(200);
    await s.town.app.tick();
    const ends = await s.town.deps
      .db('device_credential')
      .where({ device_id: old.device.id })
      .orderBy('made_at');
    expect(ends.map((row) => row.ends_at === null)).toEqual([false, true]);
    expect(Date.parse(ends[0].ends_at as string) - s.town.now()).toBeCloseTo(7 * 86_400_000, -5);
  });

  test('a revoked device hears 200 and is dropped, and the administrator sees that it still sends', async () => {
    const { leader } = await s.crew();
    const { address, device } = await s.device(leader, 'traccar_client');
    await s.send(pathOf(address), fix(9));
    const before = (await s.history(leader, 1)).length;
    await leader.ok('revokeMyDevice', { params: { deviceId: device.id } });
    await until(async () => {
      await s.send(pathOf(address), fix(8));
      await s.town.app.tick();
      return (await shown(device.id)).droppedAt !== null;
    });
    expect(await s.send(pathOf(address), fix(7))).toEqual({ status: 200, type: null, text: '' });
    const rows = await s.history(leader);
    expect(rows.filter((row) => row.fixed_at === new Date(s.town.now() - 7).toISOString())).toEqual([]);
    expect(before).toBe(1);
    expect((await shown(device.id)).state).toBe('revoked');
  });

  test('a stranger hears 404 with nothing in it, by every door and method', async () => {
    const stranger = 'A'.repeat(32);
    for (const [path, init] of [
      [`/ingest/t/${stranger}`, fix()],
      [`/ingest/t/${stranger}?id=1&lat=29&lon=121`, undefined],
      [`/ingest/traccar-forward/${stranger}`, json({})],
      ['/ingest/owntracks', { ...json({}), headers: basic({ userName: 'd1', secret: stranger } as never) }],
      ['/ingest/owntracks', json({})],
      ['/ingest/t/short', undefined],
      ['/ingest/%ff%', undefined],
      ['/ingest', undefined],
    ] as const)
      expect(await s.send(path, init)).toEqual({ status: 404, type: null, text: '' });
  });

  test("somebody else's device is unknown, one person has at most five, and the facts tell", async () => {
    const { leader, member } = await s.crew();
    const { device } = await s.device(leader, 'traccar_client');
    const params = { deviceId: device.id };
    expect((await member.call('revokeMyDevice', { params })).problem.code).toBe('device_unknown');
    expect((await member.call('rotateMyDevice', { params })).problem.code).toBe('device_unknown');
    expect((await member.ok('listMyDevices')).devices).toEqual([]);
    const body = { kind: 'traccar_client', label: '手机' } as const;
    for (let i = 0; i < 4; i++) await leader.ok('registerMyDevice', { body });
    expect((await leader.call('registerMyDevice', { body })).problem.code).toBe('devices_many');
    await s.administrator.ok('revokeDevice', { params });
    await leader.ok('registerMyDevice', { body });
    const facts = await s.town.deps
      .db('event')
      .where({ subject: `device/${device.id}` })
      .pluck('type');
    expect(facts).toEqual(['device.registered', 'device.revoked']);
    const wrong = await s.administrator.call('registerDevice', {
      body: { personId: null, kind: 'owntracks', label: 'x', crs: 'wgs84' },
    });
    expect(wrong.problem.errors?.map(({ path }) => path)).toEqual(['body.personId']);
  });

  test('without a database a known device hears 200; fixes and a call for help are written when it is back', async () => {
    const { leader } = await s.crew();
    const { address } = await s.device(leader, 'traccar_client');
    const start = Math.floor(s.town.now() / 1000);
    const at = (seconds: number, more = '') =>
      form(`id=1&lat=29.98&lon=121.44&timestamp=${start + seconds}${more}`);
    await s.send(pathOf(address), at(0));
    expect(await s.history(leader, 1)).toHaveLength(1);
    const { db } = s.town.deps;
    await db.destroy();
    try {
      for (const body of [at(1), at(2, '&alarm=sos'), form('\0%%%')])
        expect(await s.send(pathOf(address), body)).toEqual({ status: 200, type: null, text: '' });
    } finally {
      db.initialize();
    }
    expect(await s.history(leader, 3)).toHaveLength(3);
    await s.town.app.tick();
    expect(await db('alarm').where({ kind: 'sos', person_id: leader.personId })).toHaveLength(1);
  });
});
