import type { FeatureCollection } from 'geojson';
import type { GeoJSONSource } from 'maplibre-gl';
import { colouredZones, labelPoints, type TownShapes } from './town-shapes.ts';
import type { SourceName } from './style.ts';

/** What stands in the plain sources of the map, kept so that a fresh style can be filled again. */
export class DrawnData {
  readonly #source: (name: SourceName) => GeoJSONSource | undefined;
  readonly #data = new Map<SourceName, FeatureCollection>();

  /** `source` answers undefined while the style is not there. */
  constructor(source: (name: SourceName) => GeoJSONSource | undefined) {
    this.#source = source;
  }

  set(name: SourceName, data: FeatureCollection): void {
    this.#data.set(name, data);
    void this.#source(name)?.setData(data);
  }

  /** The still town; `colours` is how many colours zones may take. */
  setTown(town: TownShapes, colours: number): void {
    this.set('outline', town.outline);
    this.set('terrain', town.terrain);
    this.set('cells', town.cells);
    this.set(
      'cell-labels',
      labelPoints(town.cells, (cell) => shortCode(String(cell.properties?.code ?? ''))),
    );
    const zones = colouredZones(town.zones, colours);
    this.set('zones', zones);
    this.set(
      'zone-labels',
      labelPoints(zones, (zone) => String(zone.properties?.number ?? '')),
    );
    this.set('overlays', town.overlays);
    this.set('roads', town.roads);
    this.set('places', town.places);
  }

  /** Everything again, for a style whose sources are empty. */
  refill(): void {
    for (const [name, data] of this.#data) void this.#source(name)?.setData(data);
  }
}

/** The part of a 15-digit code that tells grids of a town apart. */
function shortCode(code: string): string {
  return code.length > 6 ? code.slice(-6) : code;
}
