import type { AssignmentView } from '../../shared/contract/assignments.ts';
import type { OverrideReason, TaskKind } from '../../shared/contract/dispatch-codes.ts';
import type { IncidentView, Priority } from '../../shared/contract/incidents.ts';
import type { Need } from '../../shared/contract/needs.ts';
import { call, type CallParts } from '../live/call.ts';
import { useLive } from '../live/store.ts';
import { perform, wordsNow } from './perform.tsx';

/*
 * What a dispatcher does, one function an act. Each is one command of the server; the undo of an act is the command
 * that compensates it. Ids are plain numbers on the screen and branded on the wire.
 */

const incidentParams = (id: number) => ({ incidentId: id }) as CallParts<'readIncident'>['params'] & object;
/** The number of an assignment as the wire wants it. */
export const assignmentParams = (id: number) =>
  ({ assignmentId: id }) as CallParts<'acceptAssignment'>['params'] & object;

/** Name by which the room speaks of a team. */
export function teamName(id: number): string {
  return useLive.getState().picture.teams.get(id)?.name ?? String(id);
}

/** The assignment that leads an incident now, if any. */
export function leadOf(incidentId: number): AssignmentView | undefined {
  return [...useLive.getState().picture.assignments.values()].find(
    (one) => one.incidentId === incidentId && one.isLead && one.endedAt === null,
  );
}

export interface Choice {
  readonly override?: OverrideReason;
  readonly text?: string;
  /** Another task than the incident says. */
  readonly kind?: TaskKind;
  /** Who answers for auxiliaries. */
  readonly supervisorId?: number;
}

function bodyOf(teamId: number, { override, text, kind, supervisorId }: Choice) {
  return {
    teamId: teamId as never,
    ...(override !== undefined && { override }),
    ...(text !== undefined && text !== '' && { text }),
    ...(kind && { kind }),
    ...(supervisorId !== undefined && { supervisorId: supervisorId as never }),
  };
}

const undoReason = () => wordsNow().console.toasts.undoReason;

/** Takes back what an act has sent; who has accepted already hears that it was undone. */
const takeBack = (id: number, state: AssignmentView['state'] | undefined) =>
  call('recallAssignment', {
    params: assignmentParams(id),
    body: { reason: state === 'offered' ? '' : undoReason() },
  });

const recallNow = async (incidentId: number): Promise<void> => {
  const lead = leadOf(incidentId);
  if (lead) await takeBack(lead.id, lead.state);
};

/** Sends a team; against the ranking with a reason. Undone by a recall. */
export function assign(incidentId: number, teamId: number, choice: Choice = {}): Promise<boolean> {
  let made: number | null = null;
  return perform({
    label: wordsNow().console.toasts.assigned({ team: teamName(teamId), incident: incidentId }),
    run: async () => {
      made = (await call('assignTeam', { params: incidentParams(incidentId), body: bodyOf(teamId, choice) }))
        .id;
    },
    undo: async () => {
      const lead = leadOf(incidentId);
      const id = lead?.id ?? made;
      if (id !== null) await takeBack(id, lead?.state);
    },
  });
}

/** Sends a team beside the lead, for a line of what the incident needs. Undone by a recall. */
export function assignSupport(
  incidentId: number,
  teamId: number,
  { line, ...choice }: Choice & { readonly line?: number } = {},
): Promise<boolean> {
  let made: AssignmentView | null = null;
  return perform({
    label: wordsNow().console.toasts.assigned({ team: teamName(teamId), incident: incidentId }),
    run: async () => {
      made = await call('assignTeam', {
        params: incidentParams(incidentId),
        body: { ...bodyOf(teamId, choice), isLead: false, ...(line !== undefined && { line }) },
      });
    },
    undo: async () => {
      if (made) await takeBack(made.id, useLive.getState().picture.assignments.get(made.id)?.state);
    },
  });
}

/** Says what an incident needs. Undone by what it needed before; without lines it is as its matter says. */
export function setNeeds(incident: IncidentView, needs: readonly Need[]): Promise<boolean> {
  const say = (lines: readonly Need[]) =>
    call('setNeeds', { params: incidentParams(incident.id), body: { needs: [...lines] } });
  return perform({
    label: wordsNow().console.toasts.needed({ incident: incident.id }),
    run: () => say(needs),
    undo: () => say(incident.needs ?? []),
  });
}

