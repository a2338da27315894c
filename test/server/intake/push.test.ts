import { createDecipheriv, createECDH, createHmac, createPublicKey, randomBytes, verify } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { groupText } from '../../../server/integrations/robots.ts';
import { engines } from '../../kit/database.ts';
import { addTeam, cellCentre, placeTeam } from '../../kit/ground.ts';
import { town, type Phone, type TestTown } from '../../kit/town.ts';
import { until } from '../live/console.ts';
import { receiver, type Receiver } from './receiver.ts';

/** A browser's side of Web Push: its keys, and how it reads a message (RFC 8291, RFC 8188), written out by hand. */
function browser() {
  const ecdh = createECDH('prime256v1');
  const own = ecdh.generateKeys();
  const auth = randomBytes(16);
  const hmac = (key: Buffer, text: Buffer) => createHmac('sha256', key).update(text).digest();
  const expand = (salt: Buffer, secret: Buffer, info: Buffer, length: number) =>
    hmac(hmac(salt, secret), Buffer.concat([info, Buffer.from([1])])).subarray(0, length);
  return {
    keys: { p256dh: own.toString('base64url'), auth: auth.toString('base64url') },
    read(body: Buffer): unknown {
      const [salt, size] = [body.subarray(0, 16), body[20]!];
      const theirs = body.subarray(21, 21 + size);
      const sealed = body.subarray(21 + size);
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), own, theirs]);
      const secret = expand(auth, ecdh.computeSecret(theirs), info, 32);
      const key = expand(salt, secret, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
      const nonce = expand(salt, secret, Buffer.from('Content-Encoding: nonce\0'), 12);
      const decipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(sealed.subarray(-16));
      const clear = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
      return JSON.parse(clear.subarray(0, clear.lastIndexOf(2)).toString('utf8'));
    },
  };
}

