import { describe, expect, test } from 'vitest';
import { decodeFrame, unitStatuses, type Frame } from '../../../shared/contract/frame.ts';
import type { PositionRecord } from '../../../shared/contract/positions.ts';
import type { Bbox } from '../../../shared/contract/geo.ts';
import type { Deps } from '../../../server/kernel/deps.ts';
import { Frames, type Viewer } from '../../../server/positions/frames.ts';
import { tileOf, tilesIn } from '../../../server/positions/tiles.ts';
import { officerOf, Units, type Team } from '../../../server/positions/units.ts';

const start = Date.UTC(2026, 2, 16, 2);

class TestViewer implements Viewer {
  seesOfficers = true;
  view: { bbox: Bbox } | null = null;
  ready = true;
  frames: Frame[] = [];
  /** What a client has after folding every frame that it got: unit -> [lng, lat, status]. */
  readonly picture = new Map<string, readonly [number, number, string]>();

  take(bytes: ArrayBuffer): void {
    const frame = decodeFrame(bytes)!;
    this.frames.push(frame);
    if (!frame.changesOnly) this.picture.clear();
    for (let i = 0; i < frame.count; i++) {
      const key = `${frame.isTeam[i] ? 'team' : 'officer'}/${frame.id[i]}`;
      if (Number.isNaN(frame.lng[i])) this.picture.delete(key);
      else this.picture.set(key, [frame.lng[i]!, frame.lat[i]!, unitStatuses[frame.status[i]!]!]);
    }
  }
}

/** A town in memory with `teams` teams of one officer, and somebody who watches it. */
function setUp(teams: number) {
  let now = start;
  const deps = { now: () => now } as Deps;
  const units = new Units(deps, () => undefined);
  const viewers: TestViewer[] = [];
  const sink = {
    viewers: () => viewers,
    send: (to: readonly TestViewer[], bytes: ArrayBuffer) => to.forEach((viewer) => viewer.take(bytes)),
  };
  const frames = new Frames(deps, units, sink);
  frames.origin = { lng: 121.44, lat: 29.98 };
  for (let id = 1; id <= teams; id++) {
    units.teams.set(id, {
      view: { id, status: 'available', members: [{ personId: id, leader: true, licensed: true }] },
      place: null,
    } as unknown as Team);
    units.officers.set(id, officerOf({ personId: id, teamId: id, since: start }));
  }
  return {
    units,
    frames,
    viewers,
    watch(change: Partial<TestViewer> = {}) {
      const viewer = Object.assign(new TestViewer(), change);
      viewers.push(viewer);
      return viewer;
    },
    move(id: number, lng: number, lat: number) {
      now += 1;
      const officer = units.officers.get(id)!;
      officer.latest = { kind: 'fix', fixedAt: now, receivedAt: now, point: { lng, lat } } as PositionRecord;
      units.changed.add(`officer/${id}`);
      units.place(units.teams.get(id)!);
    },
  };
}

const close = (a: number, b: number) => Math.abs(a - b) < 1e-5;

/** Everything that a viewer's picture lacks or has wrong. */
function faults(
  t: ReturnType<typeof setUp>,
  viewer: TestViewer,
  inView: (lng: number, lat: number) => boolean = () => true,
) {
  const wrong: string[] = [];
  for (const [id, officer] of t.units.officers) {
    const { lng, lat } = officer.latest?.point ?? { lng: NaN, lat: NaN };
    for (const key of [`officer/${id}`, `team/${id}`]) {
      const shown = viewer.picture.get(key);
      const expected =
        officer.latest !== null && inView(lng, lat) && (key.startsWith('team') || viewer.seesOfficers);
      if (expected !== (shown !== undefined))
        wrong.push(`${key} ${expected ? 'is missing' : 'should not be there'}`);
      else if (shown && !(close(shown[0], lng) && close(shown[1], lat))) wrong.push(`${key} is elsewhere`);
    }
  }
  return wrong;
}

function dice(seed: number): () => number {
  let a = seed;
  return () => {
    a = (Math.imul(a, 1_664_525) + 1_013_904_223) >>> 0;
    return a / 2 ** 32;
  };
}

