import type { LayerSpecification } from 'maplibre-gl';
import type { Tokens } from '../../ui/tokens.ts';

/** A ring on the ground under the incident that is open in the detail. */
export function selectionLayers({ surface }: Tokens): LayerSpecification[] {
  return [
    {
      id: 'selection',
      source: 'selection',
      type: 'circle',
      paint: {
        'circle-radius': 20,
        'circle-translate': [0, -20],
        'circle-color': surface.focus,
        'circle-opacity': 0.25,
        'circle-stroke-color': surface.text,
        'circle-stroke-width': 2.4,
      },
    },
  ];
}

/** The place of an incident that is still being typed: a ring with a point, above everything. */
export function draftLayers({ surface }: Tokens): LayerSpecification[] {
  return [
    {
      id: 'draft-ring',
      source: 'draft',
      type: 'circle',
      paint: {
        'circle-radius': 13,
        'circle-color': surface.focus,
        'circle-opacity': 0.25,
        'circle-stroke-color': surface.focus,
        'circle-stroke-width': 3,
      },
    },
    {
      id: 'draft-point',
      source: 'draft',
      type: 'circle',
      paint: { 'circle-radius': 3.5, 'circle-color': surface.text },
    },
  ];
}
