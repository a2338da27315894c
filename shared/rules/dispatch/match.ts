import type { Policy } from '../../contract/dispatch.ts';
import type { IncidentId, TeamId } from '../../contract/ids.ts';
import { solveOptional } from './assign.ts';
import { costMs, etaMs } from './cost.ts';
import { failures, isFull } from './eligibility.ts';
import { ofPriority } from './policy.ts';
import type { Situation } from './situation.ts';
import { waitingPriceMs } from './waiting.ts';

/** One line of one incident and the team that gets it; null stays in the queue. */
export interface Pair {
  readonly incidentId: IncidentId;
  readonly line: number;
  readonly teamId: TeamId | null;
  readonly costMs: number | null;
}

/**
 * Price of a pair in a matching: eta counts by the weight of the priority, the other terms as they are. Beside a lead it
 * counts a thousandth less, so that of teams that could change places at the same total the lead is the sooner one.
 */
export function pairMs(situation: Situation, index: number, policy: Policy, at: number): number {
  const weight = ofPriority(policy.matching.etaWeight, situation.incident.priority);
  const beside = situation.line.line === 0 ? 0 : 0.001;
  const extra = (weight - 1 - beside) * etaMs(situation, index, policy, at);
  return Math.round(costMs(situation, index, policy, at) + extra);
}

/** Price in ms of a line that stays without a team; the lead is missed more than whoever goes beside it. */
export function lackMs({ incident, line }: Situation, policy: Policy, at: number, rows: number): number {
  return waitingPriceMs(incident, policy, at, rows) - (line.line === 0 ? 0 : besideLessMs);
}

/** More than the thousandth of any way within a town. */
const besideLessMs = 60_000;

/** Teams that a line still lacks: whoever is asked or sent for it counts. */
export function lackingOf({ incident, line, teams }: Situation): number {
  let serving = 0;
  for (const { assignments } of teams)
    for (const held of assignments)
      if (held.incidentId === incident.incidentId && held.line === line.line) serving++;
  return Math.max(0, line.count - serving);
}

/**
 * Gives all open lines of all incidents to the free teams together, at the least total price. The situations
 * list the same teams; a line that lacks n teams takes n rows. Busy teams are not touched: see `rematch`.
 */
export function match(situations: readonly Situation[], policy: Policy, at: number): Pair[] {
  const rows = situations
    .flatMap((situation) => Array.from({ length: lackingOf(situation) }, () => situation))
    .toSorted(compareRows);
  const first = rows[0];
  if (!first) return [];
  const columns = first.teams
    .map((_, index) => index)
    .filter((index) => !isFull(first.teams[index]!, policy))
    .toSorted((a, b) => first.teams[a]!.number - first.teams[b]!.number);
  const teamIds = columns.map((index) => first.teams[index]!.teamId);
  const costs = new Float64Array(rows.length * columns.length).fill(Infinity);
  const alone = new Float64Array(rows.length);
  rows.forEach((situation, row) => {
    alone[row] = lackMs(situation, policy, at, rows.length);
    const places = placesOf(situation, first, columns);
    places.forEach((index, column) => {
      if (failures(situation, index, policy, at) === 0)
        costs[row * columns.length + column] = pairMs(situation, index, policy, at);
    });
  });
  const solved = solveOptional(costs, alone, rows.length, columns.length);
  return rows.map(({ incident, line }, row) => {
    const column = solved[row]!;
    return {
      incidentId: incident.incidentId,
      line: line.line,
      teamId: column < 0 ? null : teamIds[column]!,
      costMs: column < 0 ? null : costs[row * columns.length + column]!,
    };
  });
}

/** Where each column's team stands in another situation, whose teams may come in another order. */
function placesOf(situation: Situation, first: Situation, columns: readonly number[]): readonly number[] {
  if (situation.teams === first.teams) return columns;
  const places = new Map(situation.teams.map((team, index) => [team.teamId, index]));
  return columns.map((index) => {
    const place = places.get(first.teams[index]!.teamId);
    if (place === undefined) throw new RangeError('situations of one matching must list the same teams');
    return place;
  });
}

/** A fixed order of rows, so that equal totals do not depend on the order of the input. */
export function compareRows(a: Situation, b: Situation): number {
  return (
    a.incident.priority - b.incident.priority ||
    a.incident.waitingSinceAt - b.incident.waitingSinceAt ||
    a.incident.incidentId - b.incident.incidentId ||
    a.line.line - b.line.line
  );
}
