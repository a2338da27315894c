import type { Policy, Shortfall } from '../../contract/dispatch.ts';
import type { IncidentId, TeamId } from '../../contract/ids.ts';
import { choose } from './choose.ts';
import { countLicensed, licensedMinimum, needsLicensed } from './crew.ts';
import { bitOf, failures } from './eligibility.ts';
import { etaMs } from './cost.ts';
import { evaluate } from './evaluate.ts';
import { lackingOf, match } from './match.ts';
import type { Situation } from './situation.ts';

/** What one requirement line gets: its teams, how many are lacking, and why. */
export interface LineFill {
  readonly incidentId: IncidentId;
  readonly line: number;
  readonly isLead: boolean;
  readonly teamIds: readonly TeamId[];
  readonly lacking: number;
  readonly shortfall: readonly Shortfall[];
}

/**
 * Fills the requirement lines of one incident together, no team twice. Under `all_or_nothing` one lacking
 * team leaves every line empty. Claims go in order of team id, so that two incidents cannot block each other.
 */
export function fillLines(
  situations: readonly Situation[],
  policy: Policy,
  at: number,
): { fills: LineFill[]; claims: TeamId[] } {
  const pairs = match(situations, policy, at);
  const whole = pairs.every(({ teamId }) => teamId !== null);
  const keep = whole || policy.matching.fill === 'partial';
  const found = (line: number) => !pairs.some((pair) => pair.line === line && pair.teamId === null);
  const fills = situations
    .map((situation) => {
      const { incident, line } = situation;
      const teamIds = keep
        ? pairs.flatMap((pair) => (pair.line === line.line && pair.teamId !== null ? [pair.teamId] : []))
        : [];
      const lacking = lackingOf(situation) - teamIds.length;
      return {
        incidentId: incident.incidentId,
        line: line.line,
        isLead: line.line === 0,
        teamIds: teamIds.toSorted((a, b) => a - b),
        lacking,
        shortfall:
          lacking === 0
            ? []
            : keep || !found(line.line)
              ? shortfallOf(situation, policy, at)
              : others(lacking),
      };
    })
    .toSorted((a, b) => a.line - b.line);
  return { fills, claims: fills.flatMap(({ teamIds }) => teamIds).toSorted((a, b) => a - b) };
}

/** The line itself could be filled: it waits for the others. */
const others = (teams: number): Shortfall[] => [{ code: 'lines_lacking', teams, only: teams }];

/** Why a line lacks teams: the reasons of the teams that cannot go; when all that can go went, they are busy. */
function shortfallOf(situation: Situation, policy: Policy, at: number): readonly Shortfall[] {
  const { shortfall, ranking } = choose(evaluate(situation, policy, at));
  return ranking.length > 0
    ? [{ code: 'teams_busy', teams: ranking.length, only: ranking.length }]
    : shortfall;
}

/** Two teams that have two licensed officers together, and when both could be there. */
export interface Combination {
  readonly teamIds: readonly [TeamId, TeamId];
  readonly etaSeconds: number;
}

const licenceBits = bitOf('licences_few') | bitOf('licence_expired') | bitOf('licence_foreign');

/**
 * When no team has two licensed officers free: the two teams that have them together and meet soonest at the
 * scene. A proposal only; nothing that needs two officers may begin before both have arrived.
 */
export function combineTeams(situation: Situation, policy: Policy, at: number): Combination | null {
  if (!needsLicensed(situation.line.taskKind) || situation.line.taskKind === 'coerce') return null;
  const { teams, line, incident } = situation;
  const masks = teams.map((_, index) => failures(situation, index, policy, at));
  if (masks.includes(0)) return null;
  const halves = teams
    .map((team, index) => ({ team, index, licensed: countLicensed(team, line, incident, at, false) }))
    .filter(({ index, licensed }) => licensed > 0 && (masks[index]! & ~licenceBits) === 0)
    .map((half) => ({ ...half, eta: etaMs(situation, half.index, policy, at) }))
    .toSorted((a, b) => a.eta - b.eta || a.team.number - b.team.number);
  for (let later = 1; later < halves.length; later++) {
    const second = halves[later]!;
    const first = halves.slice(0, later).find((half) => half.licensed + second.licensed >= licensedMinimum);
    if (first)
      return { teamIds: [first.team.teamId, second.team.teamId], etaSeconds: Math.round(second.eta / 1000) };
  }
  return null;
}
