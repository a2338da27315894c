import { pinyin } from 'pinyin-pro';

/** Names recur at every call of the list. */
const known = new Map<string, string>();

/** First letters of a Chinese name in pinyin, lower case, without signs: `zydsfbxfctd` for 占用、堵塞、封闭消防车通道. */
export function initialsOf(name: string): string {
  const before = known.get(name);
  if (before !== undefined) return before;
  const letters = pinyin(name, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'removed' })
    .join('')
    .toLowerCase();
  known.set(name, letters);
  return letters;
}
