import type { Feature, FeatureCollection, Polygon } from 'geojson';
import { expect, test } from 'vitest';
import { decodeFrame, encodeFrame, type FrameRow } from '../../shared/contract/frame.ts';
import { groundOf } from '../../client/map/basemap.ts';
import { unitsAt } from '../../client/map/hits.ts';
import { diffOf, sourceOf, type MapIncident } from '../../client/map/layers/incidents.ts';
import { colourAreas, rewound } from '../../client/map/layers/zones.ts';
import { narrowBuffer, styleOf } from '../../client/map/style.ts';
import { studioStyle } from '../../client/studio/map/style.ts';
import { insidePoint } from '../../client/map/town-shapes.ts';
import {
  fixLook,
  mercatorX,
  mercatorY,
  UnitTrack,
  unitKey,
  vertexFloats,
} from '../../client/map/unit-track.ts';
import { freshnessLimits as limits } from '../../shared/rules/positions/freshness.ts';
import { makeTown } from './page/town.ts';

const origin = { lng: 121.45, lat: 29.985 };

function frame(rows: Partial<FrameRow>[], changesOnly = false) {
  const whole = rows.map((row): FrameRow => ({
    id: 1,
    kind: 'team',
    place: origin,
    status: 'available',
    ageSeconds: 1,
    backlog: false,
    doubt: null,
    headingDegrees: null,
    ...row,
  }));
  return decodeFrame(encodeFrame({ serverAtMs: 1_000_000, origin, rows: whole, changesOnly }))!;
}

const placeAt = (track: UnitTrack, key: string, nowMs: number) => track.placeOf(track.units.get(key)!, nowMs);

test('a unit glides from frame to frame, starts where it is seen, and rests when it has arrived', () => {
  const track = new UnitTrack();
  track.apply(frame([{}]), 1000, false);
  expect(track.isMoving(1000)).toBe(false);
  track.apply(frame([{ place: { lng: 121.451, lat: 29.985 } }]), 2000, false);
  const start = mercatorX(121.45);
  const end = mercatorX(121.451);
  expect(track.isMoving(2500)).toBe(true);
  expect(placeAt(track, 'team:1', 2500)[0]).toBeCloseTo((start + end) / 2, 9);
  track.apply(frame([{ place: { lng: 121.4515, lat: 29.985 } }]), 2500, false);
  expect(placeAt(track, 'team:1', 2500)[0]).toBeCloseTo((start + end) / 2, 9);
  expect(placeAt(track, 'team:1', 9000)[0]).toBeCloseTo(mercatorX(121.4515), 9);
  expect(track.isMoving(9000)).toBe(false);
});

test('with reduced motion, and for a jump of kilometres, there is no glide', () => {
  const still = new UnitTrack();
  still.apply(frame([{}]), 1000, true);
  still.apply(frame([{ place: { lng: 121.451, lat: 29.985 } }]), 2000, true);
  expect(still.isMoving(2001)).toBe(false);
  expect(placeAt(still, 'team:1', 2001)[0]).toBeCloseTo(mercatorX(121.451), 9);
  const jump = new UnitTrack();
  jump.apply(frame([{}]), 1000, false);
  jump.apply(frame([{ place: { lng: 121.49, lat: 29.985 } }]), 2000, false);
  expect(jump.isMoving(2001)).toBe(false);
});

test('a whole frame drops who is not in it, a frame of changes does not', () => {
  const track = new UnitTrack();
  track.apply(frame([{ id: 1 }, { id: 2 }, { id: 1, kind: 'officer' }]), 0, true);
  track.apply(frame([{ id: 2 }], true), 1000, true);
  expect([...track.units.keys()]).toEqual(['team:1', 'team:2', 'officer:1']);
  track.apply(frame([{ id: 2 }]), 2000, true);
  expect([...track.units.keys()]).toEqual(['team:2']);
  track.apply(frame([{ id: 2, place: null }]), 3000, true);
  expect(track.units.size).toBe(0);
});

test('a pointer finds the units whose marker covers it, nearest first, at the zoom of the map', () => {
  const track = new UnitTrack();
  const east = (id: number, degrees: number, kind: FrameRow['kind'] = 'team') => ({
    id,
    kind,
    place: { lng: origin.lng + degrees, lat: origin.lat },
  });
  // at zoom 14 a pixel is 0.0000429 degrees of longitude
  track.apply(
    frame([
      east(1, 0.0006),
      east(2, 0.0003),
      east(3, 0.0009),
      east(4, 0.0004, 'officer'),
      east(5, 0.0006, 'officer'),
    ]),
    0,
    true,
  );
  const all = () => true;
  expect(unitsAt(track, all, origin, 14, 0)).toEqual(['team:2', 'officer:4', 'team:1']);
  expect(unitsAt(track, all, origin, 13, 0)).toEqual([
    'team:2',
    'officer:4',
    'team:1',
    'officer:5',
    'team:3',
  ]);
  expect(unitsAt(track, ({ kind }) => kind === 'officer', origin, 14, 0)).toEqual(['officer:4']);
  expect(unitsAt(track, all, { lng: origin.lng, lat: origin.lat + 0.001 }, 14, 0)).toEqual([]);
});

