import type { Message } from '../../shared/contract/messages.ts';
import { command, read, type Handlers } from '../kernel/route.ts';
import { Refused } from '../kernel/refused.ts';
import { transact, type Tx } from '../kernel/transact.ts';
import { addressRefusal } from './guard.ts';
import type { Outside } from './outside.ts';
import { addRobot, removeRobot, type Robots } from './robots.ts';
import { findWebhook, listDeliveries, webhookViews } from './store.ts';
import { readMessage, sendMessage } from './messages.ts';
import { deleteSubscription, listRobots, robotView, robotsOf, saveSubscription } from './store-push.ts';
import { readPush, savePush } from './store-settings.ts';
import { subscriptionContext, vapidKeys } from './web-push.ts';
import { changeWebhook, createWebhook, replayDeliveries, rotateSecret, testWebhook } from './webhooks.ts';

type Names =
  | 'listWebhooks'
  | 'createWebhook'
  | 'changeWebhook'
  | 'rotateWebhookSecret'
  | 'testWebhook'
  | 'listDeliveries'
  | 'replayDeliveries'
  | 'listRobots'
  | 'addRobot'
  | 'removeRobot'
  | 'testRobot'
  | 'readPushKey'
  | 'subscribePush'
  | 'unsubscribePush'
  | 'readPushSettings'
  | 'changePushSettings'
  | 'sendMessage'
  | 'readMessage';

/** Ways out of the product: receivers of facts, group robots, browsers that take Web Push. */
export function integrationHandlers(outside: Outside, robots: Robots): Pick<Handlers, Names> {
  const { network, box } = outside;
  return {
    sendMessage: command<'sendMessage'>(async (tx, { body }) => {
      const message = await sendMessage(tx, body);
      // the groups are told beside the phones, as far as they can be reached
      tellGroups(tx, robots, message);
      return message;
    }),
    readMessage: command<'readMessage'>(async (tx, { params }) => readMessage(tx, params.messageId)),
    listWebhooks: read<'listWebhooks'>(async ({ deps }) => ({ webhooks: await webhookViews(deps.db) })),
    // a secret is told once and is no answer that is kept under a key
    createWebhook: read<'createWebhook'>(({ deps, actor, body }) =>
      transact(deps, actor, (tx: Tx) => createWebhook(outside, tx, body)),
    ),
    changeWebhook: command<'changeWebhook'>((tx, { params, body }) =>
      changeWebhook(outside, tx, params.webhookId, body),
    ),
    rotateWebhookSecret: read<'rotateWebhookSecret'>(({ deps, actor, params }) =>
      transact(deps, actor, (tx) => rotateSecret(outside, tx, params.webhookId)),
    ),
    testWebhook: read<'testWebhook'>(({ params }) => testWebhook(outside, params.webhookId)),
    listDeliveries: read<'listDeliveries'>(async ({ deps, params, query }) => {
      const { webhookId } = params;
      if (!(await findWebhook(deps.db, webhookId))) throw new Refused('webhook_unknown', { webhookId });
      return {
        deliveries: await listDeliveries(deps.db, webhookId, { before: query.before, limit: query.limit }),
      };
    }),
    replayDeliveries: command<'replayDeliveries'>((tx, { params, body }) =>
      replayDeliveries(tx, params.webhookId, body),
    ),
    listRobots: read<'listRobots'>(async ({ deps }) => ({
      robots: (await listRobots(deps.db)).map((row) => robotView(row)),
    })),
    addRobot: command<'addRobot'>((tx, { body }) => addRobot(outside, tx, body)),
    removeRobot: command<'removeRobot'>((tx, { params }) => removeRobot(tx, params.robotId)),
    testRobot: read<'testRobot'>(({ params }) => robots.test(params.robotId)),
    readPushKey: read<'readPushKey'>(async () => ({ publicKey: (await vapidKeys(outside)).publicKey })),
    subscribePush: command<'subscribePush'>(async (tx, { body }) => {
      const refusal = addressRefusal(body.endpoint, network);
      if (refusal !== null)
        throw new Refused('address_refused', { reason: refusal }, [
          { path: 'body.endpoint', message: refusal },
        ]);
      await saveSubscription(tx.db, {
        person_id: tx.actor.id!,
        endpoint: body.endpoint,
        p256dh: body.keys.p256dh,
        auth: box.close(subscriptionContext(body.endpoint), body.keys.auth),
        at: tx.at,
      });
      return {};
    }),
    unsubscribePush: command<'unsubscribePush'>(async (tx, { body }) => {
      await deleteSubscription(tx.db, { endpoint: body.endpoint, personId: tx.actor.id });
      return {};
    }),
    readPushSettings: read<'readPushSettings'>(({ deps }) => readPush(deps.db)),
    changePushSettings: command<'changePushSettings'>(async (tx, { body }) => {
      await savePush(tx.db, body, tx.at);
      tx.announce('push.set', 'setting/push', { settings: body });
      return body;
    }),
  };
}

/** What could not be told is logged; the message itself stands in the ledger. */
function tellGroups({ deps }: Pick<Tx, 'deps'>, robots: Robots, message: Message): void {
  const tell = async () => {
    const groups =
      message.teamId === null ? await listRobots(deps.db) : await robotsOf(deps.db, message.teamId);
    for (const robot of groups) await robots.tell(robot, `【指挥室】${message.text}`);
  };
  void tell().catch((error: unknown) =>
    deps.log.warn({ error, message: message.id }, 'a group was not told'),
  );
}
