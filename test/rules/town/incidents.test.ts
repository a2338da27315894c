import { describe, expect, test } from 'vitest';
import { dayOfDate, startOfDay } from '../../../shared/rules/calendar.ts';
import { metresBetween } from '../../../shared/rules/distance.ts';
import { toWgs84 } from '../../../shared/rules/datum.ts';
import { generateTown } from '../../../server/town/generate.ts';
import { hourWeights, matterMix } from '../../../server/town/incident-mix.ts';
import { generateIncidents, type TrueIncident } from '../../../server/town/incidents.ts';
import { hourOf } from '../../../server/town/local-time.ts';
import { matterRules } from '../../../server/town/matters.ts';
import { indexOverlays } from '../../../server/town/overlay-lookup.ts';
import { covers } from '../../../server/town/covers.ts';
import { reportIncidents } from '../../../server/town/reports.ts';

const town = generateTown();
const seed = 1;
const from = startOfDay(dayOfDate('2026-01-01'));
const to = startOfDay(dayOfDate('2027-01-01'));
const days = (n: number) => from + n * 86_400_000;
const year = generateIncidents({ town, seed, from, to });
const { reports, truth } = reportIncidents(town, seed, year);

function share<T>(list: readonly T[], test: (item: T) => boolean): number {
  return (100 * list.filter(test).length) / list.length;
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (l: readonly number[]) => l.reduce((s, v) => s + v, 0) / l.length;
  const [ma, mb] = [mean(a), mean(b)];
  const product = (p: readonly number[], q: readonly number[], mp: number, mq: number) =>
    p.reduce((s, v, i) => s + (v - mp) * (q[i]! - mq), 0);
  return product(a, b, ma, mb) / Math.sqrt(product(a, a, ma, ma) * product(b, b, mb, mb));
}

const byHour = (list: readonly TrueIncident[]) => {
  const hours = Array.from({ length: 24 }, () => 0);
  for (const i of list) hours[hourOf(i.at)]! += 1;
  return hours;
};

/** Share of incidents in groups of three or more: same matter, single linkage of 60 m, one window of 30 days. */
function recurrence(list: readonly TrueIncident[]): number {
  let grouped = 0;
  for (const { code } of matterMix) {
    const same = list.filter((i) => i.matterCode === code);
    const leader = same.map((_, i) => i);
    const find = (i: number): number => (leader[i] === i ? i : (leader[i] = find(leader[i]!)));
    same.forEach((a, i) => {
      for (let j = 0; j < i; j++) {
        const b = same[j]!;
        const metres = metresBetween(a.place.lng, a.place.lat, b.place.lng, b.place.lat);
        if (metres <= 60) leader[find(i)] = find(j);
      }
    });
    const sizes = new Map<number, number>();
    for (const i of leader.keys()) sizes.set(find(i), (sizes.get(find(i)) ?? 0) + 1);
    for (const size of sizes.values()) if (size >= 3) grouped += size;
  }
  return grouped / list.length;
}

const windows = Array.from({ length: 6 }, (_, k) => [days(60 * k), days(60 * k + 30)] as const);
const within = (list: readonly TrueIncident[], [a, b]: readonly [number, number]) =>
  list.filter((i) => i.at >= a && i.at < b);

describe('incidents of a year', () => {
  test('have the wanted volume: 70 a day within 2 % over the year, 8 % over 90 days', () => {
    expect(Math.abs(year.length / 365 / 70 - 1)).toBeLessThan(0.02);
    for (const n of [0, 90, 180, 270]) {
      expect(Math.abs(within(year, [days(n), days(n + 90)]).length / 90 / 70 - 1)).toBeLessThan(0.08);
    }
  });

  test('have the wanted priorities and sources within 1.5 points', () => {
    const priorities = { 1: 4, 2: 16, 3: 45, 4: 35 };
    for (const [p, wanted] of Object.entries(priorities))
      expect(Math.abs(share(year, (i) => i.priority === Number(p)) - wanted)).toBeLessThan(1.5);
    const sources = { patrol: 45, grid_worker: 30, hotline_12345: 12, video_ai: 8, department: 5 };
    for (const [source, wanted] of Object.entries(sources))
      expect(Math.abs(share(reports, (r) => r.source === source) - wanted)).toBeLessThan(1.5);
  });

  test('recur as in a real month, and hardly at all without their children', () => {
    const shares = windows.map((w) => recurrence(within(year, w)));
    for (const s of shares) expect(s).toBeGreaterThan(0.24);
    for (const s of shares) expect(s).toBeLessThan(0.32);
    const mean = shares.reduce((a, b) => a + b, 0) / 6;
    expect(mean).toBeGreaterThan(0.27);
    expect(mean).toBeLessThan(0.31);
    const first = year.filter((i) => i.parentKey === null);
    expect(recurrence(within(first, windows[0]!))).toBeLessThan(0.12);
  });

  test('follow the hours of their table', () => {
    const frequent = matterMix.filter((m) => year.filter((i) => i.matterCode === m.code).length >= 200);
    expect(frequent.length).toBeGreaterThan(20);
    for (const m of frequent) {
      const own = year.filter((i) => i.matterCode === m.code);
      expect(correlation(byHour(own), hourWeights(m.hours))).toBeGreaterThan(0.9);
    }
    for (const m of matterMix) {
      const alike = year.filter((i) => matterMix.some((n) => n.code === i.matterCode && n.hours === m.hours));
      expect(correlation(byHour(alike), hourWeights(m.hours))).toBeGreaterThan(0.97);
    }
    const vend = year.filter((i) => i.matterCode === 'CY-01');
    expect(correlation(byHour(vend), hourWeights('night'))).toBeLessThan(0.5);
  });

  test('lie in the town and in an overlay of their matter, three in a hundred on purpose not', () => {
    const outline = town.town.features[0]!.geometry;
    const overlays = indexOverlays(town);
    expect(year.every((i) => covers(outline, [i.place.lng, i.place.lat]))).toBe(true);
    const bound = year.filter((i) => matterRules(i.matterCode).overlays.length > 0);
    const covered = (i: TrueIncident) =>
      matterRules(i.matterCode).overlays.some((k) => overlays.covers(k, i.place.lng, i.place.lat));
    expect(bound.filter((i) => covered(i) === i.outsideOverlays)).toEqual([]);
    const outside = share(bound, (i) => i.outsideOverlays);
    expect(outside).toBeGreaterThan(2);
    expect(outside).toBeLessThan(4.5);
  });

  test('are the same again, and the same in a shorter period', () => {
    const march = [days(59), days(62)] as const;
    const again = generateIncidents({ town, seed, from: march[0], to: march[1] });
    expect(JSON.stringify(again)).toBe(JSON.stringify(within(year, march)));
    expect(JSON.stringify(reportIncidents(town, seed, again))).toBe(
      JSON.stringify(reportIncidents(town, seed, within(year, march))),
    );
    const other = generateIncidents({ town, seed: 2, from: march[0], to: march[1] });
    expect(JSON.stringify(other)).not.toBe(JSON.stringify(again));
  });

  test('ten times as many in a storm', () => {
    const [a, b] = [days(180), days(182)];
    const storm = generateIncidents({ town, seed, from: a, to: b, perDay: 700 });
    expect(storm.length).toBeGreaterThan(1000);
  });
});

