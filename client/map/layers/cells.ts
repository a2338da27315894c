import type { LayerSpecification } from 'maplibre-gl';
import type { Tokens } from '../../ui/tokens.ts';
import { labelFont } from '../font.ts';

/** Basic grids: hairlines, a tint for the one under the pointer or selected, codes when close. */
export function cellLayers({ map, surface }: Tokens): LayerSpecification[] {
  return [
    {
      id: 'cells-fill',
      source: 'cells',
      type: 'fill',
      paint: {
        'fill-color': surface.focus,
        'fill-opacity': [
          'case',
          ['boolean', ['feature-state', 'selected'], false],
          0.22,
          ['boolean', ['feature-state', 'hover'], false],
          0.1,
          0,
        ],
      },
    },
    {
      id: 'cells-line',
      source: 'cells',
      type: 'line',
      paint: {
        'line-color': map.cellLine,
        'line-width': ['interpolate', ['linear'], ['zoom'], 11, 0.5, 15, 1.4],
      },
    },
    {
      id: 'cells-label',
      source: 'cell-labels',
      type: 'symbol',
      minzoom: 13.5,
      layout: { 'text-field': ['get', 'label'], 'text-font': labelFont, 'text-size': 12, 'text-padding': 6 },
      paint: { 'text-color': surface.muted, 'text-halo-color': map.labelHalo, 'text-halo-width': 1.4 },
    },
  ];
}
