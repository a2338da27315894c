import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson';
import { unitsPerDegree } from '../../../shared/rules/cells/ring.ts';
import type { Ring, Vertex } from '../../../shared/rules/cells/ring.ts';
import type { ZoneShape } from '../../../shared/rules/zones/shapes.ts';
import { pointInside } from '../core/inside.ts';
import { shortCode } from '../core/ground.ts';
import type { Ground } from '../core/ground.ts';

/** A vertex of the integer grid in degrees. */
export const degrees = (v: Vertex): Position => [v[0] / unitsPerDegree, v[1] / unitsPerDegree];

/** A closed ring in degrees. */
export const closedRing = (ring: Ring): Position[] => [...ring, ring[0]!].map(degrees);

/** The cells with their ids of the database. */
export function cellFeatures({ studio }: Ground): FeatureCollection<Polygon> {
  return {
    type: 'FeatureCollection',
    features: studio.cells.map((cell) => ({
      type: 'Feature',
      id: cell.id,
      geometry: { type: 'Polygon', coordinates: cell.rings.map(closedRing) },
      properties: { code: cell.code },
    })),
  };
}

/** The short code of each cell at a point inside it. */
export function cellLabels({ studio, points }: Ground): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: studio.cells.map((cell, i) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: degrees(points[i]!) },
      properties: { label: shortCode(cell.code) },
    })),
  };
}

/** The derived outline of a zone under its id. */
export function zoneFeature(zoneId: number, shape: ZoneShape): Feature<MultiPolygon> {
  return {
    type: 'Feature',
    id: zoneId,
    geometry: {
      type: 'MultiPolygon',
      coordinates: shape.polygons.map((polygon) => polygon.map(closedRing)),
    },
    properties: {},
  };
}

/** Where the number of a zone stands: inside its piece with the longest outer ring. */
export function zoneLabel(zoneId: number, shape: ZoneShape, label: string): Feature {
  const polygon = shape.polygons.reduce((a, b) => (b[0]!.length > a[0]!.length ? b : a));
  return {
    type: 'Feature',
    id: zoneId,
    geometry: { type: 'Point', coordinates: degrees(pointInside(polygon)) },
    properties: { label },
  };
}

/** The box of some cells in degrees: west, south, east, north; nothing for no cell. */
export function boxOf(ground: Ground, cells: Iterable<number>): [number, number, number, number] | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const cell of cells) {
    const id = ground.graph.cellIds[cell];
    const rings = id === undefined ? undefined : ground.coverage.cells.get(id)?.rings;
    for (const [x, y] of rings?.[0] ?? []) {
      west = Math.min(west, x);
      east = Math.max(east, x);
      south = Math.min(south, y);
      north = Math.max(north, y);
    }
  }
  if (west > east) return null;
  return [west, south, east, north].map((v) => v / unitsPerDegree) as [number, number, number, number];
}

/** Borders that a zone may not count on crossing. */
export function barrierLines({ topology, graph, studio }: Ground): FeatureCollection {
  const blocked = new Set(studio.barriers.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]));
  return {
    type: 'FeatureCollection',
    features: topology.arcs.flatMap((arc): Feature[] => {
      if (arc.right < 0) return [];
      if (!blocked.has(`${graph.cellIds[arc.left]} ${graph.cellIds[arc.right]}`)) return [];
      return [
        {
          type: 'Feature',
          geometry: { type: 'LineString', coordinates: arc.path.map(degrees) },
          properties: {},
        },
      ];
    }),
  };
}
