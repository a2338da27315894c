import type { Policy } from '../../contract/dispatch.ts';
import type { IncidentId, TeamId } from '../../contract/ids.ts';
import { rowEtaMs } from './problem.ts';
import type { Problem } from './problem.ts';

/** One line of one incident that changes hands. Null: it waits. Etas in ms from now. */
export interface Change {
  readonly incidentId: IncidentId;
  readonly line: number;
  readonly fromTeamId: TeamId | null;
  readonly toTeamId: TeamId | null;
  readonly etaBeforeMs: number | null;
  readonly etaAfterMs: number | null;
}

/** Changes that only make sense together: each hands on what the other needs. */
export interface ChangeGroup {
  readonly changes: readonly Change[];
  /** Rows of the problem that change. */
  readonly rows: readonly number[];
  /** Minutes won by all incidents of the group that had a team and have one, in ms. */
  readonly gainMs: number;
  /** False when a team that was switched a moment ago would be switched again. */
  readonly allowed: boolean;
  /** False when somebody is under way who should not be sent elsewhere without a person's word. */
  readonly automatic: boolean;
}

/** The differences between what is and what would be best, grouped by the teams that they share. */
export function changeGroups(
  problem: Problem,
  solved: Int32Array,
  policy: Policy,
  at: number,
): ChangeGroup[] {
  const changed = problem.rows.flatMap(({ current }, row) => (solved[row] === current ? [] : [row]));
  const groups: number[][] = [];
  for (const row of changed) {
    const touched = groups.filter((group) => group.some((other) => shares(problem, solved, row, other)));
    const rest = groups.filter((group) => !touched.includes(group));
    groups.splice(
      0,
      groups.length,
      ...rest,
      [...touched.flat(), row].toSorted((a, b) => a - b),
    );
  }
  return groups.map((rows) => groupOf(problem, solved, rows, policy, at));
}

function shares({ rows, columns }: Problem, solved: Int32Array, a: number, b: number): boolean {
  const teams = (row: number) =>
    [rows[row]!.current, solved[row]!]
      .filter((column) => column >= 0)
      .map((column) => columns[column]!.index);
  return teams(a).some((index) => teams(b).includes(index));
}

function groupOf(
  problem: Problem,
  solved: Int32Array,
  rows: readonly number[],
  policy: Policy,
  at: number,
): ChangeGroup {
  const { mode, switchPauseSeconds } = policy.rematch;
  const changes = rows.map((row) => changeOf(problem, solved, row, policy, at));
  const urgent = rows.some((row, i) => gainsUrgently(problem, row, changes[i]!));
  // A team is moved when the task that it is on its way to gets another team.
  const moved = rows.flatMap((row) => {
    const { current } = problem.rows[row]!;
    return current < 0 ? [] : [problem.columns[current]!];
  });
  const rested = ({ team }: { team: { lastSwitchedAt: number | null } }): boolean =>
    team.lastSwitchedAt === null || at - team.lastSwitchedAt >= switchPauseSeconds * 1000;
  return {
    changes,
    rows,
    gainMs: changes.reduce((sum, { etaBeforeMs, etaAfterMs }) => {
      return etaBeforeMs === null || etaAfterMs === null ? sum : sum + etaBeforeMs - etaAfterMs;
    }, 0),
    allowed: urgent || moved.every(rested),
    automatic: urgent || mode === 'automatic' || moved.every(({ leaves }) => leaves?.state === 'offered'),
  };
}

function changeOf(problem: Problem, solved: Int32Array, row: number, policy: Policy, at: number): Change {
  const { situation, current } = problem.rows[row]!;
  const next = solved[row]!;
  return {
    incidentId: situation.incident.incidentId,
    line: situation.line.line,
    fromTeamId: problem.columns[current]?.team.teamId ?? null,
    toTeamId: problem.columns[next]?.team.teamId ?? null,
    etaBeforeMs: rowEtaMs(problem, row, current, policy, at),
    etaAfterMs: rowEtaMs(problem, row, next, policy, at),
  };
}

/** True when a P1 gets its first team or a nearer one. */
function gainsUrgently({ rows }: Problem, row: number, { etaBeforeMs, etaAfterMs }: Change): boolean {
  if (rows[row]!.situation.incident.priority !== 1 || etaAfterMs === null) return false;
  return etaBeforeMs === null || etaAfterMs < etaBeforeMs;
}
