import type { LayerSpecification } from 'maplibre-gl';
import type { Tokens } from '../../ui/tokens.ts';

/** Where incidents were reported lately: a soft heat below everything that is live. */
export function heatLayers({ deadline, surface }: Tokens): LayerSpecification[] {
  return [
    {
      id: 'heat',
      source: 'heat',
      type: 'heatmap',
      layout: { visibility: 'none' },
      paint: {
        'heatmap-weight': ['interpolate', ['linear'], ['get', 'count'], 0, 0.25, 10, 1],
        'heatmap-radius': ['interpolate', ['linear'], ['zoom'], 10, 18, 15, 64],
        'heatmap-intensity': ['interpolate', ['linear'], ['zoom'], 10, 1.2, 15, 2],
        'heatmap-color': [
          'interpolate',
          ['linear'],
          ['heatmap-density'],
          0,
          'rgba(0, 0, 0, 0)',
          0.25,
          surface.focus,
          0.6,
          deadline.soon,
          1,
          deadline.late,
        ],
        'heatmap-opacity': 0.65,
      },
    },
  ];
}

/** Cells that nobody would reach in time, those by the team's leaving stronger; and a measured way with its corners. */
export function overviewLayers({ deadline, surface }: Tokens): LayerSpecification[] {
  return [
    {
      id: 'coverage-fill',
      source: 'coverage',
      type: 'fill',
      paint: {
        'fill-color': ['case', ['get', 'lost'], deadline.late, surface.muted],
        'fill-opacity': ['case', ['get', 'lost'], 0.5, 0.3],
      },
    },
    {
      id: 'coverage-line',
      source: 'coverage',
      type: 'line',
      paint: {
        'line-color': surface.text,
        'line-width': ['case', ['get', 'lost'], 2.5, 1],
      },
    },
    {
      id: 'measure-line',
      source: 'measure',
      type: 'line',
      layout: { 'line-cap': 'round' },
      paint: { 'line-color': surface.text, 'line-width': 3, 'line-dasharray': [2, 1.5] },
    },
    {
      id: 'measure-points',
      source: 'measure',
      type: 'circle',
      filter: ['==', ['geometry-type'], 'Point'],
      paint: {
        'circle-radius': 5,
        'circle-color': surface.focus,
        'circle-stroke-color': surface.text,
        'circle-stroke-width': 2,
      },
    },
  ];
}