/** Gives the incident to another team. Undone by giving it back. */
export function reassign(assignment: AssignmentView, teamId: number, choice: Choice = {}): Promise<boolean> {
  const { incidentId } = assignment;
  return perform({
    label: wordsNow().console.toasts.reassigned({ team: teamName(teamId), incident: incidentId }),
    run: () =>
      call('reassignAssignment', { params: assignmentParams(assignment.id), body: bodyOf(teamId, choice) }),
    undo: async () => {
      const lead = leadOf(incidentId);
      if (lead)
        await call('reassignAssignment', {
          params: assignmentParams(lead.id),
          body: bodyOf(assignment.teamId, {
            override: 'continuity',
            text: undoReason(),
            ...(choice.kind && { kind: assignment.kind }),
            ...(assignment.supervisor && { supervisorId: assignment.supervisor.personId }),
          }),
        });
    },
  });
}

/** Takes a team back. Undone by sending it again. */
export function recall(assignment: AssignmentView, reason: string): Promise<boolean> {
  const { incidentId, teamId } = assignment;
  return perform({
    label: wordsNow().console.toasts.recalled({ team: teamName(teamId), incident: incidentId }),
    run: () => call('recallAssignment', { params: assignmentParams(assignment.id), body: { reason } }),
    undo: () =>
      call('assignTeam', {
        params: incidentParams(incidentId),
        body: bodyOf(teamId, { override: 'continuity', text: undoReason() }),
      }),
  });
}

/** Lets the engine better a choice again, or keeps the team against every automatic change. Each undoes the other. */
export function stick({ id, incidentId, teamId }: AssignmentView, manual: boolean): Promise<boolean> {
  const { toasts } = wordsNow().console;
  const to = (kept: boolean) =>
    call(kept ? 'keepAssignment' : 'releaseAssignment', { params: assignmentParams(id) });
  const who = { team: teamName(teamId), incident: incidentId };
  return perform({
    label: manual ? toasts.kept(who) : toasts.released(who),
    run: () => to(manual),
    undo: () => to(!manual),
  });
}

/** The engine chooses and goes on until somebody accepts. Undone by a recall. */
export function dispatchBySystem(incidentId: number): Promise<boolean> {
  const { toasts } = wordsNow().console;
  return perform({
    label: toasts.searching({ incident: incidentId }),
    run: () => call('dispatchIncident', { params: incidentParams(incidentId) }),
    undo: () => recallNow(incidentId),
  });
}

export function hold(incidentId: number, minutes: number, reason: string): Promise<boolean> {
  return perform({
    label: wordsNow().console.toasts.held({ incident: incidentId }),
    run: () => call('holdIncident', { params: incidentParams(incidentId), body: { minutes, reason } }),
    undo: () =>
      call('resumeIncident', { params: incidentParams(incidentId), body: { reason: undoReason() } }),
  });
}

export function prioritise(incident: IncidentView, priority: Priority): Promise<boolean> {
  const change = (to: Priority) =>
    call('prioritiseIncident', { params: incidentParams(incident.id), body: { priority: to } });
  return perform({
    label: wordsNow().console.toasts.prioritised({ incident: incident.id, priority }),
    run: () => change(priority),
    undo: () => change(incident.priority),
  });
}

export const merge = (incidentId: number, into: number): Promise<boolean> =>
  perform({
    label: wordsNow().console.toasts.merged({ incident: incidentId, into }),
    run: () => call('mergeIncident', { params: incidentParams(incidentId), body: { into: into } }),
  });

type RejectReason = 'not_exists' | 'out_of_list' | 'unclear' | 'test' | 'other';

export const reject = (incidentId: number, reason: RejectReason, text: string): Promise<boolean> =>
  perform({
    label: wordsNow().console.toasts.rejected({ incident: incidentId }),
    run: () => call('rejectIncident', { params: incidentParams(incidentId), body: { reason, text } }),
  });

export const file = (incidentId: number, matterCode: string): Promise<boolean> =>
  perform({
    label: wordsNow().console.toasts.filed({ incident: incidentId }),
    run: () => call('fileIncident', { params: incidentParams(incidentId), body: { matterCode } }),
  });

/** Confirms a doubtful place (`point` null), or moves it. Moved, it is undone by moving it back. */
export function place(
  incident: IncidentView,
  point: (CallParts<'placeIncident'>['body'] & object)['point'],
  text = '',
): Promise<boolean> {
  const { toasts } = wordsNow().console;
  const move = (to: typeof point, why: string) =>
    call('placeIncident', { params: incidentParams(incident.id), body: { point: to, text: why } });
  return perform({
    label: point ? toasts.moved({ incident: incident.id }) : toasts.placed({ incident: incident.id }),
    run: () => move(point, text),
    ...(point && {
      undo: () => move({ lng: incident.point.lng, lat: incident.point.lat, crs: 'wgs84' }, undoReason()),
    }),
  });
}

export const resume = (incidentId: number, reason: string): Promise<boolean> =>
  perform({
    label: wordsNow().console.toasts.resumed({ incident: incidentId }),
    run: () => call('resumeIncident', { params: incidentParams(incidentId), body: { reason } }),
  });

