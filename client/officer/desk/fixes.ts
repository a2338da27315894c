import type { Crs } from '../../../shared/contract/geo.ts';

/** A position of this phone that waits to be sent, as the phone gave it. */
export interface KeptFix {
  readonly id?: number;
  readonly personId: number;
  readonly fixedAt: string;
  readonly lng: number;
  readonly lat: number;
  readonly crs: Crs;
  readonly accuracyMetres: number;
  readonly speedMetresPerSecond: number | null;
  readonly headingDegrees: number | null;
  readonly battery: number | null;
}

/** When a new fix is worth keeping: after 4 s in motion, after 15 s at rest, at once after a jump of 40 m. */
export function worthKeeping(
  before: { readonly atMs: number; readonly metres: number } | null,
  atMs: number,
  speed: number,
): boolean {
  if (before === null || before.metres > 40) return true;
  return atMs - before.atMs >= (speed > 0.7 ? 4000 : 15_000);
}
