import type { Sent } from '../../shared/contract/push.ts';
import { sentOf, type Channel, type OfferMessage } from './channel.ts';
import type { Outside } from './outside.ts';
import { post } from './post.ts';
import { findKeys, keepKeys } from './store-settings.ts';
import { deleteSubscription, type SubscriptionRow } from './store-push.ts';

const keyContext = 'setting/vapid';
export const subscriptionContext = (endpoint: string): string => `push/${endpoint}`;

/** Seconds that a push service keeps a message: an offer is answered or gone by then. */
const liveSeconds = 60;

/** The key pair by which push services know this town (VAPID, RFC 8292): made at first use and kept. */
export async function vapidKeys({ deps, box }: Outside): Promise<{ publicKey: string; privateKey: string }> {
  const known = await findKeys(deps.db);
  if (!known) {
    const { default: webpush } = await import('web-push');
    const { publicKey, privateKey } = webpush.generateVAPIDKeys();
    const sealed = box.close(keyContext, privateKey).toString('base64');
    await keepKeys(deps.db, { publicKey, sealed }, deps.now());
  }
  const { publicKey, sealed } = known ?? (await findKeys(deps.db))!;
  return { publicKey, privateKey: box.open(keyContext, Buffer.from(sealed, 'base64')).toString('utf8') };
}

/** Whom a push service may ask about this sender. */
const subject = ({ deps }: Outside): string =>
  deps.config.PUBLIC_URL?.startsWith('https:') ? deps.config.PUBLIC_URL : 'mailto:operator@grid.invalid';

/** Web Push: encrypted for the one browser (aes128gcm, RFC 8291); a browser that is gone is forgotten. */
export function webPushChannel(outside: Outside): Channel<SubscriptionRow> {
  return {
    async send(subscription: SubscriptionRow, message: OfferMessage): Promise<Sent> {
      const { default: webpush } = await import('web-push');
      const { deps, box, network } = outside;
      const { endpoint, p256dh } = subscription;
      const auth = box.open(subscriptionContext(endpoint), subscription.auth).toString('utf8');
      const details = webpush.generateRequestDetails(
        { endpoint, keys: { p256dh, auth } },
        JSON.stringify({ kind: 'offer', ...message }),
        {
          vapidDetails: { subject: subject(outside), ...(await vapidKeys(outside)) },
          TTL: liveSeconds,
          urgency: 'high',
          topic: `offer-${message.assignmentId}`,
          contentEncoding: 'aes128gcm',
        },
      );
      const headers = Object.fromEntries(
        Object.entries(details.headers as Record<string, string | number>).map(([k, v]) => [k, String(v)]),
      );
      const sent = sentOf(await post(network, endpoint, { headers, body: details.body }));
      if (sent.failure === 'gone') await deleteSubscription(deps.db, { endpoint });
      return sent;
    },
  };
}
