import { decodeFrame, encodeFrame, type FrameRow } from '../../shared/contract/frame.ts';
import type { LngLat } from '../../shared/contract/geo.ts';
import { freshnessLimits } from '../../shared/rules/positions/freshness.ts';
import type { MapIncident } from '../../client/map/layers/incidents.ts';
import { TownMap } from '../../client/map/town-map.ts';
import { seeded } from '../../test/client/page/random.ts';
import { makeTown } from '../../test/client/page/town.ts';
import { NaiveMap } from './naive.ts';

/** What bench/map.ts asks of this page: one map at a time, fed four times a second. */
export interface MapBench {
  /** Opens a map with a town and nobody; settles when it has come to rest. */
  open(arm: 'ours' | 'naive'): Promise<void>;
  /** So many people begin to move, and so many pins stand, of which five change each second; nobody: the town is drawn again. */
  feed(people: number, pins: number): void;
  /** Since the last call: updates that came to the map, lengths of the tasks over 50 ms and between frames, ms. */
  taken(): { readonly updates: number; readonly tasks: number[]; readonly frames: number[] };
  close(): void;
}

const updatesASecond = 4;
const town = makeTown();
const origin = { lng: 121.45, lat: 29.985 };
let map: TownMap | NaiveMap | null = null;
let timer: ReturnType<typeof setInterval> | undefined;
let tasks: number[] = [];
let frames: number[] = [];
let updates = 0;

new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
  entryTypes: ['longtask'],
});
let drawnAt = performance.now();
const watch = (now: number) => {
  frames.push(now - drawnAt);
  drawnAt = now;
  requestAnimationFrame(watch);
};
requestAnimationFrame(watch);

/** Everybody walks: a metre or two a step. The bytes are those of the wire. */
function walk(count: number): () => ArrayBuffer {
  const random = seeded(5);
  const places = Array.from({ length: count }, () => ({
    lng: 121.4 + random() * 0.1,
    lat: 29.94 + random() * 0.09,
  }));
  return () => {
    const rows = places.map((place, i): FrameRow => {
      place.lng += (random() - 0.5) * 4e-5;
      place.lat += (random() - 0.5) * 4e-5;
      return {
        id: i,
        kind: i % 3 === 0 ? 'team' : 'officer',
        place,
        status: i % 4 === 0 ? 'en_route' : 'available',
        ageSeconds: 1,
        backlog: false,
        doubt: null,
        headingDegrees: (i * 7) % 360,
      };
    });
    return encodeFrame({ serverAtMs: Date.now(), origin, rows });
  };
}

function pinsOf(count: number): MapIncident[] {
  const random = seeded(9);
  return Array.from({ length: count }, (_, i): MapIncident => ({
    id: i + 1,
    point: { lng: 121.4 + random() * 0.1, lat: 29.94 + random() * 0.09 } as LngLat,
    class: 'street_order',
    priority: i % 100 === 0 ? 2 : 3,
    taken: i % 3 === 0,
  }));
}

const bench: MapBench = {
  async open(arm) {
    const container = document.createElement('div');
    container.id = 'map';
    document.body.append(container);
    map =
      arm === 'ours'
        ? new TownMap({ container, theme: 'light', label: 'map', limits: freshnessLimits })
        : new NaiveMap(container);
    await map.setTown(town);
    await new Promise<void>((resolve) => {
      const seen = new MutationObserver(() => {
        if (container.getAttribute('aria-busy') === 'false') resolve();
      });
      seen.observe(container, { attributes: true, attributeFilter: ['aria-busy'] });
    });
  },
  feed(people, pins) {
    // made before the clock runs: the making of the bytes is the server's work
    const step = walk(people);
    const made = Array.from({ length: people > 0 ? 40 : 0 }, step);
    let incidents = pinsOf(pins);
    let n = 0;
    map?.setIncidents(incidents);
    timer = setInterval(() => {
      const bytes = made[n % 40];
      const frame = bytes && decodeFrame(bytes);
      if (frame) map?.applyFrame(frame);
      else if (map instanceof TownMap) map.tick(0);
      updates += 1;
      n += 1;
      if (n % updatesASecond !== 0 || pins === 0) return;
      incidents = incidents.map((pin, i) => ((i + n) % (pins / 5) < 1 ? { ...pin, taken: !pin.taken } : pin));
      map?.setIncidents(incidents);
    }, 1000 / updatesASecond);
  },
  taken() {
    const since = { updates, tasks, frames };
    tasks = [];
    frames = [];
    updates = 0;
    return since;
  },
  close() {
    clearInterval(timer);
    map?.destroy();
    map = null;
    document.querySelector('#map')?.remove();
  },
};
Object.assign(globalThis, { bench });
