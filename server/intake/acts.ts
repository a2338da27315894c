import type { Knex } from 'knex';
import { distanceMetres } from '../../shared/rules/distance.ts';
import { lngLat, type LngLat } from '../../shared/contract/geo.ts';
import { eventsOfType } from '../audit/store.ts';
import { findPersonById } from '../auth/store.ts';
import { assignmentView, findAssignment } from '../dispatch/store.ts';
import { readIncidentView } from '../incidents/store.ts';
import type { Deps } from '../kernel/deps.ts';
import { Refused } from '../kernel/refused.ts';
import { transact, type Actor, type Tx } from '../kernel/transact.ts';
import { findDutyOn } from '../teams/store-duty.ts';

/** A call for help with the place of the phone; given by the dispatch room. */
export type RaiseSos = (
  tx: Tx,
  call: {
    incidentId: null;
    place: { lng: number; lat: number; crs: 'wgs84'; accuracyMetres: number | null } | null;
  },
) => Promise<unknown>;

/** How long an act is tried again. */
const patienceMs = 600_000;
/** Acts that may wait for the database at once; beyond it the oldest is given up. */
const waitingLimit = 1000;

interface Waiting {
  readonly personId: number;
  readonly work: (tx: Tx) => Promise<unknown>;
  readonly since: number;
}

/**
 * What phones ask for beside their position. A phone has heard 200 by then and never asks again, so an act that the
 * database could not take is kept and tried with each tick.
 */
export class PhoneActs {
  readonly #deps: Deps;
  readonly #raiseSos: RaiseSos;
  readonly #waiting = new Map<string, Waiting>();
  /** Calls that were taken: a repeated message is no second call. */
  readonly #sos = new Map<number, number>();

  constructor(deps: Deps, raiseSos: RaiseSos) {
    this.#deps = deps;
    this.#raiseSos = raiseSos;
  }

  /** SOS of a person at an instant of the phone; told twice it is one call. */
  sos(personId: number, saidAt: number, place: (LngLat & { accuracyMetres: number | null }) | null) {
    if ((this.#sos.get(personId) ?? Number.NEGATIVE_INFINITY) >= saidAt) return Promise.resolve();
    this.#sos.set(personId, saidAt);
    return this.#do(`sos/${personId}`, personId, (tx) =>
      this.#raiseSos(tx, {
        incidentId: null,
        place: place && {
          lng: place.lng,
          lat: place.lat,
          crs: 'wgs84',
          accuracyMetres: place.accuracyMetres,
        },
      }),
    );
  }

  /** The phone crossed the fence round the scene of a task. */
  arrival(personId: number, assignmentId: number, point: LngLat | null) {
    return this.#do(`arrival/${assignmentId}`, personId, (tx) => suggestArrival(tx, assignmentId, point));
  }

  /** Does what had to wait. */
  async tick(): Promise<void> {
    // what has to wait again goes back into the list
    const waiting = [...this.#waiting];
    for (const [key, { personId, work, since }] of waiting) await this.#do(key, personId, work, since);
  }

  async #do(
    key: string,
    personId: number,
    work: (tx: Tx) => Promise<unknown>,
    since = this.#deps.now(),
  ): Promise<void> {
    this.#waiting.delete(key);
    try {
      const actor = await actorOf(this.#deps.db, personId);
      if (actor) await transact(this.#deps, actor, work);
    } catch (error) {
      this.#deps.log.warn({ error, key }, 'a phone asked for something that cannot be done now');
      if (error instanceof Refused || this.#deps.now() - since > patienceMs) return;
      this.#waiting.set(key, { personId, work, since });
      const [oldest] = this.#waiting.keys();
      if (this.#waiting.size > waitingLimit && oldest !== undefined) this.#waiting.delete(oldest);
    }
  }
}

/** The person as whom a phone acts: with the team of the present duty. */
async function actorOf(db: Knex, personId: number): Promise<Actor | undefined> {
  const person = await findPersonById(db, personId);
  if (!person?.active) return undefined;
  const duty = await findDutyOn(db, personId);
  return {
    kind: 'person',
    id: person.id,
    name: person.display_name,
    role: person.role,
    teamId: duty?.team_id ?? null,
  };
}

/** A fence that was left and entered again suggests nothing new; a task that ended or arrived neither. */
async function suggestArrival(tx: Tx, assignmentId: number, point: LngLat | null): Promise<void> {
  const row = await findAssignment(tx.db, assignmentId);
  if (!row || row.team_id !== tx.actor.teamId || !['accepted', 'en_route'].includes(row.state)) return;
  const subject = `incident/${row.incident_id}`;
  const said = await eventsOfType(tx.db, 'arrival.suggested', { subject, since: Date.parse(row.offered_at) });
  if (said.some(({ data }) => data.assignment.id === assignmentId)) return;
  const incident = await readIncidentView(tx.db, row.incident_id);
  tx.announce('arrival.suggested', subject, {
    incident,
    assignment: assignmentView(row),
    metres:
      point === null
        ? null
        : Math.round(distanceMetres(point, lngLat(incident.point.lng, incident.point.lat))),
  });
}
