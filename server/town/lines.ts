import { cos, sin } from './arithmetic.ts';
import type { Outline } from './outline.ts';
import type { Random } from './random.ts';

/** A line from west to east across the town, as y over x in kilometres. */
export type AcrossLine = (x: number) => number;

/** Road S319 passes south of the old town's moat (慈城古县城保护条例 10 names it as the southern limit). */
export function drawHighway(random: Random): AcrossLine {
  const phase = 2 * Math.PI * random.next();
  return (x) => -0.78 + 0.09 * sin(0.9 * x + phase) - 0.015 * x * x;
}

/** River 姚江 along the south, placed so that a fixed part of the town lies beyond it. */
export function drawRiver(outline: Outline, random: Random, beyondKm2: number): AcrossLine {
  const phase = 2 * Math.PI * random.next();
  const bend = (x: number) => 0.3 * sin(0.75 * x + phase) + 0.1 * sin(1.7 * x + 2 * phase);
  let low = -9;
  let high = -1.5;
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (areaBelow(outline, (x) => middle + bend(x)) > beyondKm2) high = middle;
    else low = middle;
  }
  return (x) => low + bend(x);
}

/** Area of the outline south of a line in square kilometres: the contour integral of the depth below it. */
function areaBelow(outline: Outline, line: AcrossLine): number {
  const n = outline.radii.length;
  const ring = outline.radii.map(
    (r, i) => [r * cos((2 * Math.PI * i) / n), r * sin((2 * Math.PI * i) / n)] as const,
  );
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const [ax, ay] = ring[i]!;
    const [bx, by] = ring[(i + 1) % n]!;
    const below = (x: number, y: number) => Math.min(0, y - line(x));
    sum += ((bx - ax) * (below(ax, ay) + below(bx, by))) / 2;
  }
  return -sum;
}
