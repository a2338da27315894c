import type { MultiPolygon, Polygon, Position } from 'geojson';

/** Is a point inside an area? Even-odd over all rings. */
export function covers(area: MultiPolygon | Polygon, [px, py]: Position): boolean {
  const polygons = area.type === 'Polygon' ? [area.coordinates] : area.coordinates;
  let inside = false;
  for (const ring of polygons.flat()) {
    for (let k = 0; k + 1 < ring.length; k++) {
      const [ax, ay] = ring[k] as [number, number];
      const [bx, by] = ring[k + 1] as [number, number];
      if (ay > py! !== by > py! && ax + ((py! - ay) * (bx - ax)) / (by - ay) > px!) inside = !inside;
    }
  }
  return inside;
}
