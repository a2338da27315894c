import { useMemo } from 'react';
import type { IncidentView } from '../../shared/contract/incidents.ts';
import { useLive } from '../live/store.ts';
import { duplicateHints, type DuplicateHint } from './duplicates.ts';
import { isOff, passes } from './queue-filter.ts';
import { queueOrder } from './queue-order.ts';
import { useRoom } from './room.ts';

/** Rows that the queue shows now, in order, and how many the filter hides. Also for the keys, outside of components. */
export function queueNow(): { readonly rows: IncidentView[]; readonly hidden: number } {
  const { picture, offsetMs } = useLive.getState();
  const { filter, matters } = useRoom.getState();
  return rowsOf(picture.incidents, filter, matters, Date.now() + offsetMs);
}

function rowsOf(
  incidents: ReadonlyMap<number, IncidentView>,
  filter: ReturnType<typeof useRoom.getState>['filter'],
  matters: ReturnType<typeof useRoom.getState>['matters'],
  nowMs: number,
) {
  const all = queueOrder(incidents.values());
  if (isOff(filter)) return { rows: all, hidden: 0 };
  const rows = all.filter((incident) => {
    const matter = matters.get(incident.matterCode ?? '');
    return passes(incident, filter, nowMs, matter ? [matter.code, matter.nameZh, matter.nameEn] : []);
  });
  return { rows, hidden: all.length - rows.length };
}

/** The queue as it stands, with hints of duplicates. */
export function useQueue(nowMs: number): {
  readonly rows: IncidentView[];
  readonly hidden: number;
  readonly hints: ReadonlyMap<number, DuplicateHint>;
} {
  const incidents = useLive((state) => state.picture.incidents);
  const filter = useRoom((state) => state.filter);
  const matters = useRoom((state) => state.matters);
  // Only "overdue" depends on the time; the others hold until something happens.
  const tick = filter.show === 'overdue' ? nowMs : 0;
  const queue = useMemo(
    () => rowsOf(incidents, filter, matters, tick === 0 ? nowMs : tick),
    // oxlint-disable-next-line react/exhaustive-deps -- see above
    [incidents, filter, matters, tick],
  );
  const hints = useMemo(() => duplicateHints(incidents.values()), [incidents]);
  return { ...queue, hints };
}