export const escalate = (incidentId: number, reason: string): Promise<boolean> =>
  perform({
    label: wordsNow().console.toasts.escalated({ incident: incidentId }),
    run: () => call('escalateIncident', { params: incidentParams(incidentId), body: { reason } }),
  });

export const acknowledge = (incidentId: number): Promise<boolean> =>
  perform({
    label: wordsNow().console.toasts.acknowledged({ incident: incidentId }),
    run: () => call('acknowledgeIncident', { params: incidentParams(incidentId) }),
  });

export const requestVerification = (incidentId: number): Promise<boolean> =>
  perform({
    label: wordsNow().console.toasts.verifying({ incident: incidentId }),
    run: () => call('requestVerification', { params: incidentParams(incidentId) }),
  });

/** Sends the nearest team but the one that handled. */
export const offerCheck = (incidentId: number): Promise<boolean> =>
  perform({
    label: wordsNow().console.toasts.checkOffered({ incident: incidentId }),
    run: () => call('offerCheck', { params: incidentParams(incidentId) }),
  });

/** The team that handled does it again. */
export const acceptRework = (incidentId: number): Promise<boolean> =>
  perform({
    label: wordsNow().console.toasts.reworking({ incident: incidentId }),
    run: () => call('acceptRework', { params: incidentParams(incidentId) }),
  });

export const sendBack = (incidentId: number, text: string): Promise<boolean> =>
  perform({
    label: wordsNow().console.toasts.sentBack({ incident: incidentId }),
    run: () => call('failCheck', { params: incidentParams(incidentId), body: { text } }),
  });

export const extend = (incidentId: number, reason: string): Promise<boolean> =>
  perform({
    label: wordsNow().console.toasts.extended({ incident: incidentId }),
    run: () => call('extendIncident', { params: incidentParams(incidentId), body: { reason } }),
  });

export const transfer = (incidentId: number, body: CallParts<'transferIncident'>['body'] & object) =>
  perform({
    label: wordsNow().console.toasts.transferred({ incident: incidentId, to: body.to }),
    run: () => call('transferIncident', { params: incidentParams(incidentId), body }),
  });

export const answerTime = (
  request: { readonly id: number; readonly incidentId: number },
  approve: boolean,
): Promise<boolean> =>
  perform({
    label: wordsNow().work.time.answered({ incident: request.incidentId }),
    run: () =>
      call('answerTime', {
        params: { requestId: request.id },
        body: { approve, text: approve ? '' : wordsNow().work.time.refusedText },
      }),
  });

export const answerAppeal = (incidentId: number, approve: boolean, text: string): Promise<boolean> =>
  perform({
    label: wordsNow().work.appeal.answered({ incident: incidentId }),
    run: () => call('answerAppeal', { params: incidentParams(incidentId), body: { approve, text } }),
  });

export const requestCheck = (incidentId: number): Promise<boolean> =>
  perform({
    label: wordsNow().console.toasts.checking({ incident: incidentId }),
    run: () => call('requestCheck', { params: incidentParams(incidentId) }),
  });

export const close = (
  incidentId: number,
  text: string,
  liability: NonNullable<IncidentView['liability']>,
): Promise<boolean> =>
  perform({
    label: wordsNow().console.toasts.closed({ incident: incidentId }),
    run: () => call('closeIncident', { params: incidentParams(incidentId), body: { text, liability } }),
  });

export const reopen = (incidentId: number, reason: string, reporterUnsatisfied: boolean): Promise<boolean> =>
  perform({
    label: wordsNow().console.toasts.reopened({ incident: incidentId }),
    run: () =>
      call('reopenIncident', { params: incidentParams(incidentId), body: { reason, reporterUnsatisfied } }),
  });

export const redispatch = (incidentId: number): Promise<boolean> =>
  perform({
    label: wordsNow().console.toasts.redispatched({ incident: incidentId }),
    run: () => call('redispatchIncident', { params: incidentParams(incidentId) }),
  });

/** A note may be written while the line is down; the call tries again by itself. */
export const note = (incidentId: number, text: string) =>
  call('noteIncident', { params: incidentParams(incidentId), body: { text } });

export const acceptProposal = (id: number, incidentId: number, teamId: number): Promise<boolean> =>
  perform({
    label: wordsNow().console.toasts.swapped({ team: teamName(teamId), incident: incidentId }),
    run: () => call('acceptProposal', { params: { proposalId: id } }),
  });

export const keepProposal = (id: number, incidentId: number): Promise<boolean> =>
  perform({
    label: wordsNow().console.toasts.keptTeam({ incident: incidentId }),
    run: () => call('keepProposal', { params: { proposalId: id } }),
  });
