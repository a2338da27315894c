import { create } from 'zustand';
import { go } from './route.ts';

/** A newer build that waits to be taken; it never takes the screen by itself. */
export const useUpdate = create<{ readonly waiting: ServiceWorker | null }>()(() => ({ waiting: null }));

const againMs = 30 * 60_000;

/** Registers the worker of this door and watches for newer builds. */
export function registerWorker(): void {
  if (!('serviceWorker' in navigator) || !isSecureContext) return;
  navigator.serviceWorker.register('/officer-worker.js', { scope: '/officer' }).then(
    (registration) => {
      const look = (worker: ServiceWorker | null) => {
        // the very first worker replaces nobody
        if (worker && navigator.serviceWorker.controller) useUpdate.setState({ waiting: worker });
      };
      look(registration.waiting);
      registration.addEventListener('updatefound', () => {
        const worker = registration.installing;
        worker?.addEventListener('statechange', () => {
          if (worker.state === 'installed') look(worker);
        });
      });
      setInterval(() => void registration.update().catch(() => undefined), againMs);
    },
    () => undefined,
  );
}

/** A tap on a notification shows the task, whatever page is open. */
export function followNotifications(): void {
  navigator.serviceWorker?.addEventListener('message', (event) => {
    if ((event.data as { type?: unknown } | null)?.type === 'show_task') go('task');
  });
}

/** The officer takes the newer build: the page is loaded anew; everything typed is on the shelf. */
export function takeUpdate(): void {
  const { waiting } = useUpdate.getState();
  if (!waiting) return;
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waiting.postMessage({ type: 'take_over' }, []);
}
