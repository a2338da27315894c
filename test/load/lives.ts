import { openDatabase } from '../../server/kernel/database.ts';
import type { FaultStep } from '../../server/kernel/fault.ts';
import { freshPlace, type Engine, type Place } from '../kit/database.ts';
import { addTeam, cellCentre, layGround } from '../kit/ground.ts';
import { phone, type Phone } from '../kit/town.ts';
import { Journal } from './journal.ts';
import { giveLogins } from './logins.ts';
import { loadServer, type ServerProcess } from './server-process.ts';

/** The acts at which a server is killed. */
export const killedActs = ['create', 'assign', 'accept', 'recall', 'close'] as const;
export type KilledAct = (typeof killedActs)[number];

const teams = 6;

/** A town whose server dies again and again; its people, their journal, its database. */
export interface Lives {
  readonly place: Place;
  readonly journal: Journal;
  /** Starts the next life, repeats what has no answer, and says which acknowledged acts answered otherwise. */
  begin(): Promise<{ server: ServerProcess; otherwise: string[] }>;
  /** A few acts in peace, so that there is something to spoil for the control tests. */
  rest(): Promise<void>;
  /** Brings an act to the edge, arms the kill, lets it and three bystanders run until the server is gone. */
  live(
    server: ServerProcess,
    act: KilledAct,
    at: { step: FaultStep | 'random'; passage: number },
  ): Promise<void>;
  end(): Promise<void>;
}

