import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { boldLabelFont, labelFont } from '../../map/font.ts';
import { roadLayers } from '../../map/layers/roads.ts';
import { terrainLayers } from '../../map/layers/terrain.ts';
import { narrowBuffer } from '../../map/style.ts';
import { tokens, type ThemeName } from '../../ui/tokens.ts';
import { fillOpacity, gainColours, zoneFills } from './palette.ts';

/** GeoJSON sources of the studio's map, empty until their data come. */
export const studioSources = [
  'outline',
  'cells',
  'cell-labels',
  'arcs',
  'zone-labels',
  'roads',
  'places',
  'terrain',
  'barriers',
  'drawing',
  'people',
  'gains',
  'closures',
  'film',
] as const;
export type StudioSource = (typeof studioSources)[number];

const flag = (name: string, on: number, off = 0) =>
  ['case', ['boolean', ['feature-state', name], false], on, off] as never;

const pattern = (name: string): LayerSpecification => ({
  id: `cells-${name}`,
  source: 'cells',
  type: 'fill',
  // a pattern that no cell has would still be drawn over the whole town, invisible
  layout: { visibility: 'none' },
  paint: { 'fill-pattern': name, 'fill-opacity': flag(name, 1), 'fill-antialias': false },
});

/** An incident of the replay as it went: the way that was is dashed, the way of this plan is drawn through. */
function filmLayers(theme: ThemeName): LayerSpecification[] {
  const { surface, map } = tokens[theme];
  const { gain, loss } = gainColours[theme];
  const colour = ['match', ['get', 'side'], 'before', loss, 'after', gain, surface.text] as never;
  const way = (side: 'before' | 'after', dash?: number[]): LayerSpecification => ({
    id: `film-${side}`,
    source: 'film',
    type: 'line',
    filter: ['all', ['==', ['geometry-type'], 'LineString'], ['==', ['get', 'side'], side]],
    paint: { 'line-color': colour, 'line-width': 4, ...(dash && { 'line-dasharray': dash }) },
  });
  return [
    way('before', [1.5, 1]),
    way('after'),
    {
      id: 'film-points',
      source: 'film',
      type: 'circle',
      filter: ['==', ['geometry-type'], 'Point'],
      paint: {
        'circle-radius': ['match', ['get', 'side'], 'place', 7, 10],
        'circle-color': colour,
        'circle-stroke-color': surface.ground,
        'circle-stroke-width': 2,
      },
    },
    {
      id: 'film-names',
      source: 'film',
      type: 'symbol',
      filter: ['==', ['geometry-type'], 'Point'],
      layout: {
        'text-field': ['get', 'label'],
        'text-font': boldLabelFont,
        'text-size': 14,
        'text-anchor': 'left',
        'text-offset': [1, 0],
        'text-allow-overlap': true,
      },
      paint: { 'text-color': surface.text, 'text-halo-color': map.labelHalo, 'text-halo-width': 2 },
    },
  ];
}

/** How much each tile holds. Cells are thinned by a tenth of a pixel: more, one by one, and neighbours would gape. */
function spareOf(name: StudioSource): { buffer?: number; tolerance?: number } {
  if (name === 'cells' || name === 'arcs') return { buffer: narrowBuffer, tolerance: 0.1 };
  return name === 'roads' || name === 'terrain' ? { buffer: narrowBuffer } : {};
}

/**
 * The style of a theme. What changes with a stroke is feature-state of cells and of the borders between them; no geometry
 * is cut into tiles again.
 */
