import Flatbush from 'flatbush';
import type { CellId } from '../../shared/contract/ids.ts';
import type { PlannedCell } from '../../shared/rules/cells/coverage.ts';
import { placeInRing, vertexAt } from '../../shared/rules/cells/ring.ts';

/** Answers the cell of a WGS-84 point, on a border the one with the lowest code; undefined outside every cell. */
export type CellFinder = (lng: number, lat: number) => CellId | undefined;

/** An index over cells for many points: thousands a second without asking the database. */
export function cellFinder(cells: readonly PlannedCell[]): CellFinder {
  if (cells.length === 0) return () => undefined;
  const index = new Flatbush(cells.length);
  for (const { rings } of cells) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const [x, y] of rings.flat()) {
      west = Math.min(west, x);
      south = Math.min(south, y);
      east = Math.max(east, x);
      north = Math.max(north, y);
    }
    index.add(west, south, east, north);
  }
  index.finish();
  return (lng, lat) => {
    const point = vertexAt(lng, lat);
    const hits = index
      .search(point[0], point[1], point[0], point[1])
      .map((i) => cells[i]!)
      .filter(({ rings }) => covers(rings, point))
      .sort((a, b) => (a.code15 < b.code15 ? -1 : 1));
    return hits[0]?.id;
  };
}

/** Inside an odd number of rings, or on a border: holes and separate pieces alike. */
function covers(rings: PlannedCell['rings'], point: readonly [number, number]): boolean {
  let inside = false;
  for (const ring of rings) {
    const place = placeInRing(point, ring);
    if (place === 'border') return true;
    if (place === 'inside') inside = !inside;
  }
  return inside;
}
