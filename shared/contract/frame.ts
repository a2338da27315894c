import type { TeamStatus } from './teams.ts';

/**
 * The packed position frame: what a console receives of the river of positions, once a tick.
 * This file is free of zod, so the client may import its values.
 *
 * Little-endian. Header, 20 bytes:
 *   0 u8  version = 3
 *   1 u8  flags: bits 0-3 = k, the unit of dx and dy is 2^k micro-degrees; bit 4 = changes only
 *   2 u16 count of rows
 *   4 f64 serverAtMs, when the frame was made
 *  12 i32 originLng    16 i32 originLat   (WGS-84, micro-degrees)
 * Row, 9 bytes:
 *   0 u16 id           of the officer or the team
 *   2 i16 dx  4 i16 dy units from the origin; dx = -32768 says "no usable place"
 *   6 u8  bits 0-3 status code, bits 4-5 doubt of the place, bit 6 backlog being sent, bit 7 the id is a team's
 *   7 u8  age of the fix at serverAtMs: 0-119 seconds, then steps of 4 s up to 656 s, 255 = older or no fix
 *   8 u8  heading / 2 degrees clockwise from north, 255 unknown
 * Speed and accuracy of a fix stay on the server: no map draws them, and a card asks for them.
 *
 * A town spans less than 0.131 degrees to each side, so k is 2 and a step 0.44 m north.
 */

/** Status of a team or officer on the map and the board; the place in the list is the code on the wire. */
export const unitStatuses = [
  'off_duty',
  'available',
  'assigned',
  'en_route',
  'on_scene',
  'emergency',
] as const;
export type UnitStatus = (typeof unitStatuses)[number];

/** The colour and shape class of what a team does: eight states of work, five of the six tokens. */
export const unitStatusOf: Readonly<Record<TeamStatus, UnitStatus>> = {
  off_duty: 'off_duty',
  unavailable: 'off_duty',
  available: 'available',
  returning: 'available',
  offered: 'assigned',
  accepted: 'assigned',
  en_route: 'en_route',
  on_scene: 'on_scene',
};

/**
 * Why a place may not be trusted: 疑似虚拟定位, 坐标系可疑, 定位不准. Its place in the list, from 1, is the code on the wire;
 * 0 says that nothing is known against it.
 */
export const positionDoubts = ['mock', 'datum', 'inaccurate'] as const;
export type PositionDoubt = (typeof positionDoubts)[number];

export const frameHeaderBytes = 20;
export const frameRowBytes = 9;
/** Age that stands for "this old, older, or no fix at all"; beyond the ten minutes after which a fix is dark. */
export const frameAgeLimitSeconds = 660;

const version = 3;
const noPlace = -32768;
const microDegrees = 1e-6;
const backlogBit = 0x40;
const doubtShift = 4;
const teamBit = 0x80;
const changesBit = 0x10;

/** One row before packing. `place` is null when there is no usable fix; degrees, metres, seconds. */
export interface FrameRow {
  readonly id: number;
  readonly kind: 'officer' | 'team';
  readonly place: { readonly lng: number; readonly lat: number } | null;
  readonly status: UnitStatus;
  readonly ageSeconds: number;
  readonly backlog: boolean;
  readonly doubt: PositionDoubt | null;
  readonly headingDegrees: number | null;
}

/** What goes into one frame. Rows farther than `reachDegrees` from the origin lose their place, not their row. */
export interface FrameInput {
  readonly serverAtMs: number;
  readonly origin: { readonly lng: number; readonly lat: number };
  readonly rows: readonly FrameRow[];
  /** True: rows not listed keep their last state. False: the frame is the whole picture. */
  readonly changesOnly?: boolean;
  /** Default 0.5 degrees (about 50 km): one stray fix must not coarsen everybody's place. */
  readonly reachDegrees?: number;
}

/** A frame read into columns: row i is the i-th entry of each. `lng` and `lat` are NaN without a place. */
export interface Frame {
  readonly serverAtMs: number;
  readonly changesOnly: boolean;
  readonly count: number;
  readonly id: Uint16Array;
  readonly isTeam: Uint8Array;
  readonly lng: Float64Array;
  readonly lat: Float64Array;
  /** Index into `unitStatuses`. */
  readonly status: Uint8Array;
  readonly backlog: Uint8Array;
  /** 0, or one more than the index into `positionDoubts`. */
  readonly doubt: Uint8Array;
  /** Up to `frameAgeLimitSeconds`. */
  readonly ageSeconds: Uint16Array;
  /** Degrees, NaN unknown. */
  readonly headingDegrees: Float32Array;
}

