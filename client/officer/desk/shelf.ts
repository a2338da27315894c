import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { KeptPhoto } from './photo.ts';
import type { QueuedAct } from './act.ts';
import type { KeptFix } from './fixes.ts';

/** What this phone keeps: acts and photos that wait, fixes that wait, and what the server said last. */
interface Shelf extends DBSchema {
  acts: { key: number; value: QueuedAct };
  photos: { key: string; value: KeptPhoto };
  fixes: { key: number; value: KeptFix };
  kept: { key: string; value: unknown };
}

let opened: Promise<IDBPDatabase<Shelf>> | undefined;

/** Opens the shelf once. A shelf of an older build that stands in the way of a newer one closes itself. */
export function shelf(): Promise<IDBPDatabase<Shelf>> {
  opened ??= openDB<Shelf>('grid-officer', 1, {
    upgrade(db) {
      db.createObjectStore('acts', { autoIncrement: true, keyPath: 'id' });
      db.createObjectStore('photos', { keyPath: 'key' });
      db.createObjectStore('fixes', { autoIncrement: true, keyPath: 'id' });
      db.createObjectStore('kept');
    },
    blocking: (_now, _next, event) => (event.target as IDBDatabase).close(),
    terminated: () => {
      opened = undefined;
    },
  });
  return opened;
}

/**
 * Keeps a value under a name until it is replaced. The commit goes with the write: a page that is closed in the next
 * moment would abort a transaction that still waits for its own end.
 */
export async function keep(name: string, value: unknown): Promise<void> {
  const write = (await shelf()).transaction('kept', 'readwrite');
  void write.store.put(value, name);
  write.commit();
  await write.done;
}

/** What was kept under a name; undefined when nothing was. */
export async function kept<T>(name: string): Promise<T | undefined> {
  return (await (await shelf()).get('kept', name)) as T | undefined;
}

export async function forget(name: string): Promise<void> {
  await (await shelf()).delete('kept', name);
}
