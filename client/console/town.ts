import type { Output } from '../../shared/contract/api.ts';
import type { TownShapes } from '../map/town-shapes.ts';

/** The town of the wire as the map takes it. */
export function shapesOf(town: Output<'readTown'>): TownShapes {
  return {
    bbox: town.bbox,
    outline: town.outline,
    cells: town.cells,
    zones: town.zoneShapes,
    overlays: town.overlays,
    roads: town.roads,
    places: town.places,
    terrain: town.terrain,
    attributions: town.attributions,
    basemap: town.basemap,
    synthetic: town.synthetic,
  } as unknown as TownShapes;
}
