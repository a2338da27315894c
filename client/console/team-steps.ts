import type { AssignmentView } from '../../shared/contract/assignments.ts';
import type { UnavailableReason } from '../../shared/contract/teams.ts';
import { call, type CallParts } from '../live/call.ts';
import { useLive } from '../live/store.ts';
import { assignmentParams, teamName } from './acts.ts';
import { perform, wordsNow } from './perform.tsx';

const teamParams = (id: number) => ({ teamId: id }) as CallParts<'setTeamStatus'>['params'] & object;

/** What a team may report by radio, noted by the dispatcher. */
export type TeamStep = 'accept' | 'depart' | 'arrive' | 'handle';

const stepOrder = ['offered', 'accepted', 'en_route', 'on_scene'] as const;

/**
 * Brings an assignment to the reported step; steps in between that nobody reported are noted too, since the machine
 * knows no leap. Handling needs a result; who is liable is settled at the check.
 */
export async function reportStep(
  assignment: AssignmentView,
  step: TeamStep,
  disposition: string,
): Promise<void> {
  const params = assignmentParams(assignment.id);
  const at = stepOrder.indexOf(assignment.state as (typeof stepOrder)[number]);
  const until = { accept: 1, depart: 2, arrive: 3, handle: 4 }[step];
  if (at < 1 && until >= 1) await call('acceptAssignment', { params });
  if (at < 2 && until >= 2) await call('departAssignment', { params });
  if (at < 3 && until >= 3) await call('arriveAssignment', { params, body: {} });
  if (until === 4) await call('handleAssignment', { params, body: { disposition, liability: 'none' } });
}

export function teamStep(assignment: AssignmentView, step: TeamStep): Promise<boolean> {
  const words = wordsNow().console;
  const team = teamName(assignment.teamId);
  return perform({
    label: words.toasts.teamStep({ team, step: words.units.steps[step] }),
    run: () => reportStep(assignment, step, words.commandLine.handled),
  });
}

/** Takes a team out of service or back. Undone by the opposite. */
export function setTeamStatus(teamId: number, away: UnavailableReason | null, text = ''): Promise<boolean> {
  const words = wordsNow();
  const before = useLive.getState().picture.teams.get(teamId)?.unavailableReason ?? null;
  const send = (reason: UnavailableReason | null) =>
    call('setTeamStatus', {
      params: teamParams(teamId),
      body: { status: reason === null ? 'available' : 'unavailable', ...(reason && { reason }), text },
    });
  const status = away === null ? words.codes.teamStatus.available : words.codes.unavailableReason[away];
  return perform({
    label: words.console.toasts.teamStatus({ team: teamName(teamId), status }),
    run: () => send(away),
    undo: () => send(before),
  });
}
