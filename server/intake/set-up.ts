import type { SetUp } from '../../shared/contract/devices.ts';
import type { DeviceRow } from './store.ts';

/** Seconds between fixes: while the team has a task, and at other times. */
export const fixSeconds = { assigned: 15, idle: 60 } as const;

/** The name that OwnTracks sends with its secret. */
export const userNameOf = (deviceId: number): string => `d${deviceId}`;

/** Two characters that stand for the phone on OwnTracks' map. */
export const trackerId = (deviceId: number): string => String(deviceId % 100).padStart(2, '0');

/** Where a device of each kind sends to. */
export function addressOf({ kind }: Pick<DeviceRow, 'kind'>, origin: string, secret: string): string {
  if (kind === 'owntracks') return `${origin}/ingest/owntracks`;
  return `${origin}/ingest/${kind === 'traccar_forward' ? 'traccar-forward' : 't'}/${secret}`;
}

/**
 * The text that Traccar Client scans. It keeps origin and path as the server's address and reads its settings from the
 * query, so the secret stands in the path. Its own defaults (a fix each 300 s or 75 m) would be useless for dispatch.
 */
export function traccarLink(address: string, deviceId: number): string {
  const settings = new URLSearchParams({
    id: userNameOf(deviceId),
    interval: String(fixSeconds.assigned),
    distance: '10',
    accuracy: 'high',
    angle: '30',
    heartbeat: '60',
    buffer: 'true',
    stop_detection: 'false',
    wakelock: 'true',
    prefer_platform_providers: 'true',
  });
  return `${address}?${settings.toString()}`;
}

/** OwnTracks' configuration: mode 3 is HTTP, monitoring 2 the move mode, `ping` in minutes. */
export const ownTracksConfiguration = (address: string, deviceId: number, secret: string) => ({
  _type: 'configuration',
  mode: 3,
  url: address,
  auth: true,
  username: userNameOf(deviceId),
  password: secret,
  deviceId: 'phone',
  tid: trackerId(deviceId),
  monitoring: 2,
  locatorInterval: fixSeconds.assigned,
  moveModeLocatorInterval: fixSeconds.assigned,
  locatorDisplacement: 10,
  ping: 15,
  ignoreInaccurateLocations: 200,
  cmd: true,
  remoteConfiguration: true,
  extendedData: true,
  autostartOnBoot: true,
});

/** The text of the QR code: what the app opens, or for the others the address. */
export function linkOf(device: DeviceRow, address: string, secret: string): string {
  if (device.kind === 'traccar_client') return traccarLink(address, device.id);
  if (device.kind !== 'owntracks') return address;
  const text = JSON.stringify(ownTracksConfiguration(address, device.id, secret));
  return `owntracks:///config?inline=${encodeURIComponent(Buffer.from(text).toString('base64'))}`;
}

/** Everything that sets a device up; the QR code as SVG. */
export async function setUpOf(
  device: DeviceRow,
  view: SetUp['device'],
  given: { origin: string; secret: string; useBefore: number },
): Promise<SetUp> {
  const address = addressOf(device, given.origin, given.secret);
  const link = linkOf(device, address, given.secret);
  const { default: QRCode } = await import('qrcode');
  return {
    device: view,
    address,
    userName: device.kind === 'owntracks' ? userNameOf(device.id) : null,
    secret: given.secret,
    link,
    svg: await QRCode.toString(link, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 }),
    useBefore: new Date(given.useBefore).toISOString(),
  };
}
