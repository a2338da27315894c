import type { FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson';

interface Entry {
  readonly code: string;
  readonly box: readonly [number, number, number, number];
  readonly rings: readonly (readonly Position[])[];
}

const indexes = new WeakMap<object, readonly Entry[]>();

function indexOf(cells: FeatureCollection<Polygon | MultiPolygon>): readonly Entry[] {
  const known = indexes.get(cells);
  if (known) return known;
  const made = cells.features.map((cell): Entry => {
    const { geometry } = cell;
    const rings = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
    const lngs = rings.flat().map((p) => p[0]!);
    const lats = rings.flat().map((p) => p[1]!);
    return {
      code: String(cell.properties?.['code'] ?? ''),
      box: [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)],
      rings,
    };
  });
  indexes.set(cells, made);
  return made;
}

/** Code of the cell that holds a point, or null; by the even-odd rule over all rings, so holes count as outside. */
export function cellAt(
  cells: FeatureCollection<Polygon | MultiPolygon>,
  { lng, lat }: { readonly lng: number; readonly lat: number },
): string | null {
  for (const { code, box, rings } of indexOf(cells)) {
    if (lng < box[0] || lat < box[1] || lng > box[2] || lat > box[3]) continue;
    let inside = false;
    for (const ring of rings)
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const [ax, ay] = ring[i] as [number, number];
        const [bx, by] = ring[j] as [number, number];
        if (ay > lat !== by > lat && lng < ((bx - ax) * (lat - ay)) / (by - ay) + ax) inside = !inside;
      }
    if (inside) return code;
  }
  return null;
}
