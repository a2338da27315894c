/// <reference lib="webworker" />
import type { Language } from '../ui/preferences.ts';
import { pushWords } from '../words/officer-push.ts';
import { kept } from './desk/shelf.ts';
import { languageName, type OfferMessage } from './me/push-message.ts';

declare const self: ServiceWorkerGlobalScope;

/** The page that the notification leads to. */
const taskPage = '/officer#/task';

/** Offers that come while the page is closed: one notification an offer, and a tap on it opens the task. */
export function listenForPush(): void {
  self.addEventListener('push', (event) => {
    const message = event.data?.json() as OfferMessage | undefined;
    if (message?.kind === 'offer') event.waitUntil(show(message));
  });
  self.addEventListener('notificationclick', (event) => {
    event.notification.close();
    event.waitUntil(openTask());
  });
}

async function show(message: OfferMessage): Promise<void> {
  const language = (await kept<Language>(languageName).catch(() => undefined)) ?? 'zh-CN';
  const words = pushWords[language];
  const seen = (await openPages()).some(({ visibilityState }) => visibilityState === 'visible');
  await self.registration.showNotification(words.title(message), {
    body: words.body({ team: message.teamName, address: message.address }),
    tag: `offer-${message.assignmentId}`,
    lang: language,
    icon: '/officer-icon-192.png',
    requireInteraction: true,
    // a page that is in front calls by itself
    silent: seen,
  });
}

async function openTask(): Promise<void> {
  const [page] = await openPages();
  if (!page) {
    await self.clients.openWindow(taskPage);
    return;
  }
  page.postMessage({ type: 'show_task' }, []);
  // some systems keep the window where it is
  await page.focus().catch(() => undefined);
}

const openPages = async () =>
  (await self.clients.matchAll({ type: 'window', includeUncontrolled: true })).filter(({ url }) =>
    new URL(url).pathname.startsWith('/officer'),
  );
