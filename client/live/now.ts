import { useSyncExternalStore } from 'react';
import { useLive } from './store.ts';

const listeners = new Set<() => void>();
let secondMs = Math.floor(Date.now() / 1000) * 1000;
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    secondMs = Math.floor(Date.now() / 1000) * 1000;
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Server time to the second, ms; one timer for all who ask. */
export function useServerNow(): number {
  const machineMs = useSyncExternalStore(subscribe, () => secondMs);
  return machineMs + useLive((state) => state.offsetMs);
}
