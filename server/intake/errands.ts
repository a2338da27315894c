import type { AssignmentState } from '../../shared/contract/assignments.ts';
import type { LedgerEvent } from '../../shared/contract/events.ts';
import { activeTasks } from '../dispatch/store.ts';
import { findIncidents, findMatterVersion } from '../incidents/store.ts';
import type { Deps } from '../kernel/deps.ts';

/** A task of a team as a foreign phone app is told of it: number, matter and place, nothing about a party. */
export interface Errand {
  readonly assignmentId: number;
  readonly incidentId: number;
  readonly state: AssignmentState;
  readonly name: string;
  readonly lng: number;
  readonly lat: number;
}

/** Tasks by team, read when a fact has touched the team and else taken from memory. */
export class Errands {
  readonly #deps: Deps;
  readonly #known = new Map<number, Promise<readonly Errand[]>>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  follow({ data }: LedgerEvent): void {
    const { assignment, incident } = data as {
      readonly assignment?: { readonly teamId?: number };
      readonly incident?: { readonly teamId?: number | null };
    };
    for (const teamId of [assignment?.teamId, incident?.teamId]) if (teamId) this.#known.delete(teamId);
  }

  /** What the team has to do now; rejects while the database is away. */
  of(teamId: number): Promise<readonly Errand[]> {
    const known = this.#known.get(teamId);
    if (known) return known;
    const read = this.#read(teamId);
    this.#known.set(teamId, read);
    read.catch(() => {
      if (this.#known.get(teamId) === read) this.#known.delete(teamId);
    });
    return read;
  }

  async #read(teamId: number): Promise<readonly Errand[]> {
    const { db } = this.#deps;
    const tasks = (await activeTasks(db)).filter((task) => task.team_id === teamId);
    const incidents = await findIncidents(
      db,
      tasks.map((task) => task.incident_id),
    );
    const errands: Errand[] = [];
    for (const task of tasks) {
      const version = incidents.find(({ id }) => id === task.incident_id)?.matter_version_id;
      const matter = version ? await findMatterVersion(db, version) : undefined;
      errands.push({
        assignmentId: task.id,
        incidentId: task.incident_id,
        state: task.state,
        name: `#${task.incident_id}${matter ? ` ${matter.name_zh}` : ''}`,
        lng: task.lng,
        lat: task.lat,
      });
    }
    return errands;
  }
}
