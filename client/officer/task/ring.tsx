import { useWords } from '../../words/use-words.ts';
import classes from '../shell/phone.module.css';

const radius = 50;
const length = 2 * Math.PI * radius;

/** What is left of the time to answer, by the server's clock. Instants in ms. */
export function Ring({ startMs, endMs, nowMs }: { startMs: number; endMs: number; nowMs: number }) {
  const words = useWords().officer.offer;
  const left = Math.max(0, Math.min(1, (endMs - nowMs) / Math.max(1, endMs - startMs)));
  const seconds = Math.max(0, Math.ceil((endMs - nowMs) / 1000));
  return (
    <div className={classes['ring']} role="timer" aria-label={words.secondsLeft({ seconds })}>
      <svg viewBox="0 0 116 116" aria-hidden="true">
        <circle className={classes['ringGround']} cx="58" cy="58" r={radius} />
        <circle
          className={classes['ringLeft']}
          cx="58"
          cy="58"
          r={radius}
          strokeDasharray={length}
          strokeDashoffset={length * (1 - left)}
        />
      </svg>
      <span className={classes['ringSeconds']} aria-hidden="true">
        {seconds}
      </span>
    </div>
  );
}
