import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';

dayjs.extend(utc);
dayjs.extend(timezone);

/** Milliseconds of a date and time as files write them; without an offset it is local time of the zone. NaN: no time. */
export function instantOf(text: string, timeZone: string): number {
  const iso = text.trim().replaceAll('/', '-').replace(' ', 'T');
  if (!/^\d{4}-\d{1,2}-\d{1,2}(T\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.test(iso)) return NaN;
  return /(Z|[+-]\d{2}:?\d{2})$/.test(iso.slice(10)) ? Date.parse(iso) : dayjs.tz(iso, timeZone).valueOf();
}

/** True for a name of the time zone database such as America/New_York. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
