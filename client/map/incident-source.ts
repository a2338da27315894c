import type { GeoJSONSource } from 'maplibre-gl';
import { diffOf, featureOf, incidentSources, sourceOf, type MapIncident } from './layers/incidents.ts';

const batchMs = 1000;

/** Keeps the incident sources of the map in step: differences only, at most once a second. */
export class IncidentSources {
  readonly #source: (name: string) => GeoJSONSource | undefined;
  #wanted: ReadonlyMap<number, MapIncident> = new Map();
  readonly #drawn = new Map<string, ReadonlyMap<number, MapIncident>>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sentAtMs = -batchMs;

  /** `source` answers undefined while the style is not there. */
  constructor(source: (name: string) => GeoJSONSource | undefined) {
    this.#source = source;
  }

  get(id: number): MapIncident | undefined {
    return this.#wanted.get(id);
  }

  set(incidents: readonly MapIncident[]): void {
    this.#wanted = new Map(incidents.map((incident) => [incident.id, incident]));
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        this.#sentAtMs = performance.now();
        this.#send(false);
      },
      Math.max(0, this.#sentAtMs + batchMs - performance.now()),
    );
  }

  /** Everything again, for a style whose sources are empty. */
  refill(): void {
    this.#send(true);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #send(whole: boolean): void {
    for (const name of incidentSources) {
      const source = this.#source(name);
      if (!source) continue;
      const after = new Map([...this.#wanted].filter(([, incident]) => sourceOf(incident) === name));
      if (whole)
        void source.setData({
          type: 'FeatureCollection',
          features: [...after.values()].map((i) => featureOf(i)),
        });
      else {
        const diff = diffOf(this.#drawn.get(name) ?? new Map(), after);
        if (diff) void source.updateData(diff);
      }
      this.#drawn.set(name, after);
    }
  }
}
