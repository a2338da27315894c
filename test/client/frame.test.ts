import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decodeFrame,
  encodeFrame,
  frameHeaderBytes,
  frameRowBytes,
  positionDoubts,
  unitStatuses,
  type FrameRow,
} from '../../shared/contract/frame.ts';

const origin = { lng: 121.455, lat: 29.985 };

const row = (change: Partial<FrameRow> = {}): FrameRow => ({
  id: 7,
  kind: 'officer',
  place: { lng: 121.46, lat: 29.99 },
  status: 'en_route',
  ageSeconds: 3,
  backlog: false,
  doubt: null,
  headingDegrees: 90,
  ...change,
});

const anyRow: fc.Arbitrary<FrameRow> = fc.record({
  id: fc.integer({ min: 0, max: 65535 }),
  kind: fc.constantFrom('officer', 'team'),
  place: fc.option(
    fc.record({
      lng: fc.double({ min: 121.155, max: 121.755, noNaN: true }),
      lat: fc.double({ min: 29.685, max: 30.285, noNaN: true }),
    }),
  ),
  status: fc.constantFrom(...unitStatuses),
  ageSeconds: fc.integer({ min: 0, max: 900 }),
  backlog: fc.boolean(),
  doubt: fc.constantFrom(null, ...positionDoubts),
  headingDegrees: fc.option(fc.double({ min: 0, max: 359.9, noNaN: true })),
});

/** Distance of a number from what was meant; nothing meant asks for NaN. */
const apart = (got: number, meant: number | null | undefined): number =>
  meant === null || meant === undefined ? (Number.isNaN(got) ? 0 : Infinity) : Math.abs(got - meant);

test('what goes in comes out, within half a step, in 9 bytes a row', () => {
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 60 }), fc.boolean(), (rows, changesOnly) => {
      const buffer = encodeFrame({ serverAtMs: 1_764_000_000_123, origin, rows, changesOnly });
      expect(buffer.byteLength).toBe(frameHeaderBytes + rows.length * frameRowBytes);
      const frame = decodeFrame(buffer)!;
      expect(frame.serverAtMs).toBe(1_764_000_000_123);
      expect(frame.changesOnly).toBe(changesOnly);
      rows.forEach((row, i) => {
        expect(frame.id[i]).toBe(row.id);
        expect(frame.isTeam[i]).toBe(row.kind === 'team' ? 1 : 0);
        expect(unitStatuses[frame.status[i]!]).toBe(row.status);
        const age = Math.min(660, row.ageSeconds);
        expect(frame.ageSeconds[i]).toBeLessThanOrEqual(age);
        expect(frame.ageSeconds[i]).toBeGreaterThanOrEqual(age < 120 ? age : age - 3);
        expect(frame.backlog[i]).toBe(row.backlog ? 1 : 0);
        expect(positionDoubts[frame.doubt[i]! - 1] ?? null).toBe(row.doubt);
        // ±0.3 degrees needs steps of 16 micro-degrees: half a step is 0.9 m.
        expect(apart(frame.lng[i]!, row.place?.lng)).toBeLessThan(8.1e-6);
        expect(apart(frame.lat[i]!, row.place?.lat)).toBeLessThan(8.1e-6);
        const turn = apart(frame.headingDegrees[i]!, row.headingDegrees);
        expect(Math.min(turn, Math.abs(360 - turn))).toBeLessThanOrEqual(1.01);
      });
    }),
  );
});

test('inside a town the step is under half a metre', () => {
  const rows = [row({ place: { lng: 121.5549, lat: 30.0849 } }), row({ id: 8 })];
  const frame = decodeFrame(encodeFrame({ serverAtMs: 0, origin, rows }))!;
  expect(Math.abs(frame.lng[0]! - 121.5549)).toBeLessThan(2.01e-6);
  expect(Math.abs(frame.lat[1]! - 29.99)).toBeLessThan(2.01e-6);
});

test('live, recent, old and dark are told apart at their borders', () => {
  const ages = [29, 30, 119, 120, 599, 600, Infinity, NaN];
  const rows = ages.map((ageSeconds, id) => row({ id, ageSeconds }));
  const frame = decodeFrame(encodeFrame({ serverAtMs: 0, origin, rows }))!;
  expect([...frame.ageSeconds]).toEqual([29, 30, 119, 120, 596, 600, 660, 660]);
});

test('a stray fix keeps its row, loses its place and does not coarsen the others', () => {
  const rows = [row(), row({ id: 8, place: { lng: 0, lat: 0 } })];
  const frame = decodeFrame(encodeFrame({ serverAtMs: 0, origin, rows }))!;
  expect(frame.lng[1]).toBeNaN();
  expect(frame.id[1]).toBe(8);
  expect(Math.abs(frame.lng[0]! - 121.46)).toBeLessThan(1e-6);
});

test('control: without the reach the stray fix costs everybody the place', () => {
  const rows = [row({ place: { lng: 121.46123, lat: 29.99 } }), row({ id: 8, place: { lng: 0, lat: 0 } })];
  const frame = decodeFrame(encodeFrame({ serverAtMs: 0, origin, rows, reachDegrees: 360 }))!;
  expect(Math.abs(frame.lng[0]! - 121.46123)).toBeGreaterThan(1e-5);
});

test('broken bytes are refused, never thrown at', () => {
  const good = new Uint8Array(encodeFrame({ serverAtMs: 0, origin, rows: [row()] }));
  expect(decodeFrame(good.subarray(0, 28))).toBeNull();
  expect(decodeFrame(new ArrayBuffer(0))).toBeNull();
  expect(decodeFrame(Uint8Array.of(1, ...good.slice(1)))).toBeNull();
  fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => void decodeFrame(bytes)));
  expect(() => encodeFrame({ serverAtMs: 0, origin, rows: [row({ id: 70000 })] })).toThrow(RangeError);
});
