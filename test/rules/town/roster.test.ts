import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { calendarOf, dayMs, dayOfDate, isWorkday, startOfDay } from '../../../shared/rules/calendar.ts';
import { NeedSchema } from '../../../shared/contract/needs.ts';
import { generateTown } from '../../../server/town/generate.ts';
import { isoWeek, weekdayOf } from '../../../server/town/local-time.ts';
import { rosterOf, type RosterRow } from '../../../server/town/roster.ts';
import { ENDING, LAPSED, RESTRICTED, staffOf } from '../../../server/town/staff.ts';

const town = generateTown();
const from = startOfDay(dayOfDate('2026-02-01'));
const to = from + 90 * dayMs;
const staff = staffOf(town, from);
const calendar = calendarOf(
  readFileSync(new URL('../../../data/calendar-2025-2026.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => row.split(','))
    .map(([date, kind]) => ({ date: date!, kind: kind as 'holiday' | 'make_up_workday' })),
);
const isRestDay = (day: number) => !isWorkday(calendar, day);
const roster = rosterOf(staff, isRestDay);
const rows = roster.rows(from - dayMs, to);

/** Crews with two licences that are valid at an instant; `renewed` licences do not run out. */
function decidingCrews(list: readonly RosterRow[], at: number, renewed: readonly string[] = []): Set<string> {
  const valid = new Map<string, number>();
  for (const row of list) {
    const licence = staff.licences.find((l) => l.person === row.person);
    if (!row.team || !licence || (licence.validTo <= at && !renewed.includes(row.person))) continue;
    valid.set(`${row.team}-${row.crew}`, (valid.get(`${row.team}-${row.crew}`) ?? 0) + 1);
  }
  return new Set([...valid].filter(([, n]) => n >= 2).map(([crew]) => crew));
}

/** Instants at which the roster changes, and just before them: between two changes nothing happens. */
const changes = [...new Set(rows.flatMap((r) => [r.startsAt, r.endsAt]))]
  .filter((at) => at >= from && at < to)
  .flatMap((at) => [at - 60_000, at, at + 60_000])
  .filter((at) => at >= from && at < to);

function problemsAt(at: number): string[] {
  const duty = rows.filter((r) => r.startsAt <= at && at < r.endsAt);
  const problems: string[] = [];
  const persons = duty.map((r) => r.person);
  if (new Set(persons).size !== persons.length) problems.push(`${at}: a person is on two duties`);
  for (const shift of ['early', 'late', 'night'] as const) {
    const teams = duty.filter((r) => r.team && r.shift === shift && r.post === 'leader');
    if (!teams.length) continue;
    const covered = teams.flatMap((r) => r.zones).toSorted((a, b) => a - b);
    if (JSON.stringify(covered) !== JSON.stringify(Array.from({ length: 20 }, (_, i) => i + 1)))
      problems.push(`${at}: ${shift} covers ${covered.join(' ')}`);
  }
  const crews = new Set(duty.flatMap((r) => (r.team ? [`${r.team}-${r.crew}`] : [])));
  const deciding = decidingCrews(duty, at, ENDING);
  const excused = crews.has('T07-B') && crews.size === 2 ? 1 : 0;
  if (deciding.size < 2 - excused) problems.push(`${at}: ${deciding.size} crews may decide`);
  return problems;
}

describe('the duty roster over 90 days', () => {
  test('always has two crews that may decide, each zone once in a shift, nobody twice', () => {
    expect(changes.length).toBeGreaterThan(1000);
    expect(changes.flatMap(problemsAt)).toEqual([]);
  });

  test('has one crew that may decide even when nobody renews a licence', () => {
    const onDuty = (at: number) => rows.filter((r) => r.startsAt <= at && at < r.endsAt);
    expect(changes.filter((at) => decidingCrews(onDuty(at), at).size < 1)).toEqual([]);
    const nights = changes.filter((at) =>
      onDuty(at).some((r) => r.team === 'T07' && r.shift === 'night' && r.crew === 'B'),
    );
    expect(nights.every((at) => !decidingCrews(onDuty(at), at).has('T07-B'))).toBe(true);
    expect(nights.length).toBeGreaterThan(0);
  });

  test('control: a crew taken out, or a person put in twice, is noticed', () => {
    const noon = from + 10 * dayMs + 12 * 3_600_000;
    const at = rows.findIndex((r) => r.startsAt <= noon && noon < r.endsAt && r.post === 'leader');
    const [taken] = rows.splice(at, 1) as [RosterRow];
    expect(problemsAt(noon)).not.toEqual([]);
    rows.push(taken, { ...taken });
    expect(problemsAt(noon)).not.toEqual([]);
    rows.pop();
    expect(problemsAt(noon)).toEqual([]);
  });

  test('says the same of an instant as of a period', () => {
    for (let at = from; at < to; at += 7.3 * 3_600_000) {
      const names = (list: readonly RosterRow[]) => list.map((r) => `${r.person} ${r.shift}`).toSorted();
      const expected = rows.filter((r) => r.startsAt <= at && at < r.endsAt);
      expect(names(roster.dutyAt(at))).toEqual(names(expected));
    }
  });

  test('changes crews with the ISO week and rests after a night', () => {
    const leaders = rows.filter((r) => r.post === 'leader');
    for (const r of leaders) {
      const day = Math.floor((r.startsAt - startOfDay(0)) / dayMs);
      const expected = (r.crew === 'A') === (isoWeek(day) % 2 === 0) ? 'early' : 'late';
      expect(['night', expected]).toContain(r.shift);
    }
    const afterNight = leaders.flatMap((r) => {
      const next = leaders.find((q) => q.person === r.person && q.startsAt > r.startsAt);
      return r.shift === 'night' && next ? [next.startsAt - r.endsAt] : [];
    });
    expect(Math.min(...afterNight)).toBeGreaterThanOrEqual(24 * 3_600_000);
    const restDay = startOfDay(dayOfDate('2026-02-18')) + 12 * 3_600_000;
    const serving = roster.dutyAt(restDay).filter((r) => r.post === 'leader');
    expect(serving).toHaveLength(5);
    expect(serving.every((r) => r.zones.length === 4)).toBe(true);
    const madeUp = startOfDay(dayOfDate('2026-02-14')) + 12 * 3_600_000;
    expect(roster.dutyAt(madeUp).filter((r) => r.post === 'leader').length).toBeGreaterThan(5);
  });

  test('fills the command room and the grid', () => {
    const posts = (at: number) => roster.dutyAt(at).filter((r) => r.post.endsWith('岗'));
    const grid = (at: number) => roster.dutyAt(at).filter((r) => r.post === 'grid').length;
    const monday = startOfDay(dayOfDate('2026-03-02'));
    expect(new Set(posts(monday + 10 * 3_600_000).map((r) => r.post)).size).toBe(3);
    expect(posts(monday + 2 * 3_600_000)).toHaveLength(1);
    expect(grid(monday + 10 * 3_600_000)).toBe(192);
    expect(Math.abs(grid(monday - dayMs + 10 * 3_600_000) - 192 / 7)).toBeLessThan(1);
    expect(grid(monday + 20 * 3_600_000)).toBe(0);
  });
});

describe('the staff', () => {
  const count = (role: string) => staff.people.filter((p) => p.role === role).length;

  test('has the counts of the town', () => {
    expect(count('leader') + count('officer')).toBe(40);
    expect(count('auxiliary')).toBe(40);
    expect([count('dispatcher'), count('head'), count('legalReviewer')]).toEqual([9, 3, 2]);
    expect([count('planner'), count('auditor'), count('administrator')]).toEqual([1, 1, 1]);
    expect(count('gridWorker')).toBe(192);
    expect(new Set(staff.people.map((p) => p.name)).size).toBe(staff.people.length);
    expect(staff.people.some((p) => p.displayName === '执法员 T03-A-1')).toBe(true);
    expect(staff.people.some((p) => p.displayName === '辅助 T03-A-3')).toBe(true);
    expect(staff.people.some((p) => p.displayName === '网格员 330205103018001')).toBe(true);
  });

  test('has in each crew what the standards of the matters send beside the lead', () => {
    const { matters } = JSON.parse(
      readFileSync(new URL('../../../data/matters.json', import.meta.url), 'utf8'),
    ) as { matters: { code: string; support?: unknown[] }[] };
    const several = matters.filter(({ support }) => support !== undefined);
    expect(several.map(({ code }) => code)).toEqual(['CY-19', 'GA-01', 'PL-01', 'FO-01']);
    for (const { support } of several)
      for (const { kit, skills } of support!.map((line) => NeedSchema.parse(line))) {
        expect(skills).toEqual([]);
        for (const crew of ['A', 'B'])
          for (const name of kit)
            expect(
              staff.devices.filter((one) => one.nameZh === name && one.holder.endsWith(`-${crew}`)),
            ).not.toEqual([]);
      }
  });

  test('covers adjacent zones in pairs of near equal work', () => {
    expect(staff.teams.flatMap((t) => t.zones).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 1),
    );
    const work = staff.teams.map((t) =>
      t.zones.reduce((s, z) => s + town.zones.features[z - 1]!.properties.workload, 0),
    );
    const mean = work.reduce((a, b) => a + b, 0) / 10;
    expect(Math.max(...work.map((w) => Math.abs(w / mean - 1)))).toBeLessThan(0.03);
    const corners = town.zones.features.map((z) => new Set(z.geometry.coordinates[0]!.map(String)));
    for (const { zones, partner, code } of staff.teams) {
      const [a, b] = zones.map((z) => corners[z - 1]!) as [Set<string>, Set<string>];
      expect([...a].filter((p) => b.has(p)).length).toBeGreaterThan(1);
      expect(staff.teams.find((t) => t.code === partner)!.partner).toBe(code);
    }
  });

  test('has the licences that are wrong on purpose', () => {
    const left = (l: (typeof staff.licences)[number]) => (l.validTo - from) / dayMs;
    expect(staff.licences).toHaveLength(40);
    expect(staff.licences.every((l) => l.number.startsWith('合成-'))).toBe(true);
    expect(staff.licences.filter((l) => left(l) < 0).map((l) => l.person)).toEqual([LAPSED]);
    expect(staff.licences.filter((l) => left(l) >= 0 && left(l) <= 30)).toHaveLength(2);
    expect(staff.licences.filter((l) => l.fields.length).map((l) => l.person)).toEqual([RESTRICTED]);
  });

  test('has every skill of the matters, four of each in four teams and both crews', () => {
    const holders = (skill: string) => staff.people.filter((p) => p.skills.includes(skill));
    const skills = [...new Set(staff.people.flatMap((p) => p.skills))];
    expect(skills).not.toContain('联合');
    for (const skill of skills.filter((s) => s !== '市容' && s !== '消防初训')) {
      expect(holders(skill)).toHaveLength(4);
      expect(new Set(holders(skill).map((p) => p.team)).size).toBe(4);
      expect(holders(skill).filter((p) => p.crew === 'A')).toHaveLength(2);
    }
    expect(holders('市容')).toHaveLength(40);
    expect(new Set(holders('消防初训').map((p) => `${p.team}-${p.crew}`)).size).toBe(20);
  });

  test('has its kit', () => {
    const kinds = ['pda', 'bodycam', 'vehicle', 'soundMeter', 'drone', 'gasDetector', 'labelPrinter'];
    const counts = kinds.map((k) => staff.devices.filter((d) => d.kind === k).length);
    expect(counts).toEqual([80, 40, 20, 2, 2, 2, 4]);
    const holders = new Set([
      ...staff.people.map((p) => p.name),
      ...staff.teams.flatMap((t) => [`${t.code}-A`, `${t.code}-B`]),
    ]);
    expect(staff.devices.every((d) => holders.has(d.holder))).toBe(true);
  });
});

test('weeks are ISO weeks', () => {
  const cases = { '2026-01-01': 1, '2026-12-31': 53, '2027-01-03': 53, '2027-01-04': 1, '2025-12-29': 1 };
  for (const [date, week] of Object.entries(cases)) expect(isoWeek(dayOfDate(date))).toBe(week);
  expect(weekdayOf(dayOfDate('2026-02-18'))).toBe(3);
});
