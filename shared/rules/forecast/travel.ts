import type { TownGraph } from '../zones/graph.ts';

/** How fast teams move: straight distance x detour / speed. Both are settings of the town. */
export interface TravelModel {
  readonly metresPerSecond: number;
  readonly detour: number;
}

/** Where a team waits, on the town's metric plane. */
export interface WaitingPlace {
  readonly east: number;
  readonly north: number;
}

/**
 * Seconds from each team's place to each cell, at `cell * teams + team`. The distance is the root mean square over the
 * cell, sqrt(d^2 + A / 6), since the second moment of a square of area A about its centre is A / 6: a team that
 * waits in the middle of a cell still has some way to go.
 */
export function travelSeconds(
  graph: TownGraph,
  places: readonly WaitingPlace[],
  model: TravelModel,
): Float64Array {
  const cells = graph.cellIds.length;
  const seconds = new Float64Array(cells * places.length);
  for (let cell = 0; cell < cells; cell++)
    for (const [n, place] of places.entries()) {
      const east = graph.east[cell]! - place.east;
      const north = graph.north[cell]! - place.north;
      const metres = Math.sqrt(east * east + north * north + graph.squareMetres[cell]! / 6);
      seconds[cell * places.length + n] = (metres * model.detour) / model.metresPerSecond;
    }
  return seconds;
}
