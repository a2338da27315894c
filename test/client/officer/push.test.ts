import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addTeam, cellCentre } from '../../kit/ground.ts';
import type { Phone } from '../../kit/town.ts';
import { chromiumPath } from '../browser.ts';
import { openStreet, picture, violationsOf, type Street, type StreetPhone } from './street.ts';

const scene = cellCentre(1, 0);

/** Offers while the page is closed: the opt-in, and what the worker does with a message of the push service. */
describe.skipIf(!chromiumPath)('notifications of offers', () => {
  let street: Street;
  let officer: Phone;
  let one: StreetPhone;

  beforeAll(async () => {
    street = await openStreet();
    await addTeam(street.at.deps.db, { code: 'A1', at: street.now(), place: scene });
    officer = street.through(await street.at.signIn('A1-1'));
    one = await street.phone(officer, { place: scene, permissions: ['notifications'] });
    await one.page.getByRole('heading', { name: '暂无任务' }).waitFor();
    await one.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  }, 240_000);
  afterAll(() => street?.close());

  /** The worker of the page, as the browser runs it. */
  async function worker() {
    const inspector = await one.context.newCDPSession(one.page);
    const running = new Promise<string>((resolve) => {
      inspector.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        for (const { registrationId, isDeleted } of registrations) if (!isDeleted) resolve(registrationId);
      });
    });
    await inspector.send('ServiceWorker.enable');
    return { inspector, registrationId: await running };
  }

  const shown = () =>
    one.page.evaluate(async () =>
      (await (await navigator.serviceWorker.ready).getNotifications()).map(({ title, body, tag, lang }) => ({
        title,
        body,
        tag,
        lang,
      })),
    );

  test('an offer that the push service brings becomes one notification, in the language of the phone', async () => {
    const { inspector, registrationId } = await worker();
    const message = {
      kind: 'offer',
      assignmentId: 7,
      incidentId: 1042,
      priority: 1,
      matter: '占用消防车通道',
      address: '民权路 12 号',
      teamName: 'A1队',
      answerBy: null,
    };
    const bring = (what: unknown) =>
      inspector.send('ServiceWorker.deliverPushMessage', {
        origin: street.address,
        registrationId,
        data: JSON.stringify(what),
      });
    await bring(message);
    const first = {
      title: '新任务 P1 · 占用消防车通道',
      body: 'A1队 · 民权路 12 号 · 请打开应答',
      tag: 'offer-7',
      lang: 'zh-CN',
    };
    await expect.poll(shown).toEqual([first]);
    // the same offer again replaces it, another stands beside it
    await bring({ ...message, address: '民权路 14 号' });
    await expect
      .poll(async () => (await shown()).map(({ body }) => body))
      .toEqual(['A1队 · 民权路 14 号 · 请打开应答']);
    await bring({ ...message, assignmentId: 8 });
    await expect.poll(async () => (await shown()).length).toBe(2);
    // control: what is no offer shows nothing
    await bring({ kind: 'news' });
    await one.page.waitForTimeout(500);
    expect(await shown()).toHaveLength(2);
  }, 60_000);

  test('a tap on the notification brings the open page to its task', async () => {
    const { page, context } = one;
    await page.getByRole('link', { name: '我的' }).click();
    await page.getByRole('heading', { name: 'A1-1' }).waitFor();
    const [running] = context.serviceWorkers();
    await running!.evaluate(async () => {
      const scope = globalThis as unknown as ServiceWorkerGlobalScope;
      const [notification] = await scope.registration.getNotifications();
      scope.dispatchEvent(new NotificationEvent('notificationclick', { notification: notification! }));
    });
    await page.getByRole('heading', { name: '暂无任务' }).waitFor();
    expect((await shown()).length).toBe(1);
  }, 60_000);

  test('the opt-in explains itself, and says so where the push service cannot be reached', async () => {
    const { page } = one;
    await page.getByRole('link', { name: '我的' }).click();
    await page.getByText('中国大陆的安卓手机一般收不到浏览器推送').waitFor();
    await page.getByRole('button', { name: '开启后台提醒' }).click();
    // no push service on this machine: the browser cannot subscribe
    await page.getByText('推送服务或服务器暂时无法连接').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await picture(page, 'push');
  }, 60_000);

  test('what the browser answers goes to the server, and off again', async () => {
    const { page } = one;
    const { rows } = await street.at.deps.db.raw('select count(*)::int as rows from push_subscription');
    expect(rows).toEqual([{ rows: 0 }]);
    // the push service stands outside: its answer is given, with keys as a browser makes them
    await page.evaluate(async () => {
      const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, [
        'deriveBits',
      ]);
      const plain = (bytes: ArrayBuffer) =>
        btoa(String.fromCharCode(...new Uint8Array(bytes)))
          .replaceAll('+', '-')
          .replaceAll('/', '_')
          .replaceAll('=', '');
      const keys = {
        p256dh: plain(await crypto.subtle.exportKey('raw', pair.publicKey)),
        auth: plain(crypto.getRandomValues(new Uint8Array(16)).buffer),
      };
      let standing: object | null = null;
      const endpoint = 'https://push.invalid/one';
      PushManager.prototype.subscribe = async function subscribe(options) {
        if (!options?.applicationServerKey) throw new Error('no key of the server');
        standing = {
          endpoint,
          toJSON: () => ({ endpoint, keys }),
          unsubscribe: async () => {
            standing = null;
            return true;
          },
        };
        return standing as PushSubscription;
      };
      PushManager.prototype.getSubscription = async () => standing as PushSubscription | null;
    });
    const kept = async () =>
      (await street.at.deps.db('push_subscription').where({ person_id: officer.personId })).map(
        (row: { endpoint: string }) => row.endpoint,
      );
    await page.getByRole('button', { name: '开启后台提醒' }).click();
    await page.getByText('已开启').waitFor();
    expect(await kept()).toEqual(['https://push.invalid/one']);
    await page.getByRole('button', { name: '关闭后台提醒' }).click();
    await page.getByRole('button', { name: '开启后台提醒' }).waitFor();
    expect(await kept()).toEqual([]);
    expect(one.faults.filter((fault) => !/push|registration failed/i.test(fault))).toEqual([]);
  }, 60_000);
});
