import { TypeOverrides, types } from 'pg';

const { builtins } = types;
// The package declares a function and delivers an object with this one method.
const arrayParser = types.arrayParser as unknown as {
  create(source: string, transform: (entry: string) => unknown): { parse(): unknown[] };
};
const arrayOf = { int8: 1016, numeric: 1231, timestamptz: 1185, date: 1182, timestamp: 1115 };

/**
 * An instant of PostgreSQL as ISO 8601 in UTC with milliseconds: `2026-11-22T06:05:01.250Z`. Microseconds are
 * cut off; `infinity` stays as it is.
 */
export function instant(text: string): string {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?([+-]\d\d(?::?\d\d)?)$/.exec(text);
  if (!match) return text;
  const [, day, time, fraction = '', zone] = match;
  const milliseconds = fraction.padEnd(3, '0').slice(0, 3);
  if (zone === '+00') return `${day}T${time}.${milliseconds}Z`;
  const offset = zone!.length === 3 ? `${zone}:00` : zone;
  return new Date(`${day}T${time}.${milliseconds}${offset}`).toISOString();
}

const asText = (text: string) => text;
const arrays = (item: (text: string) => unknown) => (text: string) => arrayParser.create(text, item).parse();

/**
 * How values arrive: int8 and numeric as numbers (ids and counts stay far below 2^53), instants as ISO text,
 * days as `YYYY-MM-DD`; the same on both engines.
 */
export const typeParsers = new TypeOverrides();
typeParsers.setTypeParser(builtins.INT8, Number);
typeParsers.setTypeParser(builtins.NUMERIC, Number);
typeParsers.setTypeParser(builtins.TIMESTAMPTZ, instant);
typeParsers.setTypeParser(builtins.TIMESTAMP, asText);
typeParsers.setTypeParser(builtins.DATE, asText);
typeParsers.setTypeParser(arrayOf.int8, arrays(Number));
typeParsers.setTypeParser(arrayOf.numeric, arrays(Number));
typeParsers.setTypeParser(arrayOf.timestamptz, arrays(instant));
typeParsers.setTypeParser(arrayOf.timestamp, arrays(asText));
typeParsers.setTypeParser(arrayOf.date, arrays(asText));
