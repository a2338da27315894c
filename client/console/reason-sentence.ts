import type { Candidate, Rejection, Shortfall } from '../../shared/contract/dispatch.ts';
import { formatAge, formatClock, formatMetres } from '../words/format.ts';
import { labelOf } from '../words/label.ts';
import type { Words } from '../words/words.tsx';

/** Why a team cannot go, in one sentence with the figures that show it. `nameOf` names people. */
export function rejectionSentence(
  rejection: Rejection,
  words: Words,
  nameOf: (personId: number) => string,
): string {
  const say = words.detail.rejection;
  const cause = causeOf(rejection, words);
  const code = words.codes.rejection[rejection.code];
  const reason = cause === undefined ? code : say.cause({ reason: code, cause });
  const { have, need, missing, ageSeconds, metres, untilAt, with: incidents, members } = rejection;
  if (missing && missing.length > 0) return say.missing({ reason, missing: missing.join(', ') });
  if (members && members.length > 0)
    return say.members({ reason, members: members.map((id) => nameOf(id)).join(', ') });
  if (incidents && incidents.length > 0) return say.busy({ reason, incidents: incidents.join(', ') });
  if (ageSeconds !== undefined) return say.age({ reason, age: formatAge(ageSeconds) });
  if (metres !== undefined) return say.metres({ reason, distance: formatMetres(metres) });
  if (untilAt !== undefined) return say.until({ reason, clock: formatClock(untilAt) });
  if (have !== undefined && need !== undefined) return say.have({ reason, have, need });
  return reason;
}

/** What is behind a reason, where it names something; a joint operation is named by its title. */
function causeOf({ code, cause }: Rejection, { codes, detail }: Words): string | undefined {
  if (cause === undefined || code === 'team_reserved') return cause;
  if (code === 'team_unavailable') return labelOf(codes.unavailableReason, cause);
  const known = { ...codes.declineReason, ...detail.rejection.causes };
  return cause in known ? labelOf(known, cause) : undefined;
}

/** Why nobody can go, one reason with the teams that it stops. */
export const shortfallSentence = ({ code, teams, only }: Shortfall, words: Words): string =>
  teams === 0 || code === 'lines_lacking'
    ? words.codes.shortfall[code]
    : words.detail.card.shortfall({ reason: words.codes.shortfall[code], teams, only });

/** All reasons against a team, one after the other. */
export const whyNot = (candidate: Candidate, words: Words, nameOf: (personId: number) => string): string =>
  candidate.reasons.map((reason) => rejectionSentence(reason, words, nameOf)).join(' · ');
