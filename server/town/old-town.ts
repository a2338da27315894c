import { cos, sin } from './arithmetic.ts';
import { OLD_TOWN } from './density.ts';
import type { Random } from './random.ts';

/** Sizes of the old county town in kilometres: moat, corners, lanes (invented; the moat itself is real). */
export const MOAT = { halfWidth: 0.65, halfHeight: 0.6, corner: 0.15 } as const;
/** Road round the moat, outside. */
export const RING_OUTSET = 0.05;
/** Lake 慈湖, north of the moat. */
const LAKE = { x: 0.05, y: 1.16, halfWidth: 0.3, halfHeight: 0.16 } as const;
const LANES_ACROSS = 11;
const LANES_DOWN = 10;
const INSIDE = 0.06;
/** Lanes that run straight through from gate to gate. */
const AXES_ACROSS = [3, 7];
const AXES_DOWN = [3, 6];

type Point = readonly [x: number, y: number];

/** Rounded rectangle round the old town, grown by `outset` kilometres, counter-clockwise, open. */
export function moatRing(outset: number, steps = 8): Point[] {
  const [cx, cy] = OLD_TOWN;
  const radius = Math.max(0.02, MOAT.corner + outset);
  const w = MOAT.halfWidth + outset - radius;
  const h = MOAT.halfHeight + outset - radius;
  const corners: readonly (readonly [number, number, number])[] = [
    [cx + w, cy + h, 0],
    [cx - w, cy + h, 1],
    [cx - w, cy - h, 2],
    [cx + w, cy - h, 3],
  ];
  return corners.flatMap(([x, y, quarter]) =>
    Array.from({ length: steps + 1 }, (_, k): Point => {
      const t = ((quarter + k / steps) * Math.PI) / 2;
      return [x + radius * cos(t), y + radius * sin(t)];
    }),
  );
}

/** Shore of the lake, a little irregular, counter-clockwise, open. */
export function lakeRing(grow = 0): Point[] {
  return Array.from({ length: 36 }, (_, k): Point => {
    const t = (2 * Math.PI * k) / 36;
    const wave = 1 + 0.06 * cos(3 * t + 1) + 0.04 * sin(5 * t);
    return [
      LAKE.x + (LAKE.halfWidth * wave + grow) * cos(t),
      LAKE.y + (LAKE.halfHeight * wave + grow) * sin(t),
    ];
  });
}

/** The lanes inside the moat. */
export interface Lattice {
  readonly nodes: readonly Point[];
  readonly edges: readonly { readonly a: number; readonly b: number; readonly axis: boolean }[];
  /** Ends of the axes and the direction in which the gate lies. */
  readonly gates: readonly { readonly node: number; readonly direction: Point }[];
  /** Where the axes run. */
  readonly axesX: readonly number[];
  readonly axesY: readonly number[];
}

