import type { Knex } from 'knex';
import type { LngLat, RawPoint } from '../../shared/contract/geo.ts';
import type { IncidentView } from '../../shared/contract/incidents.ts';
import { toWgs84 } from '../../shared/rules/datum.ts';
import { Refused } from '../kernel/refused.ts';
import { locate, type Located } from '../zones/store.ts';

export interface Placed {
  readonly point: LngLat;
  readonly located: Located;
  readonly doubts: IncidentView['doubts'];
}

/**
 * Reads a foreign point and finds where it lies at an instant. A doubtful place is kept and marked: the
 * fallback point of a geocoder, a point outside every cell, one snapped to the nearest, three decimals or fewer.
 */
export async function placeReport(db: Knex, raw: RawPoint, at: number): Promise<Placed> {
  const read = toWgs84(raw);
  if (!read.ok) {
    const errors = [{ path: 'body.point', message: `lng ${raw.lng}, lat ${raw.lat} in ${raw.crs}` }];
    throw new Refused(read.refusal, {}, errors);
  }
  const located = await locate(db, read.value, at);
  const doubts: IncidentView['doubts'] = [];
  if (located.defaultCoordinate) doubts.push('default_coordinate');
  if (located.cellId === null) doubts.push('outside');
  if (located.snapped) doubts.push('snapped');
  if (isCoarse(raw)) doubts.push('coarse');
  return { point: read.value, located, doubts };
}

/** Three decimals of a degree or fewer: about 100 m, too coarse for a street. */
const isCoarse = ({ lng, lat, crs }: RawPoint): boolean =>
  crs !== 'bd09mc' && [lng, lat].every((n) => Math.abs(n * 1000 - Math.round(n * 1000)) < 1e-9);
