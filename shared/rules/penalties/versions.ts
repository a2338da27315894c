import type { FineRange } from '../../contract/matters.ts';

/** Which law is milder for the party (行政处罚法 37): the old one applies unless the new one is. `unclear` goes to legal review. */
export function milder(atAct: FineRange, atDecision: FineRange): 'act' | 'decision' | 'same' | 'unclear' {
  if (!atAct || !atDecision) return atAct ? 'decision' : atDecision ? 'act' : 'same';
  const least = atDecision[0] - atAct[0];
  const most = atDecision[1] - atAct[1];
  if (least === 0 && most === 0) return 'same';
  if (least <= 0 && most <= 0) return 'decision';
  return least >= 0 && most >= 0 ? 'act' : 'unclear';
}
