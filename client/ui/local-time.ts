import { formatInstant } from '../words/format.ts';

/** `YYYY-MM-DDTHH:mm` on the town's clock, as a date field takes it. */
export const localText = (atMs: number): string => formatInstant(atMs).slice(0, 16).replace(' ', 'T');

/** The instant of such a text; null when it is none. */
export function instantOf(text: string): string | null {
  const at = Date.parse(`${text}:00+08:00`);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
