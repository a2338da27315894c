import type { GeoJSONSourceSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { tokens, type ThemeName } from '../ui/tokens.ts';
import type { Ground } from './basemap.ts';
import { cellLayers } from './layers/cells.ts';
import { incidentLayers, urgentLayers } from './layers/incidents.ts';
import { overlayLayers } from './layers/overlays.ts';
import { heatLayers, overviewLayers } from './layers/overview.ts';
import { roadLayers } from './layers/roads.ts';
import { draftLayers, selectionLayers } from './layers/selection.ts';
import { terrainLayers } from './layers/terrain.ts';
import { traceLayers } from './layers/traces.ts';
import { zoneLayers } from './layers/zones.ts';

/** GeoJSON sources of the map, empty until their data come. */
export const sourceNames = [
  'outline',
  'cells',
  'cell-labels',
  'zones',
  'zone-labels',
  'overlays',
  'roads',
  'places',
  'terrain',
  'trails',
  'route',
  'incidents-calm',
  'incidents-urgent',
  'selection',
  'draft',
  'heat',
  'coverage',
  'measure',
] as const;
export type SourceName = (typeof sourceNames)[number];

/**
 * Margin of the tiles of lines and areas, where 512 is a tile: a line of 9 pixels needs no more. Without a graphics card
 * a frame costs what its triangles cost, and MapLibre's margin of 128 holds each of them twice.
 */
export const narrowBuffer = 16;

const still: ReadonlySet<SourceName> = new Set(['outline', 'cells', 'zones', 'overlays', 'roads', 'terrain']);

/** Layers that a person may switch, by the name on the switch. */
export const switchableLayers = {
  cells: ['cells-line', 'cells-label'],
  zones: ['zones-fill', 'zones-line', 'zones-label'],
  overlays: ['overlays-fill', 'overlays-line', 'overlays-label'],
  roads: ['roads-line', 'roads-label', 'places-label'],
  terrain: ['terrain-fill', 'terrain-line', 'terrain-label'],
  trails: ['trails'],
  heat: ['heat'],
} as const;
export type SwitchableLayer = keyof typeof switchableLayers;

/** The layer below which the units are drawn. */
export const unitsBelow = 'incidents-urgent';

/** The whole style of a theme: no glyphs, no sprite, no request but those of a configured basemap. */
export function styleOf(theme: ThemeName, ground: Ground | null): StyleSpecification {
  const t = tokens[theme];
  const land: LayerSpecification[] = [
    { id: 'ground', type: 'background', paint: { 'background-color': t.surface.ground } },
    ...(ground?.layers(theme === 'dark') ?? []),
    {
      id: 'land',
      source: 'outline',
      type: 'fill',
      paint: { 'fill-color': t.map.land, 'fill-opacity': ground ? 0 : 1 },
    },
  ];
  return {
    version: 8,
    sources: { ...ground?.sources, ...Object.fromEntries(sourceNames.map((name) => [name, source(name)])) },
    layers: [
      ...land,
      ...terrainLayers(t).slice(0, 2),
      ...zoneLayers(t).slice(0, 1),
      ...overlayLayers(t).slice(0, 1),
      ...cellLayers(t).slice(0, 2),
      ...roadLayers(t).slice(0, 1),
      ...zoneLayers(t).slice(1, 2),
      ...overlayLayers(t).slice(1),
      ...heatLayers(t),
      ...overviewLayers(t),
      ...traceLayers(t),
      ...terrainLayers(t).slice(2),
      ...cellLayers(t).slice(2),
      ...roadLayers(t).slice(1),
      ...zoneLayers(t).slice(2),
      ...selectionLayers(t),
      ...incidentLayers(t),
      ...urgentLayers(),
      ...draftLayers(t),
    ],
  };
}

function source(name: SourceName): GeoJSONSourceSpecification {
  const data = { type: 'FeatureCollection' as const, features: [] };
  if (still.has(name)) return { type: 'geojson', data, buffer: narrowBuffer };
  if (name !== 'incidents-calm') return { type: 'geojson', data };
  return { type: 'geojson', data, cluster: true, clusterRadius: 34, clusterMaxZoom: 14 };
}
