import type { MultiPolygon, Polygon, Position } from 'geojson';
import type { VertexPolygon } from './dissolve.ts';
import { toE7, type E7 } from './projection.ts';

type Point = readonly [x: number, y: number];

/** A ring of kilometres as a closed ring of degrees with seven decimals. */
function toDegrees(ring: readonly Point[]): Position[] {
  const open = ring.map(([x, y]) => toE7(x, y)).map(([lng, lat]) => [lng / 1e7, lat / 1e7]);
  return [...open, open[0]!];
}

/** A polygon from rings of kilometres: the outer one counter-clockwise, holes clockwise. */
export const polygonOf = (...rings: (readonly Point[])[]): Polygon => ({
  type: 'Polygon',
  coordinates: rings.map(toDegrees),
});

/** Dissolved fine cells as GeoJSON. */
export function landShape(vertices: readonly E7[], polygons: readonly VertexPolygon[]): MultiPolygon {
  return {
    type: 'MultiPolygon',
    coordinates: polygons.map((rings) =>
      rings.map((ring) => {
        const open = ring.map((v) => [vertices[v]![0] / 1e7, vertices[v]![1] / 1e7]);
        return [...open, open[0]!];
      }),
    ),
  };
}

/**
 * Rounds a computed shape to seven decimals, drops points that fall together or fold back, rings without area,
 * and turns the rings the way RFC 7946 wants.
 */
export function tidy(shape: Polygon | MultiPolygon): MultiPolygon {
  const polygons = shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates;
  const coordinates = polygons.flatMap((rings) => {
    const kept = rings.flatMap((ring, k) => {
      const clean = tidyRing(ring, k === 0);
      return clean ? [clean] : [];
    });
    return kept.length && tidyRing(rings[0]!, true) ? [kept] : [];
  });
  return { type: 'MultiPolygon', coordinates };
}

function tidyRing(ring: readonly Position[], outer: boolean): Position[] | undefined {
  let open = ring.slice(0, -1).map(([lng, lat]): E7 => [Math.round(lng! * 1e7), Math.round(lat! * 1e7)]);
  for (let before = -1; before !== open.length;) {
    before = open.length;
    open = open.filter((p, i) => {
      const a = open[(i + open.length - 1) % open.length]!;
      const b = open[(i + 1) % open.length]!;
      if (p[0] === b[0] && p[1] === b[1]) return false;
      const cross = (p[0] - a[0]) * (b[1] - p[1]) - (p[1] - a[1]) * (b[0] - p[0]);
      const ahead = (p[0] - a[0]) * (b[0] - p[0]) + (p[1] - a[1]) * (b[1] - p[1]);
      return !(cross === 0 && ahead <= 0);
    });
  }
  if (open.length < 3) return undefined;
  let double = 0;
  open.forEach((a, i) => {
    const b = open[(i + 1) % open.length]!;
    double += (a[0] - open[0]![0]) * (b[1] - open[0]![1]) - (b[0] - open[0]![0]) * (a[1] - open[0]![1]);
  });
  // 1 m² is about 9,300 square units of 1e-7 degree.
  if (Math.abs(double) < 2 * 9300) return undefined;
  const turned = double > 0 === outer ? open : open.toReversed();
  const closed = [...turned, turned[0]!];
  return closed.map(([lng, lat]) => [lng / 1e7, lat / 1e7]);
}