/** A lattice of lanes with a few missing; axes are straight and complete. */
export function drawLattice(random: Random): Lattice {
  const [cx, cy] = OLD_TOWN;
  const w = MOAT.halfWidth - INSIDE;
  const h = MOAT.halfHeight - INSIDE;
  const column = (i: number) => cx - w + (2 * w * i) / (LANES_ACROSS - 1);
  const row = (j: number) => cy - h + (2 * h * j) / (LANES_DOWN - 1);
  const shake = () => (random.next() - 0.5) * 0.04;
  const shiftX = Array.from({ length: LANES_ACROSS }, () => shake());
  const shiftY = Array.from({ length: LANES_DOWN }, () => shake());
  const isX = (i: number) => AXES_ACROSS.includes(i);
  const isY = (j: number) => AXES_DOWN.includes(j);
  const rim = (i: number, j: number) => i === 0 || j === 0 || i === LANES_ACROSS - 1 || j === LANES_DOWN - 1;
  const nodes: Point[] = [];
  for (let j = 0; j < LANES_DOWN; j++) {
    for (let i = 0; i < LANES_ACROSS; i++) {
      const jitterX = isX(i) || rim(i, j) ? 0 : 0.4 * shake();
      const jitterY = isY(j) || rim(i, j) ? 0 : 0.4 * shake();
      // The rim keeps the rounded corners of the moat at a distance.
      const corner = (i === 0 || i === LANES_ACROSS - 1) && (j === 0 || j === LANES_DOWN - 1);
      const pull = corner ? 0.045 : 0;
      const x = column(i) + (i === 0 || i === LANES_ACROSS - 1 ? 0 : shiftX[i]!) + jitterX;
      const y = row(j) + (j === 0 || j === LANES_DOWN - 1 ? 0 : shiftY[j]!) + jitterY;
      nodes.push([x - pull * Math.sign(x - cx), y - pull * Math.sign(y - cy)]);
    }
  }
  const at = (i: number, j: number) => j * LANES_ACROSS + i;
  const edges: { a: number; b: number; axis: boolean }[] = [];
  const add = (a: number, b: number, axis: boolean, always: boolean) => {
    if (always || random.next() < 0.78) edges.push({ a, b, axis });
  };
  for (let j = 0; j < LANES_DOWN; j++) {
    for (let i = 0; i < LANES_ACROSS; i++) {
      // Lanes beside an axis always reach it, so nothing is cut off.
      if (i + 1 < LANES_ACROSS)
        add(
          at(i, j),
          at(i + 1, j),
          isY(j),
          isY(j) || isX(i) || isX(i + 1) || j === 0 || j === LANES_DOWN - 1,
        );
      if (j + 1 < LANES_DOWN)
        add(at(i, j), at(i, j + 1), isX(i), isX(i) || i === 0 || i === LANES_ACROSS - 1);
    }
  }
  const gates = [
    ...AXES_ACROSS.flatMap((i) => [
      { node: at(i, 0), direction: [0, -1] as Point },
      { node: at(i, LANES_DOWN - 1), direction: [0, 1] as Point },
    ]),
    ...AXES_DOWN.flatMap((j) => [
      { node: at(0, j), direction: [-1, 0] as Point },
      { node: at(LANES_ACROSS - 1, j), direction: [1, 0] as Point },
    ]),
  ];
  return {
    nodes,
    edges,
    gates,
    axesX: AXES_ACROSS.map((i) => column(i) + shiftX[i]!),
    axesY: AXES_DOWN.map((j) => row(j) + shiftY[j]!),
  };
}

/** True inside a ring (even-odd). */
export function inRing(ring: readonly Point[], x: number, y: number): boolean {
  let inside = false;
  ring.forEach(([ax, ay], k) => {
    const [bx, by] = ring[(k + 1) % ring.length]!;
    if (ay > y !== by > y && ax + ((y - ay) * (bx - ax)) / (by - ay) > x) inside = !inside;
  });
  return inside;
}

/** Where the segment from p to q first meets a ring: the place and the distance along the ring; or nothing. */
export function meetRing(
  ring: readonly Point[],
  [px, py]: Point,
  [qx, qy]: Point,
): { readonly at: Point; readonly along: number } | undefined {
  let along = 0;
  let best: { at: Point; along: number; t: number } | undefined;
  ring.forEach(([ax, ay], k) => {
    const [bx, by] = ring[(k + 1) % ring.length]!;
    const side = Math.sqrt((bx - ax) ** 2 + (by - ay) ** 2);
    const cross = (qx - px) * (by - ay) - (qy - py) * (bx - ax);
    if (cross !== 0) {
      const t = ((ax - px) * (by - ay) - (ay - py) * (bx - ax)) / cross;
      const s = ((ax - px) * (qy - py) - (ay - py) * (qx - px)) / cross;
      if (t >= 0 && t <= 1 && s >= 0 && s < 1 && (!best || t < best.t))
        best = { at: [ax + s * (bx - ax), ay + s * (by - ay)], along: along + s * side, t };
    }
    along += side;
  });
  return best;
}
