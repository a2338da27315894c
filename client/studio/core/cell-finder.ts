import Flatbush from 'flatbush';
import { placeInRing, vertexAt } from '../../../shared/rules/cells/ring.ts';
import type { Ground } from './ground.ts';

/** Finds the cell under a point by a tree of boxes; independent of what the map has drawn, microseconds a call. */
export class CellFinder {
  readonly #ground: Ground;
  readonly #tree: Flatbush;

  constructor(ground: Ground) {
    this.#ground = ground;
    this.#tree = new Flatbush(Math.max(1, ground.graph.cellIds.length));
    for (const id of ground.graph.cellIds) {
      const ring = ground.coverage.cells.get(id)!.rings[0]!;
      const xs = ring.map((v) => v[0]);
      const ys = ring.map((v) => v[1]);
      this.#tree.add(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys));
    }
    if (ground.graph.cellIds.length === 0) this.#tree.add(0, 0, 0, 0);
    this.#tree.finish();
  }

  /** Number of the cell at a place in degrees, or -1 outside the town. On a border the lower code wins. */
  at(lng: number, lat: number): number {
    const point = vertexAt(lng, lat);
    const { graph, coverage } = this.#ground;
    let found = -1;
    for (const cell of this.#tree.search(point[0], point[1], point[0], point[1])) {
      const id = graph.cellIds[cell];
      if (id === undefined) continue;
      const [outer, ...holes] = coverage.cells.get(id)!.rings;
      if (placeInRing(point, outer!) === 'outside') continue;
      if (holes.some((hole) => placeInRing(point, hole) === 'inside')) continue;
      if (found < 0 || graph.codes[cell]! < graph.codes[found]!) found = cell;
    }
    return found;
  }
}