/** Checks the sender's token (VAPID, RFC 8292) against the key that browsers were told. */
function vapidOf(header: string, publicKey: string): Record<string, unknown> {
  const [, token, key] = /^vapid t=([^,]+), ?k=(.+)$/.exec(header)!;
  expect(key).toBe(publicKey);
  const [head, body, signature] = token!.split('.') as [string, string, string];
  const point = Buffer.from(publicKey, 'base64url');
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const right = verify(
    'sha256',
    Buffer.from(`${head}.${body}`),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  expect(right).toBe(true);
  return JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Record<string, unknown>;
}

describe.each(engines())('offers that nobody has seen [%s]', (engine) => {
  let t: TestTown;
  let dispatcher: Phone;
  let administrator: Phone;
  let outside: Receiver;
  let teams = 0;

  beforeAll(async () => {
    t = await town(engine);
    dispatcher = await t.person('dispatcher');
    administrator = await t.person('administrator');
  });
  afterAll(() => t.close());
  beforeEach(async () => {
    outside = await receiver();
    Object.assign(t.deps.config, { PRIVATE_HOSTS: outside.host });
  });
  afterEach(async () => {
    for (const { id } of (await administrator.ok('listRobots')).robots)
      await administrator.ok('removeRobot', { params: { robotId: id } });
    await outside.close();
  });

  /** A team with an offer that has just been made. */
  async function offer() {
    const code = `P${(teams += 1)}`;
    const { teamId, people } = await addTeam(t.deps.db, { code, at: t.now(), place: cellCentre(1, 1) });
    const leader = await t.signIn(people[0]!.name);
    await placeTeam(t.deps.db, teamId, leader.personId, cellCentre(1, 1), t.now());
    const make = async () => {
      const body = {
        matterCode: 'CY-01',
        point: cellCentre(1, 1),
        crs: 'wgs84',
        address: '民权路 1 号',
        reporterName: '王某',
        reporterPhone: '13800000000',
      } as const;
      const { incident } = await dispatcher.ok('createIncident', { body });
      const assignment = await dispatcher.ok('assignTeam', {
        params: { incidentId: incident.id },
        body: { teamId, override: 'order' },
      });
      return { incidentId: incident.id, params: { assignmentId: assignment.id } };
    };
    return { teamId, leader, make };
  }
  const factsOf = async (incidentId: number) =>
    (
      await t.deps
        .db('event')
        .where({ subject: `incident/${incidentId}` })
        .whereRaw(`type like 'push.%'`)
        .orderBy('seq')
    ).map((row) => ({
      type: row.type as string,
      ...(JSON.parse(row.body as string) as { data: object }).data,
    }));
  const alarmed = async (teamId: number) =>
    (await dispatcher.ok('readSnapshot')).alarms.some(
      (alarm) => alarm.kind === 'offer_unseen' && alarm.teamId === teamId,
    );
  const subscribe = (phone: Phone, keys: object, path: string) =>
    phone.ok('subscribePush', { body: { endpoint: `${outside.address}/${path}`, keys } as never });

  test('after 15 seconds the phone is pushed to, encrypted and signed; nothing about a party leaves', async () => {
    const { teamId, leader, make } = await offer();
    const mine = browser();
    const { publicKey } = await leader.ok('readPushKey');
    expect((await dispatcher.ok('readPushKey')).publicKey).toBe(publicKey);
    await subscribe(leader, mine.keys, 'push/one');
    outside.answer = { status: 201 };
    const { incidentId, params } = await make();
    await t.advance(14_000);
    expect(outside.got).toEqual([]);
    await t.advance(1000);
    await until(() => outside.got.length === 1);
    const [got] = outside.got;
    expect(got!.headers).toMatchObject({
      'content-encoding': 'aes128gcm',
      ttl: '60',
      urgency: 'high',
      topic: `offer-${params.assignmentId}`,
    });
    expect(vapidOf(got!.headers.authorization!, publicKey)).toMatchObject({ aud: outside.address });
    expect(mine.read(got!.body)).toMatchObject({
      kind: 'offer',
      assignmentId: params.assignmentId,
      incidentId,
      address: '民权路 1 号',
    });
    expect(JSON.stringify(mine.read(got!.body))).not.toMatch(/王某|13800000000/);
    await until(async () => (await factsOf(incidentId)).length === 1);
    expect(await factsOf(incidentId)).toEqual([
      { type: 'push.sent', ...params, incidentId, teamId, channel: 'web_push', receivers: 1 },
    ]);
    expect(await alarmed(teamId)).toBe(false);
    // control: another browser cannot read it
    expect(() => browser().read(got!.body)).toThrow(/authenticate/);
    const stored = JSON.stringify([await t.deps.db('push_subscription'), await t.deps.db('setting')]);
    expect(stored).not.toContain(mine.keys.auth);
  });

  test('seen in time, nothing is sent; the dispatcher is told of the one that nobody sees, until somebody does', async () => {
    const seen = await offer();
    await subscribe(seen.leader, browser().keys, 'push/seen');
    const quiet = await seen.make();
    await seen.leader.ok('seeAssignment', { params: quiet.params });
    await t.advance(40_000);
    expect(outside.got).toEqual([]);
    expect(await alarmed(seen.teamId)).toBe(false);

    const unseen = await offer();
    await subscribe(unseen.leader, browser().keys, 'push/unseen');
    const loud = await unseen.make();
    await t.advance(20_000);
    await until(async () => (await factsOf(loud.incidentId)).length === 1);
    expect(await alarmed(unseen.teamId)).toBe(false);
    await t.advance(11_000);
    await until(() => alarmed(unseen.teamId));
    await unseen.leader.ok('seeAssignment', { params: loud.params });
    await t.app.tick();
    expect(await alarmed(unseen.teamId)).toBe(false);
  });

  test('where nobody can be reached the dispatcher is told at once', async () => {
    const { teamId, make } = await offer();
    const { incidentId } = await make();
    await t.advance(16_000);
    await until(() => alarmed(teamId));
    expect(await factsOf(incidentId)).toEqual([]);
  });

  test('a browser that is gone is forgotten and the group is told instead, signed as DingTalk wants it', async () => {
    const { teamId, leader, make } = await offer();
    await subscribe(leader, browser().keys, 'push/gone');
    const robot = await administrator.ok('addRobot', {
      body: {
        name: '一队群',
        kind: 'dingtalk',
        address: `${outside.address}/robot/send?access_token=abc`,
        secret: 'SEC-word',
        teamId,
      },
    });
    outside.answer = { status: 410, body: '{"errcode":0}' };
    const { incidentId } = await make();
    await t.advance(15_000);
    await until(async () => (await factsOf(incidentId)).length === 2);
    expect(await factsOf(incidentId)).toMatchObject([
      { type: 'push.failed', channel: 'web_push', failure: 'gone' },
      { type: 'push.failed', channel: 'dingtalk', failure: 'gone' },
    ]);
    expect(await t.deps.db('push_subscription').where({ person_id: leader.personId })).toEqual([]);
    await until(() => alarmed(teamId));
    const group = outside.got.find(({ path }) => path.startsWith('/robot/send'))!;
    const query = new URL(group.path, outside.address).searchParams;
    const stamp = query.get('timestamp')!;
    expect(query.get('access_token')).toBe('abc');
    expect(query.get('sign')).toBe(
      createHmac('sha256', 'SEC-word').update(`${stamp}\nSEC-word`).digest('base64'),
    );
    expect(JSON.parse(group.text)).toMatchObject({
      msgtype: 'markdown',
      markdown: { text: expect.stringContaining(`#${incidentId} `) as string },
    });
    expect(group.text).not.toMatch(/王某|13800000000/);
    const stored = JSON.stringify([
      await t.deps.db('robot'),
      await t.deps.db('event'),
      await t.deps.db('idempotency').select('answer'),
    ]);
    expect(stored).not.toContain('access_token');
    expect(robot.host).toBe(outside.host);
  });

  test('WeCom: the group of the whole town, its own form, and its own word for a failure', async () => {
    const { teamId, make } = await offer();
    const { id: robotId } = await administrator.ok('addRobot', {
      body: { name: '指挥群', kind: 'wecom', address: `${outside.address}/cgi-bin/webhook/send?key=k` },
    });
    outside.answer = { status: 200, body: '{"errcode":0,"errmsg":"ok"}' };
    expect(await administrator.ok('testRobot', { params: { robotId } })).toEqual({
      accepted: true,
      failure: null,
    });
    const { incidentId } = await make();
    await t.advance(15_000);
    await until(async () => (await factsOf(incidentId)).length === 1);
    expect(await factsOf(incidentId)).toMatchObject([
      { type: 'push.sent', channel: 'wecom', teamId, receivers: 1 },
    ]);
    expect(await alarmed(teamId)).toBe(false);
    const sent = JSON.parse(outside.got.at(-1)!.text) as { msgtype: string; text: { content: string } };
    expect(sent.msgtype).toBe('text');
    expect(sent.text.content).toContain(`#${incidentId}`);
    for (const [errcode, failure] of [
      [93_000, 'refused'],
      [45_009, 'throttled'],
    ] as const) {
      outside.answer = { status: 200, body: JSON.stringify({ errcode }) };
      expect((await administrator.ok('testRobot', { params: { robotId } })).failure).toBe(failure);
    }
    for (let i = 0; i < 20; i++) await administrator.ok('testRobot', { params: { robotId } });
    const count = outside.got.length;
    expect((await administrator.ok('testRobot', { params: { robotId } })).failure).toBe('throttled');
    expect(outside.got).toHaveLength(count);
  });

  test('a subscription to an address of the own network is refused; the time is a setting', async () => {
    const { leader, make, teamId } = await offer();
    const body = { endpoint: 'https://10.0.0.1/push', keys: browser().keys };
    expect((await leader.call('subscribePush', { body })).problem.code).toBe('address_refused');
    await administrator.ok('changePushSettings', { body: { unseenSeconds: 5 } });
    await make();
    await t.advance(6000);
    await until(() => alarmed(teamId));
    await administrator.ok('changePushSettings', { body: { unseenSeconds: 15 } });
  });

  test('the line that a group reads', () => {
    expect(
      groupText({
        assignmentId: 1,
        incidentId: 1042,
        priority: 1,
        matter: '占用消防车通道',
        address: '民权路 1 号',
        teamName: '三队',
        answerBy: null,
      }),
    ).toBe('【待接单】P1 #1042 占用消防车通道 · 民权路 1 号 → 三队,请在手机上应答。');
  });
});
