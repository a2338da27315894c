import { create } from 'zustand';
import type { Crs, LngLat } from '../../../shared/contract/geo.ts';
import { toWgs84 } from '../../../shared/rules/datum.ts';
import { distanceMetres } from '../../../shared/rules/distance.ts';
import { call } from '../../live/call.ts';
import { serverNowMs } from './clock.ts';
import { noteFailure, useDesk } from './desk.ts';
import { worthKeeping } from './fixes.ts';
import type { CapturePlace } from './photo.ts';
import { keep, kept, shelf } from './shelf.ts';

/** What the phone says of its own place. */
interface Where {
  /** `denied`: the officer or the system forbids it; `none`: asked, nothing came yet; `off`: not on duty. */
  readonly state: 'off' | 'none' | 'denied' | 'unavailable' | 'fixed';
  /** WGS-84, whatever the phone gives. */
  readonly point: LngLat | null;
  readonly accuracyMetres: number | null;
  /** On the server's clock, ms. */
  readonly fixedAtMs: number | null;
  /** The datum in which this phone gives its coordinates; some vendors shift them. */
  readonly crs: Crs;
  /** 0..1; null where the browser does not tell. */
  readonly battery: number | null;
}

export const useWhere = create<Where>()(() => ({
  state: 'off',
  point: null,
  accuracyMetres: null,
  fixedAtMs: null,
  crs: 'wgs84',
  battery: null,
}));

const profile = 'datum';
/** Most fixes of one message, as the contract says. */
const batch = 100;
const sendEveryMs = 5000;
/** A fix older than this is asked for anew, ms. */
const askAfterMs = 45_000;
/** A fix that was worth keeping goes at once, together with those of the same moment. */
const soonMs = 300;

/** Reads the datum profile of this phone. */
export async function remindDatum(): Promise<void> {
  const crs = await kept<Crs>(profile);
  if (crs) useWhere.setState({ crs });
}

export async function setDatum(crs: Crs): Promise<void> {
  useWhere.setState({ crs });
  await keep(profile, crs);
}

/** The place for a photo or a call for help, as the phone gave it; null while there is none. */
export function placeNow(): CapturePlace | null {
  const { point, accuracyMetres } = useWhere.getState();
  return point && { lng: point.lng, lat: point.lat, crs: 'wgs84', accuracyMetres: accuracyMetres ?? 1000 };
}

/** Follows the phone's place, keeps fixes and sends them in batches. Only on duty. Answers how to stop. */
export function followPlace(personId: number): () => void {
  if (!('geolocation' in navigator)) {
    useWhere.setState({ state: 'unavailable' });
    return () => undefined;
  }
  useWhere.setState((now) => (now.state === 'off' ? { state: 'none' } : {}));
  let last: { atMs: number; point: LngLat } | null = null;
  let stopped = false;
  const take = ({ coords, timestamp }: GeolocationPosition) => {
    // an answer that was asked for on duty and comes after it is dropped
    if (stopped) return;
    const { crs, battery } = useWhere.getState();
    const read = toWgs84({ lng: coords.longitude, lat: coords.latitude, crs });
    if (!read.ok) return;
    const fixedAtMs = timestamp + (serverNowMs() - Date.now());
    useWhere.setState({
      state: 'fixed',
      point: read.value,
      accuracyMetres: coords.accuracy,
      fixedAtMs,
    });
    const before = last && { atMs: last.atMs, metres: distanceMetres(last.point, read.value) };
    if (!worthKeeping(before, fixedAtMs, coords.speed ?? 0)) return;
    last = { atMs: fixedAtMs, point: read.value };
    void shelf()
      .then((db) =>
        db.add('fixes', {
          personId,
          fixedAt: new Date(fixedAtMs).toISOString(),
          lng: coords.longitude,
          lat: coords.latitude,
          crs,
          accuracyMetres: coords.accuracy,
          speedMetresPerSecond: coords.speed,
          headingDegrees: coords.heading === null || Number.isNaN(coords.heading) ? null : coords.heading,
          battery,
        }),
      )
      .then(() => setTimeout(() => void sendFixes(), soonMs));
  };
  const fail = ({ code }: GeolocationPositionError) =>
    useWhere.setState({ state: code === 1 ? 'denied' : 'unavailable' });
  const watch = navigator.geolocation.watchPosition(take, fail, {
    enableHighAccuracy: true,
    maximumAge: 2000,
    timeout: 30_000,
  });
  // a phone that lies still may say nothing for minutes: it is asked, so that its place stays fresh
  const asking = setInterval(() => {
    const { fixedAtMs } = useWhere.getState();
    if (fixedAtMs !== null && serverNowMs() - fixedAtMs < askAfterMs) return;
    navigator.geolocation.getCurrentPosition(take, () => undefined, {
      enableHighAccuracy: true,
      maximumAge: 0,
      timeout: askAfterMs,
    });
  }, askAfterMs);
  void followBattery();
  const timer = setInterval(() => void sendFixes(), sendEveryMs);
  return () => {
    stopped = true;
    navigator.geolocation.clearWatch(watch);
    clearInterval(timer);
    clearInterval(asking);
    useWhere.setState({ state: 'off', point: null, accuracyMetres: null, fixedAtMs: null });
  };
}

let sending = false;

/** Sends the fixes that wait, oldest first; what the server took leaves the phone. Answers how many it took. */
export async function sendFixes(): Promise<number> {
  const { me } = useDesk.getState();
  if (sending || !me) return 0;
  sending = true;
  let taken = 0;
  try {
    const db = await shelf();
    const waiting = (await db.getAll('fixes', null, 5 * batch)).filter(
      ({ personId }) => personId === me.personId,
    );
    for (let from = 0; from < waiting.length; from += batch) {
      const some = waiting.slice(from, from + batch);
      const { crs } = some[0]!;
      await call('reportPositions', {
        body: {
          crs,
          fixes: some.map(({ id: _id, personId: _personId, ...fix }) => ({ ...fix, source: 'officer' })),
        },
      });
      taken += some.length;
      useDesk.setState({ online: true });
      const gone = db.transaction('fixes', 'readwrite');
      await Promise.all([...some.map(({ id }) => gone.store.delete(id!)), gone.done]);
    }
  } catch (error) {
    noteFailure(error);
  } finally {
    sending = false;
  }
  return taken;
}

/** What the browser tells of the battery, where it does. */
interface Battery extends EventTarget {
  readonly level: number;
}

async function followBattery(): Promise<void> {
  const ask = (navigator as { getBattery?: () => Promise<Battery> }).getBattery;
  if (!ask) return;
  const battery = await ask.call(navigator);
  const tell = () => useWhere.setState({ battery: battery.level });
  tell();
  battery.addEventListener('levelchange', tell);
}
