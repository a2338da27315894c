import type { LayerSpecification } from 'maplibre-gl';
import type { Tokens } from '../../ui/tokens.ts';

/** Heat of past incidents; under everything that lives. */
export function heatLayers({ map, surface }: Tokens): LayerSpecification[] {
  return [
    {
      id: 'heat',
      source: 'heat',
      type: 'heatmap',
      layout: { visibility: 'none' },
      paint: {
        'heatmap-weight': ['coalesce', ['get', 'weight'], 1],
        'heatmap-radius': ['interpolate', ['linear'], ['zoom'], 11, 14, 15, 40],
        'heatmap-opacity': 0.55,
        'heatmap-color': [
          'interpolate',
          ['linear'],
          ['heatmap-density'],
          0,
          'rgba(0, 0, 0, 0)',
          0.3,
          map.water,
          0.7,
          map.zones[0]!,
          1,
          surface.text,
        ],
      },
    },
  ];
}

/** Where a team has been, and the way that it is about to take. */
export function traceLayers({ surface, status, map }: Tokens): LayerSpecification[] {
  return [
    {
      id: 'trails',
      source: 'trails',
      type: 'line',
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': surface.text, 'line-width': 2, 'line-opacity': 0.7, 'line-dasharray': [0.1, 2] },
    },
    {
      id: 'route-casing',
      source: 'route',
      type: 'line',
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': map.labelHalo, 'line-width': 7 },
    },
    {
      id: 'route',
      source: 'route',
      type: 'line',
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': status.en_route, 'line-width': 4 },
    },
  ];
}
