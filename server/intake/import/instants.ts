import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';

dayjs.extend(utc);
dayjs.extend(timezone);

const form =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:T(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** Milliseconds of a date and time as files write them; without an offset it is local time of the zone. NaN: no time. */
export function instantOf(text: string, timeZone: string): number {
  const iso = text.trim().replaceAll('/', '-').replace(' ', 'T');
  const parts = form.exec(iso);
  if (!parts) return NaN;
  const [year, month, day, hour = 0, minute = 0, second = 0] = parts
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const civil = new Date(Date.UTC(year!, month! - 1, day));
  // the 31st of April would roll over into May
  if (civil.getUTCMonth() !== month! - 1 || hour > 23 || minute > 59 || second > 59) return NaN;
  return parts[7] === undefined ? dayjs.tz(iso, timeZone).valueOf() : Date.parse(iso);
}

/** True for a name of the time zone database such as America/New_York. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
