import { lngLat, type LngLat } from '../../contract/datums.ts';
import { gcj02ShiftMetres } from '../datum.ts';
import { residualOf, suspicion, type Residual } from './datum-suspicion.ts';

/** The nearest place of the road network; null where there is none. */
export type NearestRoad = (point: LngLat) => { readonly point: LngLat; readonly metres: number } | null;

/** Settings with their defaults: what counts as on a road, and how plainly one reading must win over the others. */
export const roadFit = { onRoadMetres: 20, fits: 0.8, misfits: 0.5, spreadMetres: 60 } as const;

/**
 * Offsets of a driven track from the roads that it followed. Close streets are near any point, also near a shifted one,
 * so a road counts as followed only under the one reading of the track - as sent, as GCJ-02 that was never corrected, as
 * corrected twice - that lies on roads while the readings that compete with it do not. Empty when no reading wins, when
 * the fixes are too few, or when they lie along one line, which a parallel street would fit too.
 */
export function roadResiduals(track: readonly LngLat[], town: LngLat, nearest: NearestRoad): Residual[] {
  if (track.length < suspicion.samples || spreadMetres(track) < roadFit.spreadMetres) return [];
  const [east, north] = gcj02ShiftMetres(town);
  const sent = matched(track, [0, 0], nearest);
  const shifted = [matched(track, [east, north], nearest), matched(track, [-east, -north], nearest)].toSorted(
    (a, b) => b.share - a.share,
  );
  const best = shifted[0]!;
  const winner =
    sent.share >= roadFit.fits && best.share <= roadFit.misfits
      ? sent
      : best.share >= roadFit.fits && sent.share <= roadFit.misfits
        ? best
        : null;
  return winner ? winner.roads.map((road, i) => residualOf(track[i]!, road)) : [];
}

/** The roads nearest to a track that is moved back by a shift, and the share of its fixes that lie on one. */
function matched(track: readonly LngLat[], [east, north]: readonly [number, number], nearest: NearestRoad) {
  const found = track.map((fix) => nearest(moved(fix, -east, -north)));
  const roads = found.flatMap((road) => (road ? [road.point] : []));
  if (roads.length < track.length) return { roads: [], share: 0 };
  const on = found.filter((road) => road !== null && road.metres <= roadFit.onRoadMetres).length;
  return { roads, share: on / track.length };
}

const moved = ({ lng, lat }: LngLat, east: number, north: number): LngLat =>
  lngLat(lng + east / (111_320 * Math.cos((lat * Math.PI) / 180)), lat + north / 110_574);

/** Standard deviation of the places across the main direction of the track, metres. */
function spreadMetres(track: readonly LngLat[]): number {
  const places = track.map((fix) => residualOf(fix, track[0]!));
  const mean = (of: (r: Residual) => number) => places.reduce((sum, r) => sum + of(r), 0) / places.length;
  const [e, n] = [mean((r) => r.east), mean((r) => r.north)];
  const ee = mean((r) => (r.east - e) ** 2);
  const nn = mean((r) => (r.north - n) ** 2);
  const en = mean((r) => (r.east - e) * (r.north - n));
  return Math.sqrt(Math.max(0, (ee + nn) / 2 - Math.hypot((ee - nn) / 2, en)));
}
