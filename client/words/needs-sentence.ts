import type { Need } from '../../shared/contract/needs.ts';
import type { Words } from './words.tsx';

/** One line of what an incident needs, in words: the task, how many teams, with what. */
export const needSentence = (
  {
    kind,
    count,
    skills,
    kit,
  }: Omit<Need, 'skills' | 'kit'> & {
    readonly skills: readonly string[];
    readonly kit: readonly string[];
  },
  { codes, timeline }: Pick<Words, 'codes' | 'timeline'>,
): string =>
  timeline.need({ kind: codes.taskKind[kind], count, with: [...skills, ...kit].join(timeline.comma) });

/** Everything that an incident needs, in one sentence. */
export const needsSentence = (needs: readonly Need[], words: Pick<Words, 'codes' | 'timeline'>): string =>
  needs.map((need) => needSentence(need, words)).join(words.timeline.semicolon);
