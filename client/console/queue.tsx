/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a select cannot hold rows of several parts, nor a thousand of them */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import type { IncidentView } from '../../shared/contract/incidents.ts';
import { useServerNow } from '../live/now.ts';
import { useLive } from '../live/store.ts';
import { DeadlineGlyph, PriorityGlyph } from '../ui/glyphs.tsx';
import { usePreferences } from '../ui/preferences.ts';
import { formatAge, formatTimer } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import { deadlineLeft, isPending, queueOrder } from './queue-order.ts';
import classes from './queue.module.css';
import { useRoom } from './room.ts';
import { PanelHead } from './panel-head.tsx';

const rowPixels = 54;

/** Open incidents, the most pressing first. J and K move the cursor, Enter opens. */
export function Queue() {
  const words = useWords().console;
  const incidents = useLive((state) => state.picture.incidents);
  const rows = useMemo(() => queueOrder(incidents.values()), [incidents]);
  const cursor = useRoom((state) => state.cursor);
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- its result stays in this component
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPixels,
    getItemKey: (index) => rows[index]!.id,
    overscan: 8,
  });
  const at = rows.findIndex((row) => row.id === cursor);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  }, [at, virtual]);
  return (
    <>
      <PanelHead title={words.panels.queue} aside={words.queue.count({ incidents: rows.length })} />
      {rows.length === 0 && <p className={classes['empty']}>{words.queue.empty}</p>}
      <div
        ref={scroller}
        className={classes['scroller']}
        role="listbox"
        aria-label={words.panels.queue}
        tabIndex={0}
        data-panel-focus
        aria-activedescendant={at >= 0 ? `incident-${cursor}` : undefined}
      >
        <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map((item) => (
            <Row
              key={item.key}
              incident={rows[item.index]!}
              top={item.start}
              position={item.index + 1}
              size={rows.length}
            />
          ))}
        </div>
      </div>
    </>
  );
}

function Row(props: {
  readonly incident: IncidentView;
  readonly top: number;
  readonly position: number;
  readonly size: number;
}) {
  const { incident } = props;
  const words = useWords();
  const nowMs = useServerNow();
  const matter = useMatterName(incident.matterCode);
  const selected = useRoom((state) => state.cursor === incident.id);
  const opened = useRoom((state) => state.opened === incident.id);
  const set = useRoom((state) => state.set);
  const team = useLive((state) =>
    incident.teamId === null ? undefined : state.picture.teams.get(incident.teamId),
  );
  const left = deadlineLeft(incident, nowMs);
  const fresh = incident.acknowledgedAt === null && incident.priority <= 2;
  return (
    // The listbox has the focus and the keys (2.8 of WAI-ARIA listbox); a click is the same as Enter.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={`incident-${incident.id}`}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      aria-posinset={props.position}
      aria-setsize={props.size}
      className={classes['row']}
      data-opened={opened}
      data-overdue={left?.step === 'overdue' && isPending(incident)}
      data-fresh={fresh}
      style={{ transform: `translateY(${props.top}px)`, height: rowPixels }}
      onClick={() => set({ cursor: incident.id, opened: incident.id })}
    >
      <span className={classes['line']}>
        <span className={classes['age']}>{formatAge((nowMs - Date.parse(incident.reportedAt)) / 1000)}</span>
        <PriorityGlyph
          priority={incident.priority}
          label={words.console.queue.priorityLabel({ priority: incident.priority })}
        />
        <span className={classes['matter']} title={matter}>
          {matter}
        </span>
        <span className={classes['deadline']}>
          {left !== null && left.step !== 'calm' && <DeadlineGlyph step={left.step} />}
          <span className={classes['timer']}>
            {left === null
              ? words.console.queue.noDeadline
              : left.step === 'overdue'
                ? `+${formatTimer(-left.seconds)}`
                : formatTimer(left.seconds)}
          </span>
        </span>
      </span>
      <span className={classes['line']}>
        <span className={classes['id']}>{incident.id}</span>
        <span className={classes['place']} title={incident.address}>
          {incident.address || (incident.cellCode ?? '')}
        </span>
        <span className={classes['state']}>
          {left !== null && (
            <span className={classes['bar']} data-step={left.step} aria-hidden="true">
              <span style={{ width: `${left.share * 100}%` }} />
            </span>
          )}
          {words.codes.incidentState[incident.state]}
          {team && <strong className={classes['owner']}>{team.code}</strong>}
        </span>
      </span>
    </div>
  );
}

/** Name of a matter in the language of the screen. */
export function useMatterName(code: string | null): string {
  const language = usePreferences((state) => state.language);
  const matter = useRoom((state) => (code === null ? undefined : state.matters.get(code)));
  if (!matter) return code ?? '';
  return language === 'en' ? matter.nameEn : matter.nameZh;
}
