import type { Crs } from '../../contract/geo.ts';
import type { PositionRecord } from '../../contract/positions.ts';
import { type DatumRefusal, readCrs } from '../datum.ts';
import { type Decoded, nothing, recordOf, type Sender, unreadable } from './decoded.ts';
import { booleanOf, isoInstant, member, type Members, membersOf, numberOf, textOf } from './read.ts';

/** Most fixes that are read of one message; the rest counts as unreadable. */
const fixLimit = 100;

/**
 * The product's own form, parsed from JSON. A missing or unknown datum is a programming error and refused as a whole;
 * single fixes that cannot be read are counted. `profile` is the device's registered datum, if any.
 */
export function decodeNative(
  { deviceId, receivedAt }: Omit<Sender, 'crs'>,
  sent: unknown,
  profile?: Crs,
): { ok: true; decoded: Decoded } | { ok: false; refusal: DatumRefusal } {
  const message = membersOf(sent);
  const fixes = member(message, 'fixes');
  if (!Array.isArray(fixes)) return { ok: true, decoded: unreadable };
  const records: PositionRecord[] = [];
  let unread = Math.max(0, fixes.length - fixLimit);
  for (const value of fixes.slice(0, fixLimit) as unknown[]) {
    const fix = membersOf(value);
    const crs = readCrs(member(fix, 'crs') ?? member(message, 'crs'), profile);
    if (!crs.ok) return crs;
    const record = fixOf({ deviceId, receivedAt, crs: crs.value }, fix);
    if (record) records.push(record);
    else unread += 1;
  }
  return { ok: true, decoded: { ...nothing, records, unreadable: unread } };
}

function fixOf(sender: Sender, fix: Members | undefined): PositionRecord | undefined {
  const fixedAt = isoInstant(member(fix, 'fixedAt'));
  const lng = numberOf(member(fix, 'lng'));
  const lat = numberOf(member(fix, 'lat'));
  if (fixedAt === undefined || (lng === undefined) !== (lat === undefined)) return undefined;
  return recordOf(sender, 'native', {
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
}
