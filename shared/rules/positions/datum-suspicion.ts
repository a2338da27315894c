import type { LngLat } from '../../contract/geo.ts';
import { gcj02ShiftMetres } from '../datum.ts';

/** Offset of a fix from where it should be, metres. */
export interface Residual {
  readonly east: number;
  readonly north: number;
}

/** `unshifted`: GCJ-02 came under the name of WGS-84; `shifted_twice`: a right fix was corrected again. */
export type DatumVerdict = 'sound' | 'unshifted' | 'shifted_twice' | 'unknown';

/** Settings with their defaults: how near the median must lie to the datum's vector, and how many fixes it takes. */
export const suspicion = { nearMetres: 60, samples: 20 } as const;

/** Offset of a fix from its reference: the device's own satellite history, or the nearest road. */
export const residualOf = (fix: LngLat, reference: LngLat): Residual => ({
  east: (fix.lng - reference.lng) * 111_320 * Math.cos((fix.lat * Math.PI) / 180),
  north: (fix.lat - reference.lat) * 110_574,
});

/**
 * Judges a device by the median of its residuals, separately east and north, so that single wild fixes do not matter.
 * In Ningbo the tell-tale vector is 434 m east, 255 m south.
 */
export function datumVerdict(residuals: readonly Residual[], town: LngLat): DatumVerdict {
  const sound = residuals.filter((r) => Number.isFinite(r.east) && Number.isFinite(r.north));
  if (sound.length < suspicion.samples) return 'unknown';
  const east = median(sound.map((r) => r.east));
  const north = median(sound.map((r) => r.north));
  const [shiftEast, shiftNorth] = gcj02ShiftMetres(town);
  if (Math.hypot(east - shiftEast, north - shiftNorth) <= suspicion.nearMetres) return 'unshifted';
  return Math.hypot(east + shiftEast, north + shiftNorth) <= suspicion.nearMetres ? 'shifted_twice' : 'sound';
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
}
