import type { FeatureCollection } from 'geojson';
import type { Town } from '../../../server/town/town.ts';

const LAYERS = [
  'town',
  'communities',
  'cells',
  'zones',
  'roads',
  'overlays',
  'places',
  'barriers',
  'waters',
] as const;

/** The layers of a town by file name. */
export function townFiles(town: Town): Record<string, FeatureCollection> {
  return Object.fromEntries(LAYERS.map((name) => [`${name}.geojson`, town[name]]));
}

/** The bytes of a layer's file: one line of JSON and a line feed. */
export const fileText = (layer: FeatureCollection): string => `${JSON.stringify(layer)}\n`;
