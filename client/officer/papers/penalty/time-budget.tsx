import { useServerNow } from '../../../live/now.ts';
import { formatTimer } from '../../../words/format.ts';
import { useWords } from '../../../words/use-words.ts';
import classes from '../../shell/phone.module.css';
import { limitSeconds, steps } from './draft.ts';

/** How much of the five minutes is used, and how much the steps up to this one were given. */
export function TimeBudget(props: {
  readonly step: number;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
}) {
  const words = useWords().officer.papers.budget;
  const nowMs = useServerNow();
  const used = props.startedAtMs === null ? 0 : ((props.endedAtMs ?? nowMs) - props.startedAtMs) / 1000;
  const given = steps.slice(0, props.step + 1).reduce((sum, { seconds }) => sum + seconds, 0);
  return (
    <p className={`${classes['strip']} ${classes['budget']}`} data-over={used > given}>
      {words.line({
        step: props.step + 1,
        steps: steps.length,
        used: formatTimer(used),
        given: formatTimer(given),
        limit: formatTimer(limitSeconds),
      })}
    </p>
  );
}
