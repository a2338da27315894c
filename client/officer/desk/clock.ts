import { ServerClock } from '../../live/clock.ts';
import { useLive } from '../../live/store.ts';
import { keep, kept } from './shelf.ts';

const clock = new ServerClock();
const name = 'clock';

/** The server's time now, ms; without a network by the offset of the last contact. */
export const serverNowMs = (): number => Date.now() + useLive.getState().offsetMs;

/** The same as RFC 3339. */
export const serverNow = (): string => new Date(serverNowMs()).toISOString();

/** Learns from an answer that says when it was written. */
export function tellTime(sentAtMs: number, serverAt: string): void {
  const gotAtMs = Date.now();
  clock.add(sentAtMs, Date.parse(serverAt), gotAtMs);
  useLive.getState().setOffset(clock.offsetMs);
  void keep(name, clock.offsetMs);
}

/** Before the first contact of this page the offset of the last one holds. */
export async function remindTime(): Promise<void> {
  const offsetMs = await kept<number>(name);
  if (offsetMs !== undefined && useLive.getState().offsetMs === 0) useLive.getState().setOffset(offsetMs);
}
