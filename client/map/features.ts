import type { FeatureCollection, LineString, Point } from 'geojson';
import type { LngLat } from '../../shared/contract/geo.ts';

/** A collection of some points. */
export function points(places: readonly LngLat[]): FeatureCollection<Point> {
  return {
    type: 'FeatureCollection',
    features: places.map(({ lng, lat }) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [lng, lat] },
      properties: {},
    })),
  };
}

/** A collection of lines; a line of fewer than two points is none. */
export function lines(paths: readonly (readonly LngLat[])[]): FeatureCollection<LineString> {
  return {
    type: 'FeatureCollection',
    features: paths
      .filter((path) => path.length > 1)
      .map((path) => ({
        type: 'Feature',
        geometry: { type: 'LineString', coordinates: path.map(({ lng, lat }) => [lng, lat]) },
        properties: {},
      })),
  };
}
