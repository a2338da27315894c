import type { Reality } from '../../../shared/rules/replay/reality.ts';
import { useWords } from '../../words/words.tsx';
import { minutes } from './figures.ts';
import classes from './side-panel.module.css';

const [width, height] = [360, 150];
const margin = { left: 34, right: 6, top: 30, bottom: 22 };

/** The 90th percentile of each week as a bar, and what was promised as a line; the table below says the same. */
export function WeeksChart(props: {
  readonly weeks: Reality['weeks'];
  readonly promisedSeconds: number | null;
}) {
  const words = useWords().studio.reality;
  const { weeks, promisedSeconds } = props;
  const top = Math.max(60, promisedSeconds ?? 0, ...weeks.map(({ p90Seconds }) => p90Seconds)) * 1.1;
  const step = (width - margin.left - margin.right) / Math.max(1, weeks.length);
  const y = (seconds: number): number =>
    height - margin.bottom - (seconds / top) * (height - margin.top - margin.bottom);
  return (
    <svg className={classes['chart']} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={words.chart}>
      <g fontSize="11" fill="var(--surface-muted)">
        <text x={2} y={12}>
          {words.axis}
        </text>
        {[0, top / 1.1 / 2, top / 1.1].map((seconds) => (
          <g key={seconds}>
            <line
              x1={margin.left}
              x2={width - margin.right}
              y1={y(seconds)}
              y2={y(seconds)}
              stroke="var(--surface-line)"
            />
            <text x={margin.left - 5} y={y(seconds) + 4} textAnchor="end">
              {minutes(seconds)}
            </text>
          </g>
        ))}
        {weeks.map((week, i) => {
          const wide = Math.min(34, step * 0.6);
          const left = margin.left + (i + 0.5) * step - wide / 2;
          return (
            <g key={week.from}>
              <rect
                x={left}
                width={wide}
                y={y(week.p90Seconds)}
                height={y(0) - y(week.p90Seconds)}
                fill="var(--surface-focus)"
              />
              <text x={left + wide / 2} y={height - 7} textAnchor="middle">
                {i + 1}
              </text>
            </g>
          );
        })}
        {promisedSeconds !== null && (
          <>
            <line
              x1={margin.left}
              x2={width - margin.right}
              y1={y(promisedSeconds)}
              y2={y(promisedSeconds)}
              stroke="var(--surface-text)"
              strokeWidth="2"
              strokeDasharray="6 4"
            />
            <text x={width - margin.right} y={12} textAnchor="end" fill="var(--surface-text)">
              {words.line({ minutes: minutes(promisedSeconds) })}
            </text>
          </>
        )}
      </g>
    </svg>
  );
}
