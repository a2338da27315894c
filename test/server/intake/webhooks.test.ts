import { createHmac } from 'node:crypto';
import { createServer as createPlain } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { retrySeconds } from '../../../server/integrations/deliver.ts';
import { addressRefusal, checkAddress, isPublic, type Network } from '../../../server/integrations/guard.ts';
import { post } from '../../../server/integrations/post.ts';
import { engines } from '../../kit/database.ts';
import { town, type Phone, type TestTown } from '../../kit/town.ts';
import { policyChanged, tell, until } from '../live/console.ts';
import { receiver, type Receiver } from './receiver.ts';

describe('what may be reached outside', () => {
  const network = (addresses: Record<string, string[]>, listed: string[] = []): Network => ({
    privateHosts: new Set(listed),
    resolve: async (host) => addresses[host] ?? [],
  });

  test.each([
    ['0.0.0.0', false],
    ['10.1.2.3', false],
    ['100.64.0.1', false],
    ['127.0.0.1', false],
    ['127.255.255.254', false],
    ['169.254.169.254', false],
    ['172.16.0.1', false],
    ['172.31.255.255', false],
    ['172.32.0.1', true],
    ['192.0.2.1', false],
    ['192.168.1.1', false],
    ['198.18.0.1', false],
    ['203.0.113.7', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['8.8.8.8', true],
    ['::', false],
    ['::1', false],
    ['::ffff:127.0.0.1', false],
    ['::ffff:8.8.8.8', false],
    ['64:ff9b::a00:1', false],
    ['2002:7f00:1::', false],
    ['2001:db8::1', false],
    ['fc00::1', false],
    ['fd12:3456::1', false],
    ['fe80::1', false],
    ['ff02::1', false],
    ['2400:3200::1', true],
    ['no address', false],
  ])('%s is public: %s', (address, expected) => {
    expect(isPublic(address)).toBe(expected);
  });

  test.each([
    ['https://example.com/hook', null],
    ['http://example.com/hook', 'address_insecure'],
    ['https://127.0.0.1/', 'address_private'],
    ['https://2130706433/', 'address_private'], // 127.0.0.1 as one number
    ['https://0x7f.1/', 'address_private'],
    ['https://017700000001/', 'address_private'],
    ['https://[::1]/', 'address_private'],
    ['https://[::ffff:10.0.0.1]/', 'address_private'],
    ['https://localhost/', 'address_private'],
    ['https://name:word@example.com/', 'address_malformed'],
    ['file:///etc/passwd', 'address_malformed'],
    ['gopher://example.com/', 'address_malformed'],
    ['nonsense', 'address_malformed'],
  ])('%s: %s', (address, expected) => {
    expect(addressRefusal(address, network({}))).toBe(expected);
  });

  test('a name is judged by all its numbers; the operator may list a host', async () => {
    const names = { outside: ['8.8.8.8'], inside: ['10.0.0.5'], mixed: ['8.8.8.8', '10.0.0.5'] };
    const judge = (address: string, listed: string[] = []) => checkAddress(address, network(names, listed));
    expect(await judge('https://outside/')).toMatchObject({ ok: true, pinned: '8.8.8.8' });
    expect(await judge('https://inside/')).toEqual({ ok: false, refusal: 'address_private' });
    expect(await judge('https://mixed/')).toEqual({ ok: false, refusal: 'address_private' });
    expect(await judge('https://nowhere/')).toEqual({ ok: false, refusal: 'address_unknown' });
    expect(await judge('http://inside/', ['inside'])).toMatchObject({ ok: true, pinned: '10.0.0.5' });
    expect(await judge('http://inside:8080/', ['inside:8080'])).toMatchObject({ ok: true });
    expect(await judge('http://inside:9090/', ['inside:8080'])).toMatchObject({ ok: false });
  });

  test('a name is resolved once and the connection goes to that number: the second answer of a rebinding is never asked', async () => {
    const outside = await receiver();
    const asked: string[] = [];
    const rebinding: Network = {
      privateHosts: new Set(['hook.example']),
      resolve: async (host) => {
        asked.push(host);
        return asked.length === 1 ? ['127.0.0.1'] : ['10.255.255.1'];
      },
    };
    const address = `http://hook.example:${new URL(outside.address).port}/in`;
    const posted = await post(rebinding, address, { headers: {}, body: 'x' });
    expect(posted).toMatchObject({ ok: true, status: 200 });
    expect(asked).toEqual(['hook.example']);
    expect(outside.got[0]!.headers.host).toBe(new URL(address).host);
    await outside.close();
  });

  test('a redirect is an answer, a silent receiver times out, an endless answer is cut', async () => {
    const outside = await receiver();
    const listed = network({}, ['127.0.0.1']);
    const inside = await receiver();
    outside.answer = { status: 302, headers: { location: `${inside.address}/secret` } };
    expect(await post(listed, outside.address, { headers: {}, body: '' })).toMatchObject({
      ok: true,
      status: 302,
    });
    expect(inside.got).toEqual([]);
    outside.answer = { status: 200, body: 'y'.repeat(1_100_000) };
    expect(await post(listed, outside.address, { headers: {}, body: '' })).toEqual({
      ok: false,
      error: 'answer_large',
    });
    outside.answer = { status: 200, body: 'z'.repeat(5000) };
    const kept = await post(listed, outside.address, { headers: {}, body: '' });
    expect(kept).toMatchObject({ ok: true, answer: 'z'.repeat(1024) });
    const silent = createPlain(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const port = (silent.address() as AddressInfo).port;
    const late = await post(listed, `http://127.0.0.1:${port}/`, { headers: {}, body: '' }, 100);
    expect(late).toEqual({ ok: false, error: 'timeout' });
    silent.close();
    await outside.close();
    await inside.close();
    expect(await post(listed, inside.address, { headers: {}, body: '' })).toEqual({
      ok: false,
      error: 'unreachable',
    });
  });
});

describe.each(engines())('webhooks [%s]', (engine) => {
  let t: TestTown;
  let administrator: Phone;
  let outside: Receiver;

  beforeAll(async () => {
    t = await town(engine);
    await t.person('administrator', 'chief');
  });
  afterAll(() => t.close());
  beforeEach(async () => {
    // a login ends with the shift, and these tests take days
    administrator = await t.signIn('chief');
    outside = await receiver();
    Object.assign(t.deps.config, { PRIVATE_HOSTS: outside.host });
  });
  afterEach(() => outside.close());

  const create = (types = ['policy.changed'], path = '/hook') =>
    administrator.ok('createWebhook', {
      body: { name: '市平台', address: `${outside.address}${path}`, types },
    });
  const log = async (webhookId: number) =>
    (await administrator.ok('listDeliveries', { params: { webhookId } })).deliveries;
  const view = async (webhookId: number) =>
    (await administrator.ok('listWebhooks')).webhooks.find(({ id }) => id === webhookId)!;
  /** Lets what is due be sent, until `count` requests have come in all and their outcome is written. */
  async function sent(count: number, webhookId: number) {
    await until(async () => {
      await t.app.tick();
      const tries = (await log(webhookId)).reduce(
        (sum, one) => sum + (one.status === null && one.error === null ? 0 : one.attempts),
        0,
      );
      return outside.got.length >= count && tries >= count;
    });
  }
  const signatureOf = (secret: string, { headers, body }: Receiver['got'][number]) =>
    `v1,${createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'))
      .update(`${headers['webhook-id'] as string}.${headers['webhook-timestamp'] as string}.`)
      .update(body)
      .digest('base64')}`;
  const off = (id: number) =>
    administrator.ok('changeWebhook', {
      params: { webhookId: id },
      body: { name: 'off', address: outside.address, types: ['*'], active: false },
    });

  test('a fact arrives as a signed CloudEvent; the signature covers the exact bytes', async () => {
    const { webhook, secret } = await create();
    expect(Buffer.from(secret.slice('whsec_'.length), 'base64')).toHaveLength(32);
    await tell(t.deps, 'policy.changed', policyChanged(7));
    await sent(1, webhook.id);
    const [got] = outside.got;
    expect(got!.path).toBe('/hook');
    const event = JSON.parse(got!.text) as Record<string, unknown>;
    expect(event).toMatchObject({
      specversion: '1.0',
      source: '/grid/330205103',
      type: 'grid.policy.changed.v1',
      subject: 'test/1',
      time: new Date(t.now()).toISOString(),
      datacontenttype: 'application/json',
      actorkind: 'system',
      data: { version: 7 },
    });
    expect(got!.headers['content-type']).toMatch(/^application\/cloudevents\+json/);
    expect(got!.headers['webhook-id']).toBe(`evt_${event.id as string}`);
    expect(got!.headers['webhook-timestamp']).toBe(String(Math.floor(t.now() / 1000)));
    expect(got!.headers['webhook-signature']).toBe(signatureOf(secret, got!));
    // control: one byte more, and the signature is another
    expect(signatureOf(secret, { ...got!, body: Buffer.concat([got!.body, Buffer.from(' ')]) })).not.toBe(
      got!.headers['webhook-signature'],
    );
    expect(await log(webhook.id)).toMatchObject([
      { state: 'done', attempts: 1, status: 200, seq: Number(event.id) },
    ]);
    const stored = JSON.stringify(await t.deps.db('webhook'));
    expect(stored).not.toContain(secret.slice('whsec_'.length));
    await off(webhook.id);
  });

  test('only the types that were asked for, in one delivery a fact; a name that is no fact is refused', async () => {
    const { webhook } = await create(['town.imported']);
    await tell(t.deps, 'policy.changed', policyChanged(1));
    await tell(t.deps, 'town.imported', { layer: 'roads', rows: 1, licence: '', source: '' }, 3);
    await sent(3, webhook.id);
    await t.app.tick();
    expect(outside.got.map(({ text }) => (JSON.parse(text) as { type: string }).type)).toEqual(
      Array(3).fill('grid.town.imported.v1'),
    );
    expect(new Set(outside.got.map(({ headers }) => headers['webhook-id'])).size).toBe(3);
    const wrong = await administrator.call('createWebhook', {
      body: { name: 'x', address: outside.address, types: ['moon.landed'] },
    });
    expect(wrong.problem.errors?.[0]?.path).toBe('body.types');
    await off(webhook.id);
  });

  test('ten attempts over 75 hours under one id, each with the time of its own; then it is disabled and told', async () => {
    const { webhook } = await create();
    outside.answer = { status: 500, body: 'broken' };
    await tell(t.deps, 'policy.changed', policyChanged(2));
    await sent(1, webhook.id);
    expect(retrySeconds.reduce((sum, seconds) => sum + seconds, 0) / 3600).toBeCloseTo(75.6, 1);
    for (const [index, seconds] of retrySeconds.entries()) {
      await t.app.tick();
      expect(outside.got).toHaveLength(index + 1);
      await t.advance(seconds * 1210, seconds * 1210);
      administrator = await t.signIn('chief');
      await sent(index + 2, webhook.id);
    }
    expect(outside.got).toHaveLength(10);
    expect(new Set(outside.got.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(outside.got.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(10);
    expect(await log(webhook.id)).toMatchObject([
      { state: 'failed', attempts: 10, status: 500, answer: 'broken' },
    ]);
    expect(await view(webhook.id)).toMatchObject({ active: false, disabledReason: 'exhausted' });
    const told = await t.deps
      .db('event')
      .where({ type: 'webhook.disabled', subject: `webhook/${webhook.id}` });
    expect(told).toHaveLength(1);
  });

  test('a receiver that comes back is served; what is done is not sent again', async () => {
    const { webhook } = await create();
    outside.answer = { status: 500 };
    await tell(t.deps, 'policy.changed', policyChanged(3));
    await sent(1, webhook.id);
    outside.answer = { status: 204 };
    await t.advance(7000);
    await sent(2, webhook.id);
    await t.advance(400_000, 100_000);
    expect(outside.got).toHaveLength(2);
    expect(await log(webhook.id)).toMatchObject([{ state: 'done', attempts: 2, status: 204 }]);
    await off(webhook.id);
  });

  test('410 disables at once; a redirect is a failure and is not followed', async () => {
    const gone = await create();
    outside.answer = { status: 410 };
    await tell(t.deps, 'policy.changed', policyChanged(4));
    await sent(1, gone.webhook.id);
    expect(await view(gone.webhook.id)).toMatchObject({ active: false, disabledReason: 'gone' });
    const moved = await create();
    outside.answer = { status: 308, headers: { location: `${outside.address}/elsewhere` } };
    await tell(t.deps, 'policy.changed', policyChanged(5));
    await sent(1, moved.webhook.id);
    expect(await log(moved.webhook.id)).toMatchObject([{ state: 'waiting', status: 308 }]);
    expect(outside.got.map(({ path }) => path)).not.toContain('/elsewhere');
    await off(moved.webhook.id);
  });

  test('429 with Retry-After holds everything for the receiver that long', async () => {
    const { webhook } = await create();
    outside.answer = { status: 429, headers: { 'retry-after': '120' } };
    await tell(t.deps, 'policy.changed', policyChanged(6));
    await sent(1, webhook.id);
    expect(Date.parse((await view(webhook.id)).heldUntil!)).toBe(t.now() + 120_000);
    outside.answer = { status: 200 };
    await tell(t.deps, 'policy.changed', policyChanged(7));
    await t.advance(60_000, 10_000);
    expect(outside.got).toHaveLength(1);
    await t.advance(61_000, 10_000);
    await until(async () => {
      await t.app.tick();
      return (await log(webhook.id)).every(({ state }) => state === 'done');
    });
    expect(outside.got).toHaveLength(3);
    await off(webhook.id);
  });

  test('while the secret is changed both sign; after a day only the new one', async () => {
    const { webhook, secret } = await create();
    const params = { webhookId: webhook.id };
    const fresh = await administrator.ok('rotateWebhookSecret', { params });
    expect((await administrator.ok('testWebhook', { params })).ok).toBe(true);
    const both = outside.got.at(-1)!;
    expect(both.headers['webhook-signature']).toBe(
      `${signatureOf(fresh.secret, both)} ${signatureOf(secret, both)}`,
    );
    expect(both.headers['webhook-id']).toMatch(/^test_[\w-]+$/);
    expect(JSON.parse(both.text)).toMatchObject({ type: 'grid.webhook.tested.v1' });
    await t.advance(25 * 3_600_000, 25 * 3_600_000);
    administrator = await t.signIn('chief');
    await administrator.ok('testWebhook', { params });
    const one = outside.got.at(-1)!;
    expect(one.headers['webhook-signature']).toBe(signatureOf(fresh.secret, one));
    await off(webhook.id);
  });

  test('facts of a range are sent anew under their old ids', async () => {
    const { webhook } = await create();
    const params = { webhookId: webhook.id };
    await tell(t.deps, 'policy.changed', policyChanged(8), 3);
    await sent(3, webhook.id);
    const seqs = (await log(webhook.id)).map(({ seq }) => seq).toSorted((a, b) => a - b);
    const { planned } = await administrator.ok('replayDeliveries', {
      params,
      body: { from: seqs[1]!, to: seqs[2]! },
    });
    expect(planned).toBe(2);
    await until(async () => {
      await t.app.tick();
      return outside.got.length === 5;
    });
    const ids = outside.got.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids.slice(3))).toEqual(new Set([`evt_${seqs[1]}`, `evt_${seqs[2]}`]));
    await off(webhook.id);
    const disabled = await administrator.call('replayDeliveries', { params, body: { from: 1, to: 2 } });
    expect(disabled.problem.code).toBe('webhook_disabled');
  });

  test('an address of the own network is refused by name, and not reached when it was listed only before', async () => {
    const { webhook } = await create();
    Object.assign(t.deps.config, { PRIVATE_HOSTS: '' });
    const refused = await administrator.call('createWebhook', {
      body: { name: 'x', address: 'https://169.254.169.254/latest/meta-data', types: ['*'] },
    });
    expect(refused.problem).toMatchObject({ code: 'address_refused', detail: { reason: 'address_private' } });
    expect((await administrator.ok('testWebhook', { params: { webhookId: webhook.id } })).error).toBe(
      'address_insecure',
    );
    expect(outside.got).toEqual([]);
  });
});
