import type { Metres, Projection } from './projection.ts';
import type { Ring } from './ring.ts';

/** Area, perimeter and centre of a polygon on the metric plane. */
export interface Measure {
  readonly squareMetres: number;
  readonly perimeterMetres: number;
  readonly centre: Metres;
}

/** Measures outer ring and holes together; holes run clockwise and so count negative. */
export function measure(rings: readonly Ring[], project: Projection): Measure {
  const origin = project(rings[0]![0]!);
  let double = 0;
  let perimeter = 0;
  let east = 0;
  let north = 0;
  for (const ring of rings) {
    const points = ring.map(project);
    for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
      const ax = points[j]![0] - origin[0];
      const ay = points[j]![1] - origin[1];
      const bx = points[i]![0] - origin[0];
      const by = points[i]![1] - origin[1];
      const cross = ax * by - ay * bx;
      double += cross;
      east += (ax + bx) * cross;
      north += (ay + by) * cross;
      perimeter += Math.hypot(bx - ax, by - ay);
    }
  }
  return {
    squareMetres: double / 2,
    perimeterMetres: perimeter,
    centre: [origin[0] + east / (3 * double), origin[1] + north / (3 * double)],
  };
}

/** Length of an open path in metres. */
export function pathMetres(path: Ring, project: Projection): number {
  let metres = 0;
  for (let i = 1; i < path.length; i++) {
    const a = project(path[i - 1]!);
    const b = project(path[i]!);
    metres += Math.hypot(b[0] - a[0], b[1] - a[1]);
  }
  return metres;
}

/** Polsby-Popper compactness 4 pi A / P^2: 1 for a disc, 0.785 for a square. */
export const polsbyPopper = (squareMetres: number, perimeterMetres: number): number =>
  perimeterMetres > 0 ? (4 * Math.PI * squareMetres) / perimeterMetres ** 2 : 0;
