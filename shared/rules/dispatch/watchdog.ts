import type { Policy } from '../../contract/dispatch.ts';
import type { Priority, WatchdogStage, WatchdogState } from '../../contract/dispatch-codes.ts';
import { ofPriority } from './policy.ts';

/** What the watchdog of one assignment remembers between ticks. */
export interface Watch {
  readonly state: WatchdogState;
  readonly stage: WatchdogStage;
  /** Way that was left at the last tick with a fix, and the time of that fix. */
  readonly remainingMetres: number | null;
  readonly fixAt: number | null;
  /** Instant of the first of the bad ticks in a row, and how many there were. */
  readonly badSinceAt: number | null;
  readonly badTicks: number;
}

export interface WatchInput {
  readonly priority: Priority;
  readonly acceptedAt: number;
  /** Along the route if it is known, else straight to the scene; null without any fix. */
  readonly remainingMetres: number | null;
  /** Straight distance to the scene, for "near". */
  readonly distanceMetres: number | null;
  readonly accuracyMetres: number | null;
  readonly fixAt: number | null;
  /** The team still finishes an earlier task. */
  readonly finishingEarlier: boolean;
}

/** The watch of an assignment that was accepted just now. */
export const freshWatch: Watch = {
  state: 'progressing',
  stage: 'none',
  remainingMetres: null,
  fixAt: null,
  badSinceAt: null,
  badTicks: 0,
};

/**
 * One tick at `at` (ms UTC): is the team getting nearer? A bad state shows only after the debounce; a single
 * good tick resets. Dark is never taken for a retreat. Nothing is judged while the team gets to its car or
 * finishes an earlier task, and `near` only asks the officer: it never sets a team on scene.
 */
export function watch(before: Watch, input: WatchInput, policy: Policy, at: number): Watch {
  const settings = policy.watchdog;
  const seen = { remainingMetres: input.remainingMetres, fixAt: input.fixAt };
  const good = (state: WatchdogState): Watch => ({
    ...seen,
    state,
    stage: 'none',
    badSinceAt: null,
    badTicks: 0,
  });
  if (input.finishingEarlier || at - input.acceptedAt < settings.graceSeconds * 1000)
    return good('progressing');
  const raw = judge(before, input, policy, at);
  if (raw === 'progressing' || raw === 'near') return good(raw);
  // Without a new fix the last known way stays the measure for the next tick.
  const measure =
    raw === 'position_dark' ? { remainingMetres: before.remainingMetres, fixAt: before.fixAt } : seen;
  const badTicks = before.badTicks + 1;
  const badSinceAt = before.badSinceAt ?? at;
  if (badTicks < settings.debounceTicks)
    return {
      ...measure,
      state: before.state === 'near' ? 'progressing' : before.state,
      stage: 'none',
      badSinceAt,
      badTicks,
    };
  return {
    ...measure,
    state: raw,
    stage: stageOf(at - badSinceAt, input.priority, policy),
    badSinceAt,
    badTicks,
  };
}

function judge(before: Watch, input: WatchInput, policy: Policy, at: number): WatchdogState {
  const { tickSeconds, thresholdMetres, nearMetres, nearAccuracyMetres } = policy.watchdog;
  const { fixAt, remainingMetres, distanceMetres, accuracyMetres } = input;
  if (fixAt === null || remainingMetres === null || at - fixAt > 2 * tickSeconds * 1000)
    return 'position_dark';
  const isNear = distanceMetres !== null && distanceMetres <= nearMetres;
  if (isNear && accuracyMetres !== null && accuracyMetres < nearAccuracyMetres) return 'near';
  if (before.remainingMetres === null) return 'progressing';
  const won = before.remainingMetres - remainingMetres;
  if (won >= thresholdMetres) return 'progressing';
  return won <= -thresholdMetres ? 'retreating' : 'stalled';
}

function stageOf(badMs: number, priority: Priority, policy: Policy): WatchdogStage {
  const { questionSeconds, callSeconds, proposalSeconds, automaticSeconds } = policy.watchdog;
  if (automaticSeconds !== null && badMs >= automaticSeconds * 1000) return 'automatic';
  if (badMs >= ofPriority(proposalSeconds, priority) * 1000) return 'proposal';
  if (badMs >= callSeconds * 1000) return 'call';
  return badMs >= questionSeconds * 1000 ? 'question' : 'none';
}
