import type { Crs } from '../../contract/geo.ts';
import { type DatumRefusal, readCrs } from '../datum.ts';
import { type Decoded, type Inbound, merge, nothing, recordOf, unreadable } from './decoded.ts';
import { booleanOf, isoInstant, member, membersOf, numberOf, readJson, textOf } from './read.ts';

/** Most fixes that are read of one message; the rest counts as unreadable. */
const fixLimit = 100;

/**
 * The product's own form. A missing or unknown datum is a programming error and refused as a whole; single fixes that
 * cannot be read are counted. `profile` is the device's registered datum, if any.
 */
export function decodeNative(
  inbound: Omit<Inbound, 'crs' | 'query'>,
  profile?: Crs,
): { ok: true; decoded: Decoded } | { ok: false; refusal: DatumRefusal } {
  const message = membersOf(readJson(inbound.body));
  const fixes = member(message, 'fixes');
  if (!Array.isArray(fixes)) return { ok: true, decoded: unreadable };
  const decoded: Decoded[] = [];
  for (const value of fixes.slice(0, fixLimit) as unknown[]) {
    const fix = membersOf(value);
    const crs = readCrs(member(fix, 'crs') ?? member(message, 'crs'), profile);
    if (!crs.ok) return crs;
    decoded.push(fixOf({ ...inbound, crs: crs.value, query: '' }, value));
  }
  const rest = Math.max(0, fixes.length - fixLimit);
  return { ok: true, decoded: merge([...decoded, { ...nothing, unreadable: rest }]) };
}

function fixOf(inbound: Inbound, value: unknown): Decoded {
  const fix = membersOf(value);
  const fixedAt = isoInstant(member(fix, 'fixedAt'));
  const lng = numberOf(member(fix, 'lng'));
  const lat = numberOf(member(fix, 'lat'));
  if (fixedAt === undefined || (lng === undefined) !== (lat === undefined)) return unreadable;
  const record = recordOf(inbound, 'native', {
    lng,
    lat,
    fixedAt,
    uuid: textOf(member(fix, 'uuid')),
    accuracyMetres: numberOf(member(fix, 'accuracyMetres')),
    speedMetresPerSecond: numberOf(member(fix, 'speedMetresPerSecond')),
    headingDegrees: numberOf(member(fix, 'headingDegrees')),
    altitudeMetres: numberOf(member(fix, 'altitudeMetres')),
    battery: numberOf(member(fix, 'battery')),
    charging: booleanOf(member(fix, 'charging')),
    mock: booleanOf(member(fix, 'mock')),
    provider: textOf(member(fix, 'source')),
  });
  return { ...nothing, records: [record] };
}