export function studioStyle(theme: ThemeName): StyleSpecification {
  const t = tokens[theme];
  const { surface, map } = t;
  const fills = zoneFills[theme];
  const colour = [
    'match',
    ['coalesce', ['feature-state', 'colour'], -1],
    ...fills.flatMap((hex, i) => [i, hex]),
    map.land,
  ] as never;
  const gain = gainColours[theme];
  return {
    version: 8,
    sources: Object.fromEntries(
      studioSources.map((name) => [
        name,
        {
          type: 'geojson' as const,
          data: { type: 'FeatureCollection' as const, features: [] },
          ...spareOf(name),
        },
      ]),
    ),
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': surface.ground } },
      { id: 'land', source: 'outline', type: 'fill', paint: { 'fill-color': map.land } },
      ...terrainLayers(t).slice(0, 2),
      {
        id: 'cells-fill',
        source: 'cells',
        type: 'fill',
        paint: {
          'fill-color': colour,
          'fill-opacity': flag('hover', 0.85, fillOpacity),
          // the lines between cells lie over their edges
          'fill-antialias': false,
        },
      },
      pattern('locked'),
      pattern('changed'),
      pattern('pending'),
      pattern('trouble'),
      {
        id: 'cells-line',
        source: 'arcs',
        type: 'line',
        paint: {
          'line-color': surface.ground,
          'line-opacity': 0.65,
          'line-width': ['interpolate', ['linear'], ['zoom'], 11, 0.5, 15, 1.4],
        },
      },
      ...roadLayers(t).slice(0, 1),
      {
        id: 'barriers',
        source: 'barriers',
        type: 'line',
        paint: { 'line-color': surface.text, 'line-width': 2, 'line-dasharray': [1, 1.5] },
      },
      {
        id: 'borders-halo',
        source: 'arcs',
        type: 'line',
        layout: { 'line-join': 'round', 'line-cap': 'round' },
        // a line of no width costs nothing, an invisible one as much as any other
        paint: { 'line-color': surface.ground, 'line-width': flag('edge', 4.5) },
      },
      {
        id: 'borders',
        source: 'arcs',
        type: 'line',
        layout: { 'line-join': 'round', 'line-cap': 'round' },
        paint: { 'line-color': surface.text, 'line-width': flag('edge', 2) },
      },
      ...roadLayers(t).slice(1),
      {
        id: 'cells-marked',
        source: 'cells',
        type: 'line',
        paint: {
          'line-color': [
            'case',
            ['boolean', ['feature-state', 'cursor'], false],
            surface.focus,
            surface.text,
          ],
          'line-width': [
            'case',
            ['boolean', ['feature-state', 'cursor'], false],
            5,
            ['boolean', ['feature-state', 'selected'], false],
            3,
            0,
          ],
        },
      },
      {
        id: 'cell-labels',
        source: 'cell-labels',
        type: 'symbol',
        minzoom: 13,
        layout: {
          'text-field': ['get', 'label'],
          'text-font': labelFont,
          'text-size': 12,
          'text-padding': 4,
        },
        paint: { 'text-color': surface.text, 'text-halo-color': map.labelHalo, 'text-halo-width': 1.6 },
      },
      {
        id: 'closures',
        source: 'closures',
        type: 'fill',
        paint: { 'fill-color': surface.text, 'fill-opacity': 0.25 },
      },
      {
        id: 'gains',
        source: 'gains',
        type: 'circle',
        layout: { 'circle-sort-key': ['get', 'minutes'] },
        // sooner is a disc, later a ring: the form says it without the colour
        paint: {
          'circle-color': [
            'match',
            ['get', 'side'],
            'gain',
            gain.gain,
            'loss',
            surface.ground,
            surface.muted,
          ],
          'circle-radius': ['interpolate', ['linear'], ['get', 'minutes'], 0, 1.6, 10, 8],
          // what stays as it was lies back, or it would hide what does not
          'circle-opacity': ['match', ['get', 'side'], 'same', 0.45, 1],
          'circle-stroke-color': ['match', ['get', 'side'], 'loss', gain.loss, surface.ground],
          'circle-stroke-width': ['match', ['get', 'side'], 'loss', 2.4, 'gain', 0.8, 0],
        },
      },
      {
        id: 'gains-sign',
        source: 'gains',
        type: 'symbol',
        minzoom: 13,
        layout: { 'text-field': ['get', 'sign'], 'text-font': boldLabelFont, 'text-size': 13 },
        paint: { 'text-color': surface.text, 'text-halo-color': map.labelHalo, 'text-halo-width': 1.6 },
      },
      {
        id: 'zone-labels',
        source: 'zone-labels',
        type: 'symbol',
        layout: {
          'text-field': ['get', 'label'],
          'text-font': boldLabelFont,
          'text-size': ['interpolate', ['linear'], ['zoom'], 10, 14, 14, 22],
          'text-allow-overlap': true,
          'text-ignore-placement': true,
        },
        paint: { 'text-color': surface.text, 'text-halo-color': map.labelHalo, 'text-halo-width': 2.4 },
      },
      {
        id: 'people',
        source: 'people',
        type: 'line',
        paint: { 'line-color': ['get', 'colour'], 'line-width': 3, 'line-dasharray': [2, 1] },
      },
      ...filmLayers(theme),
      {
        id: 'drawing-fill',
        source: 'drawing',
        type: 'fill',
        filter: ['==', ['geometry-type'], 'Polygon'],
        paint: { 'fill-color': surface.focus, 'fill-opacity': 0.18 },
      },
      {
        id: 'drawing-line',
        source: 'drawing',
        type: 'line',
        paint: { 'line-color': surface.focus, 'line-width': 3 },
      },
      {
        id: 'drawing-points',
        source: 'drawing',
        type: 'circle',
        filter: ['==', ['geometry-type'], 'Point'],
        paint: {
          'circle-color': ['case', ['==', ['get', 'kind'], 'node'], surface.ground, surface.focus],
          'circle-radius': 6,
          'circle-stroke-color': surface.focus,
          'circle-stroke-width': 2.5,
        },
      },
    ],
  };
}
