import { cos, sin } from './arithmetic.ts';
import type { Random } from './random.ts';

/** Published area of the town in square kilometres (public encyclopedia). */
export const TOWN_KM2 = 102.57;
const STEPS = 720;
const ORDERS = [2, 3, 4, 5, 7] as const;

/** A star-shaped outline round the centre, with table of its radius. */
export interface Outline {
  /** Where (x, y) lies: 1 on the outline, less inside. */
  relative(x: number, y: number): number;
  readonly radii: readonly number[];
}

/** r(t) = S (1 + sum of cosines), S solved so that the area is that of the town. */
export function drawOutline(random: Random): Outline {
  const waves = ORDERS.map((k) => ({
    k,
    a: (0.05 + 0.22 * random.next()) / Math.sqrt(k),
    p: 2 * Math.PI * random.next(),
  }));
  const shape = Array.from({ length: STEPS }, (_, i) =>
    Math.max(
      0.35,
      waves.reduce((r, w) => r + w.a * cos((w.k * 2 * Math.PI * i) / STEPS + w.p), 1),
    ),
  );
  const wedge = sin((2 * Math.PI) / STEPS) / 2;
  const area = shape.reduce((sum, r, i) => sum + wedge * r * shape[(i + 1) % STEPS]!, 0);
  const scale = Math.sqrt(TOWN_KM2 / area);
  const radii = shape.map((r) => r * scale);
  const directions = radii.map((_, i) => {
    const t = (2 * Math.PI * i) / STEPS;
    return [cos(t), sin(t)] as const;
  });
  return {
    radii,
    relative(x, y) {
      const r = Math.sqrt(x * x + y * y);
      if (r === 0) return 0;
      let best = 0;
      let nearest = -2;
      // The direction with the largest dot product: no arc tangent needed.
      for (let i = 0; i < STEPS; i++) {
        const dot = (directions[i]![0] * x + directions[i]![1] * y) / r;
        if (dot > nearest) {
          nearest = dot;
          best = i;
        }
      }
      return r / radii[best]!;
    },
  };
}
