/**
 * Age classes of a position: one set of numbers for ranking, map, unit board and metrics. Age counts from the fix, never
 * from the receipt. Free of zod.
 */
export const freshnessLimits = { liveSeconds: 30, recentSeconds: 120, darkSeconds: 600 } as const;

export type FreshnessLimits = { readonly [name in keyof typeof freshnessLimits]: number };

/** live 实时, recent 较新, old 较旧, dark 失联. */
export type Freshness = 'live' | 'recent' | 'old' | 'dark';

/** Age of a fix in seconds; a phone whose clock is ahead has age 0. Instants in ms. */
export const ageSeconds = (fixedAt: number, now: number): number => Math.max(0, (now - fixedAt) / 1000);

/** Class of a fix at `now`; no fix at all is dark. */
export function freshnessOf(
  fixedAt: number | null,
  now: number,
  limits: FreshnessLimits = freshnessLimits,
): Freshness {
  if (fixedAt === null) return 'dark';
  const age = ageSeconds(fixedAt, now);
  if (age < limits.liveSeconds) return 'live';
  if (age < limits.recentSeconds) return 'recent';
  return age < limits.darkSeconds ? 'old' : 'dark';
}

/** Delay of receipt from which a post counts as backlog, seconds. */
export const backlogSeconds = 60;

/** How many posts in a row came late; the device is catching up (补传中) from the second on. */
export interface Backlog {
  readonly latePosts: number;
}

/** Counts one more post; its newest fix decides. Instants in ms. */
export const backlogAfter = (before: Backlog, newest: { fixedAt: number; receivedAt: number }): Backlog => ({
  latePosts: newest.receivedAt - newest.fixedAt > backlogSeconds * 1000 ? before.latePosts + 1 : 0,
});

export const catchingUp = (backlog: Backlog): boolean => backlog.latePosts >= 2;
