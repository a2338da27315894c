import type { DraftOperation } from '../../../shared/contract/planning.ts';

const keyOf = (personId: number, editionId: number): string =>
  `grid-dispatch:studio:${personId}:${editionId}`;

/** Keeps operations that the server has not confirmed, so that a reload or a crash loses none. */
export function keepPending(personId: number, editionId: number, pending: readonly DraftOperation[]): void {
  try {
    if (pending.length === 0) localStorage.removeItem(keyOf(personId, editionId));
    else localStorage.setItem(keyOf(personId, editionId), JSON.stringify(pending));
  } catch {
    // Storage may be forbidden: operations then live as long as the page.
  }
}

/** What was kept; nothing when it cannot be read. */
export function keptPending(personId: number, editionId: number): readonly DraftOperation[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(personId, editionId)) ?? '[]');
    return Array.isArray(kept) ? (kept as DraftOperation[]).filter((one) => one.author === personId) : [];
  } catch {
    return [];
  }
}
