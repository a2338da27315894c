import { useSyncExternalStore } from 'react';

/** What is on the screen: kept in the address, so that a reload and the phone's back key find it. */
export interface Route {
  readonly page: string;
  readonly id: string | null;
}

const read = () => location.hash.replace(/^#\/?/, '');

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

/** The page of the address: `#/penalty/1042` is `{ page: 'penalty', id: '1042' }`. */
export function useRoute(): Route {
  const [page = '', id = null] = useSyncExternalStore(subscribe, read).split('/').map(decodeURIComponent);
  return { page: page || 'task', id };
}

export function go(page: string, id?: string | number): void {
  location.hash = `#/${page}${id === undefined ? '' : `/${encodeURIComponent(String(id))}`}`;
}
