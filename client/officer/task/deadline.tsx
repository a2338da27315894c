import type { IncidentView } from '../../../shared/contract/incidents.ts';
import { useServerNow } from '../../live/now.ts';
import { formatClock, formatTimer } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import classes from '../shell/phone.module.css';

/** Share of the limit that is left, by wall time of the shown deadline: the server's clock decides what is late. */
export function gradeOf(left: number): 'calm' | 'soon' | 'late' {
  if (left > 0.5) return 'calm';
  return left > 0.2 ? 'soon' : 'late';
}

/** Bar, glyph and figures: what is left of the limit. */
export function Deadline({ incident }: { readonly incident: IncidentView }) {
  const words = useWords().officer.deadline;
  const nowMs = useServerNow();
  const { deadlineAt, deadlineStartAt, filedAt, holdUntil } = incident;
  if (holdUntil !== null)
    return <p className={classes['note']}>{words.held({ clock: formatClock(Date.parse(holdUntil)) })}</p>;
  if (deadlineAt === null) return null;
  const startMs = Date.parse(deadlineStartAt ?? filedAt ?? incident.reportedAt);
  const dueMs = Date.parse(deadlineAt);
  const left = Math.max(0, Math.min(1, (dueMs - nowMs) / Math.max(1, dueMs - startMs)));
  const grade = gradeOf(left);
  const late = nowMs > dueMs;
  const glyph = late ? '⬤' : { calm: '○', soon: '◔', late: '◕' }[grade];
  const timer = formatTimer(Math.abs(dueMs - nowMs) / 1000);
  return (
    <div className={classes['deadline']} data-grade={grade}>
      <div className={classes['spread']}>
        <span>
          <span aria-hidden="true">{glyph} </span>
          {late ? words.over({ timer }) : words.left({ timer })}
        </span>
        <span>{words.due({ clock: formatClock(dueMs).slice(0, 5) })}</span>
      </div>
      <div className={classes['track']} aria-hidden="true">
        <span style={{ width: `${left * 100}%` }} />
      </div>
    </div>
  );
}
