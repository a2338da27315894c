import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AlarmKind } from '../../../shared/contract/alarms.ts';
import { engines } from '../../kit/database.ts';
import { cellCentre } from '../../kit/ground.ts';
import { room, type Crew, type Room } from './scene-kit.ts';

/** What stands on the console as a card or an alarm, when the situation behind it goes on or changes. */
describe.each(engines().slice(-1))('cards that tell the truth [%s]', (engine) => {
  let here: Room;
  beforeEach(async () => {
    here = await room(engine);
  });
  afterEach(() => here.town.close());

  const drive = async (incidentId: number, crew: Crew, override?: 'order'): Promise<number> => {
    const { id } = await here.assign(incidentId, crew, override);
    await here.accept(crew, id);
    await crew.phone.ok('departAssignment', { params: { assignmentId: id } });
    return id;
  };
  const proposals = async () => (await here.dispatcher.ok('readSnapshot')).proposals;
  const alarm = async (kind: AlarmKind) =>
    (await here.dispatcher.ok('readSnapshot')).alarms.find((one) => one.kind === kind)!;
  const stand = async (seconds: number) => {
    for (let passed = 0; passed < seconds; passed += 10) {
      await here.town.advance(10_000, 10_000);
      await here.freshen();
    }
  };
  const urgent = (x: number, y: number) => here.incident(x, y, 'FD-01');
  const dispatch = (incidentId: number) => here.dispatcher.ok('dispatchIncident', { params: { incidentId } });

  test('a stall that was acknowledged calls again at the next stage; without one it stays silent', async () => {
    const crew = await here.team('N1', 0, 0);
    await drive(await here.incident(3, 3), crew);
    await stand(270);
    const called = await alarm('team_stalled');
    await here.dispatcher.ok('acknowledgeAlarm', { params: { alarmId: called.id } });
    await stand(30);
    expect((await alarm('team_stalled')).acknowledgedAt, 'control').not.toBeNull();
    await stand(120);
    const again = await alarm('team_stalled');
    expect(again).toMatchObject({ id: called.id, acknowledgedAt: null, detail: { stage: 'proposal' } });
  });

  test('a search that finds nobody a second time calls a second time', async () => {
    await here.policy((policy) => {
      policy.mode = 'auto';
    });
    const incidentId = await urgent(1, 1);
    const { id } = await alarm('offers_exhausted');
    await here.dispatcher.ok('acknowledgeAlarm', { params: { alarmId: id } });
    const crew = await here.team('N1', 0, 0);
    while (!(await here.lead(incidentId))) await here.town.advance(10_000, 10_000);
    expect((await alarm('offers_exhausted')).acknowledgedAt, 'control').not.toBeNull();
    const params = { assignmentId: (await here.lead(incidentId))!.id };
    await crew.phone.ok('declineAssignment', { params, body: { reason: 'vehicle' } });
    expect(await alarm('offers_exhausted')).toMatchObject({ id, acknowledgedAt: null });
  });

  test('the card of a team that stands still comes back for as long as it stands', async () => {
    const crew = await here.team('N1', 0, 0);
    const incidentId = await here.incident(3, 3);
    await drive(incidentId, crew);
    await stand(270);
    const other = await here.team('N2', 0, 0);
    await stand(120);
    const [first] = await proposals();
    await stand(400);
    const [second] = await proposals();
    expect(second).toMatchObject({ kind: 'give', incidentId, toTeamId: other.teamId });
    expect(second!.id).toBeGreaterThan(first!.id);
    await here.dispatcher.ok('keepProposal', { params: { proposalId: second!.id } });
    await stand(400);
    expect(await proposals(), 'kept is silent').toEqual([]);
  });

  test('a busy team that is proposed leaves its incident, which looks for another at once', async () => {
    await here.policy((policy) => {
      policy.rematch.mode = 'off';
    });
    const far = await here.team('N1', 0, 0);
    const incidentId = await urgent(3, 3);
    await drive(incidentId, far);
    const near = await here.team('N2', 3, 0, { zoneNumbers: [2] });
    const quiet = await here.incident(0, 3, 'CY-17');
    await drive(quiet, near);
    await stand(20);
    const [card] = await proposals();
    expect(card).toMatchObject({ kind: 'swap', toTeamId: near.teamId, otherIncidentId: quiet });
    const done = await here.dispatcher.ok('acceptProposal', { params: { proposalId: card!.id } });
    expect(done.outcome).toBe('accepted');
    expect((await here.lead(incidentId))?.teamId).toBe(near.teamId);
    expect((await here.lead(quiet))?.teamId, 'the freed one takes what was left').toBe(far.teamId);
  });

  test('a P1 that only a team sent by hand could reach: a card with both sides, silent when kept', async () => {
    const crew = await here.team('N1', 0, 0);
    await here.team('N2', 3, 3);
    const quiet = await here.incident(3, 3, 'CY-17');
    await drive(quiet, crew, 'order');
    const spare = await here.dispatcher.ok('readSnapshot');
    const other = spare.teams.find(({ code }) => code === 'N2')!;
    await here.town.deps.db('team').where({ id: other.id }).update({ on_duty: false });
    const incidentId = await urgent(1, 0);
    await dispatch(incidentId);
    const [card] = await proposals();
    expect(card).toMatchObject({
      kind: 'preempt',
      incidentId,
      toTeamId: crew.teamId,
      otherIncidentId: quiet,
      gainSeconds: null,
    });
    expect(card!.etaSeconds).toBeGreaterThan(0);
    await here.dispatcher.ok('keepProposal', { params: { proposalId: card!.id } });
    await stand(120);
    await here.dispatcher.call('dispatchIncident', { params: { incidentId } });
    expect(await proposals()).toEqual([]);
  });

  test('a P1 takes none of several teams by itself; what is proposed is the lead, never a team beside it', async () => {
    const [lead, beside] = [await here.team('N1', 0, 0), await here.team('N2', 0, 0)];
    const quiet = await here.incident(3, 3, 'CY-17');
    await drive(quiet, lead);
    const support = await here.dispatcher.ok('assignTeam', {
      params: { incidentId: quiet },
      body: { teamId: beside.teamId, isLead: false, override: 'order' },
    });
    await here.accept(beside, support.id);
    const incidentId = await urgent(0, 1);
    const { assignment } = await dispatch(incidentId);
    expect(assignment).toBeNull();
    expect(await proposals()).toMatchObject([{ kind: 'preempt', incidentId, toTeamId: lead.teamId }]);
  });

  test('"busy elsewhere" ends with the work there, also for the card and the search', async () => {
    const crew = await here.team('N1', 0, 0, { capacity: 2 });
    await here.policy((policy) => {
      policy.capacity = 2;
    });
    const held = await drive(await here.incident(0, 0), crew);
    await crew.phone.ok('arriveAssignment', { params: { assignmentId: held }, body: { reason: 'radio' } });
    const incidentId = await here.incident(1, 0);
    const { assignment } = await dispatch(incidentId);
    const params = { assignmentId: assignment!.id };
    await crew.phone.ok('declineAssignment', { params, body: { reason: 'on_scene_elsewhere' } });
    const reasons = async () => {
      const { candidates } = await here.dispatcher.ok('recommendTeams', { params: { incidentId } });
      return candidates[0]!.reasons.map(({ code }) => code);
    };
    expect(await reasons(), 'control').toContain('offer_declined');
    await crew.phone.ok('handleAssignment', {
      params: { assignmentId: held },
      body: { disposition: 'done', liability: 'none' },
    });
    expect(await reasons()).not.toContain('offer_declined');
  });

  test('a raised priority wakes the search at the next tick', async () => {
    await here.policy((policy) => {
      policy.mode = 'auto';
    });
    const crew = await here.team('N1', 0, 0);
    const quiet = await here.incident(3, 3, 'CY-17');
    await here.accept(crew, (await here.lead(quiet))!.id);
    const incidentId = await here.incident(1, 0);
    expect(await here.lead(incidentId)).toBeUndefined();
    await here.dispatcher.ok('prioritiseIncident', { params: { incidentId }, body: { priority: 1 } });
    await here.town.advance(1000);
    expect((await here.lead(incidentId))?.teamId).toBe(crew.teamId);
  });

  test('a team behind a closed road is not the nearest: it cannot come', async () => {
    const { db } = here.town.deps;
    const places = [cellCentre(0, 1), cellCentre(0, 0), cellCentre(1, 0), cellCentre(3, 0)];
    await db('road_node').insert(places.map(({ lng, lat }, i) => ({ id: i + 1, lng, lat })));
    for (const [i, from, to] of [
      [1, places[0]!, places[1]!],
      [2, places[1]!, places[2]!],
      [3, places[2]!, places[3]!],
    ] as const)
      await db('road').insert({
        id: i,
        source: i,
        target: i + 1,
        class: 'residential',
        kmh: 30,
        length_metres: i < 3 ? 1000 : 2000,
        geom: `SRID=4326;LINESTRING(${from.lng} ${from.lat}, ${to.lng} ${to.lat})`,
      });
    const near = await here.team('N1', 0, 0);
    const far = await here.team('N2', 3, 0, { zoneNumbers: [2] });
    const incidentId = await here.incident(1, 0);
    const judged = async () =>
      (await here.dispatcher.ok('recommendTeams', { params: { incidentId } })).candidates;
    expect((await judged())[0]!.teamId, 'control').toBe(near.teamId);
    await here.dispatcher.ok('createClosure', {
      body: { name: '桥', roadIds: [2], reason: '施工', from: new Date(here.town.now()).toISOString() },
    });
    const [first, cut] = await judged();
    expect(first!.teamId).toBe(far.teamId);
    expect(cut).toMatchObject({ teamId: near.teamId, reasons: [{ code: 'access_blocked' }] });
  });
});
