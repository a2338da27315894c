import type { Policy } from '../../contract/dispatch.ts';

type Leaf = string | number | boolean | null;

/** The name of each setting: its way through the settings, joined by points; a list is one setting. */
export type SettingName = NameOf<Policy>;
type NameOf<T, Way extends string = ''> = T extends Leaf | readonly unknown[]
  ? Way
  : { [K in keyof T & string]: NameOf<T[K], Way extends '' ? K : `${Way}.${K}`> }[keyof T & string];

/** One setting before and after; a list that changed is told entry by entry, `entry` counting from 0. */
export interface SettingChange {
  readonly setting: SettingName;
  readonly entry: number | null;
  readonly was: unknown;
  readonly now: unknown;
}

/** What differs between two policies, in their order there. Entries that one list lacks are undefined. */
export function policyDifferences(before: Policy, after: Policy): SettingChange[] {
  return between(before, after, '');
}

function between(was: unknown, now: unknown, way: string): SettingChange[] {
  const setting = way as SettingName;
  if (Array.isArray(was) && Array.isArray(now)) {
    const length = Math.max(was.length, now.length);
    return Array.from({ length }, (_, entry) => ({
      setting,
      entry,
      was: was[entry],
      now: now[entry],
    })).filter((change) => JSON.stringify(change.was) !== JSON.stringify(change.now));
  }
  if (isGroup(was) && isGroup(now)) {
    const names = [...new Set([...Object.keys(was), ...Object.keys(now)])];
    return names.flatMap((name) => between(was[name], now[name], way === '' ? name : `${way}.${name}`));
  }
  return was === now ? [] : [{ setting, entry: null, was, now }];
}

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
