import { type Decoded, type Inbound, knot, merge, nothing, recordOf, unreadable } from './decoded.ts';
import {
  type Members,
  booleanOf,
  classicInstant,
  isoInstant,
  member,
  membersOf,
  numberOf,
  readJson,
  shareOf,
  textOf,
} from './read.ts';

/**
 * Traccar Client of every generation on one path; the shape decides. The current app and the classic OsmAnd form are
 * flat (form, query, or a JSON array of the same members, speed in knots); 9.x sends an object with `location` (m/s).
 */
export function decodeTraccarClient(inbound: Inbound): Decoded {
  const body = inbound.body.trim();
  const flat = [...new URLSearchParams(inbound.query)];
  if (body.startsWith('[') || body.startsWith('{')) {
    const json = readJson(body);
    if (Array.isArray(json))
      return json.length === 0 ? nothing : merge(json.slice(0, 1000).map((one) => anyOf(inbound, one)));
    return anyOf(inbound, json);
  }
  return flatOf(inbound, Object.fromEntries([...flat, ...new URLSearchParams(body)]));
}

function anyOf(inbound: Inbound, value: unknown): Decoded {
  const members = membersOf(value);
  if (!members) return unreadable;
  return membersOf(member(members, 'location')) ? nestedOf(inbound, members) : flatOf(inbound, members);
}

function flatOf(inbound: Inbound, of: Members): Decoded {
  const [pairLat, pairLng] = textOf(member(of, 'location'))?.split(',') ?? [];
  const lat = member(of, 'lat') ?? pairLat;
  const lng = member(of, 'lon') ?? pairLng;
  const when = member(of, 'timestamp');
  const sos = member(of, 'alarm') === 'sos';
  if (when === undefined && lat === undefined && lng === undefined && member(of, 'notificationToken'))
    return nothing;
  const fixedAt = when === undefined || when === '' ? inbound.receivedAt : classicInstant(when);
  const absent = isBlank(lat) && isBlank(lng);
  const place = absent ? {} : { lng: numberOf(lng), lat: numberOf(lat) };
  const broken = !absent && (place.lng === undefined || place.lat === undefined);
  if (fixedAt === undefined || broken || Object.keys(of).length === 0) return { ...unreadable, sos };
  const speed = numberOf(member(of, 'speed'));
  const record = recordOf(inbound, 'traccar_client', {
    ...place,
    fixedAt,
    label: textOf(member(of, 'id')) ?? textOf(member(of, 'deviceid')),
    accuracyMetres: numberOf(member(of, 'accuracy')),
    speedMetresPerSecond: speed === undefined ? undefined : speed * knot,
    headingDegrees: numberOf(member(of, 'bearing')) ?? numberOf(member(of, 'heading')),
    altitudeMetres: numberOf(member(of, 'altitude')),
    battery: shareOf(member(of, 'batt')),
    charging: booleanOf(member(of, 'charge')),
    mock: booleanOf(member(of, 'mock')),
    valid: booleanOf(member(of, 'valid')),
  });
  return { ...nothing, records: [record], sos };
}

const isBlank = (value: unknown): boolean => value === undefined || value === null || value === '';

/** 9.x: `coords` may be absent (a heartbeat); -1 says unknown. */
function nestedOf(inbound: Inbound, message: Members): Decoded {
  const location = membersOf(member(message, 'location'));
  const coords = membersOf(member(location, 'coords'));
  const battery = membersOf(member(location, 'battery'));
  const extras = membersOf(member(location, 'extras'));
  const sos = [message, location, extras].some((place) => member(place, 'alarm') === 'sos');
  const when = member(location, 'timestamp');
  const fixedAt = when === undefined ? inbound.receivedAt : (isoInstant(when) ?? classicInstant(when));
  const place = coords
    ? { lng: numberOf(member(coords, 'longitude')), lat: numberOf(member(coords, 'latitude')) }
    : {};
  if (fixedAt === undefined || (coords && (place.lng === undefined || place.lat === undefined)))
    return { ...unreadable, sos };
  const record = recordOf(inbound, 'traccar_client', {
    ...place,
    fixedAt,
    label: textOf(member(message, 'device_id')),
    uuid: textOf(member(location, 'uuid')),
    accuracyMetres: numberOf(member(coords, 'accuracy')),
    speedMetresPerSecond: numberOf(member(coords, 'speed')),
    headingDegrees: numberOf(member(coords, 'heading')),
    altitudeMetres: numberOf(member(coords, 'altitude')),
    battery: numberOf(member(battery, 'level')),
    charging: booleanOf(member(battery, 'is_charging')),
    mock: booleanOf(member(location, 'mock')),
  });
  return { ...nothing, records: [record], sos };
}

/** A Traccar server that forwards its positions (`forward.type=json`): more than 200 hardware protocols behind one door. */
export function decodeTraccarForward(inbound: Inbound): Decoded {
  const message = membersOf(readJson(inbound.body));
  const position = membersOf(member(message, 'position'));
  if (!position) return unreadable;
  const device = membersOf(member(message, 'device'));
  const attributes = membersOf(member(position, 'attributes'));
  const sos = member(attributes, 'alarm') === 'sos';
  const fixedAt = isoInstant(member(position, 'fixTime')) ?? classicInstant(member(position, 'fixTime'));
  const lng = numberOf(member(position, 'longitude'));
  const lat = numberOf(member(position, 'latitude'));
  if (fixedAt === undefined || lng === undefined || lat === undefined) return { ...unreadable, sos };
  const speed = numberOf(member(position, 'speed'));
  const accuracy = numberOf(member(position, 'accuracy'));
  const record = recordOf(inbound, 'traccar_forward', {
    lng,
    lat,
    fixedAt,
    label: textOf(member(device, 'uniqueId')) ?? textOf(member(position, 'deviceId')),
    // the server writes 0 for an accuracy that it does not know
    accuracyMetres: accuracy === 0 ? undefined : accuracy,
    speedMetresPerSecond: speed === undefined ? undefined : speed * knot,
    headingDegrees: numberOf(member(position, 'course')),
    altitudeMetres: numberOf(member(position, 'altitude')),
    battery: shareOf(member(attributes, 'batteryLevel')),
    charging: booleanOf(member(attributes, 'charge')),
    mock: booleanOf(member(attributes, 'mock')),
    valid: booleanOf(member(position, 'valid')) !== false && booleanOf(member(position, 'outdated')) !== true,
  });
  return { ...nothing, records: [record], sos };
}
