import type { Feature, FeatureCollection } from 'geojson';
import type { Ground } from '../core/ground.ts';
import type { Planner } from '../desk.ts';
import { closedRing } from './shapes.ts';

/** What the other planners look at and which cells are under their brushes, each in the colour of the list. */
export function peopleShapes(
  others: readonly Planner[],
  ground: Ground,
  palette: readonly string[],
): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: others.flatMap(({ view, cellIds }, i) => {
      const line = (coordinates: number[][]): Feature => ({
        type: 'Feature',
        geometry: { type: 'LineString', coordinates },
        properties: { colour: palette[i % palette.length] },
      });
      const cells = cellIds.flatMap((id) => {
        const ring = ground.coverage.cells.get(id as never)?.rings[0];
        return ring ? [line(closedRing(ring))] : [];
      });
      return view ? [line(frameOf(view)), ...cells] : cells;
    }),
  };
}

const frameOf = ([west, south, east, north]: readonly [number, number, number, number]): number[][] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];
