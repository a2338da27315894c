import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FeatureCollection } from 'geojson';
import type { Town } from './town.ts';

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

/** Writes the layers of a town into a folder, which is made if need be. */
export function writeTown(folder: string, town: Town): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, layer] of Object.entries(townFiles(town)))
    writeFileSync(join(folder, name), fileText(layer));
}
