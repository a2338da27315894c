import { call } from '../../live/call.ts';
import { usePreferences } from '../../ui/preferences.ts';
import { keep } from '../desk/shelf.ts';
import { languageName } from './push-message.ts';

/** Whether offers reach this phone while the page is closed. */
export type PushState = 'unsupported' | 'denied' | 'off' | 'on';

const supported = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

const subscriptionNow = async (): Promise<PushSubscription | null> =>
  (await navigator.serviceWorker.ready).pushManager.getSubscription();

/** The state as the browser has it. */
export async function readPush(): Promise<PushState> {
  if (!supported()) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  return (await subscriptionNow()) ? 'on' : 'off';
}

/** Asks for permission, subscribes at the browser's push service and tells the server. Throws what went wrong. */
export async function turnPushOn(): Promise<PushState> {
  if ((await Notification.requestPermission()) !== 'granted') return readPush();
  const { publicKey } = await call('readPushKey');
  const registration = await navigator.serviceWorker.ready;
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: publicKey,
  });
  const { endpoint, keys } = subscription.toJSON();
  await call('subscribePush', {
    body: { endpoint: endpoint!, keys: { p256dh: keys!['p256dh']!, auth: keys!['auth']! } },
  });
  await keep(languageName, usePreferences.getState().language);
  return 'on';
}

/** The phone is not told any more; the server forgets it first. */
export async function turnPushOff(): Promise<PushState> {
  if (!supported()) return 'unsupported';
  const subscription = await subscriptionNow();
  if (!subscription) return readPush();
  await call('unsubscribePush', { body: { endpoint: subscription.endpoint } });
  await subscription.unsubscribe();
  return readPush();
}
