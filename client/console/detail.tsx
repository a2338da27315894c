import { CloseButton } from '@mantine/core';
import { useLive } from '../live/store.ts';
import { PriorityGlyph } from '../ui/glyphs.tsx';
import { formatClock } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import classes from './detail.module.css';
import { PanelHead } from './panel-head.tsx';
import { useMatterName } from './queue.tsx';
import { useRoom } from './room.ts';

/** The opened incident. */
export function Detail() {
  const words = useWords();
  const opened = useRoom((state) => state.opened);
  const set = useRoom((state) => state.set);
  const incident = useLive((state) => (opened === null ? undefined : state.picture.incidents.get(opened)));
  const matter = useMatterName(incident?.matterCode ?? null);
  if (!incident)
    return (
      <>
        <PanelHead title={words.console.panels.detail} />
        <div className={classes['none']} tabIndex={-1} data-panel-focus>
          <p>{words.console.detail.none}</p>
          <p className={classes['muted']}>{words.console.detail.noneHint}</p>
        </div>
      </>
    );
  const clock = formatClock(Date.parse(incident.reportedAt));
  return (
    <>
      <PanelHead
        title={words.console.panels.detail}
        aside={
          <CloseButton
            size="sm"
            aria-label={words.console.detail.close}
            onClick={() => set({ opened: null })}
          />
        }
      />
      <article className={classes['body']} tabIndex={-1} data-panel-focus aria-label={`${incident.id}`}>
        <header className={classes['summary']}>
          <PriorityGlyph
            priority={incident.priority}
            size={28}
            label={words.console.queue.priorityLabel({ priority: incident.priority })}
          />
          <div>
            <h3 className={classes['matter']}>{matter}</h3>
            <p className={classes['muted']}>
              {incident.id} · {words.codes.incidentState[incident.state]}
            </p>
          </div>
        </header>
        <p>{incident.text}</p>
        <dl className={classes['facts']}>
          <dt>{words.console.detail.place}</dt>
          <dd>{incident.address}</dd>
          <dt>{words.console.units.cell}</dt>
          <dd>{incident.cellCode ?? words.console.units.none}</dd>
        </dl>
        <p className={classes['muted']}>
          {words.console.detail.reported({ clock, source: words.codes.source[incident.source] })}
        </p>
      </article>
    </>
  );
}
