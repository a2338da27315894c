import type { LayerSpecification } from 'maplibre-gl';
import type { Tokens } from '../../ui/tokens.ts';
import { labelFont } from '../font.ts';

/** Overlay zones (old town core and the like): law, so they are named, dashed and never hidden by a fill. */
export function overlayLayers({ map, surface }: Tokens): LayerSpecification[] {
  return [
    {
      id: 'overlays-fill',
      source: 'overlays',
      type: 'fill',
      paint: { 'fill-color': surface.muted, 'fill-opacity': 0.04 },
    },
    {
      id: 'overlays-line',
      source: 'overlays',
      type: 'line',
      paint: { 'line-color': surface.muted, 'line-width': 1.2, 'line-dasharray': [3, 2] },
    },
    {
      id: 'overlays-label',
      source: 'overlays',
      type: 'symbol',
      minzoom: 12.5,
      layout: {
        'symbol-placement': 'line',
        'text-field': ['coalesce', ['get', 'name'], ''],
        'text-font': labelFont,
        'text-size': 12,
        'symbol-spacing': 400,
      },
      paint: { 'text-color': surface.muted, 'text-halo-color': map.labelHalo, 'text-halo-width': 1.4 },
    },
  ];
}
