import { addTeam, cellCentre, placeTeam } from '../../kit/ground.ts';
import { town, type Phone, type TestTown } from '../../kit/town.ts';
import type { Engine } from '../../kit/database.ts';
import type { AssignmentView } from '../../../shared/contract/assignments.ts';
import type { DecisionRecord, Policy } from '../../../shared/contract/dispatch.ts';

/** Teams by name at the centre of a cell, each with two licensed officers; `phone` is the leader's. */
export interface Crew {
  readonly teamId: number;
  readonly phone: Phone;
}

/** A town with a dispatcher and helpers that read as sentences. */
export interface Room {
  readonly town: TestTown;
  readonly dispatcher: Phone;
  team(code: string, x: number, y: number, options?: Partial<Parameters<typeof addTeam>[1]>): Promise<Crew>;
  /** Files an incident at the centre of a cell; answers its number. */
  incident(x: number, y: number, matterCode?: string): Promise<number>;
  assign(incidentId: number, crew: Crew, override?: 'order'): Promise<AssignmentView>;
  /** The active lead of an incident. */
  lead(incidentId: number): Promise<AssignmentView | undefined>;
  state(incidentId: number): Promise<string>;
  /** Alarms that stand, by kind. */
  alarms(): Promise<string[]>;
  /** Moves a team's fix to a place, as of now. */
  move(crew: Crew, x: number, y: number): Promise<void>;
  /** Renews the fix of every team where it stands. */
  freshen(): Promise<void>;
  policy(change: (policy: Policy) => void): Promise<void>;
  decisions(incidentId: number): Promise<DecisionRecord[]>;
  accept(crew: Crew, assignmentId: number): Promise<AssignmentView>;
}

export async function room(engine: Engine): Promise<Room> {
  const place = await town(engine);
  const dispatcher = await place.person('dispatcher');
  const head = await place.person('head');
  const administrator = await place.person('administrator');
  const { db } = place.deps;
  return {
    town: place,
    dispatcher,
    async team(code, x, y, options = {}) {
      const made = await addTeam(db, { code, at: place.now(), place: cellCentre(x, y), ...options });
      return { teamId: made.teamId, phone: await place.signIn(`${code}-1`) };
    },
    async incident(x, y, matterCode = 'CY-01') {
      const body = { matterCode, point: cellCentre(x, y), crs: 'wgs84' } as const;
      return (await dispatcher.ok('createIncident', { body })).incident.id;
    },
    assign: (incidentId, { teamId }, override) =>
      dispatcher.ok('assignTeam', {
        params: { incidentId },
        body: { teamId: teamId, ...(override && { override }) },
      }),
    async lead(incidentId) {
      const { assignments } = await dispatcher.ok('readIncident', { params: { incidentId } });
      return assignments.find(({ isLead, endedAt }) => isLead && endedAt === null);
    },
    async state(incidentId) {
      return (await dispatcher.ok('readIncident', { params: { incidentId } })).incident.state;
    },
    async alarms() {
      return (await dispatcher.ok('readSnapshot')).alarms.map(({ kind }) => kind).toSorted();
    },
    async move({ teamId, phone }, x, y) {
      await placeTeam(db, teamId, phone.personId, cellCentre(x, y), place.now());
    },
    async freshen() {
      await db.raw('update team_latest set fix_at = ?', [new Date(place.now())]);
    },
    async policy(change) {
      const { policy } = await head.ok('readPolicy');
      change(policy);
      const { version } = await head.ok('proposePolicy', {
        body: { policy, reason: 'as the test wants it' },
      });
      await administrator.ok('approvePolicy', { params: { version } });
    },
    async decisions(incidentId) {
      const { decisions } = await dispatcher.ok('listDecisions', { params: { incidentId } });
      return decisions.map(({ record }) => record);
    },
    accept: ({ phone }, assignmentId) => phone.ok('acceptAssignment', { params: { assignmentId } }),
  };
}