test('vertices: officers below teams below emergencies below the selected; ages grow without frames', () => {
  const track = new UnitTrack();
  track.apply(
    frame([{ id: 5, status: 'emergency' }, { id: 6 }, { id: 7, kind: 'officer' }, { id: 8 }]),
    0,
    true,
  );
  const draw = (serverNowMs: number) =>
    track.vertices({
      origin: [mercatorX(origin.lng), mercatorY(origin.lat)],
      serverNowMs,
      limits,
      labels: new Map([[unitKey('team', 6), 3]]),
      selected: 'team:8',
      shown: () => true,
    });
  const column = (data: Float32Array, at: number) =>
    Array.from({ length: data.length / vertexFloats }, (_, i) => data[i * vertexFloats + at]);
  const data = draw(1_000_000);
  expect(column(data, 7)).toEqual([0, 1, 1, 3]);
  expect(column(data, 8)).toEqual([-1, 3, -1, -1]);
  expect(column(data, 5)).toEqual([0, 0, 0, 0]);
  expect(column(draw(1_090_000), 5)).toEqual([1, 1, 1, 1]);
  expect(column(draw(1_700_000), 5)).toEqual([3, 3, 3, 3]);
});

test('a fix is classed by its age, a backlog outranks it', () => {
  const ages = [0, 29, 30, 119, 120, 599, 600, Infinity];
  expect(ages.map((age) => fixLook(-age * 1000, 0, false, limits))).toEqual([
    'live',
    'live',
    'recent',
    'recent',
    'old',
    'old',
    'dark',
    'dark',
  ]);
  expect(fixLook(-5000, 0, true, limits)).toBe('backlog');
});

const incident = (id: number, change: Partial<MapIncident> = {}): MapIncident => ({
  id,
  point: origin as MapIncident['point'],
  class: 'fire_lane',
  priority: 3,
  taken: false,
  ...change,
});
const byId = (...list: MapIncident[]) => new Map(list.map((i) => [i.id, i]));

test('only incidents that look different are sent again; P1 and P2 never cluster', () => {
  expect(diffOf(byId(incident(1), incident(2)), byId(incident(1), incident(2)))).toBeNull();
  const diff = diffOf(
    byId(incident(1), incident(2), incident(3)),
    byId(incident(1), incident(2, { taken: true })),
  );
  expect(diff?.remove).toEqual([3, 2]);
  expect(diff?.add?.map((feature) => feature.id)).toEqual([2]);
  expect([1, 2, 3, 4, 5].map((priority) => sourceOf(incident(1, { priority: priority as 1 })))).toEqual([
    'incidents-urgent',
    'incidents-urgent',
    'incidents-calm',
    'incidents-calm',
    'incidents-calm',
  ]);
  const sources = styleOf('dark', null).sources as Record<string, { cluster?: boolean }>;
  expect(sources['incidents-calm']?.cluster).toBe(true);
  expect(sources['incidents-urgent']?.cluster).toBeUndefined();
});

/** Every address in a style. */
const addresses = (style: unknown) => JSON.stringify(style).match(/https?:\/\/[^"]+/g) ?? [];

test('the style names no address unless a basemap is configured', async () => {
  for (const theme of ['dark', 'light'] as const) {
    const style = styleOf(theme, null);
    expect(addresses(style)).toEqual([]);
    expect(style.glyphs).toBeUndefined();
    expect(style.sprite).toBeUndefined();
  }
  const tianditu = styleOf('dark', await groundOf({ kind: 'tianditu', token: 'k&y', style: 'vec' }));
  expect(addresses(tianditu)).toHaveLength(8);
  expect(JSON.stringify(tianditu)).toContain('tk=k%26y');
});

const town = makeTown();

test('neighbouring zones have different colours and outer rings run counter-clockwise', () => {
  const colours = colourAreas(town.zones, 6);
  const corners = town.zones.features.map(
    (zone) => new Set((rewound(zone).geometry.coordinates as number[][][][]).flat(2).map(String)),
  );
  const clashes = corners.flatMap((own, i) =>
    corners.slice(i + 1).flatMap((other, j) => {
      const touch = [...own].some((corner) => other.has(corner));
      return touch && colours[i] === colours[i + 1 + j] ? [[i, i + 1 + j]] : [];
    }),
  );
  expect(clashes).toEqual([]);
  const square: Feature<Polygon> = {
    type: 'Feature',
    properties: {},
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [0, 1],
          [1, 1],
          [1, 0],
          [0, 0],
        ],
      ],
    },
  };
  expect((rewound(square).geometry as Polygon).coordinates[0]![1]).toEqual([1, 0]);
});

test('a label stands inside its area, also in a horseshoe', () => {
  const horseshoe: Feature<Polygon> = {
    type: 'Feature',
    properties: {},
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [10, 0],
          [10, 10],
          [8, 10],
          [8, 2],
          [3, 2],
          [3, 10],
          [0, 10],
          [0, 0],
        ],
      ],
    },
  };
  const [lng, lat] = insidePoint(horseshoe);
  expect(lng).toBeCloseTo(1.5, 6);
  expect(lat).toBeCloseTo(5, 5);
  const areas: FeatureCollection = town.cells;
  expect(areas.features.length).toBe(120);
});

test('tiles of many lines hold little more than themselves: without a graphics card a frame costs its triangles', () => {
  const wide = (style: ReturnType<typeof styleOf>, names: readonly string[]): string[] =>
    names.filter((name) => (style.sources[name] as { buffer?: number }).buffer !== narrowBuffer);
  expect(wide(styleOf('dark', null), ['cells', 'zones', 'roads', 'terrain'])).toEqual([]);
  expect(wide(studioStyle('dark'), ['cells', 'arcs', 'roads', 'terrain'])).toEqual([]);
  // control: points keep MapLibre's margin, for their labels
  expect(wide(studioStyle('dark'), ['zone-labels'])).toEqual(['zone-labels']);
  // a line on a cell reaches no farther than the margin of the tile beside it
  expect(narrowBuffer).toBeGreaterThanOrEqual(9);
});
