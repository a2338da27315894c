import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Need } from '../../../shared/contract/needs.ts';
import { rerun } from '../../../shared/rules/dispatch/record.ts';
import { verifyChain } from '../../../server/audit/chain.ts';
import { cellCentre } from '../../kit/ground.ts';
import { engines } from '../../kit/database.ts';
import { room, type Room } from './scene-kit.ts';

/** Nobody can go: that is decided, explained, kept and chained as an offer is. */
describe.each(engines())('a decision without a team [%s]', (engine) => {
  let here: Room;
  beforeEach(async () => {
    here = await room(engine);
  });
  afterEach(() => here.town.close());

  const queued = async (incidentId: number) =>
    (await here.dispatcher.ok('readIncident', { params: { incidentId } })).timeline.filter(
      ({ type }) => type === 'incident.queued',
    );

  test('is kept with every team and its reasons, replays to the same bytes, and stands in the chain', async () => {
    const crew = await here.team('N1', 0, 0, { licensed: 1 });
    const incidentId = await here.incident(0, 0);
    await here.dispatcher.ok('dispatchIncident', { params: { incidentId } });
    const [record, ...others] = await here.decisions(incidentId);
    expect(others).toEqual([]);
    expect(record!.result).toMatchObject({ teamId: null, shortfall: [{ code: 'licences_few', teams: 1 }] });
    expect(record!.candidates).toMatchObject([{ teamId: crew.teamId, reasons: [{ code: 'licences_few' }] }]);
    const [fact] = await queued(incidentId);
    const { db } = here.town.deps;
    const row = await db('decision').where({ incident_id: incidentId }).first('id', 'body', 'situation');
    expect(fact!.data).toMatchObject({ line: 0, decisionId: Number(row.id) });
    expect(rerun(row.situation as string)).toBe(row.body);
    expect((await verifyChain(db)).faults).toEqual([]);
    // control: a word changed afterwards is found
    await db.raw('alter table decision disable trigger user');
    await db('decision')
      .where({ id: row.id })
      .update({ body: `${row.body} ` });
    expect((await verifyChain(db)).faults).toEqual([expect.stringContaining(`decision ${row.id}`)]);
  });

  test('for somebody who goes and looks too: a report to verify, a result that its own team may not check', async () => {
    const { db } = here.town.deps;
    await here.team('N1', 0, 0);
    await db('team').update({ on_duty: false });
    const body = {
      matterCode: 'CY-01',
      point: cellCentre(0, 0),
      crs: 'wgs84',
      source: 'hotline_12345',
    } as const;
    const reported = (await here.dispatcher.ok('createIncident', { body: { ...body, file: false } })).incident
      .id;
    await here.dispatcher.ok('requestVerification', { params: { incidentId: reported } });
    const [record, ...others] = await here.decisions(reported);
    expect(others).toEqual([]);
    expect(record).toMatchObject({
      incident: { taskKind: 'verify' },
      result: { teamId: null, shortfall: [{ code: 'teams_absent' }] },
    });
    expect((await queued(reported)).map(({ data }) => data)).toMatchObject([{ kind: 'verify', line: null }]);
    await db('team').update({ on_duty: true });
    const crew = await here.team('N2', 0, 0);
    await db('team').whereNot({ id: crew.teamId }).update({ on_duty: false });
    const incidentId = await here.incident(0, 0);
    const { id: assignmentId } = await here.assign(incidentId, crew);
    await here.accept(crew, assignmentId);
    const params = { assignmentId };
    await crew.phone.ok('departAssignment', { params });
    await crew.phone.ok('arriveAssignment', { params, body: { reason: '到场' } });
    await crew.phone.ok('handleAssignment', { params, body: { disposition: '已整改', liability: 'none' } });
    await here.dispatcher.ok('requestCheck', { params: { incidentId } });
    await here.dispatcher.ok('offerCheck', { params: { incidentId } });
    const last = (await here.decisions(incidentId)).at(-1)!;
    expect([last.incident.taskKind, last.result.teamId]).toEqual(['check', null]);
    expect(last.candidates).toMatchObject([{ reasons: [{ code: 'offer_declined', cause: 'handled' }] }]);
    expect((await verifyChain(db)).faults).toEqual([]);
  });

  test('a team whose only fixes are faked is not called dark; control: without a word from its phone it is', async () => {
    const { db } = here.town.deps;
    const crew = await here.team('N1', 0, 0);
    const incidentId = await here.incident(0, 0);
    await db('team_latest').where({ team_id: crew.teamId }).delete();
    const reasons = async () =>
      (await here.dispatcher.ok('recommendTeams', { params: { incidentId } })).candidates[0]!.reasons;
    expect(await reasons()).toEqual([{ code: 'position_dark', cause: 'fix_absent' }]);
    await db('contact').insert({
      person_id: crew.phone.personId,
      contacted_at: new Date(here.town.now()),
      doubt: 'mock',
    });
    expect(await reasons()).toEqual([{ code: 'position_mock' }]);
  });

  test('is told once while nothing changes, for the lead and for a line beside it', async () => {
    await here.team('N1', 0, 0);
    const incidentId = await here.incident(0, 0);
    const handle: Need = { kind: 'handle', count: 1, skills: [], kit: [] };
    await here.dispatcher.ok('setNeeds', {
      params: { incidentId },
      body: { needs: [handle, { ...handle, kit: ['拖车'] }] },
    });
    await here.dispatcher.ok('dispatchIncident', { params: { incidentId } });
    await here.town.advance(30_000, 5000);
    expect((await queued(incidentId)).map(({ data }) => (data as { line: number }).line)).toEqual([1]);
    const [lead, line] = await here.decisions(incidentId);
    expect([lead!.result.teamId === null, line!.result.teamId, line!.incident.line]).toEqual([
      false,
      null,
      1,
    ]);
    expect(line!.result.shortfall.map(({ code }) => code)).toContain('kit_missing');
  });
});
