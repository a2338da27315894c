import type { PhotoKind } from '../../../shared/contract/evidence.ts';
import { measureStorage, readQueue, useDesk } from './desk.ts';
import { hurry } from './outbox.ts';
import type { CapturePlace, KeptPhoto } from './photo.ts';
import { shelf } from './shelf.ts';
import { stamp } from './stamp.ts';

/** From this share of the storage on no photo is taken: those that wait must go first. */
export const storageLimit = 0.95;

const longSidePixels = 1600;

/** What a new photo is of. */
export interface Shot {
  readonly incidentId: string | number;
  readonly photoKind: PhotoKind | null;
  readonly slot: string | null;
  /** Lines burnt into the small copy: time, place, officer, case. */
  readonly lines: readonly string[];
  readonly place: CapturePlace | null;
}

const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** SHA-256 of a file's bytes, hexadecimal. */
export const hashOf = async (blob: Blob): Promise<string> =>
  hex(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()));

/** The storage of the phone is too full for another photo. */
export class StorageFull extends Error {}

/**
 * Takes a photo in: hash over the bytes as captured, a smaller copy with a watermark that is sent first, the original
 * behind it. Both are on the phone before this answers. The answer is the id of the copy, or of the original where none could be made.
 */
export async function takePhoto(file: File, shot: Shot): Promise<string> {
  await measureStorage();
  if (useDesk.getState().storageUsed >= storageLimit) throw new StorageFull();
  const { me, photos } = useDesk.getState();
  if (!me) throw new Error('nobody is signed in');
  const capturedAt = new Date().toISOString();
  const sha256 = await hashOf(file);
  // a format that this browser cannot draw is sent as it is
  const copy = await stamp(file, longSidePixels, shot.lines).catch(() => null);
  const small = await stamp(file, 320, []).catch(() => null);
  const originalId = crypto.randomUUID();
  const order = photos.length;
  const shared = {
    personId: me.personId,
    incidentId: shot.incidentId,
    photoKind: shot.photoKind,
    slot: shot.slot,
    capturedAt,
    place: shot.place,
    sent: false,
    refused: null,
  };
  const original: KeptPhoto = {
    ...shared,
    key: originalId,
    sha256,
    bytes: file.size,
    originalId: null,
    order,
    // a copy of the bytes: a file of the camera roll may be changed or removed by others
    blob: new Blob([await file.arrayBuffer()], { type: file.type }),
    small: null,
  };
  const derived: KeptPhoto | null = copy && {
    ...shared,
    key: crypto.randomUUID(),
    sha256: await hashOf(copy),
    bytes: copy.size,
    originalId,
    order,
    blob: copy,
    small,
  };
  const db = await shelf();
  const both = db.transaction('photos', 'readwrite');
  if (derived) void both.store.put(derived);
  await Promise.all([both.store.put(original), both.done]);
  await readQueue();
  hurry();
  return derived?.key ?? originalId;
}

/** Keys of the photos of an incident that have not arrived: what rests on them is sent behind them. */
export const waitingPhotos = (incidentId: string | number): string[] =>
  useDesk
    .getState()
    .photos.filter((photo) => photo.incidentId === incidentId && !photo.sent && photo.refused === null)
    .map(({ key }) => key);

/** A refused photo is given up; its bytes leave the phone. */
export async function dropPhoto(key: string): Promise<void> {
  await (await shelf()).delete('photos', key);
  await readQueue();
}

const keptMs = 48 * 3_600_000;

/** Forgets photos that arrived two days ago. */
export async function sweepPhotos(): Promise<void> {
  const db = await shelf();
  const before = new Date(Date.now() - keptMs).toISOString();
  for (const photo of await db.getAll('photos'))
    if (photo.sent && photo.capturedAt < before) await db.delete('photos', photo.key);
  await readQueue();
}
