import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiBase } from '../../../shared/contract/routes.ts';
import { engines } from '../../kit/database.ts';
import { addTeam, cellCentre } from '../../kit/ground.ts';
import { town, type Phone, type TestTown } from '../../kit/town.ts';
import { loadServer, type ServerProcess } from '../../load/server-process.ts';
import { Console, until } from './console.ts';

/** Two server processes on one PostgreSQL serve one town: facts, places and decisions cross by the database alone. */
describe.runIf(engines().includes('postgresql'))('two processes, one town', () => {
  let here: TestTown;
  let other: ServerProcess;
  let otherAddress: string;
  let dispatcher: Phone;
  let officer: Phone;
  let teamId: number;

  beforeAll(async () => {
    here = await town('postgresql', Date.now());
    dispatcher = await here.person('dispatcher');
    const made = await addTeam(here.deps.db, { code: 'P1', at: here.now(), place: cellCentre(1, 1) });
    teamId = made.teamId;
    officer = await here.signIn('P1-1');
    other = await loadServer();
    otherAddress = await other.start({ url: here.databaseUrl!, folder: here.deps.config.DATA_FOLDER });
  }, 120_000);
  afterAll(async () => {
    await other.stop();
    await here.close();
  });

  const body = { matterCode: 'CY-01', point: cellCentre(1, 1), crs: 'wgs84' } as const;
  const dispatchThere = async (incidentId: number): Promise<number> => {
    const response = await fetch(`${otherAddress}${apiBase}/incidents/${incidentId}/dispatch`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${dispatcher.token}`,
        'content-type': 'application/json',
        'idempotency-key': here.deps.newId(),
      },
      body: '{}',
    });
    return response.status;
  };

  test('a console of one sees in order what is decided in the other', async () => {
    const console_ = await new Console(otherAddress, dispatcher.token).connected();
    const { incident } = await dispatcher.ok('createIncident', { body });
    await until(() => console_.events.some(({ type }) => type === 'incident.filed'));
    const [reported, filed] = console_.events.filter(({ subject }) => subject === `incident/${incident.id}`);
    expect([reported!.type, filed!.type]).toEqual(['incident.reported', 'incident.filed']);
    expect(filed!.seq).toBe(reported!.seq + 1);
    console_.close();
  });

  test('a fix that comes in here is in the frames there', async () => {
    const console_ = await new Console(otherAddress, dispatcher.token).connected();
    const place = { lng: cellCentre(3, 2).lng, lat: cellCentre(3, 2).lat };
    // the other process lives by the clock on the wall
    await here.advance(Date.now() - here.now(), 1e9);
    await officer.ok('reportPositions', {
      body: {
        crs: 'wgs84',
        fixes: [{ fixedAt: new Date(here.now()).toISOString(), ...place, accuracyMetres: 5 }],
      },
    });
    const seen = (kind: 0 | 1, id: number) =>
      console_.frames.some((frame) =>
        Array.from(frame.id).some(
          (one, i) => one === id && frame.isTeam[i] === kind && Math.abs(frame.lng[i]! - place.lng) < 1e-5,
        ),
      );
    await expect
      .poll(() => [seen(0, officer.personId), seen(1, teamId)], { timeout: 30_000 })
      .toEqual([true, true]);
    console_.close();
  }, 60_000);

  test('both dispatch the same incident at once: one team is asked, once; the loser is told', async () => {
    const { incident } = await dispatcher.ok('createIncident', { body });
    const params = { incidentId: incident.id };
    const [ours, theirs] = await Promise.all([
      dispatcher.call('dispatchIncident', { params }),
      dispatchThere(incident.id),
    ]);
    expect([ours.status, theirs].toSorted((a, b) => a - b)).toEqual([200, 409]);
    const { assignments } = await dispatcher.ok('readIncident', { params });
    expect(assignments.filter(({ endedAt }) => endedAt === null)).toHaveLength(1);
  });
});
