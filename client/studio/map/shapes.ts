import type { Feature, FeatureCollection, Polygon, Position } from 'geojson';
import { placeInRing, unitsPerDegree } from '../../../shared/rules/cells/ring.ts';
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

/** Each piece of border once, with the cells beside it known by its number; the id is that number and one. */
export const arcFeatures = ({ topology }: Ground): FeatureCollection => ({
  type: 'FeatureCollection',
  features: topology.arcs.map(({ path }, arc) => ({
    type: 'Feature',
    id: arc + 1,
    geometry: { type: 'LineString', coordinates: path.map(degrees) },
    properties: {},
  })),
});

/** Where the number of a zone stands, and the number. */
export interface LabelPlace {
  readonly at: Vertex;
  readonly label: string;
}

/**
 * The place of a zone's number: where it stood, as long as that lies in the zone, else inside the piece with the
 * longest outer ring. A number that jumps with every stroke cannot be read.
 */
export function labelPlace(shape: ZoneShape, label: string, before?: LabelPlace): LabelPlace {
  if (before && holdsPoint(shape, before.at))
    return before.label === label ? before : { at: before.at, label };
  const polygon = shape.polygons.reduce((a, b) => (b[0]!.length > a[0]!.length ? b : a));
  return { at: pointInside(polygon), label };
}

const holdsPoint = ({ polygons }: ZoneShape, point: Vertex): boolean =>
  polygons.some(
    ([outer, ...holes]) =>
      placeInRing(point, outer!) === 'inside' &&
      holes.every((hole) => placeInRing(point, hole) === 'outside'),
  );

/** The number of a zone under its id. */
export const zoneLabel = (zoneId: number, { at, label }: LabelPlace): Feature => ({
  type: 'Feature',
  id: zoneId,
  geometry: { type: 'Point', coordinates: degrees(at) },
  properties: { label },
});

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
