import type { UnitStatus } from '../../shared/contract/frame.ts';

/** One drawing in a 24 x 24 box: what is filled, and what is only outlined. Used by the DOM and the map alike. */
export interface Shape {
  readonly fill?: string;
  readonly stroke?: string;
}

const circle = (r: number) => `M${12 - r} 12a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;

/** Shape of each status: ● ◐ ▶ ■ ○ ▲. */
export const statusShapes: Readonly<Record<UnitStatus, Shape>> = {
  available: { fill: circle(8) },
  assigned: { fill: 'M12 4a8 8 0 0 0 0 16Z', stroke: circle(8) },
  en_route: { fill: 'M6 3.5 20.5 12 6 20.5Z' },
  on_scene: { fill: 'M4.5 4.5h15v15h-15Z' },
  off_duty: { stroke: circle(7.5) },
  emergency: { fill: 'M12 3 22 20.5H2Z' },
};

/** Classes of incident by outer shape on the map. */
export const incidentClasses = ['fire_lane', 'street_order', 'environment', 'building', 'other'] as const;
export type IncidentClass = (typeof incidentClasses)[number];

/** Outer shape of each class: shield-like pentagon, square, drop, house, circle. */
export const classShapes: Readonly<Record<IncidentClass, string>> = {
  fire_lane: 'M12 1.5 22.5 9.2 18.5 21.5h-13L1.5 9.2Z',
  street_order: 'M3 3h18v18H3Z',
  environment: 'M12 1C16 6 20.5 9.8 20.5 14.5a8.5 8.5 0 0 1-17 0C3.5 9.8 8 6 12 1Z',
  building: 'M12 1.5 22.5 10.5H20V22H4V10.5H1.5Z',
  other: circle(10),
};

/** Shape of each priority in lists: octagon, diamond, hexagon, circle, dot. */
export const priorityShapes: Readonly<Record<1 | 2 | 3 | 4 | 5, Shape>> = {
  1: { fill: 'M7.9 2h8.2L22 7.9v8.2L16.1 22H7.9L2 16.1V7.9Z' },
  2: { fill: 'M12 .8 23.2 12 12 23.2.8 12Z' },
  3: { stroke: 'M7 3h10l5 9-5 9H7L2 12Z' },
  4: { stroke: circle(9.5) },
  5: { stroke: circle(6.5) },
};

/** How much of a deadline is gone, as a pie; `late` fills the disc. */
export const deadlineShapes: Readonly<Record<'soon' | 'late' | 'overdue', Shape>> = {
  soon: { stroke: circle(8), fill: 'M12 12V4a8 8 0 0 1 8 8Z' },
  late: { stroke: circle(8), fill: 'M12 12V4a8 8 0 1 1-8 8Z' },
  overdue: { fill: circle(9) },
};
