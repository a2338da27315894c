import type { Ring, Vertex } from '../../../shared/rules/cells/ring.ts';

/** A point of a polygon that is surely inside: the middle of its widest stretch on the latitude of its middle. */
export function pointInside(rings: readonly Ring[]): Vertex {
  const outer = rings[0]!;
  const norths = outer.map((v) => v[1]);
  // Half a unit off the grid, so that no vertex lies on the line.
  const y = Math.floor((Math.min(...norths) + Math.max(...norths)) / 2) + 0.5;
  const crossings: number[] = [];
  for (const ring of rings)
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [ax, ay] = ring[j]!;
      const [bx, by] = ring[i]!;
      if (ay > y !== by > y) crossings.push(ax + ((y - ay) / (by - ay)) * (bx - ax));
    }
  crossings.sort((a, b) => a - b);
  let best: Vertex = outer[0]!;
  let width = -1;
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const wide = crossings[i + 1]! - crossings[i]!;
    if (wide <= width) continue;
    width = wide;
    best = [Math.round((crossings[i]! + crossings[i + 1]!) / 2), Math.floor(y)];
  }
  return best;
}
