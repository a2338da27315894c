import type { Town } from '../../shared/contract/town.ts';
import type { Deps } from '../kernel/deps.ts';
import { Refused } from '../kernel/refused.ts';
import { read, type Handlers } from '../kernel/route.ts';
import { basemapAttributions, basemapOf, basemapVersion } from './basemap.ts';
import {
  editionAt,
  findTown,
  listCells,
  listOverlays,
  listPlaces,
  listRoads,
  listTerrain,
  listZoneShapes,
} from './store.ts';

/** The still part of the map. It is large, so it is made once an edition and answered with an ETag. */
export function zoneHandlers(): Pick<Handlers, 'readTown'> {
  let kept: { key: string; town: Town } | undefined;
  return {
    readTown: read<'readTown'>(async ({ deps, request, response }) => {
      const edition = await editionAt(deps.db, deps.now());
      const key = `"town-${edition?.id ?? 0}-${basemapVersion(deps.config)}"`;
      response.setHeader('Cache-Control', 'private, no-cache');
      response.setHeader('ETag', key);
      if (kept?.key !== key || !request.headers['if-none-match'])
        kept = { key, town: await makeTown(deps, edition) };
      return kept.town;
    }),
  };
}

async function makeTown(
  { db, config }: Deps,
  edition: { id: number; name: string; effectiveAt: string } | undefined,
): Promise<Town> {
  const town = await findTown(db);
  if (!town)
    throw new Refused('edition_unknown', { reason: 'no town is loaded: seed the demo or import one' });
  const zones = edition ? await listZoneShapes(db, edition.id) : [];
  return {
    name: town.name,
    code: town.code,
    centre: { lng: town.lng, lat: town.lat } as Town['centre'],
    bbox: town.bbox,
    synthetic: town.synthetic,
    attributions: [...town.attributions, ...basemapAttributions(config)],
    basemap: basemapOf(config),
    edition: edition
      ? { id: edition.id as never, name: edition.name, effectiveAt: edition.effectiveAt }
      : null,
    zones: zones.map(({ id, number, name, code14 }) => ({ id, number, name, code14 })) as Town['zones'],
    outline: collection([{ id: 1, geometry: town.outline }]),
    cells: collection(edition ? await listCells(db, edition.id) : []),
    zoneShapes: collection(zones),
    overlays: collection(await listOverlays(db)),
    roads: collection(await listRoads(db)),
    places: collection(await listPlaces(db)),
    terrain: collection(await listTerrain(db)),
  };
}

const collection = (rows: readonly { id: number; geometry: unknown }[]) => ({
  type: 'FeatureCollection' as const,
  features: rows.map(({ id, geometry, ...properties }) => ({
    type: 'Feature',
    id,
    geometry,
    properties: { id, ...properties },
  })),
});
