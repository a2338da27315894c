import { chooseZone } from './acts.ts';
import { desk } from './desk.ts';

const pauseMs = 900;

let typed = '';
let timer: ReturnType<typeof setTimeout> | undefined;

/** Digits one after another make the number of a zone: `1` then `2` within a second is zone 12; `0` alone erases. */
export function typeDigit(digit: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => (typed = ''), pauseMs);
  const { picture, zones } = desk();
  const numbers = new Map((picture?.zoneIds ?? []).map((id) => [zones.get(id)?.number, id]));
  for (const text of [typed + String(digit), String(digit)]) {
    const found = numbers.get(Number(text));
    if (found === undefined) continue;
    typed = text;
    chooseZone(found);
    return;
  }
  typed = String(digit);
  if (digit === 0) chooseZone(null);
}
