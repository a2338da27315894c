/* oxlint-disable jsx-a11y/prefer-tag-over-role -- see queue.tsx */
import type { IncidentView } from '../../shared/contract/incidents.ts';
import { openDoubts } from '../../shared/rules/place-doubt.ts';
import { useServerNow } from '../live/now.ts';
import { useSession } from '../live/session.ts';
import { useLive } from '../live/store.ts';
import { DeadlineGlyph, PriorityGlyph } from '../ui/glyphs.tsx';
import { formatAge, formatClock, formatMetres, formatLeft } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import type { DuplicateHint } from './duplicates.ts';
import { useMatterName } from './matter-name.ts';
import { deadlineLeft, isPending } from './queue-order.ts';
import classes from './queue.module.css';
import { openIncident, useRoom, type Taken } from './room.ts';

/** One incident in two lines; a third when somebody was faster or it may be a duplicate. */
export function QueueRow(props: {
  readonly incident: IncidentView;
  readonly hint: DuplicateHint | null;
  readonly taken: Taken | null;
  readonly top: number;
  readonly height: number;
  readonly position: number;
  readonly size: number;
}) {
  const { incident, hint, taken } = props;
  const words = useWords();
  const nowMs = useServerNow();
  const matter = useMatterName(incident.matterCode);
  const selected = useRoom((state) => state.cursor === incident.id);
  const opened = useRoom((state) => state.opened === incident.id);
  const left = deadlineLeft(incident, nowMs);
  // Whoever sends a team has seen the incident.
  const fresh = incident.acknowledgedAt === null && incident.priority <= 2 && isPending(incident);
  const overdue = left?.step === 'overdue' && isPending(incident);
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
      data-overdue={overdue}
      data-fresh={fresh}
      style={{ transform: `translateY(${props.top}px)`, height: props.height }}
      onClick={() => openIncident(incident.id)}
    >
      <span className={classes['line']}>
        <span className={classes['age']}>{formatAge((nowMs - Date.parse(incident.reportedAt)) / 1000)}</span>
        <PriorityGlyph
          priority={incident.priority}
          label={words.console.queue.priorityLabel({ priority: incident.priority })}
        />
        <span className={classes['matter']} title={matter}>
          {matter || words.detail.unknownMatter}
        </span>
        {fresh && <span className={classes['fresh']}>{words.console.queue.unacknowledged}</span>}
        <span className={classes['deadline']}>
          {left !== null && left.step !== 'calm' && <DeadlineGlyph step={left.step} />}
          <span className={classes['timer']}>
            {left === null
              ? words.console.queue.noDeadline
              : left.step === 'overdue'
                ? `+${formatLeft(-left.seconds)}`
                : formatLeft(left.seconds)}
          </span>
        </span>
      </span>
      <span className={classes['line']}>
        <span className={classes['id']}>{incident.id}</span>
        <span className={classes['place']} title={incident.address}>
          {incident.address || words.console.queue.cell({ code: (incident.cellCode ?? '').slice(-6) })}
        </span>
        <span className={classes['state']}>
          {left !== null && (
            <span className={classes['bar']} data-step={left.step} aria-hidden="true">
              <span style={{ width: `${left.share * 100}%` }} />
            </span>
          )}
          {openDoubts(incident.doubts, incident.source).length > 0 && (
            <strong className={classes['doubt']}>{words.console.queue.doubtful}</strong>
          )}
          <Lookers incidentId={incident.id} />
          {incident.reports > 1 && <span>{words.console.queue.reports({ reports: incident.reports })}</span>}
          {incident.holdUntil === null
            ? words.codes.incidentState[incident.state]
            : words.console.queue.held({ clock: formatClock(Date.parse(incident.holdUntil)).slice(0, 5) })}
          <Owner teamId={incident.teamId} />
        </span>
      </span>
      {taken ? (
        <Extra
          text={words.console.queue.takenBy({
            seconds: (Math.max(0, nowMs - taken.atMs) / 1000).toFixed(1),
            name: taken.by ?? words.detail.card.automatic,
            team: taken.team,
          })}
        />
      ) : (
        hint && (
          <Extra
            text={words.console.queue.duplicate({
              incident: hint.incidentId,
              distance: formatMetres(hint.metres),
              minutes: hint.minutes,
            })}
          />
        )
      )}
    </div>
  );
}

const Extra = ({ text }: { readonly text: string }) => (
  <span className={classes['extra']} title={text}>
    {text}
  </span>
);

function Owner({ teamId }: { readonly teamId: number | null }) {
  const team = useLive((state) => (teamId === null ? undefined : state.picture.teams.get(teamId)));
  return team ? <strong className={classes['owner']}>{team.name}</strong> : null;
}

/** Other people who have this incident open. */
function Lookers({ incidentId }: { readonly incidentId: number }) {
  const words = useWords().console.queue;
  const me = useSession((session) => session.me?.personId);
  const people = useLive((state) => state.presence.get(`incident/${incidentId}`));
  const others = people?.filter(({ personId }) => personId !== me) ?? [];
  if (others.length === 0) return null;
  const names = others.map(({ name }) => name).join(', ');
  return (
    <span className={classes['looker']} title={words.handledByOther({ names })}>
      {names}
    </span>
  );
}