describe('reports', () => {
  const of = (defect: string) => truth.flatMap((t, i) => (t.defect === defect ? [i] : []));
  const metres = (i: number) => {
    const { lng, lat } = reports[i]!;
    return metresBetween(lng, lat, truth[i]!.place.lng, truth[i]!.place.lat);
  };

  test('one for each incident, and the duplicates', () => {
    const duplicates = truth.filter((t) => t.duplicateOf !== null);
    expect(reports).toHaveLength(year.length + duplicates.length);
    expect(share(truth, (t) => t.duplicateOf !== null)).toBeCloseTo(1, 0);
    const position = new Map(reports.map((r, i) => [r.externalId, i]));
    expect(position.size).toBe(reports.length);
    for (const d of duplicates) {
      const [own, first] = [position.get(d.externalId)!, position.get(d.duplicateOf!)!];
      const [a, b] = [truth[own]!.place, truth[first]!.place];
      expect(metresBetween(a.lng, a.lat, b.lng, b.lat)).toBeLessThan(60);
      expect(reports[own]!.at - reports[first]!.at).toBeLessThanOrEqual(30 * 60_000);
      expect(reports[own]!.text).not.toBe(reports[first]!.text);
    }
  });

  test('carry as many defects as the truth says, and of the kind that it says', () => {
    const hotline = reports.filter((r) => r.source === 'hotline_12345').length;
    expect(of('default_coordinate').length / hotline).toBeCloseTo(0.1, 1);
    expect(of('gcj_tagged').length / reports.length).toBeCloseTo(0.05, 2);
    expect(of('gcj_mislabelled').length / reports.length).toBeCloseTo(0.005, 2);
    expect(of('axes_swapped').length / reports.length).toBeCloseTo(0.01, 2);
    expect(share(truth, (t) => t.addressMissing)).toBeCloseTo(10, 0);

    expect(reports.filter((r) => r.crs === 'gcj02')).toHaveLength(of('gcj_tagged').length);
    expect(reports.filter((r) => r.lat > 90)).toHaveLength(of('axes_swapped').length);
    expect(reports.filter((r) => r.address === null)).toHaveLength(
      truth.filter((t) => t.addressMissing).length,
    );
    const offices = new Set(
      town.places.features
        .filter((p) => p.properties.defaultCoordinate)
        .map((p) => String(p.geometry.coordinates)),
    );
    expect(reports.filter((r) => offices.has(`${r.lng},${r.lat}`))).toHaveLength(
      of('default_coordinate').length,
    );
    for (const i of of('gcj_mislabelled')) expect(Math.abs(metres(i) - 502)).toBeLessThan(10);
    const sound = truth.flatMap((t, i) => (t.defect === null ? [i] : []));
    expect(sound.every((i) => metres(i) < 0.01)).toBe(true);
    for (const i of of('gcj_tagged')) {
      const read = toWgs84(reports[i]!);
      const at = read.ok ? read.value : { lng: 0, lat: 0 };
      expect(metresBetween(at.lng, at.lat, truth[i]!.place.lng, truth[i]!.place.lat)).toBeLessThan(0.1);
    }
    expect(of('axes_swapped').every((i) => !toWgs84(reports[i]!).ok)).toBe(true);
  });

  test('name no person, no issued plate and no real number', () => {
    const text = reports.map((r) => r.text).join('\n');
    for (const [plate] of text.matchAll(/浙B·\S{5}/g)) expect(plate).toMatch(/^浙B·I\d{4}$/);
    expect(reports.every((r) => r.reporterPhone === null || /^1380000\d{4}$/.test(r.reporterPhone))).toBe(
      true,
    );
    expect(text).not.toContain('undefined');
    expect(text).not.toContain('{plate}');
  });
});
