/// <reference lib="webworker" />
import { listenForPush } from './officer-push.ts';
import { createHandlerBoundToURL, cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: (string | { url: string; revision: string | null })[];
};

/*
 * The worker of the officer's door alone: the shell opens without a network. What the server knows is kept by the page
 * itself, so nothing of the interface is cached here. A new version waits until the officer takes it.
 */
// the page that brought the worker is served by it at once: an officer may walk into a dead zone before any reload
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/officer.html'), { allowlist: [/^\/officer(?:\/|$|\?)/] }),
);

listenForPush();

self.addEventListener('message', (event) => {
  if ((event.data as { type?: unknown } | null)?.type === 'take_over') void self.skipWaiting();
});
