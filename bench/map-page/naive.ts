import * as maplibregl from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { Frame } from '../../shared/contract/frame.ts';
import { DrawnData } from '../../client/map/drawn-data.ts';
import { points } from '../../client/map/features.ts';
import type { MapIncident } from '../../client/map/layers/incidents.ts';
import { styleOf, type SourceName } from '../../client/map/style.ts';
import type { TownShapes } from '../../client/map/town-shapes.ts';
import { tokens } from '../../client/ui/tokens.ts';

maplibregl.setWorkerUrl(workerUrl);

/**
 * The obvious way over the same still town: people and pins are GeoJSON sources, and whoever learns something sets the
 * whole source again.
 */
export class NaiveMap {
  readonly #map: maplibregl.Map;
  readonly #loaded: Promise<unknown>;
  readonly #town: DrawnData;

  constructor(container: HTMLElement) {
    this.#map = new maplibregl.Map({
      container,
      style: styleOf('light', null),
      center: [121.45, 29.99],
      zoom: 11.5,
      attributionControl: false,
      fadeDuration: 0,
    });
    this.#town = new DrawnData((name: SourceName) => this.#map.getSource(name));
    this.#loaded = new Promise((resolve) => this.#map.once('style.load', resolve));
    this.#map.on('idle', () => container.setAttribute('aria-busy', 'false'));
  }

  async setTown(town: TownShapes): Promise<void> {
    await this.#loaded;
    this.#town.setTown(town, tokens.light.map.zones.length);
    for (const [id, radius] of [
      ['naive-pins', 5],
      ['naive-people', 4],
    ] as const) {
      this.#map.addSource(id, { type: 'geojson', data: points([]) });
      this.#map.addLayer({ id, source: id, type: 'circle', paint: { 'circle-radius': radius } });
    }
    const [west, south, east, north] = town.bbox;
    this.#map.fitBounds([west, south, east, north], { padding: 24, animate: false });
  }

  setIncidents(incidents: readonly MapIncident[]): void {
    this.#set(
      'naive-pins',
      incidents.map(({ point }) => point),
    );
  }

  applyFrame({ count, lng, lat }: Frame): void {
    this.#set(
      'naive-people',
      Array.from({ length: count }, (_, i) => ({ lng: lng[i]!, lat: lat[i]! })),
    );
  }

  destroy(): void {
    this.#map.remove();
  }

  #set(name: string, places: readonly { readonly lng: number; readonly lat: number }[]): void {
    void this.#map.getSource<maplibregl.GeoJSONSource>(name)?.setData(points(places as never));
  }
}
