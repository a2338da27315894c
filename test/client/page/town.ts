import { Delaunay } from 'd3-delaunay';
import type { Feature, FeatureCollection, LineString, Polygon } from 'geojson';
import { merge } from 'topojson-client';
import { topology } from 'topojson-server';
import type { GeometryCollection, MultiPolygon as Area, Polygon as Ring } from 'topojson-specification';
import type { TownShapes } from '../../../client/map/town-shapes.ts';
import { seeded } from './random.ts';

/** A made-up town for the pictures: 120 cells, 12 zones, a few roads. No place on earth. */
export function makeTown(): TownShapes {
  const random = seeded(7);
  const [west, south, east, north] = [121.4, 29.94, 121.5, 30.03] as const;
  const points = Array.from({ length: 120 }, (): [number, number] => [
    west + random() * (east - west),
    south + random() * (north - south),
  ]);
  let voronoi = Delaunay.from(points).voronoi([west, south, east, north]);
  for (let round = 0; round < 3; round++) {
    points.forEach((point, i) => {
      const ring = voronoi.cellPolygon(i);
      point[0] = ring.reduce((sum, p) => sum + p[0], 0) / ring.length;
      point[1] = ring.reduce((sum, p) => sum + p[1], 0) / ring.length;
    });
    voronoi = Delaunay.from(points).voronoi([west, south, east, north]);
  }
  const zoneOf = (p: readonly [number, number]) =>
    Math.min(3, Math.floor(((p[0] - west) / (east - west)) * 4)) +
    4 * Math.min(2, Math.floor(((p[1] - south) / (north - south)) * 3));
  const cells: Feature<Polygon>[] = points.map((point, i) => ({
    type: 'Feature',
    id: i + 1,
    properties: { code: `330205102${String(i + 1).padStart(6, '0')}`, zoneNumber: zoneOf(point) + 1 },
    geometry: { type: 'Polygon', coordinates: [voronoi.cellPolygon(i).map(([x, y]) => [x, y])] },
  }));
  const road = (name: string, kind: string, coordinates: number[][]): Feature<LineString> => ({
    type: 'Feature',
    properties: { name, class: kind },
    geometry: { type: 'LineString', coordinates },
  });
  // One grid of points, so that neighbours share their border to the last digit.
  const shared = topology({ cells: collection(cells) }, 1e6);
  const all = (shared.objects['cells'] as GeometryCollection).geometries as (Area | Ring)[];
  return {
    bbox: [west, south, east, north],
    outline: collection([box(west, south, east, north)]),
    cells: collection(cells),
    zones: collection(
      Array.from({ length: 12 }, (_, zone) => ({
        type: 'Feature' as const,
        id: zone + 1,
        properties: { number: zone + 1, name: `片区 ${zone + 1}` },
        geometry: merge(
          shared,
          all.filter((cell) => (cell.properties as { zoneNumber?: number }).zoneNumber === zone + 1),
        ),
      })),
    ),
    overlays: collection([{ ...box(121.445, 29.978, 121.463, 29.992), properties: { name: '古城核心区' } }]),
    roads: collection([
      road('一号大道', 'primary', [
        [121.4, 29.97],
        [121.44, 29.985],
        [121.5, 29.99],
      ]),
      road('中街', 'secondary', [
        [121.45, 29.94],
        [121.455, 29.985],
        [121.45, 30.03],
      ]),
      road('东巷', 'minor', [
        [121.455, 29.985],
        [121.48, 29.975],
      ]),
    ]),
    places: collection([
      {
        type: 'Feature',
        properties: { name: '东山' },
        geometry: { type: 'Point', coordinates: [121.485, 30.01] },
      },
    ]),
    terrain: collection([]),
    attributions: ['合成示意数据'],
    basemap: null,
    synthetic: true,
  };
}

function collection<F extends Feature>(features: F[]): FeatureCollection<F['geometry']> & { features: F[] } {
  return { type: 'FeatureCollection', features };
}

function box(west: number, south: number, east: number, north: number): Feature<Polygon> {
  return {
    type: 'Feature',
    properties: {},
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [west, south],
          [east, south],
          [east, north],
          [west, north],
          [west, south],
        ],
      ],
    },
  };
}
