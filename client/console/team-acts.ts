import type { AssignmentView } from '../../shared/contract/assignments.ts';
import { useLive } from '../live/store.ts';

import { say, wordsNow } from './perform.tsx';
import { openIncident } from './room.ts';
import { setTeamStatus, teamStep, type TeamStep } from './team-steps.ts';

/** The task that a team has in hand: the one that has gone farthest. */
export function taskOf(teamId: number): AssignmentView | undefined {
  const order = ['on_scene', 'en_route', 'accepted', 'offered'];
  return [...useLive.getState().picture.assignments.values()]
    .filter((one) => one.teamId === teamId && one.endedAt === null)
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))[0];
}

/** Notes a step on a team's word. */
export function noteStep(teamId: number, step: TeamStep): void {
  const task = taskOf(teamId);
  const name = useLive.getState().picture.teams.get(teamId)?.name ?? String(teamId);
  if (task) void teamStep(task, step);
  else say(wordsNow().console.commandLine.noTask({ team: name }), 'refused');
}

/** Out of service, or back. */
export function toggleAway(teamId: number): void {
  const away = useLive.getState().picture.teams.get(teamId)?.status === 'unavailable';
  void setTeamStatus(teamId, away ? null : 'out_of_service');
}

/** Status keys of the unit board, on the selected team; false for any other key. */
export function teamKey(code: string, teamId: number): boolean {
  if (code === 'KeyE') noteStep(teamId, 'depart');
  else if (code === 'KeyR') noteStep(teamId, 'arrive');
  else if (code === 'KeyC') noteStep(teamId, 'handle');
  else if (code === 'KeyO') toggleAway(teamId);
  else if (code === 'KeyI') {
    const task = taskOf(teamId);
    if (task) openIncident(task.incidentId);
  } else return false;
  return true;
}
