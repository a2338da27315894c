import type { LayerSpecification, SourceSpecification } from 'maplibre-gl';

/**
 * A picture under the town's own layers, named by the administrator. Without one the map makes no request.
 * Only datums that coincide with WGS-84 at the scale of a map: GCJ-02 tiles would lie 500 m off.
 */
export type Basemap =
  | {
      readonly kind: 'raster';
      /** URL templates with {z}, {x}, {y}. */
      readonly tiles: readonly string[];
      readonly crs: 'wgs84' | 'cgcs2000';
      readonly tileSize?: number;
      readonly maximumZoom?: number;
      readonly attribution: string;
    }
  | { readonly kind: 'tianditu'; readonly token: string; readonly style: 'vec' | 'img' | 'ter' };

const tianditu = (layer: string, token: string) =>
  [0, 1, 2, 3].map(
    (n) =>
      `https://t${n}.tianditu.gov.cn/${layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=${layer}` +
      `&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=${encodeURIComponent(token)}`,
  );

const labels = { vec: 'cva', img: 'cia', ter: 'cta' } as const;

/** Sources and layers of a basemap; `dim` keeps a bright picture from drowning the town on a dark ground. */
export function basemapLayers(
  basemap: Basemap | null,
  dim: boolean,
): {
  sources: Record<string, SourceSpecification>;
  layers: LayerSpecification[];
  attribution: string | null;
} {
  if (!basemap) return { sources: {}, layers: [], attribution: null };
  const paint = dim
    ? { 'raster-brightness-max': 0.55, 'raster-saturation': -0.6 }
    : { 'raster-saturation': -0.3 };
  const raster = (id: string): LayerSpecification => ({ id, source: id, type: 'raster', paint });
  if (basemap.kind === 'tianditu') {
    const source = (layer: string): SourceSpecification => ({
      type: 'raster',
      tiles: tianditu(layer, basemap.token),
      tileSize: 256,
      maxzoom: 18,
    });
    return {
      sources: { basemap: source(basemap.style), 'basemap-labels': source(labels[basemap.style]) },
      layers: [raster('basemap'), raster('basemap-labels')],
      attribution: '© 天地图',
    };
  }
  return {
    sources: {
      basemap: {
        type: 'raster',
        tiles: [...basemap.tiles],
        tileSize: basemap.tileSize ?? 256,
        maxzoom: basemap.maximumZoom ?? 18,
      },
    },
    layers: [raster('basemap')],
    attribution: basemap.attribution,
  };
}
