import type { LayerSpecification } from 'maplibre-gl';
import type { Tokens } from '../../ui/tokens.ts';

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
