import type { Role } from '../../contract/roles.ts';

/** One row of a state machine: what may happen in which states, who may do it, what must hold. */
export interface Step<State extends string, Event extends string, Guard extends string> {
  readonly event: Event;
  /** null stands for "does not exist yet". */
  readonly from: readonly (State | null)[];
  /** null: the state stays as it is (a flag beside the state changes). */
  readonly to: State | null;
  readonly by: readonly Role[];
  readonly guards: readonly Guard[];
}

/** Why a step was refused; the codes are those of contract/refusals.ts, `guard` names the condition. */
export type StepRefusal<Guard extends string> =
  | { readonly code: 'transition_illegal' }
  | { readonly code: 'action_forbidden' }
  | { readonly code: 'guard_unmet'; readonly guard: Guard };

export type Transition<State extends string, Guard extends string> =
  { readonly ok: true; readonly to: State } | { readonly ok: false; readonly refusal: StepRefusal<Guard> };

/**
 * Looks the step up: first by state and event, then by role, then by guards in their written order. Several rows
 * may share state and event (other roles, other targets); the first whose guards all hold wins, and when none does
 * the first row's unmet guard is named.
 */
export function takeStep<
  State extends string,
  Event extends string,
  Guard extends string,
  Row extends Step<State, Event, Guard>,
>(
  rows: readonly Row[],
  state: State | null,
  event: Event,
  role: Role,
  holds: (guard: Guard) => boolean,
): { ok: true; to: State; row: Row } | { ok: false; refusal: StepRefusal<Guard> } {
  const possible = rows.filter((row) => row.event === event && row.from.includes(state));
  if (possible.length === 0) return { ok: false, refusal: { code: 'transition_illegal' } };
  const permitted = possible.filter((row) => row.by.includes(role));
  let unmet: Guard | undefined;
  for (const row of permitted) {
    const failing = row.guards.find((guard) => !holds(guard));
    const to = row.to ?? state;
    if (failing === undefined && to !== null) return { ok: true, to, row };
    unmet ??= failing;
  }
  if (unmet === undefined) return { ok: false, refusal: { code: 'action_forbidden' } };
  return { ok: false, refusal: { code: 'guard_unmet', guard: unmet } };
}