export async function lives(engine: Engine): Promise<Lives> {
  const place = await freshPlace(engine);
  const people = new Map<string, { personId: number; token: string }>();
  const teamIds: number[] = [];
  {
    const at = Date.now();
    const { db, close } = await openDatabase({ url: place.url, folder: place.folder });
    await layGround(db, at);
    const ids: [string, number][] = [];
    for (let i = 0; i < teams; i++) {
      const made = await addTeam(db, {
        code: `K${i}`,
        at,
        place: cellCentre(i % 4, 1),
        zoneNumbers: [1 + (i % 4)],
      });
      teamIds.push(made.teamId);
      ids.push([`team ${i}`, made.people[0]!.personId]);
    }
    for (const name of ['first', 'second']) {
      const [row] = await db('person')
        .insert({ name, display_name: name, role: 'dispatcher', created_at: new Date(at) })
        .returning('id');
      ids.push([name, row.id as number]);
    }
    const tokens = await giveLogins(
      db,
      ids.map(([, id]) => id),
      at,
    );
    for (const [i, [name, personId]] of ids.entries()) people.set(name, { personId, token: tokens[i]! });
    await close();
  }
  const phoneAt = (address: string, who: string): Phone => phone(address, { name: who, ...people.get(who)! });
  const journal = new Journal(phoneAt);
  let spare = loadServer();
  let turn = 0;

  async function create(): Promise<number | undefined> {
    turn += 1;
    const point = cellCentre(turn % 4, (turn >> 2) % 4);
    const made = await journal.act('first', 'createIncident', (key) => ({
      body: { matterCode: 'CY-01', point, crs: 'wgs84' as const, text: key },
    }));
    return made?.incident.id;
  }

  const assign = async (incidentId: number, team: number): Promise<number | undefined> =>
    (
      await journal.act('first', 'assignTeam', () => ({
        params: { incidentId },
        body: { teamId: teamIds[team] as never, override: 'order' as const },
      }))
    )?.id;

  const recall = (assignmentId: number) =>
    journal.act('first', 'recallAssignment', () => ({ params: { assignmentId }, body: { reason: 'test' } }));

  const say = (
    team: number,
    name: 'acceptAssignment' | 'departAssignment',
    assignmentId: number,
  ): Promise<unknown> => journal.act(`team ${team}`, name, () => ({ params: { assignmentId } }));

  /** Work of a whole incident up to its check; answers the number to be closed. */
  async function checked(team: number): Promise<number | undefined> {
    const incidentId = await create();
    const assignmentId = incidentId && (await assign(incidentId, team));
    if (!assignmentId) return undefined;
    const who = `team ${team}`;
    const params = { assignmentId };
    await say(team, 'acceptAssignment', assignmentId);
    await say(team, 'departAssignment', assignmentId);
    await journal.act(who, 'arriveAssignment', () => ({ params, body: { reason: 'seen' } }));
    await journal.act(who, 'handleAssignment', () => ({
      params,
      body: { disposition: 'done', liability: 'education' as const },
    }));
    await journal.act('second', 'requestCheck', () => ({ params: { incidentId } }));
    return incidentId;
  }

  /** Everything before the act is done now; the answer does the act itself. */
  async function edge(act: KilledAct): Promise<() => Promise<unknown>> {
    if (act === 'create') return create;
    if (act === 'close') {
      const incidentId = await checked(0);
      if (incidentId === undefined) return create;
      const body = { text: 'checked', liability: 'education' } as const;
      return () => journal.act('second', 'closeIncident', () => ({ params: { incidentId }, body }));
    }
    const incidentId = await create();
    if (incidentId === undefined) return create;
    if (act === 'assign') return () => assign(incidentId, 0);
    const assignmentId = await assign(incidentId, 0);
    if (assignmentId === undefined) return create;
    return act === 'accept' ? () => say(0, 'acceptAssignment', assignmentId) : () => recall(assignmentId);
  }

  /** A rival of the act that is killed: the same teams, round and round, until the server is gone. */
  async function bystander(first: number, gone: () => boolean): Promise<void> {
    for (let team = first; !gone(); team = (team + 1) % teams) {
      const incidentId = await create();
      const assignmentId = incidentId && (await assign(incidentId, team));
      if (!assignmentId) continue;
      await say(team, 'acceptAssignment', assignmentId);
      await recall(assignmentId);
    }
  }

  /** Frees the team of the next act: whatever a life left standing is called off. */
  async function tidy(address: string): Promise<void> {
    const { assignments } = await phoneAt(address, 'first').ok('readSnapshot');
    for (const { id, endedAt, state } of assignments)
      if (endedAt === null && state !== 'on_scene') await recall(id);
  }

  return {
    place,
    journal,
    async begin() {
      const server = await spare;
      spare = loadServer();
      spare.catch(() => undefined);
      const address = await server.start(place);
      journal.address = address;
      await journal.repeat();
      const otherwise: string[] = [];
      for (const act of journal.acts.slice(-6))
        if (act.outcome && act.outcome.status < 300 && !(await journal.sameAgain(act)))
          otherwise.push(`${act.name} ${act.key} answered otherwise when it was asked again`);
      await tidy(address);
      const fixedAt = new Date().toISOString();
      for (let i = 0; i < teams; i++)
        await phoneAt(address, `team ${i}`).ok('reportPositions', {
          body: { crs: 'wgs84', fixes: [{ fixedAt, ...cellCentre(i % 4, 1) }] },
        });
      return { server, otherwise };
    },
    async rest() {
      for (let team = 1; team < 4; team++) {
        const incidentId = await create();
        const assignmentId = incidentId && (await assign(incidentId, team));
        if (assignmentId) await recall(assignmentId);
      }
    },
    async live(server, act, { step, passage }) {
      const run = await edge(act);
      let gone = false;
      void server.ended.then(() => (gone = true));
      if (step !== 'random') await server.killAt(`${step}:${passage}`);
      const work = [run(), bystander(1, () => gone), bystander(2, () => gone), bystander(3, () => gone)];
      // a step that nothing passes, or a random moment: the clock decides
      const timer = setTimeout(() => server.kill(), step === 'random' ? 20 * passage : 4000);
      await server.ended;
      clearTimeout(timer);
      await Promise.all(work);
    },
    async end() {
      (await spare).kill();
      await place.discard();
    },
  };
}
