import Flatbush from 'flatbush';
import { covers } from './covers.ts';
import type { Town } from './town.ts';

/** Answers whether an area overlay of a kind covers a point. */
export interface OverlayIndex {
  covers(kind: string, lng: number, lat: number): boolean;
}

/** Indexes the area overlays of a town by kind. */
export function indexOverlays({ overlays }: Town): OverlayIndex {
  const kinds = new Map<string, { tree: Flatbush; shapes: Parameters<typeof covers>[0][] }>();
  for (const kind of new Set(overlays.features.map((o) => o.properties.kind))) {
    const shapes = overlays.features.flatMap(({ geometry: g, properties: p }) => {
      if (p.kind !== kind || g.type === 'LineString') return [];
      // Pieces of a multipolygon are looked up one by one: most points meet none or one of them.
      return g.type === 'Polygon'
        ? [g]
        : g.coordinates.map((coordinates) => ({ type: 'Polygon' as const, coordinates }));
    });
    if (!shapes.length) continue;
    const tree = new Flatbush(shapes.length);
    for (const { coordinates } of shapes) {
      const ring = coordinates[0]!;
      const [x, y] = [ring.map((p) => p[0]!), ring.map((p) => p[1]!)];
      tree.add(Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y));
    }
    tree.finish();
    kinds.set(kind, { tree, shapes });
  }
  return {
    covers(kind, lng, lat) {
      const entry = kinds.get(kind);
      return (
        !!entry && entry.tree.search(lng, lat, lng, lat).some((i) => covers(entry.shapes[i]!, [lng, lat]))
      );
    },
  };
}
