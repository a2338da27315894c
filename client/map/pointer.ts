import type { MapMouseEvent, Map as MapLibreMap, GeoJSONSource } from 'maplibre-gl';
import { hitOf, type MapHit } from './hits.ts';
import type { Unit, UnitTrack } from './unit-track.ts';

/** Who wants to know what the pointer does. */
export interface PointerListener {
  readonly onClick?: ((hit: MapHit) => void) | undefined;
  readonly onContext?: ((hit: MapHit) => void) | undefined;
  /** The cell under the pointer has changed. */
  readonly onCell: (before: number | null, now: number | null) => void;
}

/** What a pointer finds on the map: a click on a cluster opens it, any other click is the owner's. */
export class Pointer {
  readonly #map: MapLibreMap;
  readonly #track: UnitTrack;
  readonly #shown: (unit: Unit) => boolean;
  readonly #listener: PointerListener;
  #cell: number | null = null;
  #ready = false;

  constructor(map: MapLibreMap, track: UnitTrack, shown: (unit: Unit) => boolean, listener: PointerListener) {
    this.#map = map;
    this.#track = track;
    this.#shown = shown;
    this.#listener = listener;
    map.on('click', (event) => void this.#click(event));
    map.on('contextmenu', (event) => {
      const hit = this.#hit(event);
      if (hit) listener.onContext?.(hit);
    });
    // nobody looks for something while dragging the map
    map.on('mousemove', (event) => {
      if (event.originalEvent.buttons === 0) this.#move(event);
    });
    map.on('mouseout', () => this.#move(null));
  }

  /** False while the style is not there: nothing can be asked then. */
  set ready(ready: boolean) {
    this.#ready = ready;
  }

  async #click(event: MapMouseEvent): Promise<void> {
    const hit = this.#hit(event);
    if (!hit) return;
    if (hit.clusterId === null || hit.units.length + hit.incidentIds.length > 0) {
      this.#listener.onClick?.(hit);
      return;
    }
    const source = this.#map.getSource<GeoJSONSource>('incidents-calm');
    const zoom = await source?.getClusterExpansionZoom(hit.clusterId);
    if (zoom !== undefined) this.#map.easeTo({ center: event.lngLat, zoom });
  }

  #move(event: MapMouseEvent | null): void {
    const hit = event ? this.#hit(event) : null;
    const cell = hit?.cellId ?? null;
    if (cell !== this.#cell) {
      this.#listener.onCell(this.#cell, cell);
      this.#cell = cell;
    }
    const touchable =
      hit !== null && (hit.clusterId !== null || hit.incidentIds.length + hit.units.length > 0);
    this.#map.getCanvas().style.cursor = touchable ? 'pointer' : '';
  }

  #hit(event: MapMouseEvent): MapHit | null {
    return this.#ready ? hitOf(this.#map, this.#track, this.#shown, event) : null;
  }
}
