import type { Language } from '../ui/preferences.ts';

const formats = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat | Intl.PluralRules>();

function kept<T extends Intl.DateTimeFormat | Intl.NumberFormat | Intl.PluralRules>(
  key: string,
  make: () => T,
): T {
  const found = formats.get(key) ?? make();
  formats.set(key, found);
  return found as T;
}

/** Picks the English form for a count, e.g. `plural(n, { one: '1 row', other: `${n} rows` })`. */
export function plural(count: number, forms: { readonly one: string; readonly other: string }): string {
  const rules = kept('plural', () => new Intl.PluralRules('en'));
  return rules.select(count) === 'one' ? forms.one : forms.other;
}

/** `1,234`; at most one decimal. */
export function formatNumber(value: number, language: Language): string {
  const format = kept(`n${language}`, () => new Intl.NumberFormat(language, { maximumFractionDigits: 1 }));
  return format.format(value);
}

/** `64 m`, `1.2 km`. */
export function formatMetres(metres: number): string {
  return metres < 1000 ? `${Math.round(metres)} m` : `${(metres / 1000).toFixed(1)} km`;
}

/** Clock-like duration for timers: `03:07`, `1:02:09`; the sign is the caller's. */
export function formatTimer(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const rest = `${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** What is left of a deadline: a timer, from two days on `6d 23h`. */
export function formatLeft(seconds: number): string {
  const hours = Math.floor(Math.max(0, seconds) / 3600);
  return hours < 48 ? formatTimer(seconds) : `${Math.floor(hours / 24)}d ${hours % 24}h`;
}

/** Short age for a badge: `8s`, `3m`, `2h`, `5d`. */
export function formatAge(seconds: number): string {
  const s = Math.max(0, Math.floor(seconds));
  if (s < 60) return `${s}s`;
  if (s < 3600) return `${Math.floor(s / 60)}m`;
  return s < 86_400 ? `${Math.floor(s / 3600)}h` : `${Math.floor(s / 86_400)}d`;
}

/** `YYYY-MM-DD HH:mm:ss` on the town's clock, not the machine's. */
export function formatInstant(atMs: number, zone = 'Asia/Shanghai'): string {
  // Sweden writes dates the ISO way.
  const format = kept(
    `i${zone}`,
    () => new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }),
  );
  return format.format(atMs);
}

/** `HH:mm:ss` on the town's clock. */
export function formatClock(atMs: number, zone = 'Asia/Shanghai'): string {
  return formatInstant(atMs, zone).slice(-8);
}
