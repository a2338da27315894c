import type { UnitStatus } from '../../shared/contract/frame.ts';
import { deadlineShapes, priorityShapes, statusShapes, type Shape } from './glyph-shapes.ts';

interface Size {
  readonly size?: number;
}

function Drawing({ shape, colour, size = 14 }: Size & { readonly shape: Shape; readonly colour: string }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" style={{ flex: 'none' }}>
      {shape.stroke && <path d={shape.stroke} fill="none" stroke={colour} strokeWidth="2.6" />}
      {shape.fill && <path d={shape.fill} fill={colour} />}
    </svg>
  );
}

/** Shape and colour of a status; the caller puts the word beside it, for neither is enough alone. */
export function StatusGlyph({ status, size = 14 }: Size & { readonly status: UnitStatus }) {
  const colour = `var(--status-${status.replaceAll('_', '-')})`;
  return <Drawing shape={statusShapes[status]} colour={colour} size={size} />;
}

/** Pie of a deadline that is running out. */
export function DeadlineGlyph({ step, size = 14 }: Size & { readonly step: keyof typeof deadlineShapes }) {
  const colour = step === 'overdue' ? 'currentColor' : `var(--deadline-${step})`;
  return <Drawing shape={deadlineShapes[step]} colour={colour} size={size} />;
}

/** Priority as shape with its number inside; `label` is what a screen reader says. */
export function PriorityGlyph({
  priority,
  label,
  size = 22,
}: Size & { readonly priority: 1 | 2 | 3 | 4 | 5; readonly label: string }) {
  const shape = priorityShapes[priority];
  const colour = `var(--priority-${priority})`;
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      role="img"
      aria-label={label}
      style={{ flex: 'none' }}
    >
      {shape.fill && <path d={shape.fill} fill={colour} />}
      {shape.stroke && <path d={shape.stroke} fill="none" stroke={colour} strokeWidth="1.8" />}
      <text
        x="12"
        y="16.8"
        textAnchor="middle"
        fontSize="14"
        fontWeight="700"
        fill={shape.fill ? 'var(--ink)' : colour}
      >
        {priority}
      </text>
    </svg>
  );
}
