import type { CurvePoint } from '../../../shared/rules/zones/design/curve.ts';
import { useWords } from '../../words/words.tsx';
import classes from './side-panel.module.css';

const [width, height] = [360, 190];
const margin = { left: 42, right: 12, top: 10, bottom: 34 };

/** Rounds up to 1, 2 or 5 times a power of ten. */
function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1e-6)));
  return [1, 2, 5, 10].map((step) => step * power).find((top) => top >= value) ?? value;
}

/** Imbalance that remains against work that changes hands; the table below says the same. */
export function CurveChart(props: {
  readonly points: readonly CurvePoint[];
  readonly chosen: number | null;
}) {
  const words = useWords().studio.proposal;
  const { points, chosen } = props;
  const right = niceTop(Math.max(0.01, ...points.map((point) => point.loadMoved)));
  const top = niceTop(Math.max(0.01, ...points.map((point) => point.deviation)));
  const x = (share: number): number => margin.left + (share / right) * (width - margin.left - margin.right);
  const y = (share: number): number =>
    height - margin.bottom - (share / top) * (height - margin.top - margin.bottom);
  const steps = [0, 0.25, 0.5, 0.75, 1];
  const text = (share: number): string => `${Math.round(share * 1000) / 10}`;
  return (
    <svg className={classes['chart']} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={words.chart}>
      <g stroke="var(--surface-line)" fill="var(--surface-muted)" fontSize="12">
        {steps.map((step) => (
          <g key={step}>
            <line x1={margin.left} x2={width - margin.right} y1={y(step * top)} y2={y(step * top)} />
            <text x={margin.left - 6} y={y(step * top) + 4} textAnchor="end" stroke="none">
              {text(step * top)}
            </text>
            <text x={x(step * right)} y={height - margin.bottom + 15} textAnchor="middle" stroke="none">
              {text(step * right)}
            </text>
          </g>
        ))}
        <text x={width / 2} y={height - 4} textAnchor="middle" stroke="none">
          {words.axes.load}
        </text>
        <text transform={`translate(11 ${height / 2 - 10}) rotate(-90)`} textAnchor="middle" stroke="none">
          {words.axes.deviation}
        </text>
      </g>
      <polyline
        fill="none"
        stroke="var(--surface-focus)"
        strokeWidth="2"
        points={points.map((point) => `${x(point.loadMoved)},${y(point.deviation)}`).join(' ')}
      />
      {points.map((point, i) => (
        <circle
          key={`${point.delta}-${point.loadMoved}`}
          cx={x(point.loadMoved)}
          cy={y(point.deviation)}
          r={i === chosen ? 7 : 3.5}
          fill={i === chosen ? 'var(--surface-text)' : 'var(--surface-focus)'}
          stroke="var(--surface-ground)"
        />
      ))}
    </svg>
  );
}
