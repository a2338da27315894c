import type { Policy } from '../../contract/dispatch.ts';
import { etaMs } from './cost.ts';
import { bitOf, failures, isFull } from './eligibility.ts';
import { compareRows, lackMs, pairMs } from './match.ts';
import { isDriving } from './situation.ts';
import type { CurrentAssignment, Situation, TeamFacts } from './situation.ts';

/** An incident of the problem: its situation and, where a team is under way to it, that team's column. */
interface Row {
  readonly situation: Situation;
  readonly current: number;
}

/** A team that may be given: free, or with a task that it could leave. */
interface Column {
  readonly index: number;
  readonly team: TeamFacts;
  readonly leaves: CurrentAssignment | null;
}

export interface Problem {
  readonly rows: readonly Row[];
  readonly columns: readonly Column[];
  readonly costs: Float64Array;
  readonly alone: Float64Array;
}

const slotFull = bitOf('slot_full');

/** Sets up the prices of everything that may change hands at `at`. */
export function pose(situations: readonly Situation[], policy: Policy, at: number): Problem {
  const sorted = situations.toSorted(compareRows);
  const { teams } = sorted[0]!;
  const columns = columnsOf(sorted, teams, policy);
  const rows = sorted.flatMap((situation) => rowsOf(situation, columns, policy));
  const size = columns.length;
  const costs = new Float64Array(rows.length * size).fill(Infinity);
  const alone = Float64Array.from(rows, ({ situation }) => lackMs(situation, policy, at, rows.length));
  rows.forEach(({ situation, current }, row) => {
    columns.forEach(({ index, leaves }, column) => {
      if (column === current) {
        const known = situation.travel.seconds[index]! >= 0;
        const now = known ? pairMs(situation, index, policy, at) : 0;
        costs[row * size + column] = now - policy.rematch.hysteresisSeconds * 1000;
        return;
      }
      const mask = failures(situation, index, policy, at);
      // A task that the team may leave does not stand in the way.
      if ((leaves ? mask & ~slotFull : mask) !== 0) return;
      costs[row * size + column] = pairMs(situation, index, policy, at);
    });
  });
  return { rows, columns, costs, alone };
}

/**
 * The rows of one line: one for each team under way that may change, one for each team that it still lacks.
 * A team that may not be taken away has no row.
 */
function rowsOf(situation: Situation, columns: readonly Column[], policy: Policy): Row[] {
  const { incident, line, teams } = situation;
  const serves = (assignment: CurrentAssignment): boolean =>
    assignment.incidentId === incident.incidentId && assignment.line === line.line;
  const moving = columns.flatMap(({ leaves }, current) =>
    leaves && serves(leaves) ? [{ situation, current }] : [],
  );
  const fixed = teams.flatMap(({ assignments }) =>
    assignments.filter((assignment) => serves(assignment) && !isMovable(assignment, policy)),
  );
  const lacking = Math.max(0, line.count - moving.length - fixed.length);
  return [...moving, ...Array.from({ length: lacking }, () => ({ situation, current: -1 }))];
}

/** Free teams, and teams on their way to an incident of the problem that they may leave. */
function columnsOf(sorted: readonly Situation[], teams: readonly TeamFacts[], policy: Policy): Column[] {
  const posed = new Set(sorted.map(({ incident }) => incident.incidentId));
  const found: Column[] = [];
  teams.forEach((team, index) => {
    if (!isFull(team, policy)) found.push({ index, team, leaves: null });
    for (const leaves of team.assignments)
      if (posed.has(leaves.incidentId) && isMovable(leaves, policy)) found.push({ index, team, leaves });
  });
  return found.toSorted((a, b) => a.team.number - b.team.number);
}

/** On scene, manual, joint or about to arrive: never taken away. An offer without an answer always may be. */
function isMovable(assignment: CurrentAssignment, policy: Policy): boolean {
  const { state, manual, joint, remainingSeconds } = assignment;
  if (!isDriving(assignment) || manual || joint) return false;
  return state === 'offered' || (remainingSeconds ?? 0) >= policy.rematch.nearLockSeconds;
}

/** Eta in ms of a column for a row. */
export const rowEtaMs = (problem: Problem, row: number, column: number, policy: Policy, at: number) =>
  column < 0 ? null : etaMs(problem.rows[row]!.situation, problem.columns[column]!.index, policy, at);
