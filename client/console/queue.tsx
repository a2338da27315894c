/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a select cannot hold rows of several parts, nor a thousand of them */
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useServerNow } from '../live/now.ts';
import { useMay } from '../live/session.ts';
import { useLive } from '../live/store.ts';
import { useWords } from '../words/words.tsx';
import { PanelHead } from './panel-head.tsx';
import { PopButton } from './pop-button.tsx';
import { QueueFilterBar } from './queue-filter-bar.tsx';
import { QueueRow } from './queue-row.tsx';
import classes from './queue.module.css';
import { openDraft, useRoom } from './room.ts';
import { WhenTold } from './untold.tsx';
import { useQueue } from './use-queue.ts';

const rowPixels = 54;
/** A row that has something more to say is one line taller. */
const extraPixels = 20;

/** Open incidents, the most pressing first. J and K move the cursor, Enter opens. */
export function Queue() {
  const words = useWords().console;
  const { rows, hidden, hints } = useQueue(useServerNow());
  const reports = useMay('incident.report');
  const cursor = useRoom((state) => state.cursor);
  const taken = useRoom((state) => state.taken);
  const resyncing = useLive((state) => state.connection === 'resyncing');
  const scroller = useRef<HTMLDivElement>(null);
  const isTall = (id: number) => hints.has(id) || taken.has(id);
  // oxlint-disable-next-line react/incompatible-library -- its result stays in this component
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => rowPixels + (isTall(rows[index]!.id) ? extraPixels : 0),
    getItemKey: (index) => rows[index]!.id,
    overscan: 8,
  });
  const tall = rows.map(({ id }) => (isTall(id) ? id : '')).join(' ');
  useEffect(() => virtual.measure(), [tall, virtual]);
  const at = rows.findIndex((row) => row.id === cursor);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  }, [at, virtual]);
  return (
    <>
      <PanelHead
        title={words.panels.queue}
        aside={
          <>
            {resyncing && <span role="status">{words.header.resyncing}</span>}
            {words.queue.count({ incidents: rows.length })}
            {reports && (
              <Button
                size="compact-sm"
                variant="default"
                leftSection={<IconPlus size={14} />}
                onClick={() => openDraft(null)}
              >
                {words.queue.newIncident}
              </Button>
            )}
            <PopButton panel="queue" />
          </>
        }
      />
      <QueueFilterBar hidden={hidden} />
      {rows.length === 0 && hidden === 0 && (
        <p className={classes['empty']}>
          <WhenTold>{words.queue.empty}</WhenTold>
        </p>
      )}
      <div
        ref={scroller}
        className={classes['scroller']}
        role="listbox"
        aria-label={words.panels.queue}
        tabIndex={0}
        data-panel-focus
        title={words.queue.keys}
        aria-activedescendant={at >= 0 ? `incident-${cursor}` : undefined}
      >
        <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map((item) => {
            const incident = rows[item.index]!;
            return (
              <QueueRow
                key={item.key}
                incident={incident}
                hint={hints.get(incident.id) ?? null}
                taken={taken.get(incident.id) ?? null}
                top={item.start}
                height={item.size}
                position={item.index + 1}
                size={rows.length}
              />
            );
          })}
        </div>
      </div>
    </>
  );
}
