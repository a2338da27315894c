import type { Projection } from './projection.ts';
import { vertexKey } from './ring.ts';
import type { Ring, Vertex } from './ring.ts';

/** A segment on the turned metric plane, from its lower to its upper end. */
export interface SweepEdge {
  readonly low: Vertex;
  readonly high: Vertex;
  readonly lowX: number;
  readonly lowY: number;
  readonly highX: number;
  readonly highY: number;
  /** Change of the winding number of each cell when the edge is crossed from left to right. */
  readonly steps: { cell: number; by: number }[];
}

/** Number of the town's outline among the cells. */
export const outlineNumber = -1;

// The plane is turned so that no segment of a real map is exactly level, which a sweep could not see.
const cosine = Math.cos(0.3217);
const sine = Math.sin(0.3217);

/** All segments of cells and outline, each once, with the cells that lie on either side. */
export function sweepEdges(
  cells: readonly (readonly Ring[])[],
  outline: readonly Ring[],
  project: Projection,
): readonly SweepEdge[] {
  const places = new Map<number, readonly [number, number]>();
  const placeOf = (vertex: Vertex): readonly [number, number] => {
    const key = vertexKey(vertex);
    let place = places.get(key);
    if (!place) {
      const [east, north] = project(vertex);
      place = [east * cosine - north * sine, east * sine + north * cosine];
      places.set(key, place);
    }
    return place;
  };
  const edges = new Map<string, SweepEdge>();
  const add = (ring: Ring, cell: number): void => {
    for (let i = 0; i < ring.length; i++) {
      const a = ring[i]!;
      const b = ring[(i + 1) % ring.length]!;
      const upward = placeOf(a)[1] < placeOf(b)[1];
      const low = upward ? a : b;
      const high = upward ? b : a;
      const key = `${vertexKey(low)} ${vertexKey(high)}`;
      let edge = edges.get(key);
      if (!edge) {
        const [lowX, lowY] = placeOf(low);
        const [highX, highY] = placeOf(high);
        if (lowY === highY) continue;
        edge = { low, high, lowX, lowY, highX, highY, steps: [] };
        edges.set(key, edge);
      }
      edge.steps.push({ cell, by: upward ? -1 : 1 });
    }
  };
  for (const [cell, rings] of cells.entries()) for (const ring of rings) add(ring, cell);
  for (const ring of outline) add(ring, outlineNumber);
  return [...edges.values()];
}

/** Where the edge stands at height `y`. */
export function edgeAt(edge: SweepEdge, y: number): number {
  if (y <= edge.lowY) return edge.lowX;
  if (y >= edge.highY) return edge.highX;
  return edge.lowX + ((y - edge.lowY) / (edge.highY - edge.lowY)) * (edge.highX - edge.lowX);
}

/** The point of the edge at height `y` in integer coordinates. */
export function vertexAtHeight(edge: SweepEdge, y: number): Vertex {
  const t = (y - edge.lowY) / (edge.highY - edge.lowY);
  return [edge.low[0] + t * (edge.high[0] - edge.low[0]), edge.low[1] + t * (edge.high[1] - edge.low[1])];
}
