import { create } from 'zustand';
import type { LedgerEvent } from '../../../shared/contract/events.ts';

/** The plan of zones that came into force while this page was open; `name` is null once the officer has seen it. */
export const useNewLines = create<{ readonly name: string | null; readonly editionId: number | null }>()(
  () => ({ name: null, editionId: null }),
);

/** Tells the officer when the lines change: the next incident goes by the new ones, tasks in hand stay. */
export function hearLines(event: LedgerEvent): void {
  if (event.type !== 'edition.effective') return;
  const { name, editionId } = event.data;
  useNewLines.setState({ name, editionId });
}

/** The officer has read it. */
export const hideNewLines = (): void => useNewLines.setState({ name: null });
