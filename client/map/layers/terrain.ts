import type { LayerSpecification } from 'maplibre-gl';
import type { Tokens } from '../../ui/tokens.ts';
import { labelFont } from '../font.ts';

/** Water as areas and lines; motorway and railway as barriers that a way must go round. */
export function terrainLayers({ map, surface }: Tokens): LayerSpecification[] {
  const barrier = ['in', ['get', 'kind'], ['literal', ['motorway', 'rail']]];
  return [
    {
      id: 'terrain-fill',
      source: 'terrain',
      type: 'fill',
      filter: ['in', ['geometry-type'], ['literal', ['Polygon', 'MultiPolygon']]],
      paint: { 'fill-color': map.water },
    },
    {
      id: 'terrain-line',
      source: 'terrain',
      type: 'line',
      filter: ['in', ['geometry-type'], ['literal', ['LineString', 'MultiLineString']]],
      layout: { 'line-cap': 'butt', 'line-join': 'round' },
      paint: {
        'line-color': ['case', barrier, map.barrier, map.water] as never,
        'line-width': ['interpolate', ['exponential', 1.4], ['zoom'], 11, 2, 15, 9],
      },
    },
    {
      id: 'terrain-label',
      source: 'terrain',
      type: 'symbol',
      minzoom: 12,
      filter: ['in', ['geometry-type'], ['literal', ['LineString', 'MultiLineString']]],
      layout: {
        'symbol-placement': 'line',
        'text-field': ['coalesce', ['get', 'name'], ''],
        'text-font': labelFont,
        'text-size': 12,
        'symbol-spacing': 500,
      },
      paint: { 'text-color': surface.muted, 'text-halo-color': map.labelHalo, 'text-halo-width': 1.4 },
    },
  ];
}
