import { formatClock } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import { useDesk } from '../desk/desk.ts';
import { useDraft } from '../desk/use-draft.ts';
import classes from './phone.module.css';

/** A task that was taken back does not just vanish: one line says which and why, until it is read here. */
export function CalledOffStrips() {
  const words = useWords();
  const calledOff = useDesk((desk) => desk.phone?.calledOff) ?? [];
  const read = useDraft<{ ids: readonly number[] }>('called-off', { ids: [] });
  if (!read.ready) return null;
  const reasons: Readonly<Record<string, string>> = words.codes.withdrawReason;
  return (
    <div role="alert">
      {calledOff
        .filter(({ assignmentId }) => !read.value.ids.includes(assignmentId))
        .map(({ assignmentId, incidentId, reason, text, at }) => (
          <div key={assignmentId} className={classes['strip']} data-kind="message">
            <span>
              {words.officer.calledOff({
                clock: formatClock(Date.parse(at)).slice(0, 5),
                incident: incidentId,
                reason: [reasons[reason] ?? reason, text].filter(Boolean).join(' · '),
              })}
            </span>
            <button
              type="button"
              className={classes['choice']}
              onClick={() => read.change({ ids: [...read.value.ids.slice(-50), assignmentId] })}
            >
              {words.officer.message.read}
            </button>
          </div>
        ))}
    </div>
  );
}
