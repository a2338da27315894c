import { type Clock, type Limit, type WorkDayMode, addClock, elapsedClock, limitMs } from './clock.ts';
import type { CountedInstant, WorkingTime } from './duty-time.ts';

/**
 * A deadline as it runs: spans of running time and a budget of the clock's own time. A return does not touch it; a hold
 * (挂账) and the handling close a span, the end of the hold and a failed check open the next; an extension (延期) adds the
 * first limit once more; another clock goes on with what is left.
 */
export interface ClockRun {
  readonly clock: Clock;
  /** The limit first given, ms of the clock's own time. */
  readonly limitMs: number;
  readonly budgetMs: number;
  /** Used under another clock, before the spans; absent: none. */
  readonly usedMs?: number;
  /** The last span is open (`to` null) while the clock runs. Instants in ms. */
  readonly spans: readonly { readonly from: number; readonly to: number | null }[];
}

/** Shares of the clock's own time at which an incident is escalated. */
export const escalationShares = [0.5, 0.8, 1] as const;

export function startClock(
  time: WorkingTime,
  limit: Limit,
  at: number,
  mode: WorkDayMode = 'elapsed',
): ClockRun {
  const ms = limitMs(time, limit, at, mode);
  return { clock: limit.clock, limitMs: ms, budgetMs: ms, spans: [{ from: at, to: null }] };
}

/** A hold, or the end at `incident.handled`: the open span closes. A clock that rests stays as it is. */
export function pauseClock(run: ClockRun, at: number): ClockRun {
  const last = run.spans.at(-1);
  if (!last || last.to !== null) return run;
  return { ...run, spans: [...run.spans.slice(0, -1), { from: last.from, to: Math.max(at, last.from) }] };
}

/** The remaining amount runs from `at`. A clock that runs stays as it is. */
export function resumeClock(run: ClockRun, at: number): ClockRun {
  const last = run.spans.at(-1);
  return last?.to === null ? run : { ...run, spans: [...run.spans, { from: at, to: null }] };
}

/** True while the clock runs. */
export const isRunning = (run: ClockRun): boolean => run.spans.at(-1)?.to === null;

/** Another clock from `at` on (P1 runs through the night): what was used stays used, what is left runs on. */
export function switchClock(time: WorkingTime, run: ClockRun, clock: Clock, at: number): ClockRun {
  if (run.clock === clock) return run;
  const span = { from: at, to: isRunning(run) ? null : at };
  return { ...run, clock, usedMs: usedMs(time, run, at), spans: [span] };
}

/** The highest share of escalation that is reached at `at`; 0 before the first. */
export function reachedShare(time: WorkingTime, run: ClockRun, at: number): number {
  const used = usedMs(time, run, at);
  return escalationShares.findLast((share) => used >= run.budgetMs * share) ?? 0;
}

/** One original limit is added to the present deadline. */
export const extendClock = (run: ClockRun): ClockRun => ({ ...run, budgetMs: run.budgetMs + run.limitMs });

/** The clock's own time used until `now`, ms. */
export function usedMs(time: WorkingTime, run: ClockRun, now: number): number {
  return run.spans.reduce(
    (sum, span) => sum + elapsedClock(time, run.clock, span.from, Math.min(now, span.to ?? now)),
    run.usedMs ?? 0,
  );
}

/** The instant at which a share of the budget is used; null while the clock rests before it. */
export function instantAtShare(time: WorkingTime, run: ClockRun, share: number): CountedInstant | null {
  let left = run.budgetMs * share - (run.usedMs ?? 0);
  let final = true;
  for (const span of run.spans) {
    const reached = addClock(time, run.clock, span.from, left);
    if (span.to === null || reached.at <= span.to) return { at: reached.at, final: final && reached.final };
    left -= elapsedClock(time, run.clock, span.from, span.to);
    final &&= addClock(time, run.clock, span.from, span.to - span.from).final;
  }
  return null;
}

/** Why there is no final deadline: the days of a year on the way are not published, or the clock rests. */
export type Deadline =
  | { readonly ok: true; readonly at: number }
  | { readonly ok: false; readonly refusal: 'calendar_missing'; readonly estimatedAt: number }
  | { readonly ok: false; readonly refusal: 'clock_paused' };

/** The deadline; done at that very instant is on time. An estimate (暂估) is recomputed when the calendar arrives. */
export function deadlineOf(time: WorkingTime, run: ClockRun): Deadline {
  const due = instantAtShare(time, run, 1);
  if (!due) return { ok: false, refusal: 'clock_paused' };
  return due.final
    ? { ok: true, at: due.at }
    : { ok: false, refusal: 'calendar_missing', estimatedAt: due.at };
}

/** Share of the budget that is left at `now`, 1 to 0 and negative when overdue. */
export const shareLeft = (time: WorkingTime, run: ClockRun, now: number): number =>
  run.budgetMs === 0 ? 0 : (run.budgetMs - usedMs(time, run, now)) / run.budgetMs;

/** Overdue from the first millisecond after the deadline. */
export function isOverdue(time: WorkingTime, run: ClockRun, now: number): boolean {
  const due = instantAtShare(time, run, 1);
  return due !== null && now > due.at;
}

/** Instants of escalation that can be told already; empty while the clock rests. */
export function escalations(time: WorkingTime, run: ClockRun): { share: number; at: number }[] {
  return escalationShares.flatMap((share) => {
    const reached = instantAtShare(time, run, share);
    return reached ? [{ share, at: reached.at }] : [];
  });
}
