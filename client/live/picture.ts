import type { AlarmView } from '../../shared/contract/alarms.ts';
import type { Snapshot } from '../../shared/contract/api.ts';
import type { AssignmentView, ProposalView } from '../../shared/contract/assignments.ts';
import type { LedgerEvent } from '../../shared/contract/events.ts';
import type { IncidentState, IncidentView } from '../../shared/contract/incidents.ts';
import type { TeamView } from '../../shared/contract/teams.ts';

/** The live picture of the room: every open thing, as of the fact `seq`. */
export interface Picture {
  readonly seq: number;
  readonly incidents: ReadonlyMap<number, IncidentView>;
  readonly assignments: ReadonlyMap<number, AssignmentView>;
  readonly teams: ReadonlyMap<number, TeamView>;
  readonly alarms: ReadonlyMap<number, AlarmView>;
  readonly proposals: ReadonlyMap<number, ProposalView>;
  readonly dispatchMode: 'auto' | 'assist';
}

export const emptyPicture: Picture = {
  seq: 0,
  incidents: new Map(),
  assignments: new Map(),
  teams: new Map(),
  alarms: new Map(),
  proposals: new Map(),
  dispatchMode: 'assist',
};

/** States after which an incident leaves the picture. */
const ended = new Set<IncidentState>(['closed', 'rejected', 'merged', 'transferred']);

/** The picture that a snapshot holds. */
export function pictureOf(snapshot: Snapshot): Picture {
  const byId = <T extends { readonly id: number }>(rows: readonly T[]) =>
    new Map(rows.map((row) => [row.id, row]));
  return {
    seq: snapshot.seq,
    incidents: byId(snapshot.incidents),
    assignments: byId(snapshot.assignments),
    teams: byId(snapshot.teams),
    alarms: byId(snapshot.alarms),
    proposals: byId(snapshot.proposals),
    dispatchMode: snapshot.dispatchMode,
  };
}

/** The views that a fact may carry, under their fixed keys. */
interface Carried {
  readonly incident?: IncidentView;
  readonly into?: IncidentView;
  readonly assignment?: AssignmentView;
  readonly team?: TeamView;
  readonly alarm?: AlarmView;
  readonly proposal?: ProposalView;
  /** The zones of every team once new lines are in force. */
  readonly teams?: readonly { readonly teamId: number; readonly zoneIds: TeamView['zoneIds'] }[];
}

/**
 * The picture after one more fact. Pure; a fact that the picture already contains changes nothing, so facts may
 * come twice, and collections that a fact does not touch keep their identity, so that lists don't redraw.
 */
export function apply(picture: Picture, event: LedgerEvent): Picture {
  if (event.seq <= picture.seq) return picture;
  const carried = event.data as unknown as Carried;
  const { assignment, team, alarm, proposal } = carried;
  let { incidents } = picture;
  for (const incident of [carried.incident, carried.into])
    if (incident && typeof incident === 'object')
      incidents = put(incidents, incident, ended.has(incident.state));
  return {
    seq: event.seq,
    incidents,
    assignments: assignment
      ? put(picture.assignments, assignment, assignment.endedAt !== null)
      : picture.assignments,
    teams: team
      ? put(picture.teams, team, false)
      : event.type === 'edition.effective'
        ? withZones(picture.teams, carried.teams ?? [])
        : picture.teams,
    alarms: alarm ? put(picture.alarms, alarm, alarm.clearedAt !== null) : picture.alarms,
    proposals: proposal ? put(picture.proposals, proposal, proposal.endedAt !== null) : picture.proposals,
    dispatchMode: picture.dispatchMode,
  };
}

function withZones(teams: Picture['teams'], zones: NonNullable<Carried['teams']>): Picture['teams'] {
  const next = new Map(teams);
  for (const { teamId, zoneIds } of zones) {
    const team = next.get(teamId);
    if (team) next.set(teamId, { ...team, zoneIds });
  }
  return next;
}

function put<T extends { readonly id: number }>(
  rows: ReadonlyMap<number, T>,
  row: T,
  gone: boolean,
): ReadonlyMap<number, T> {
  const next = new Map(rows);
  if (gone) next.delete(row.id);
  else next.set(row.id, row);
  return next;
}
