import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Need } from '../../../shared/contract/needs.ts';
import { canGo } from '../../../server/dispatch/changes.ts';
import type { TeamRow } from '../../../server/teams/store.ts';
import { engines } from '../../kit/database.ts';
import { room, type Crew, type Room } from './scene-kit.ts';

test('a plan gives no team more tasks than it has slots, free or freed by the same plan', () => {
  const teams = new Map([[1, { on_duty: true, free_slots: [2] } as TeamRow]]);
  const to = (toTeamId: number | null, fromTeamId: number | null = null) => ({ fromTeamId, toTeamId });
  expect(canGo([to(1)], teams)).toBe(true);
  expect(canGo([to(1), to(1)], teams)).toBe(false);
  expect(canGo([to(1), to(1), to(null, 1)], teams)).toBe(true);
});

describe.each(engines().slice(-1))('looking at the town together [%s]', (engine) => {
  let here: Room;
  beforeEach(async () => {
    here = await room(engine);
  });
  afterEach(() => here.town.close());

  const go = async (incidentId: number, crew: Crew): Promise<number> => {
    const { id } = await here.assign(incidentId, crew);
    await here.accept(crew, id);
    await crew.phone.ok('departAssignment', { params: { assignmentId: id } });
    return id;
  };
  const finish = async (crew: Crew, assignmentId: number): Promise<void> => {
    const params = { assignmentId };
    await crew.phone.ok('arriveAssignment', { params, body: { reason: 'radio' } });
    await crew.phone.ok('handleAssignment', { params, body: { disposition: 'done', liability: 'none' } });
  };
  const proposals = async () => (await here.dispatcher.ok('readSnapshot')).proposals;

  test('incidents that wait together get their teams together, each the one that suits all best', async () => {
    const a = await here.team('N1', 0, 0, { onDuty: false });
    const b = await here.team('N2', 3, 3, { onDuty: false });
    const one = await here.incident(3, 2);
    const two = await here.incident(1, 0);
    for (const incidentId of [one, two])
      await here.dispatcher.ok('dispatchIncident', { params: { incidentId } });
    const second = [await here.town.signIn('N1-2'), await here.town.signIn('N2-2')];
    for (const phone of [a.phone, b.phone, ...second]) await phone.ok('setDuty', { body: { on: true } });
    await here.town.advance(1000);
    expect((await here.lead(one))?.teamId).toBe(b.teamId);
    expect((await here.lead(two))?.teamId).toBe(a.teamId);
    expect((await here.decisions(one)).at(-1)?.kind).toBe('match');
  });

  test('incidents that wait together share the trucks by the least way, leads and lines in one look', async () => {
    const handle: Need = { kind: 'handle', count: 1, skills: [], kit: [] };
    const tow: Need = { kind: 'assist', count: 1, skills: [], kit: ['拖车'] };
    const crews = [
      await here.team('N1', 0, 0, { onDuty: false }),
      await here.team('N2', 3, 3, { onDuty: false }),
      await here.team('N3', 2, 2, { onDuty: false, kit: ['拖车'] }),
      await here.team('N4', 0, 1, { onDuty: false, kit: ['拖车'] }),
    ] as const;
    const [far, near] = [await here.incident(3, 2), await here.incident(1, 0)];
    for (const incidentId of [far, near]) {
      await here.dispatcher.ok('setNeeds', { params: { incidentId }, body: { needs: [handle, tow] } });
      await here.dispatcher.ok('dispatchIncident', { params: { incidentId } });
    }
    for (const [i, { phone }] of crews.entries())
      for (const each of [phone, await here.town.signIn(`N${i + 1}-2`)])
        await each.ok('setDuty', { body: { on: true } });
    await here.town.advance(1000);
    const active = async (incidentId: number) =>
      (await here.dispatcher.ok('readIncident', { params: { incidentId } })).assignments.map((one) => [
        one.teamId,
        one.line,
        one.kind,
      ]);
    const [a, b, c, d] = crews;
    expect(await active(far)).toEqual([
      [b.teamId, 0, 'handle'],
      [c.teamId, 1, 'assist'],
    ]);
    expect(await active(near)).toEqual([
      [a.teamId, 0, 'handle'],
      [d.teamId, 1, 'assist'],
    ]);
    const kinds = (await here.decisions(near)).map(({ kind, incident: { line } }) => [kind, line]);
    expect(kinds).toEqual(
      expect.arrayContaining([
        ['match', 0],
        ['match', 1],
      ]),
    );
  });

  test('a freed team takes the waiting incident by urgency and age, not by number', async () => {
    const crew = await here.team('N1', 0, 0);
    const held = await go(await here.incident(0, 0), crew);
    const quiet = await here.incident(1, 0, 'CY-17');
    const urgent = await here.incident(0, 1, 'CY-01');
    for (const incidentId of [quiet, urgent])
      await here.dispatcher.ok('dispatchIncident', { params: { incidentId } });
    await finish(crew, held);
    await here.town.advance(1000);
    expect((await here.lead(urgent))?.teamId).toBe(crew.teamId);
    expect(await here.lead(quiet)).toBeUndefined();
  });

  describe('a joint operation', () => {
    const plan = async (incidentId: number) => {
      const head = await here.town.person('head');
      const operation = await head.ok('planJointOperation', {
        body: {
          title: '夜市综合查一次',
          initiator: '镇政府',
          participants: ['市场监管所'],
          ground: 'checks_at_once',
          plan: '一起查',
          startsAt: new Date(here.town.now()).toISOString(),
          endsAt: new Date(here.town.now() + 7_200_000).toISOString(),
          incidentId,
        },
      });
      const params = { operationId: operation.id };
      const results = ['镇政府', '市场监管所'].map((organ) => ({ object: '夜市', organ, result: '查毕' }));
      return () => head.ok('endJointOperation', { params, body: { results } });
    };

    test('leaves its team to nobody, not to a P1 either; control: when it is over the P1 takes it', async () => {
      const crew = await here.team('N1', 0, 1);
      const held = await here.incident(3, 3, 'CY-17');
      await go(held, crew);
      const end = await plan(held);
      const urgent = await here.incident(0, 0, 'FD-01');
      const dispatched = () => here.dispatcher.ok('dispatchIncident', { params: { incidentId: urgent } });
      expect((await dispatched()).assignment).toBeNull();
      expect(await proposals()).toMatchObject([
        { kind: 'preempt', incidentId: urgent, otherIncidentId: held },
      ]);
      expect((await here.lead(held))?.teamId).toBe(crew.teamId);
      await end();
      expect((await dispatched()).assignment).toMatchObject({ teamId: crew.teamId });
    });

    test('is not handed over by itself to a nearer team; control: when it is over it is', async () => {
      await here.policy((policy) => {
        policy.rematch.mode = 'automatic';
      });
      const crew = await here.team('N1', 0, 0);
      const held = await here.incident(3, 0);
      await go(held, crew);
      const end = await plan(held);
      const near = await here.team('N2', 3, 1, { zoneNumbers: [2] });
      const appear = async () => {
        await here.freshen();
        await near.phone.ok('setDuty', { body: { on: false } });
        await near.phone.ok('setDuty', { body: { on: true } });
        await here.town.advance(1000);
      };
      await appear();
      expect((await here.lead(held))?.teamId).toBe(crew.teamId);
      await end();
      await appear();
      expect((await here.lead(held))?.teamId).toBe(near.teamId);
    });
  });

  test('a team on its way is bettered by proposal: accepted with one key, or kept and then silent', async () => {
    const far = await here.team('N1', 0, 0);
    const incidentId = await here.incident(3, 0);
    const first = await go(incidentId, far);
    const near = await here.team('N2', 3, 1, { zoneNumbers: [2] });
    await near.phone.ok('setDuty', { body: { on: false } });
    await near.phone.ok('setDuty', { body: { on: true } });
    await here.town.advance(1000);
    const [shown] = await proposals();
    expect(shown).toMatchObject({
      kind: 'swap',
      incidentId,
      assignmentId: first,
      fromTeamId: far.teamId,
      toTeamId: near.teamId,
    });
    expect(shown!.gainSeconds).toBeGreaterThan(120);
    expect((await here.lead(incidentId))?.teamId, 'a person decides').toBe(far.teamId);
    await here.dispatcher.ok('keepProposal', { params: { proposalId: shown!.id } });
    await here.freshen();
    await here.town.advance(240_000, 10_000);
    await here.freshen();
    await here.town.advance(70_000, 10_000);
    expect(await proposals()).toEqual([]);
    const ended = await here.dispatcher.call('acceptProposal', { params: { proposalId: shown!.id } });
    expect([ended.status, ended.problem.code]).toEqual([409, 'proposal_ended']);
  });

  test('accepting a proposal moves the team and tells the one that turns back', async () => {
    const far = await here.team('N1', 0, 0);
    const incidentId = await here.incident(3, 0);
    await go(incidentId, far);
    const near = await here.team('N2', 3, 1, { zoneNumbers: [2] });
    await near.phone.ok('setDuty', { body: { on: false } });
    await near.phone.ok('setDuty', { body: { on: true } });
    await here.town.advance(1000);
    const [shown] = await proposals();
    const accepted = await here.dispatcher.ok('acceptProposal', { params: { proposalId: shown!.id } });
    expect(accepted.outcome).toBe('accepted');
    expect(await here.lead(incidentId)).toMatchObject({ teamId: near.teamId, state: 'offered' });
    expect((await here.decisions(incidentId)).at(-1)).toMatchObject({
      kind: 'switch',
      result: {
        before: [{ incidentId, teamId: far.teamId }],
        after: [{ incidentId, teamId: near.teamId }],
      },
    });
  });

  test('an offer that nobody has answered moves by itself to a team that is much nearer', async () => {
    const far = await here.team('N1', 0, 0);
    const incidentId = await here.incident(3, 0);
    await here.assign(incidentId, far);
    const near = await here.team('N2', 3, 1, { zoneNumbers: [2] });
    await near.phone.ok('setDuty', { body: { on: false } });
    await near.phone.ok('setDuty', { body: { on: true } });
    await here.town.advance(1000);
    expect(await here.lead(incidentId)).toMatchObject({ teamId: near.teamId, state: 'offered' });
  });

  test('a team that stands still is asked about, then another one is proposed; moving clears it', async () => {
    const crew = await here.team('N1', 0, 0);
    const incidentId = await here.incident(3, 3);
    const id = await go(incidentId, crew);
    const stand = async (seconds: number) => {
      for (let passed = 0; passed < seconds; passed += 10) {
        await here.town.advance(10_000, 10_000);
        await here.freshen();
      }
    };
    await stand(120);
    expect(await here.alarms()).toEqual([]);
    await stand(180);
    const { alarms } = await here.dispatcher.ok('readSnapshot');
    expect(alarms).toMatchObject([{ kind: 'team_stalled', teamId: crew.teamId, incidentId }]);
    expect(alarms[0]!.detail).toMatchObject({ assignmentId: id, state: 'stalled' });
    const other = await here.team('N2', 0, 0);
    await stand(120);
    expect(await proposals()).toMatchObject([{ kind: 'give', incidentId, toTeamId: other.teamId }]);
    await here.move(crew, 1, 1);
    await here.town.advance(30_000, 10_000);
    expect(await here.alarms()).toEqual([]);
  });

  test('a team without a fix is dark, not retreating', async () => {
    const crew = await here.team('N1', 0, 0);
    await go(await here.incident(3, 3), crew);
    await here.town.advance(300_000, 10_000);
    expect(await here.alarms()).toEqual(['team_dark']);
  });

  test('an urgent incident calls until somebody acknowledges it', async () => {
    const { output } = await here.dispatcher.call('createIncident', {
      body: { matterCode: 'FD-01', point: { lng: 121.43, lat: 29.97 }, crs: 'wgs84' },
    });
    expect(await here.alarms()).toEqual(['incident_urgent']);
    await here.dispatcher.ok('acknowledgeIncident', { params: { incidentId: output.incident.id } });
    await here.town.advance(2000);
    expect(await here.alarms()).toEqual([]);
    const quiet = await here.incident(1, 1);
    const params = { incidentId: quiet };
    await here.dispatcher.ok('prioritiseIncident', { params, body: { priority: 2 } });
    await here.town.advance(1000);
    const [alarm] = (await here.dispatcher.ok('readSnapshot')).alarms;
    expect(alarm).toMatchObject({ kind: 'incident_urgent', incidentId: quiet });
    const on = { alarmId: alarm!.id };
    const shelved = await here.dispatcher.ok('shelveAlarm', { params: on, body: { minutes: 5 } });
    expect(shelved.shelvedUntil).not.toBeNull();
    const seen = await here.dispatcher.ok('acknowledgeAlarm', { params: on });
    expect(seen.acknowledgedBy).toBe(here.dispatcher.personId);
  });
});
