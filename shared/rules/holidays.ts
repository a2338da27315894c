import { dayOfDate, yearOf, type CalendarDay } from './calendar.ts';

/** A row of a year's list as somebody wrote it. */
export interface WrittenDay {
  readonly date: string;
  readonly kind: CalendarDay['kind'];
  readonly name: string;
}

/** What is wrong with a row; a make-up day on a weekday makes up for nothing. */
export type DayFault =
  'columns_few' | 'date_invalid' | 'year_other' | 'date_repeated' | 'kind_unknown' | 'weekday_wrong';

export interface RowFault {
  /** Counting from 1, as the eye does. */
  readonly row: number;
  readonly fault: DayFault;
}

const kinds: Readonly<Record<string, CalendarDay['kind']>> = {
  holiday: 'holiday',
  放假: 'holiday',
  休: 'holiday',
  make_up_workday: 'make_up_workday',
  上班: 'make_up_workday',
  补班: 'make_up_workday',
  班: 'make_up_workday',
};

/**
 * Reads a list of days, one a line: date, kind, name, divided by commas or tabs; a first line of column names and empty
 * lines are passed over. What cannot be read is told by its line.
 */
export function readHolidays(text: string, year: number): { days: WrittenDay[]; faults: RowFault[] } {
  const days: WrittenDay[] = [];
  const faults: RowFault[] = [];
  const rowOf: number[] = [];
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || (i === 0 && /^\s*(date|日期)/i.test(line))) continue;
    const [date = '', kind = '', name = ''] = line.split(/[,，\t]/).map((part) => part.trim());
    const known = kinds[kind];
    if (kind === '') faults.push({ row: i + 1, fault: 'columns_few' });
    else if (!known) faults.push({ row: i + 1, fault: 'kind_unknown' });
    else {
      days.push({ date, kind: known, name });
      rowOf.push(i + 1);
    }
  }
  faults.push(...holidayFaults(year, days).map(({ row, fault }) => ({ row: rowOf[row - 1]!, fault })));
  return { days, faults: faults.toSorted((a, b) => a.row - b.row) };
}

/** Everything that is wrong with the days of a year, row by row; empty for a list that may be published. */
export function holidayFaults(year: number, days: readonly WrittenDay[]): RowFault[] {
  const seen = new Set<string>();
  return days.flatMap(({ date, kind }, i): RowFault[] => {
    const row = i + 1;
    const day = dayOfDate(date);
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || !Number.isInteger(day)) return [{ row, fault: 'date_invalid' }];
    if (yearOf(day) !== year) return [{ row, fault: 'year_other' }];
    if (seen.has(date)) return [{ row, fault: 'date_repeated' }];
    seen.add(date);
    const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
    return kind === 'make_up_workday' && weekday > 0 && weekday < 6 ? [{ row, fault: 'weekday_wrong' }] : [];
  });
}
