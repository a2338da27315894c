import type { Policy } from '../../contract/dispatch.ts';
import type { Priority } from '../../contract/dispatch-codes.ts';
import type { WatchWord } from '../../contract/assignments.ts';
import { ofPriority } from './policy.ts';
import type { Watch } from './watchdog.ts';

/**
 * The watch after the team has answered at `at` (ms UTC). On the way: the patience starts anew. Held up: the room is told
 * at once and the time towards another team runs on. Cannot: another team is sought now.
 */
export function afterAnswer(
  before: Watch,
  word: WatchWord,
  priority: Priority,
  policy: Policy,
  at: number,
): Watch {
  if (word === 'on_the_way')
    return { ...before, state: 'progressing', stage: 'none', badSinceAt: null, badTicks: 0 };
  const { callSeconds, proposalSeconds, debounceTicks } = policy.watchdog;
  const cannot = word === 'cannot';
  const seconds = cannot ? ofPriority(proposalSeconds, priority) : callSeconds;
  return {
    ...before,
    stage: cannot ? 'proposal' : before.stage === 'proposal' ? before.stage : 'call',
    badSinceAt: Math.min(before.badSinceAt ?? at, at - seconds * 1000),
    badTicks: Math.max(before.badTicks, debounceTicks),
  };
}
