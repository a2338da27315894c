import type { Knex } from 'knex';
import type { LngLat, RawPoint } from '../../shared/contract/geo.ts';
import type { IncidentView } from '../../shared/contract/incidents.ts';
import { toWgs84 } from '../../shared/rules/datum.ts';
import { Refused } from '../kernel/refused.ts';
import { communitiesNamed, locate, type Located } from '../zones/store.ts';

export interface Placed {
  readonly point: LngLat;
  readonly located: Located;
  readonly doubts: IncidentView['doubts'];
}

/**
 * Reads a foreign point and finds where it lies at an instant. A doubtful place is kept and marked: the
 * fallback point of a geocoder, a point outside every cell, one snapped to the nearest, three decimals or fewer, an
 * address that names another community than the one the point lies in.
 */
export async function placeReport(db: Knex, raw: RawPoint, at: number, address = ''): Promise<Placed> {
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
  const contradiction = await contradictionOf(db, raw, located, address, at);
  if (contradiction) doubts.push(contradiction);
  return { point: read.value, located, doubts };
}

/**
 * What the address says against the point. Where the point would lie in the named community if it were GCJ-02, it most
 * likely is: tickets are geocoded on maps that shift (500 m off in Cicheng) and labelled as WGS-84.
 */
async function contradictionOf(
  db: Knex,
  raw: RawPoint,
  { communityCode }: Located,
  address: string,
  at: number,
): Promise<'address' | 'datum' | null> {
  const named = await communitiesNamed(db, address);
  if (named.length === 0 || (communityCode !== null && named.includes(communityCode))) return null;
  if (raw.crs !== 'wgs84' && raw.crs !== 'cgcs2000') return 'address';
  const shifted = toWgs84({ ...raw, crs: 'gcj02' });
  if (!shifted.ok) return 'address';
  const there = await locate(db, shifted.value, at);
  return there.communityCode !== null && named.includes(there.communityCode) ? 'datum' : 'address';
}

/** Three decimals of a degree or fewer: about 100 m, too coarse for a street. */
const isCoarse = ({ lng, lat, crs }: RawPoint): boolean =>
  crs !== 'bd09mc' && [lng, lat].every((n) => Math.abs(n * 1000 - Math.round(n * 1000)) < 1e-9);
