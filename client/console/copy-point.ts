import type { LngLat } from '../../shared/contract/geo.ts';
import { say, wordsNow } from './perform.tsx';

/** Puts a point on the clipboard with the name of its datum: without it the numbers mean nothing. */
export async function copyPoint({ lng, lat }: LngLat): Promise<void> {
  const words = wordsNow().console.map;
  try {
    await navigator.clipboard.writeText(`${lng.toFixed(6)}, ${lat.toFixed(6)} (WGS-84)`);
    say(words.copied, 'done');
  } catch {
    say(words.copyFailed, 'refused');
  }
}
