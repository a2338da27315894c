import { exp } from './arithmetic.ts';

/** Centres of the built-up places, kilometres from the centre of the town. */
export const OLD_TOWN = [0, 0.3] as const;
export const NEW_TOWN = [0.2, -1.9] as const;
export const PARK = [1.0, -3.3] as const;

interface Hump {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Settlement density at a point (no unit; 0.16 is open country, about 9 the old town). */
export type Density = (x: number, y: number) => number;

/** Sum of Gaussian humps: old town, new town, e-commerce park, and one for each village core. */
export function settlement(cores: readonly (readonly [number, number])[]): Density {
  const humps: Hump[] = [
    { x: OLD_TOWN[0], y: OLD_TOWN[1], width: 0.75, height: 9 },
    { x: NEW_TOWN[0], y: NEW_TOWN[1], width: 1.1, height: 6 },
    { x: PARK[0], y: PARK[1], width: 0.8, height: 4 },
    ...cores.map(([x, y]) => ({ x, y, width: 0.3, height: 1.1 })),
  ];
  return (x, y) => {
    let sum = 0.16;
    for (const hump of humps) {
      const square = (x - hump.x) ** 2 + (y - hump.y) ** 2;
      const spread = 2 * hump.width * hump.width;
      if (square < 30 * spread) sum += hump.height * exp(-square / spread);
    }
    return sum;
  };
}

/** d^1.25 by square roots, which every engine rounds alike. */
export const crowding = (d: number): number => d * Math.sqrt(Math.sqrt(d));
