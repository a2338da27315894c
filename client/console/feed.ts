import type { Connection, TeamFix } from '../live/store.ts';

const amberSeconds = 5;
const redSeconds = 10;
/** A source whose newest fix is older than this has gone silent; a phone sends at least twice a minute. */
const silentMs = 120_000;
const behindMs = 2000;

/** How late the picture is; both instants on the machine's clock, ms. */
export function feedOf(
  heardAtMs: number | null,
  machineNowMs: number,
): { readonly seconds: number | null; readonly tone: 'calm' | 'soon' | 'late' } {
  if (heardAtMs === null) return { seconds: null, tone: 'calm' };
  const seconds = Math.max(0, Math.round((machineNowMs - heardAtMs) / 1000));
  return { seconds, tone: seconds > redSeconds ? 'late' : seconds > amberSeconds ? 'soon' : 'calm' };
}

/** A part of the product that does not work as it should, by name. */
export type DegradedPart =
  | { readonly part: 'source'; readonly source: string; readonly minutes: number }
  | { readonly part: 'facts'; readonly seconds: number };

/** Names what is degraded: silent position sources of teams on duty, and facts that wait for this screen. */
export function degradedParts(situation: {
  readonly fixes: ReadonlyMap<number, TeamFix>;
  readonly onDuty: readonly number[];
  readonly serverNowMs: number;
  readonly machineNowMs: number;
  readonly behindSinceMs: number | null;
  readonly connection: Connection;
}): DegradedPart[] {
  const newest = new Map<string, number>();
  for (const id of situation.onDuty) {
    const fix = situation.fixes.get(id);
    if (!fix?.source) continue;
    newest.set(fix.source, Math.max(newest.get(fix.source) ?? 0, fix.fixAtMs));
  }
  const parts: DegradedPart[] = [...newest]
    .filter(([, fixAtMs]) => situation.serverNowMs - fixAtMs > silentMs)
    .map(([source, fixAtMs]) => ({
      part: 'source',
      source,
      minutes: Math.floor((situation.serverNowMs - fixAtMs) / 60_000),
    }));
  const { behindSinceMs, machineNowMs, connection } = situation;
  if (connection === 'live' && behindSinceMs !== null && machineNowMs - behindSinceMs > behindMs)
    parts.push({ part: 'facts', seconds: Math.round((machineNowMs - behindSinceMs) / 1000) });
  return parts;
}
