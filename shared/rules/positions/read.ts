/** Careful readers for messages of strangers: a value of the wrong kind is `undefined`, nothing throws. */

/** Plain members of a JSON object. */
export type Members = Readonly<Record<string, unknown>>;

/** JSON, or `undefined` when it is none. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const membersOf = (value: unknown): Members | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : undefined;

/** An own member; inherited names (`constructor`) are nobody's data. */
export const member = (of: Members | undefined, name: string): unknown =>
  of && Object.hasOwn(of, name) ? of[name] : undefined;

/** A finite number, also when written as text. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || !/^\s*[-+]?\d+(?:\.\d*)?(?:e[-+]?\d+)?\s*$/iu.test(value))
    return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** Text of at most 128 characters; a number is taken for its digits. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value.slice(0, 128) : undefined;
}

export function booleanOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === '1' || value === 1) return true;
  return value === 'false' || value === '0' || value === 0 ? false : undefined;
}

/** Per cent as a share. */
export const shareOf = (value: unknown): number | undefined => {
  const number = numberOf(value);
  return number === undefined ? undefined : number / 100;
};

/** Last instant that is taken, 9999-12-31: beyond it dates have no four-digit year. */
const lastInstant = 253_402_300_799_999;

const plausible = (ms: number): number | undefined => (ms >= 0 && ms <= lastInstant ? ms : undefined);

/** RFC 3339 to ms; a time without zone is read as UTC. */
export function isoInstant(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const parts = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|[+-]\d\d:?\d\d)?$/iu.exec(
    value.trim(),
  );
  if (!parts) return undefined;
  const zone = (parts[3] ?? 'Z').toUpperCase().replace(/^([+-]\d\d)(\d\d)$/u, '$1:$2');
  const ms = Date.parse(`${parts[1]}T${parts[2]}${zone}`);
  return Number.isNaN(ms) ? undefined : plausible(ms);
}

/** Seconds since 1970 to ms. */
export const secondsInstant = (value: unknown): number | undefined => {
  const seconds = numberOf(value);
  return seconds === undefined ? undefined : plausible(Math.round(seconds * 1000));
};

/** The classic form's time: a number below 2^31 - 1 is seconds, above it ms; else a date in UTC. */
export function classicInstant(value: unknown): number | undefined {
  const number = numberOf(value);
  if (number === undefined) return isoInstant(value);
  return plausible(Math.round(number < 2_147_483_647 ? number * 1000 : number));
}
