import { createHash } from 'node:crypto';
import type { Basemap } from '../../shared/contract/town.ts';
import type { Config } from '../kernel/config.ts';

/** Where the archive of the base map is served when it is a file of this machine. */
export const archivePath = '/basemap.pmtiles';

/** Is it a file of this machine, and not an address? */
export const archiveFile = ({ BASEMAP, BASEMAP_URL }: Config): string | null =>
  BASEMAP === 'pmtiles' && BASEMAP_URL && !/^https?:/.test(BASEMAP_URL) ? BASEMAP_URL : null;

/** The configured base map as the pages get it; null is the town's own layers alone. */
export function basemapOf(config: Config): Basemap | null {
  const { BASEMAP: kind, BASEMAP_URL: url = '', TIANDITU_TK: token = '' } = config;
  if (kind === 'offline') return null;
  if (kind === 'tianditu') return { kind, token, style: config.TIANDITU_STYLE };
  return { kind, url: archiveFile(config) ? archivePath : url };
}

/** Origins that a page may fetch the base map from. */
export function basemapOrigins(config: Config): string[] {
  const basemap = basemapOf(config);
  if (!basemap) return [];
  if (basemap.kind === 'tianditu') return ['https://*.tianditu.gov.cn'];
  return basemap.url.startsWith('/') ? [] : [new URL(basemap.url).origin];
}

/** Whose picture it is, for the map's corner. */
export const basemapAttributions = ({ BASEMAP, BASEMAP_ATTRIBUTION }: Config): string[] =>
  BASEMAP === 'tianditu' ? ['© 天地图'] : BASEMAP_ATTRIBUTION === undefined ? [] : [BASEMAP_ATTRIBUTION];

/** Another one for every other setting, so that no page keeps the picture of before. */
export const basemapVersion = (config: Config): string =>
  createHash('sha256')
    .update(JSON.stringify([basemapOf(config), basemapAttributions(config)]))
    .digest('hex')
    .slice(0, 8);
