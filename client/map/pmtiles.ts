import { layers, namedFlavor } from '@protomaps/basemaps';
import { addProtocol } from 'maplibre-gl';
import { PMTiles, Protocol, TileType } from 'pmtiles';
import { rasterLayers, type Ground } from './basemap.ts';

let protocol: Protocol | undefined;

/** The ground of one PMTiles archive: pictures, or vector tiles of the Protomaps schema, drawn without words. */
export async function archiveGround(url: string): Promise<Ground> {
  if (!protocol) {
    protocol = new Protocol();
    addProtocol('pmtiles', protocol.tile);
  }
  const address = new URL(url, location.href).href;
  const archive = new PMTiles(address);
  protocol.add(archive);
  const { tileType } = await archive.getHeader();
  const source = `pmtiles://${address}`;
  if (tileType !== TileType.Mvt)
    return { sources: { basemap: { type: 'raster', url: source, tileSize: 256 } }, layers: rasterLayers };
  return {
    sources: { basemap: { type: 'vector', url: source } },
    layers: (dim) =>
      layers('basemap', namedFlavor(dim ? 'dark' : 'light')).filter(({ type }) => type !== 'symbol'),
  };
}
