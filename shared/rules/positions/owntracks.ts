import { type Decoded, type Inbound, kilometrePerHour, nothing, recordOf, unreadable } from './decoded.ts';
import {
  type Members,
  member,
  membersOf,
  numberOf,
  readJson,
  secondsInstant,
  shareOf,
  textOf,
} from './read.ts';

/**
 * One OwnTracks message. `location` is a fix, `transition` a geofence crossed; every other type, an empty body included,
 * is nothing of ours and never an error. Zero values are left out by the phone: no `vel` means standing still.
 */
export function decodeOwnTracks(inbound: Inbound): Decoded {
  if (inbound.body.trim() === '') return nothing;
  const message = membersOf(readJson(inbound.body));
  if (!message) return unreadable;
  const type = member(message, '_type');
  if (type === 'location') return locationOf(inbound, message);
  return type === 'transition' ? transitionOf(message) : nothing;
}

function locationOf(inbound: Inbound, message: Members): Decoded {
  const fixedAt = secondsInstant(member(message, 'tst'));
  const lng = numberOf(member(message, 'lon'));
  const lat = numberOf(member(message, 'lat'));
  if (fixedAt === undefined || lng === undefined || lat === undefined) return unreadable;
  const speed = (numberOf(member(message, 'vel')) ?? 0) * kilometrePerHour;
  const charge = numberOf(member(message, 'bs'));
  const record = recordOf(inbound, 'owntracks', {
    lng,
    lat,
    fixedAt,
    label: textOf(member(message, 'topic')) ?? textOf(member(message, 'tid')),
    uuid: textOf(member(message, '_id')),
    accuracyMetres: numberOf(member(message, 'acc')),
    speedMetresPerSecond: speed,
    headingDegrees: numberOf(member(message, 'cog')) ?? (speed > 0 ? 0 : undefined),
    altitudeMetres: numberOf(member(message, 'alt')),
    battery: shareOf(member(message, 'batt')),
    // 0 unknown, 1 unplugged, 2 charging, 3 full
    charging: charge === undefined || charge === 0 ? undefined : charge >= 2,
    ping: member(message, 't') === 'p',
  });
  return { ...nothing, records: [record] };
}

function transitionOf(message: Members): Decoded {
  const at = secondsInstant(member(message, 'tst'));
  const event = member(message, 'event');
  if (at === undefined || (event !== 'enter' && event !== 'leave')) return unreadable;
  const crossing = {
    entered: event === 'enter',
    at,
    name: textOf(member(message, 'desc')) ?? '',
    waypointAt: secondsInstant(member(message, 'wtst')) ?? null,
  };
  return { ...nothing, crossings: [crossing] };
}
