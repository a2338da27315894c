import type { LayerSpecification } from 'maplibre-gl';
import type { Tokens } from '../../ui/tokens.ts';
import { labelFont } from '../font.ts';

/** Roads by class, and the names of places: enough to find one's way without any basemap. */
export function roadLayers({ map }: Tokens): LayerSpecification[] {
  return [
    {
      id: 'roads-line',
      source: 'roads',
      type: 'line',
      layout: {
        // half of the triangles of a town seen whole would be corners of lines of one pixel
        'line-cap': ['step', ['zoom'], 'butt', 13, 'round'],
        'line-join': ['step', ['zoom'], 'miter', 13, 'round'],
      },
      paint: {
        'line-color': map.road,
        'line-opacity': ['match', ['get', 'class'], ['primary', 'secondary'], 0.9, 0.6],
        'line-width': [
          'interpolate',
          ['exponential', 1.4],
          ['zoom'],
          11,
          ['match', ['get', 'class'], 'primary', 1.6, 'secondary', 1, 0.5],
          16,
          ['match', ['get', 'class'], 'primary', 7, 'secondary', 5, 3],
        ],
      },
    },
    {
      id: 'roads-label',
      source: 'roads',
      type: 'symbol',
      minzoom: 14,
      layout: {
        'symbol-placement': 'line',
        'text-field': ['coalesce', ['get', 'name'], ''],
        'text-font': labelFont,
        'text-size': 12,
        'symbol-spacing': 350,
      },
      paint: { 'text-color': map.label, 'text-halo-color': map.labelHalo, 'text-halo-width': 1.6 },
    },
    {
      id: 'places-label',
      source: 'places',
      type: 'symbol',
      minzoom: 12,
      layout: {
        'text-field': ['coalesce', ['get', 'name'], ''],
        'text-font': labelFont,
        'text-size': 13,
        'text-padding': 8,
      },
      paint: { 'text-color': map.label, 'text-halo-color': map.labelHalo, 'text-halo-width': 1.6 },
    },
  ];
}
