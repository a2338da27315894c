import type { AssignmentView } from '../../shared/contract/assignments.ts';
import type { Candidate } from '../../shared/contract/dispatch.ts';
import { shownCard } from '../live/card.ts';
import { assign, assignSupport, leadOf, reassign, teamName, type Choice } from './acts.ts';
import { openIncident, usualWish, useRoom } from './room.ts';

/** Teams that may be sent, best first. */
export const ranked = (candidates: readonly Candidate[]): Candidate[] =>
  candidates.filter((one) => one.rank !== null).sort((a, b) => a.rank! - b.rank!);

/** Sends a team, or gives the incident over when another one has it. */
export async function send(
  incidentId: number,
  teamId: number,
  lead: AssignmentView | undefined,
  choice: Choice = {},
): Promise<void> {
  const { wish } = useRoom.getState();
  const asked = {
    ...choice,
    ...(wish.kind && { kind: wish.kind }),
    ...(wish.supervisorId !== null && { supervisorId: wish.supervisorId }),
  };
  const done = await (wish.line > 0
    ? assignSupport(incidentId, teamId, { ...asked, line: wish.line })
    : lead
      ? reassign(lead, teamId, asked)
      : assign(incidentId, teamId, asked));
  if (done) useRoom.getState().set({ form: null, overriding: null, wish: usualWish });
}

/** The first of the ranking goes at once; any other team asks for one reason, and never more than that. */
export function chooseTeam(incidentId: number, candidate: Pick<Candidate, 'teamId' | 'rank'>): void {
  const lead = leadOf(incidentId);
  if (candidate.rank === 1) void send(incidentId, candidate.teamId, lead);
  else
    useRoom.getState().set({
      overriding: { incidentId, teamId: candidate.teamId, team: teamName(candidate.teamId) },
    });
}

/**
 * The keys 1 to 5. Nobody is sent unseen: without a card on the screen the key opens the incident. While a team has
 * it, the keys give it over only after "give to another team" was chosen.
 */
export function chooseRank(rank: number): boolean {
  const { opened, cursor, form, wish } = useRoom.getState();
  const incidentId = opened ?? cursor;
  if (incidentId === null) return false;
  const card = shownCard(incidentId, wish);
  const lead = leadOf(incidentId);
  if (opened === null || (!card && !lead)) {
    openIncident(incidentId);
    return true;
  }
  if (lead && form !== 'reassign' && wish.line === 0) return false;
  const candidate = card && ranked(card.candidates)[rank - 1];
  if (!candidate) return false;
  chooseTeam(incidentId, candidate);
  return true;
}
