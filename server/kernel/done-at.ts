import type { Tx } from './transact.ts';

/** Longest time that a phone may keep an act for itself (assumed). */
export const longestMs = 30 * 86_400_000;

/**
 * When something was done that a phone tells of later, ms: what the phone says, moved to where it can have been. Never
 * ahead, never before what it follows, at most thirty days ago. It is moved and not refused, so that no dead zone and no
 * wrong clock loses what was done. Absent: now.
 */
export function doneAtOf({ at }: Pick<Tx, 'at'>, doneAt: string | undefined, earliestMs = 0): number {
  if (doneAt === undefined) return at;
  return Math.min(at, Math.max(Date.parse(doneAt), earliestMs, at - longestMs));
}