describe('frames of positions', () => {
  /** Random moves; after each tick the picture of a viewer must be what the server knows. */
  function walk(lose: (tick: number) => boolean) {
    const t = setUp(30);
    const viewer = t.watch();
    const take = viewer.take.bind(viewer);
    let tick = 0;
    viewer.take = (bytes) => (lose(tick) ? undefined : take(bytes));
    const roll = dice(5);
    const wrong: string[] = [];
    for (tick = 0; tick < 200; tick++) {
      for (let n = Math.floor(roll() * 5); n > 0; n--)
        t.move(1 + Math.floor(roll() * 30), 121.4 + roll() * 0.1, 29.95 + roll() * 0.08);
      t.frames.tick();
      wrong.push(...faults(t, viewer));
    }
    return wrong;
  }

  test('each change is in the frame of its tick', () => {
    expect(walk(() => false)).toEqual([]);
  });

  test('control: a frame that gets lost shows at once', () => {
    expect(walk((tick) => tick >= 57 && tick < 60).length).toBeGreaterThan(0);
  });

  test('only what changed is sent, and nothing when nothing did', () => {
    const t = setUp(30);
    const viewer = t.watch();
    for (let id = 1; id <= 30; id++) t.move(id, 121.44, 29.98);
    t.frames.tick();
    t.move(7, 121.45, 29.98);
    t.frames.tick();
    t.frames.tick();
    expect(viewer.frames.map(({ count, changesOnly }) => [count, changesOnly])).toEqual([
      [60, false],
      [2, true],
    ]);
  });

  test('the whole picture comes again every few seconds and heals what was lost', () => {
    const t = setUp(3);
    const viewer = t.watch();
    t.frames.tick();
    t.move(1, 121.44, 29.98);
    const take = viewer.take.bind(viewer);
    viewer.take = () => undefined;
    t.frames.tick();
    viewer.take = take;
    expect(faults(t, viewer)).not.toEqual([]);
    for (let tick = 0; tick < 25; tick++) t.frames.tick();
    expect(faults(t, viewer)).toEqual([]);
  });

  test('a viewer whose line is busy gets the whole picture at the next free tick; the others wait for nobody', () => {
    const t = setUp(3);
    const [busy, free] = [t.watch(), t.watch()];
    t.frames.tick();
    busy.ready = false;
    t.move(1, 121.44, 29.98);
    t.frames.tick();
    expect([busy.frames.length, free.frames.length]).toEqual([1, 2]);
    expect(faults(t, free)).toEqual([]);
    busy.ready = true;
    t.frames.tick();
    expect(busy.frames.at(-1)?.changesOnly).toBe(false);
    expect(faults(t, busy)).toEqual([]);
  });

  test('who may not direct officers sees teams alone', () => {
    const t = setUp(3);
    const planner = t.watch({ seesOfficers: false });
    t.frames.tick();
    t.move(1, 121.44, 29.98);
    t.frames.tick();
    expect([...planner.picture.keys()]).toEqual(['team/1']);
    expect(faults(t, planner)).toEqual([]);
  });

  test('signing off takes an officer off the map', () => {
    const t = setUp(2);
    const viewer = t.watch();
    t.move(1, 121.44, 29.98);
    t.frames.tick();
    expect(viewer.picture.has('officer/1')).toBe(true);
    const team = { ...t.units.teams.get(1)!.view, status: 'off_duty', members: [] };
    t.units.follow({
      type: 'duty.ended',
      at: new Date(start).toISOString(),
      data: { personId: 1, team },
    } as never);
    t.frames.tick();
    expect([...viewer.picture.keys()]).toEqual([]);
  });

  test('an SOS shows as an emergency until it is cleared', () => {
    const t = setUp(1);
    const viewer = t.watch();
    t.move(1, 121.44, 29.98);
    const alarm = { kind: 'sos', personId: 1, teamId: null };
    t.units.follow({ type: 'alarm.raised', data: { alarm } } as never);
    t.frames.tick();
    expect(viewer.picture.get('officer/1')?.[2]).toBe('emergency');
    t.units.follow({ type: 'alarm.cleared', data: { alarm } } as never);
    t.frames.tick();
    expect(viewer.picture.get('officer/1')?.[2]).toBe('available');
  });

  test('above 200 units a frame holds what the viewport shows, and a unit that leaves it goes', () => {
    const t = setUp(150);
    const bbox: Bbox = [121.41, 29.95, 121.43, 29.97];
    const [near, whole] = [t.watch({ view: { bbox } }), t.watch()];
    const tiles = new Set(tilesIn(bbox));
    const inView = (lng: number, lat: number) => tiles.has(tileOf({ lng, lat }));
    const roll = dice(9);
    for (let tick = 0; tick < 120; tick++) {
      for (let n = 0; n < 10; n++)
        t.move(1 + Math.floor(roll() * 150), 121.3 + roll() * 0.3, 29.85 + roll() * 0.3);
      t.frames.tick();
      // a unit that left the view is told once and gone with the next whole picture
      for (const [key, [lng, lat]] of near.picture) if (!inView(lng, lat)) near.picture.delete(key);
      expect(faults(t, near, inView)).toEqual([]);
      expect(faults(t, whole)).toEqual([]);
    }
    expect(near.picture.size).toBeLessThan(whole.picture.size / 2);
    near.view = { bbox: [121.5, 30.0, 121.52, 30.02] };
    const others = new Set(tilesIn(near.view.bbox));
    t.frames.tick();
    expect(near.frames.at(-1)?.changesOnly).toBe(false);
    expect(faults(t, near, (lng, lat) => others.has(tileOf({ lng, lat })))).toEqual([]);
  });

  test('viewers of the same tiles share one encoding', () => {
    const t = setUp(150);
    let encoded = 0;
    const viewers = Array.from({ length: 20 }, () =>
      Object.assign(new TestViewer(), { view: { bbox: [121.4, 29.95, 121.41, 29.96] as Bbox } }),
    );
    const frames = new Frames({ now: () => start } as Deps, t.units, {
      viewers: () => viewers,
      send: () => (encoded += 1),
    });
    t.move(1, 121.405, 29.955);
    frames.tick();
    expect(encoded).toBe(1);
  });

  test('tiles: a wide view or a turned one stands for everything', () => {
    expect(tilesIn([121.4, 29.9, 121.41, 29.91])?.length).toBeLessThanOrEqual(4);
    expect(tilesIn([100, 10, 130, 40])).toBeNull();
    expect(tilesIn([121.5, 30, 121.4, 29])).toBeNull();
  });
});
