import { expect, test } from 'vitest';
import type { LedgerEvent } from '../../shared/contract/events.ts';
import { classOf, deadlineLeft, queueOrder } from '../../client/console/queue-order.ts';
import { ServerClock } from '../../client/live/clock.ts';
import { apply, pictureOf } from '../../client/live/picture.ts';
import { readPreferences } from '../../client/ui/preferences.ts';
import { makeShift } from './page/shift.ts';

const nowMs = Date.UTC(2026, 5, 1, 2, 0, 0);
const { snapshot } = makeShift(nowMs);
const picture = pictureOf(snapshot);

const fact = (seq: number, type: string, data: object) =>
  ({
    seq,
    at: new Date(nowMs).toISOString(),
    type,
    v: 1,
    subject: 'incident',
    data,
  }) as unknown as LedgerEvent;

test('a fact puts its views in place and leaves the rest alone', () => {
  const incident = { ...picture.incidents.get(1001)!, state: 'offered' as const };
  const team = { ...picture.teams.get(2)!, freeSlots: 0 };
  const next = apply(picture, fact(101, 'assignment.offered', { incident, team }));
  expect(next.seq).toBe(101);
  expect(next.incidents.get(1001)).toBe(incident);
  expect(next.teams.get(2)).toBe(team);
  expect(next.alarms).toBe(picture.alarms);
  expect(picture.incidents.get(1001)).not.toBe(incident);
});

test('a fact that comes twice or late changes nothing', () => {
  const incident = { ...picture.incidents.get(1001)!, state: 'offered' as const };
  const event = fact(101, 'incident.filed', { incident });
  const once = apply(picture, event);
  expect(apply(once, event)).toBe(once);
  expect(apply(once, fact(90, 'incident.filed', { incident: picture.incidents.get(1001) }))).toBe(once);
});

test('what has ended leaves the picture; a merge touches both incidents', () => {
  const merged = { ...picture.incidents.get(1002)!, state: 'merged' as const };
  const into = { ...picture.incidents.get(1001)!, reports: 2 };
  const next = apply(picture, fact(101, 'incident.merged', { incident: merged, into }));
  expect(next.incidents.has(1002)).toBe(false);
  expect(next.incidents.get(1001)?.reports).toBe(2);
  const noted = apply(next, fact(102, 'incident.noted', { incidentId: 1001, text: 'x' }));
  expect(noted.incidents).toBe(next.incidents);
  expect(noted.seq).toBe(102);
});

test('deadline steps at one half, one fifth and nothing left', () => {
  const at = (ms: number) => new Date(nowMs + ms).toISOString();
  const left = (dueMs: number) =>
    deadlineLeft(
      { reportedAt: at(-1000), deadlineStartAt: at(dueMs - 100_000), deadlineAt: at(dueMs) },
      nowMs,
    );
  expect([60_000, 50_000, 20_000, 19_000, 1, 0, -5000].map((ms) => left(ms)?.step)).toEqual([
    'calm',
    'soon',
    'soon',
    'late',
    'late',
    'overdue',
    'overdue',
  ]);
  expect(left(-5000)?.seconds).toBe(-5);
  expect(deadlineLeft({ reportedAt: at(0), deadlineStartAt: null, deadlineAt: null }, nowMs)).toBeNull();
});

test('the queue: open before done, then priority, then time left', () => {
  const rows = queueOrder(picture.incidents.values());
  const done = rows.map((row) => row.state === 'handled');
  expect(done.indexOf(true)).toBe(done.lastIndexOf(false) + 1);
  const open = rows.filter((row) => row.state !== 'handled');
  const inOrder = open.every((row, i) => {
    const next = open[i + 1];
    if (!next || row.priority < next.priority) return true;
    return row.priority === next.priority && (row.deadlineAt ?? '~') <= (next.deadlineAt ?? '~');
  });
  expect(inOrder).toBe(true);
  expect([classOf('FD-01'), classOf('HC-02'), classOf(null), classOf('XX-1')]).toEqual([
    'fire_lane',
    'building',
    'other',
    'other',
  ]);
});

test('the clock trusts the quickest answer of the last eight', () => {
  const clock = new ServerClock();
  expect(clock.offsetMs).toBe(0);
  clock.add(1000, 6100, 1400);
  clock.add(2000, 7010, 2020);
  clock.add(3000, 9000, 3500);
  expect(clock.offsetMs).toBe(5000);
  for (let i = 0; i < 8; i++) clock.add(10_000 + i, 13_050 + i, 10_100 + i);
  expect(clock.offsetMs).toBe(3000);
  // half a second is the network's doing, ten minutes are a clock that was set
  clock.add(30_000, 33_600, 30_200);
  expect(clock.offsetMs).toBe(3000);
  clock.add(40_000, 643_100, 40_200);
  expect(clock.offsetMs).toBe(603_000);
});

test('stored choices are read with care', () => {
  const defaults = readPreferences(null);
  expect(defaults).toMatchObject({ language: 'zh-CN', theme: 'dark', keys: { singleKeys: true } });
  expect(readPreferences('not json')).toEqual(defaults);
  expect(readPreferences('{"theme":"pink","language":"fr","keys":7,"panes":null}')).toEqual(defaults);
  expect(readPreferences('{"theme":"light","language":"en"}')).toMatchObject({
    theme: 'light',
    language: 'en',
  });
});

test('new lines change the zones of the teams and nothing else of them', () => {
  const zones = [...picture.teams.keys()].map((teamId) => ({ teamId, zoneIds: [teamId + 100] }));
  const next = apply(
    picture,
    fact(101, 'edition.effective', { teams: [...zones, { teamId: 9999, zoneIds: [1] }] }),
  );
  expect(next.teams.size).toBe(picture.teams.size);
  for (const [id, team] of next.teams)
    expect(team).toEqual({ ...picture.teams.get(id)!, zoneIds: [id + 100] });
});