/** Packs rows. Throws RangeError for an id outside 0..65535 or more than 65,535 rows: both are bugs. */
export function encodeFrame(input: FrameInput): ArrayBuffer {
  const { rows, reachDegrees = 0.5 } = input;
  // places are counted from the origin that is written, not from the one that was meant
  const origin = { lng: micro(input.origin.lng) / 1e6, lat: micro(input.origin.lat) / 1e6 };
  if (rows.length > 0xffff) throw new RangeError(`a frame holds 65535 rows, not ${rows.length}`);
  const buffer = new ArrayBuffer(frameHeaderBytes + rows.length * frameRowBytes);
  const view = new DataView(buffer);
  const offsets = rows.map((row) => offsetOf(row, origin, reachDegrees));
  let farthest = 0;
  for (const offset of offsets)
    if (offset) farthest = Math.max(farthest, Math.abs(offset.dLng), Math.abs(offset.dLat));
  let k = 0;
  while (k < 15 && Math.round(farthest / (microDegrees * 2 ** k)) > 32767) k++;
  const unit = microDegrees * 2 ** k;
  view.setUint8(0, version);
  view.setUint8(1, k | (input.changesOnly ? changesBit : 0));
  view.setUint16(2, rows.length, true);
  view.setFloat64(4, input.serverAtMs, true);
  view.setInt32(12, micro(origin.lng), true);
  view.setInt32(16, micro(origin.lat), true);
  rows.forEach((row, i) => {
    const at = frameHeaderBytes + i * frameRowBytes;
    const offset = offsets[i];
    if (!(row.id >= 0 && row.id <= 0xffff)) throw new RangeError(`id ${row.id} does not fit a frame`);
    view.setUint16(at, row.id, true);
    view.setInt16(at + 2, offset ? Math.round(offset.dLng / unit) : noPlace, true);
    view.setInt16(at + 4, offset ? Math.round(offset.dLat / unit) : 0, true);
    const kind = row.kind === 'team' ? teamBit : 0;
    const doubt = row.doubt === null ? 0 : positionDoubts.indexOf(row.doubt) + 1;
    const backlog = row.backlog ? backlogBit : 0;
    view.setUint8(at + 6, unitStatuses.indexOf(row.status) | kind | backlog | (doubt << doubtShift));
    view.setUint8(at + 7, ageByte(row.ageSeconds));
    view.setUint8(at + 8, headingByte(row.headingDegrees));
  });
  return buffer;
}

/** Reads a frame; null when the bytes are not a whole frame of this version. Never throws. */
export function decodeFrame(bytes: ArrayBuffer | ArrayBufferView): Frame | null {
  const view = ArrayBuffer.isView(bytes)
    ? new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new DataView(bytes);
  if (view.byteLength < frameHeaderBytes || view.getUint8(0) !== version) return null;
  const count = view.getUint16(2, true);
  if (view.byteLength !== frameHeaderBytes + count * frameRowBytes) return null;
  const flags = view.getUint8(1);
  const unit = microDegrees * 2 ** (flags & 0x0f);
  const originLng = view.getInt32(12, true) / 1e6;
  const originLat = view.getInt32(16, true) / 1e6;
  const frame: Frame = {
    serverAtMs: view.getFloat64(4, true),
    changesOnly: (flags & changesBit) !== 0,
    count,
    id: new Uint16Array(count),
    isTeam: new Uint8Array(count),
    lng: new Float64Array(count),
    lat: new Float64Array(count),
    status: new Uint8Array(count),
    backlog: new Uint8Array(count),
    doubt: new Uint8Array(count),
    ageSeconds: new Uint16Array(count),
    headingDegrees: new Float32Array(count),
  };
  for (let i = 0; i < count; i++) {
    const at = frameHeaderBytes + i * frameRowBytes;
    const dx = view.getInt16(at + 2, true);
    const state = view.getUint8(at + 6);
    const heading = view.getUint8(at + 8);
    frame.id[i] = view.getUint16(at, true);
    frame.lng[i] = dx === noPlace ? NaN : originLng + dx * unit;
    frame.lat[i] = dx === noPlace ? NaN : originLat + view.getInt16(at + 4, true) * unit;
    frame.status[i] = Math.min(state & 0x0f, unitStatuses.length - 1);
    frame.backlog[i] = state & backlogBit ? 1 : 0;
    frame.doubt[i] = (state >> doubtShift) & 3;
    frame.isTeam[i] = state & teamBit ? 1 : 0;
    frame.ageSeconds[i] = ageOfByte(view.getUint8(at + 7));
    frame.headingDegrees[i] = heading === 255 ? NaN : heading * 2;
  }
  return frame;
}

const micro = (degrees: number): number => Math.round(degrees * 1e6);

function offsetOf(row: FrameRow, origin: FrameInput['origin'], reach: number) {
  if (!row.place) return null;
  const dLng = row.place.lng - origin.lng;
  const dLat = row.place.lat - origin.lat;
  return Math.abs(dLng) <= reach && Math.abs(dLat) <= reach ? { dLng, dLat } : null;
}

/** Rounds into 0..top; what is not a number counts as the top, the cautious end for an age. */
function clamp(value: number, top: number): number {
  return Number.isNaN(value) ? top : Math.min(top, Math.max(0, Math.round(value)));
}

/** Whole seconds where they tell live from recent, steps of four where only old and dark are left. */
function ageByte(seconds: number): number {
  const age = clamp(seconds, frameAgeLimitSeconds);
  return age < 120 ? age : Math.min(255, 120 + Math.floor((age - 120) / 4));
}

function ageOfByte(byte: number): number {
  if (byte === 255) return frameAgeLimitSeconds;
  return byte < 120 ? byte : 120 + (byte - 120) * 4;
}

function headingByte(degrees: number | null): number {
  if (degrees === null || !Number.isFinite(degrees)) return 255;
  return Math.round((((degrees % 360) + 360) % 360) / 2) % 180;
}
