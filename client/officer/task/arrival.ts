import type { LngLat } from '../../../shared/contract/geo.ts';
import { distanceMetres } from '../../../shared/rules/distance.ts';

/** A fix coarser than this says nothing about an arrival, metres. */
const coarseMetres = 100;
/** An older one neither, ms. */
const oldMs = 120_000;

/** How far the phone is from the scene, and whether that suggests an arrival. */
export interface Nearness {
  readonly metres: number;
  readonly accuracyMetres: number;
  readonly inside: boolean;
}

/** Judges the phone's own fix against the scene; null without a usable fix. Instants in ms. */
export function nearness(
  scene: LngLat,
  fix: {
    readonly point: LngLat | null;
    readonly accuracyMetres: number | null;
    readonly fixedAtMs: number | null;
  },
  radiusMetres: number,
  nowMs: number,
): Nearness | null {
  const { point, accuracyMetres, fixedAtMs } = fix;
  if (!point || accuracyMetres === null || fixedAtMs === null) return null;
  if (nowMs - fixedAtMs > oldMs) return null;
  const metres = distanceMetres(scene, point);
  return { metres, accuracyMetres, inside: metres <= radiusMetres && accuracyMetres <= coarseMetres };
}
