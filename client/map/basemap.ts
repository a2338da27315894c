import type { LayerSpecification, SourceSpecification } from 'maplibre-gl';
import type { Basemap } from '../../shared/contract/town.ts';

/** A picture under the town's own layers; `dim` keeps a bright one from drowning the town on a dark ground. */
export interface Ground {
  readonly sources: Readonly<Record<string, SourceSpecification>>;
  layers(dim: boolean): LayerSpecification[];
}

const tianditu = (layer: string, token: string) =>
  [0, 1, 2, 3].map(
    (n) =>
      `https://t${n}.tianditu.gov.cn/${layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=${layer}` +
      `&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=${encodeURIComponent(token)}`,
  );

const labels = { vec: 'cva', img: 'cia', ter: 'cta' } as const;

/** Makes the ground of a configured base map; without one the map makes no request. Reads the head of a PMTiles archive. */
export async function groundOf(basemap: Basemap): Promise<Ground> {
  if (basemap.kind === 'pmtiles') return (await import('./pmtiles.ts')).archiveGround(basemap.url);
  const tiled = (tiles: string[]): SourceSpecification => ({
    type: 'raster',
    tiles,
    tileSize: 256,
    maxzoom: 18,
  });
  if (basemap.kind === 'raster') return { sources: { basemap: tiled([basemap.url]) }, layers: rasterLayers };
  const { style, token } = basemap;
  return {
    sources: {
      basemap: tiled(tianditu(style, token)),
      'basemap-labels': tiled(tianditu(labels[style], token)),
    },
    layers: (dim) => [
      ...rasterLayers(dim),
      { ...rasterLayers(dim)[0], id: 'basemap-labels', source: 'basemap-labels' },
    ],
  };
}

/** The layer of a source of pictures. */
export const rasterLayers = (dim: boolean): [LayerSpecification & { type: 'raster' }] => [
  {
    id: 'basemap',
    source: 'basemap',
    type: 'raster',
    paint: dim ? { 'raster-brightness-max': 0.55, 'raster-saturation': -0.6 } : { 'raster-saturation': -0.3 },
  },
];
