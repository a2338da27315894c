import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CalendarDay,
  calendarOf,
  dateOfDay,
  dayOf,
  dayOfDate,
  isWorkday,
  startOfDay,
} from '../../shared/rules/calendar.ts';
import {
  type Clock,
  type WorkDayMode,
  addClock,
  clockFor,
  elapsedClock,
} from '../../shared/rules/deadlines/clock.ts';
import { type WorkingTime, usualDuty } from '../../shared/rules/deadlines/duty-time.ts';
import {
  deadlineOf,
  escalations,
  extendClock,
  isOverdue,
  pauseClock,
  reachedShare,
  resumeClock,
  shareLeft,
  startClock,
  switchClock,
  usedMs,
} from '../../shared/rules/deadlines/run.ts';
import { type StatutoryPeriod, limitationEnd, statutoryEnd } from '../../shared/rules/deadlines/statutory.ts';

const rows = readFileSync(new URL('../../data/calendar-2025-2026.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(',') as [string, CalendarDay['kind']])
  .map(([date, kind]) => ({ date, kind }));
const calendar = calendarOf(rows);
const time: WorkingTime = { calendar, duty: usualDuty };

/** Local time of the town, 2026 unless a year is given. */
const local = (text: string): number =>
  Date.parse(`${text.length > 11 ? '' : '2026-'}${text.replace(' ', 'T')}:00+08:00`);
const show = (at: number): string =>
  new Date(at + 8 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ');
const due = (start: string, amount: number, clock: Clock, mode?: WorkDayMode): string => {
  const deadline = deadlineOf(time, startClock(time, { clock, amount }, local(start), mode));
  return deadline.ok ? show(deadline.at) : deadline.refusal;
};

describe('calendar', () => {
  test('2025 and 2026 as published', () => {
    expect([...calendar.years]).toEqual([2025, 2026]);
    const workdays = (year: number) => {
      const from = dayOfDate(`${year}-01-01`);
      return Array.from({ length: 365 }, (_, i) => from + i).filter((day) => isWorkday(calendar, day)).length;
    };
    // 365 days less 104 or so of weekends and 13 statutory holidays
    expect([workdays(2025), workdays(2026)]).toEqual([248, 248]);
    expect(isWorkday(calendar, dayOfDate('2026-02-14'))).toBe(true);
    expect(isWorkday(calendar, dayOfDate('2026-02-16'))).toBe(false);
    expect(isWorkday(calendar, dayOfDate('2026-03-14'))).toBe(false);
    expect(isWorkday(calendar, dayOfDate('1969-12-31'))).toBe(true);
  });
  test('a civil day begins at 16:00 UTC of the day before', () => {
    expect(dateOfDay(dayOf(Date.UTC(2026, 2, 9, 15, 59, 59, 999)))).toBe('2026-03-09');
    expect(dateOfDay(dayOf(Date.UTC(2026, 2, 9, 16)))).toBe('2026-03-10');
    expect(startOfDay(dayOfDate('2026-03-10'))).toBe(Date.UTC(2026, 2, 9, 16));
  });
});

describe('the four clocks', () => {
  test.each<[string, number, Clock, string, string]>([
    ['03-10 18:30', 2, 'work_hour', '03-11 10:00', 'start after closing'],
    ['03-10 09:00', 2, 'work_hour', '03-10 11:00', 'plain'],
    ['03-10 10:00', 2, 'work_hour', '03-10 12:00', 'lands on closing, stays'],
    ['03-10 11:00', 2, 'work_hour', '03-10 15:00', 'across the noon break'],
    ['03-10 12:30', 2, 'work_hour', '03-10 16:00', 'start in the break'],
    ['03-10 16:30', 4, 'work_hour', '03-11 10:30', 'overnight'],
    ['03-10 18:00', 1, 'work_hour', '03-11 09:00', 'start at closing'],
    ['03-13 17:00', 2, 'work_hour', '03-16 09:00', 'weekend'],
    ['03-14 11:00', 4, 'work_hour', '03-16 12:00', 'start on a rest day'],
    ['05-08 16:00', 4, 'work_hour', '05-09 10:00', 'make-up Saturday counts'],
    ['03-13 23:30', 2, 'urgent_hour', '03-14 01:30', 'runs through the night'],
    ['02-16 20:00', 1, 'urgent_hour', '02-16 21:00', 'runs on a holiday'],
    ['03-10 10:00', 1, 'work_day', '03-11 10:00', '480 duty minutes'],
    ['03-10 18:30', 1, 'work_day', '03-11 18:00', 'after closing'],
    ['02-12 16:00', 2, 'work_day', '02-14 16:00', 'make-up Saturday'],
    ['02-14 10:00', 2, 'work_day', '02-25 10:00', 'over Spring Festival'],
    ['09-28 09:00', 5, 'work_day', '10-10 09:00', 'over National Day'],
    ['02-14 10:00', 2, 'natural_day', '02-16 10:00', 'calendar ignored'],
    ['12-30 10:00', 1, 'work_day', '12-31 10:00', 'last published day'],
    ['12-30 10:00', 2, 'work_day', 'calendar_missing', '2027 is not loaded'],
    ['12-31 23:00', 2, 'urgent_hour', '01-01 01:00', 'needs no calendar'],
  ])('%s + %d %s = %s (%s)', (start, amount, clock, expected) => {
    expect(due(start, amount, clock)).toBe(expected);
  });

  test('endOfDay: closing time of the Nth working day after the start day', () => {
    expect(due('03-10 10:00', 1, 'work_day', 'endOfDay')).toBe('03-11 18:00');
    expect(due('03-10 18:30', 1, 'work_day', 'endOfDay')).toBe('03-11 18:00');
    expect(due('02-14 10:00', 2, 'work_day', 'endOfDay')).toBe('02-25 18:00');
  });

  test('an estimate stands in for a calendar that is not published', () => {
    const run = startClock(time, { clock: 'work_day', amount: 2 }, local('12-30 10:00'));
    expect(deadlineOf(time, run)).toEqual({
      ok: false,
      refusal: 'calendar_missing',
      estimatedAt: local('2027-01-01 10:00'),
    });
  });

  test('P1 does not wait for office hours: a fire lane on Friday evening', () => {
    expect(due('03-13 20:00', 2, clockFor('work_hour', 1))).toBe('03-13 22:00');
    expect(due('03-13 20:00', 2, clockFor('work_hour', 1, false))).toBe('03-16 10:00');
    expect(clockFor('work_hour', 2)).toBe('work_hour');
    expect(clockFor('work_day', 1)).toBe('work_day');
  });

  test('hours on duty are dated', () => {
    const summer: WorkingTime = {
      calendar,
      duty: [...usualDuty, { fromDay: dayOfDate('2026-07-01'), periods: [[480, 690], [870, 1080]] }],
    }; // prettier-ignore
    const at = addClock(summer, 'work_hour', local('06-30 17:00'), 5 * 3_600_000).at;
    expect(show(at)).toBe('07-01 15:00');
  });
});

describe('hold, extension, escalation', () => {
  test('thresholds are shares of the clock, not of the wall', () => {
    const run = startClock(time, { clock: 'work_hour', amount: 4 }, local('03-10 16:30'));
    expect(escalations(time, run).map((e) => [e.share, show(e.at)])).toEqual([
      [0.5, '03-11 08:30'],
      [0.8, '03-11 09:42'],
      [1, '03-11 10:30'],
    ]);
    expect(shareLeft(time, run, local('03-11 03:00'))).toBeCloseTo(1 - 90 / 240, 12);
    expect(isOverdue(time, run, local('03-11 10:30'))).toBe(false);
    expect(isOverdue(time, run, local('03-11 10:30') + 1)).toBe(true);
  });

  test('a hold rests; the remaining amount runs from its end', () => {
    const held = pauseClock(
      startClock(time, { clock: 'work_hour', amount: 4 }, local('03-10 09:00')),
      local('03-10 10:00'),
    );
    expect(deadlineOf(time, held)).toEqual({ ok: false, refusal: 'clock_paused' });
    expect(shareLeft(time, held, local('03-12 11:00'))).toBeCloseTo(0.75, 12);
    expect(isOverdue(time, held, local('03-30 11:00'))).toBe(false);
    const run = resumeClock(held, local('03-12 15:00'));
    expect(deadlineOf(time, run)).toEqual({ ok: true, at: local('03-12 18:00') });
    expect(escalations(time, run).map((e) => show(e.at))).toEqual([
      '03-12 16:00',
      '03-12 17:12',
      '03-12 18:00',
    ]);
    expect(pauseClock(held, local('03-10 11:00'))).toEqual(held);
    expect(resumeClock(run, local('03-12 16:00'))).toEqual(run);
  });

  test('an extension adds the original limit to the present deadline', () => {
    let run = startClock(time, { clock: 'work_day', amount: 2 }, local('03-10 10:00'));
    const dates = [run, (run = extendClock(run)), extendClock(run)].map((r) => {
      const deadline = deadlineOf(time, r);
      return deadline.ok ? show(deadline.at) : deadline.refusal;
    });
    expect(dates).toEqual(['03-12 10:00', '03-16 10:00', '03-18 10:00']);
  });
  test('raised to P1 on Friday evening: what is left runs through the night; lowered again it waits for Monday', () => {
    const friday = startClock(time, { clock: 'work_hour', amount: 2 }, local('03-13 17:00'));
    const dueOf = (run: typeof friday) => show(deadlineOf(time, run).ok ? instantOf(run) : Number.NaN);
    const instantOf = (run: typeof friday) => (deadlineOf(time, run) as { at: number }).at;
    expect(dueOf(friday)).toBe('03-16 09:00');
    const urgent = switchClock(time, friday, 'urgent_hour', local('03-13 20:00'));
    expect(dueOf(urgent)).toBe('03-13 21:00');
    expect(reachedShare(time, urgent, local('03-13 20:00'))).toBe(0.5);
    expect(dueOf(switchClock(time, urgent, 'work_hour', local('03-13 20:30')))).toBe('03-16 08:30');
    // handled: the clock rests in the new clock too, and goes on from where it was
    const rested = switchClock(
      time,
      pauseClock(friday, local('03-13 18:00')),
      'urgent_hour',
      local('03-14 09:00'),
    );
    expect(usedMs(time, rested, local('03-15 09:00'))).toBe(3_600_000);
    expect(dueOf(resumeClock(rested, local('03-15 10:00')))).toBe('03-15 11:00');
  });
  test('the share that is reached falls when the time is extended', () => {
    const run = startClock(time, { clock: 'urgent_hour', amount: 10 }, local('03-10 00:00'));
    const at = local('03-10 09:00');
    expect([reachedShare(time, run, at), reachedShare(time, extendClock(run), at)]).toEqual([0.8, 0]);
    expect(reachedShare(time, extendClock(run), local('03-10 10:00'))).toBe(0.5);
  });
});

describe('properties', () => {
  const clock = fc.constantFrom<Clock>('urgent_hour', 'work_hour', 'work_day', 'natural_day');
  const start = fc.integer({ min: local('2025-01-01 00:00'), max: local('11-30 00:00') });
  const amount = fc.integer({ min: 0, max: 40 * 3_600_000 });
  const add = (c: Clock, from: number, ms: number): number => addClock(time, c, from, ms).at;

  test('add is monotone in start and in amount', () => {
    const law = fc.property(clock, start, start, amount, amount, (c, a, b, m, n) => {
      const [early, late] = [Math.min(a, b), Math.max(a, b)];
      const [less, more] = [Math.min(m, n), Math.max(m, n)];
      return add(c, early, less) <= add(c, late, less) && add(c, early, less) <= add(c, early, more);
    });
    expect(fc.check(law, { numRuns: 2000 })).toMatchObject({ failed: false });
  });

  test('what was added has elapsed', () => {
    const law = fc.property(clock, start, amount, (c, a, m) => elapsedClock(time, c, a, add(c, a, m)) === m);
    expect(fc.check(law, { numRuns: 2000 })).toMatchObject({ failed: false });
  });

  test('splitting an amount gives the same deadline', () => {
    const law = fc.property(
      clock,
      start,
      amount,
      amount,
      (c, a, m, n) => add(c, add(c, a, m), n) === add(c, a, m + n) || m + n === 0,
    );
    expect(fc.check(law, { numRuns: 2000 })).toMatchObject({ failed: false });
  });

  test('a hold and its end keep the budget', () => {
    const law = fc.property(
      clock,
      start,
      fc.integer({ min: 1, max: 40 }),
      amount,
      amount,
      (c, a, n, wait, rest) => {
        const run = startClock(time, { clock: c, amount: n / 4 }, a);
        const held = resumeClock(pauseClock(run, a + wait), a + wait + rest);
        const deadline = deadlineOf(time, held);
        return deadline.ok && Math.abs(shareLeft(time, held, deadline.at)) < 1e-9;
      },
    );
    const early = fc.check(law, { numRuns: 1000 });
    expect(early).toMatchObject({ failed: false });
  });

  test('another clock keeps what was used, and there and back at once keeps the deadline', () => {
    const law = fc.property(
      clock,
      clock,
      start,
      fc.integer({ min: 1, max: 40 }),
      amount,
      (c, d, a, n, wait) => {
        const run = startClock(time, { clock: c, amount: n / 4 }, a);
        const there = switchClock(time, run, d, a + wait);
        const back = switchClock(time, there, c, a + wait);
        const used = usedMs(time, run, a + wait);
        const [first, last] = [deadlineOf(time, run), deadlineOf(time, back)];
        const passed = used >= run.budgetMs;
        const same = first.ok && last.ok ? usedMs(time, run, last.at) === usedMs(time, run, first.at) : false;
        return usedMs(time, there, a + wait) === used && (passed || same);
      },
    );
    expect(fc.check(law, { numRuns: 1000 })).toMatchObject({ failed: false });
  });

  test('urgent and natural clocks ignore the calendar', () => {
    const bare: WorkingTime = { calendar: calendarOf([]), duty: [] };
    const law = fc.property(
      fc.constantFrom<Clock>('urgent_hour', 'natural_day'),
      start,
      amount,
      (c, a, m) => {
        const counted = addClock(bare, c, a, m);
        return counted.final && counted.at === add(c, a, m);
      },
    );
    expect(fc.check(law)).toMatchObject({ failed: false });
  });
});

describe('statutory periods', () => {
  const last = (period: StatutoryPeriod, from: string, roll?: boolean): string => {
    const end = statutoryEnd(period, local(from), calendar, roll);
    return end.ok ? end.lastDate.slice(5) : end.refusal;
  };
  test.each<[StatutoryPeriod, string, string]>([
    ['decideOrdinary', '03-02 09:00', '05-31'], // a Sunday, the organ's own period does not roll
    ['serveAbsent', '02-11 10:00', '02-27'],
    ['decidePreserved', '04-29 10:00', '05-12'],
    ['askHearing', '09-28 10:00', '10-10'],
    ['pay', '02-10 10:00', '02-25'],
    ['pay', '02-05 10:00', '02-24'], // 20 February, rolled over Spring Festival
    ['handInCash', '04-30 10:00', '05-07'],
    ['withdrawPublished', '06-18 10:00', '06-24'],
    ['demandCourt', '09-30 10:00', '10-20'],
    ['seize', '03-02 10:00', '04-01'],
    ['serveAbsent', '12-30 10:00', 'calendar_missing'],
    ['decideOrdinary', '11-01 10:00', '01-30'],
  ])('%s from %s ends on %s', (period, from, expected) => {
    expect(last(period, from)).toBe(expected);
  });
  test('rolling a party is a setting', () => {
    expect(last('pay', '02-05 10:00', false)).toBe('02-20');
  });
  test('the last date counts to its end', () => {
    const end = statutoryEnd('pay', local('02-10 23:59'), calendar);
    expect(end.ok && end.endsAt).toBe(local('02-26 00:00'));
  });
  test('limitation of two and five years', () => {
    expect(limitationEnd(local('2024-03-10 12:00'), false)).toBe(local('2026-03-11 00:00'));
    expect(limitationEnd(local('2024-03-10 12:00'), true)).toBe(local('2029-03-11 00:00'));
    expect(limitationEnd(local('2024-02-29 12:00'), false)).toBe(local('2026-03-01 00:00'));
  });
});
