import { unitsPerDegree } from '../../../shared/rules/cells/ring.ts';
import type { Ground } from './ground.ts';

/** The four directions of the arrow keys. */
export const directions = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'] as const;
export type Direction = (typeof directions)[number];

const ways: Readonly<Record<Direction, readonly [number, number]>> = {
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/** The neighbouring cell that lies most in a direction, within 75 degrees of it; the cell itself when none does. */
export function stepFrom({ graph, points }: Ground, cell: number, direction: Direction): number {
  const [dx, dy] = ways[direction];
  const [x, y] = points[cell]!;
  const narrow = Math.cos(((y / unitsPerDegree) * Math.PI) / 180);
  let best = cell;
  let least = 0.26;
  for (let slot = graph.offsets[cell]!; slot < graph.offsets[cell + 1]!; slot++) {
    const next = graph.neighbours[slot]!;
    const east = (points[next]![0] - x) * narrow;
    const north = points[next]![1] - y;
    const along = (east * dx + north * dy) / Math.hypot(east, north);
    if (along > least) {
      least = along;
      best = next;
    }
  }
  return best;
}
