import { type Limit, clockFor } from './clock.ts';

/**
 * A limit as the catalogue writes it: `2h`, `2uh`, `5wd`, `2 urgent wd`, `1uh stop` (the leak is stopped within it),
 * `on-the-spot`. The words decide the clock: plain hours count on duty, except for P1; urgent working days are natural
 * days. Null when there is no clock, `undefined` for a text that is not understood.
 */
export function limitOfText(text: string, priority: number): Limit | null | undefined {
  if (text === 'on-the-spot') return null;
  const parts = /^(\d+)\s*(uh|h|urgent wd|wd)(?: stop)?$/u.exec(text);
  const clock = clockOf.get(parts?.[2] ?? '');
  return clock ? { clock: clockFor(clock, priority), amount: Number(parts?.[1]) } : undefined;
}

const clockOf: ReadonlyMap<string, Limit['clock']> = new Map([
  ['uh', 'urgent_hour'],
  ['h', 'work_hour'],
  ['wd', 'work_day'],
  ['urgent wd', 'natural_day'],
]);
