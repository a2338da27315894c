import type { Policy } from '../../contract/dispatch.ts';
import { solveOptional } from './assign.ts';
import { changeGroups } from './groups.ts';
import type { Change, ChangeGroup } from './groups.ts';
import { pose } from './problem.ts';
import type { Problem } from './problem.ts';
import type { Situation } from './situation.ts';

export interface Rematch {
  /** What may be done at once, as one whole. */
  readonly automatic: readonly Change[];
  /** What a person decides; each group is done as a whole or not at all. */
  readonly proposals: readonly ChangeGroup[];
}

/**
 * Looks again at everything that waits or has a team on its way, against every free team and every team on
 * its way, at `at` (ms UTC). A pair that exists is cheaper by the hysteresis, so any change, handing over to
 * an idle team too, must gain at least that. All situations share one list of teams.
 */
export function rematch(situations: readonly Situation[], policy: Policy, at: number): Rematch {
  if (situations.length === 0 || policy.rematch.mode === 'off') return { automatic: [], proposals: [] };
  const problem = pose(situations, policy, at);
  const held = new Set<number>();
  const best = settle(problem, held, policy, at, (group) => group.allowed);
  const proposals = best.filter((group) => !group.automatic);
  if (proposals.length === 0) return { automatic: best.flatMap((group) => group.changes), proposals };
  const automatic = settle(problem, held, policy, at, (group) => group.allowed && group.automatic);
  return { automatic: automatic.flatMap((group) => group.changes), proposals };
}

/** Solves, and holds the pairs of groups that may not change, until every group of the answer may. */
function settle(
  problem: Problem,
  held: Set<number>,
  policy: Policy,
  at: number,
  may: (group: ChangeGroup) => boolean,
): ChangeGroup[] {
  for (;;) {
    const groups = changeGroups(problem, solve(problem, held), policy, at);
    const barred = groups.filter((group) => !may(group));
    if (barred.length === 0) return groups;
    for (const group of barred)
      for (const row of group.rows) if (problem.rows[row]!.current >= 0) held.add(row);
  }
}

function solve({ rows, columns, costs, alone }: Problem, held: ReadonlySet<number>): Int32Array {
  if (held.size === 0) return solveOptional(costs, alone, rows.length, columns.length);
  const narrowed = costs.slice();
  for (const row of held) {
    const kept = rows[row]!.current;
    for (let other = 0; other < rows.length; other++)
      if (other !== row) narrowed[other * columns.length + kept] = Infinity;
    for (let column = 0; column < columns.length; column++)
      if (column !== kept) narrowed[row * columns.length + column] = Infinity;
  }
  return solveOptional(narrowed, alone, rows.length, columns.length);
}
