import type { Policy } from '../../contract/dispatch.ts';
import type { IncidentId } from '../../contract/ids.ts';
import type { Change } from './groups.ts';
import { compareRows, lackingOf, match } from './match.ts';
import { rematch, type Rematch } from './rematch.ts';
import { isDriving, type Situation } from './situation.ts';

/**
 * Every line of every open incident in one matrix: the leads and whoever goes beside them, against all free teams and,
 * where re-matching is on, against teams on their way. Under `all_or_nothing` an incident without a lead gets all its
 * lines or none; the least urgent gives up first. All situations share one list of teams.
 */
export function matchTogether(situations: readonly Situation[], policy: Policy, at: number): Rematch {
  const whole = policy.matching.fill === 'all_or_nothing';
  const underWay = situations[0]?.teams.some(({ assignments }) => assignments.some(isDriving)) ?? false;
  const stands = policy.rematch.mode === 'off' || !underWay;
  let posed = situations;
  for (;;) {
    const answer = stands ? filled(posed, policy, at) : rematch(posed, policy, at);
    const torn = whole ? lastTorn(posed, answer.automatic) : undefined;
    if (torn === undefined)
      return {
        automatic: answer.automatic,
        // a person is asked about leads; who goes beside one is never taken from another by a proposal
        proposals: answer.proposals.filter(({ changes }) => changes.every(({ line }) => line === 0)),
      };
    posed = posed.filter(({ incident }) => incident.incidentId !== torn);
  }
}

/** Pairs of a matching as changes of lines that have nobody. */
function filled(situations: readonly Situation[], policy: Policy, at: number): Rematch {
  const automatic = match(situations, policy, at).flatMap(({ incidentId, line, teamId, costMs }): Change[] =>
    teamId === null
      ? []
      : [{ incidentId, line, fromTeamId: null, toTeamId: teamId, etaBeforeMs: null, etaAfterMs: costMs }],
  );
  return { automatic, proposals: [] };
}

/** The least urgent incident that has no lead yet and would get some of its lines only. */
function lastTorn(situations: readonly Situation[], changes: readonly Change[]): IncidentId | undefined {
  const got = (incidentId: IncidentId) =>
    changes.filter((change) => change.incidentId === incidentId && change.toTeamId !== null).length;
  return situations
    .filter((situation) => situation.line.line === 0 && lackingOf(situation) > 0)
    .toSorted(compareRows)
    .findLast(({ incident: { incidentId } }) => {
      const lines = situations.filter(({ incident }) => incident.incidentId === incidentId);
      const wanted = lines.reduce((sum, line) => sum + lackingOf(line), 0);
      return got(incidentId) > 0 && got(incidentId) < wanted;
    })?.incident.incidentId;
}
