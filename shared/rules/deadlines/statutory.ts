import {
  type Calendar,
  dateOfDay,
  dayOf,
  dayOfDate,
  rolledToWorkday,
  startOfDay,
  workdaysAfter,
} from '../calendar.ts';

interface Period {
  readonly days: number;
  readonly unit: 'calendar' | 'working' | 'hours24';
  readonly party: boolean;
  readonly basis: string;
}

/**
 * Periods of the two acts, counted by date: the start date is not counted, the period ends at 24:00 of its last date. In
 * 行政处罚法 two, three, five and seven days are working days (85), in 行政强制法 every period of up to ten days is (69);
 * 15, 30 and 90 days are calendar days. A party's period that ends on a day of rest may roll to the next working day.
 */
export const statutoryPeriods = {
  decideOrdinary: { days: 90, unit: 'calendar', party: false, basis: '行政处罚法60' },
  serveAbsent: { days: 7, unit: 'working', party: false, basis: '行政处罚法61①' },
  // thirty days from the announcement count as service (民事诉讼法 95 as of 2023, by way of 行政处罚法 61①)
  announceService: { days: 30, unit: 'calendar', party: false, basis: '民事诉讼法95' },
  decidePreserved: { days: 7, unit: 'working', party: false, basis: '行政处罚法56' },
  askHearing: { days: 5, unit: 'working', party: true, basis: '行政处罚法64(1)' },
  announceHearing: { days: 7, unit: 'working', party: false, basis: '行政处罚法64(2)' },
  // 52③ names no days; two working days are an assumption of this product
  registerDecision: { days: 2, unit: 'working', party: false, basis: '行政处罚法52③' },
  pay: { days: 15, unit: 'calendar', party: true, basis: '行政处罚法67③' },
  handInCash: { days: 2, unit: 'working', party: false, basis: '行政处罚法71' },
  bankCash: { days: 2, unit: 'working', party: false, basis: '行政处罚法71' },
  withdrawPublished: { days: 3, unit: 'working', party: false, basis: '行政处罚法48②' },
  approveUrgent: { days: 1, unit: 'hours24', party: false, basis: '行政强制法19' },
  seize: { days: 30, unit: 'calendar', party: false, basis: '行政强制法25' },
  seizeExtended: { days: 60, unit: 'calendar', party: false, basis: '行政强制法25' },
  demandSubstitute: { days: 3, unit: 'working', party: true, basis: '行政强制法51①(2)' },
  demandCourt: { days: 10, unit: 'working', party: true, basis: '行政强制法54' },
} as const satisfies Record<string, Period>;

export type StatutoryPeriod = keyof typeof statutoryPeriods;

export type StatutoryEnd =
  | { readonly ok: true; readonly lastDate: string; readonly endsAt: number }
  | { readonly ok: false; readonly refusal: 'calendar_missing'; readonly estimatedDate: string };

/** End of a statutory period that starts with an event at `from`; `endsAt` is 24:00 of the last date. */
export function statutoryEnd(
  period: StatutoryPeriod,
  from: number,
  calendar: Calendar,
  rollPartyPeriods = true,
): StatutoryEnd {
  const { days, unit, party }: Period = statutoryPeriods[period];
  const start = dayOf(from);
  // 24 hours are hours, whatever day it is
  if (unit === 'hours24') {
    const endsAt = from + days * 86_400_000;
    return { ok: true, lastDate: dateOfDay(dayOf(endsAt)), endsAt };
  }
  const counted =
    unit === 'working' ? workdaysAfter(calendar, start, days) : { day: start + days, final: true };
  const last = party && rollPartyPeriods ? rolledToWorkday(calendar, counted.day) : counted;
  // plain calendar days need no published year unless they roll
  if (!(counted.final && last.final))
    return { ok: false, refusal: 'calendar_missing', estimatedDate: dateOfDay(last.day) };
  return { ok: true, lastDate: dateOfDay(last.day), endsAt: startOfDay(last.day + 1) };
}

/**
 * End of the limitation (行政处罚法 36): two years from the act or from the end of a continuing act, five when life, health
 * or financial safety is harmed. 29 February falls on the 28th.
 */
export function limitationEnd(actAt: number, grave: boolean): number {
  const [year = '', month = '', day = ''] = dateOfDay(dayOf(actAt)).split('-');
  const anniversary = `${Number(year) + (grave ? 5 : 2)}-${month}`;
  const exact = dayOfDate(`${anniversary}-${day}`);
  const last =
    Number.isNaN(exact) || !dateOfDay(exact).startsWith(anniversary) ? dayOfDate(`${anniversary}-28`) : exact;
  return startOfDay(last + 1);
}
