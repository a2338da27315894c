import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { engines } from '../../kit/database.ts';
import { room, type Room } from './scene-kit.ts';

describe.each(engines().slice(-1))("a person's choice [%s]", (engine) => {
  let here: Room;
  beforeEach(async () => {
    here = await room(engine);
  });
  afterEach(() => here.town.close());

  const tryAssign = (incidentId: number, teamId: number, more: object = {}) =>
    here.dispatcher.call('assignTeam', {
      params: { incidentId },
      body: { teamId: teamId, ...more },
    });

  test('another team than the first needs a reason; the reason and the ranking are stored', async () => {
    const near = await here.team('N1', 0, 0);
    const far = await here.team('N2', 1, 1);
    const incidentId = await here.incident(0, 0);
    const bare = await tryAssign(incidentId, far.teamId);
    expect([bare.status, bare.problem.code]).toEqual([422, 'override_missing']);
    const wordless = await tryAssign(incidentId, far.teamId, { override: 'other' });
    expect([wordless.status, wordless.problem.code]).toEqual([422, 'reason_missing']);
    const given = await tryAssign(incidentId, far.teamId, { override: 'language', text: 'dialect' });
    expect(given.output).toMatchObject({ manual: true, state: 'offered' });
    expect(await here.decisions(incidentId)).toMatchObject([
      {
        kind: 'manual',
        actor: here.dispatcher.personId,
        override: { againstTeamId: near.teamId, chosenRank: 2, reason: 'language', text: 'dialect' },
      },
    ]);
    const twice = await tryAssign(incidentId, near.teamId);
    expect([twice.status, twice.problem.code]).toEqual([409, 'incident_taken']);
    expect(twice.problem.detail).toMatchObject({ teamCode: 'N2', by: here.dispatcher.name });
  });

  test('rules of law and a full slot cannot be overridden, missing kit and an old fix can', async () => {
    const few = await here.team('N1', 0, 0, { licensed: 1, auxiliaries: 2 });
    const dark = await here.team('N2', 0, 1, { fixAgeSeconds: 1300 });
    const incidentId = await here.incident(0, 0);
    const law = await tryAssign(incidentId, few.teamId, { override: 'order' });
    expect([law.status, law.problem.code]).toEqual([409, 'team_ineligible']);
    expect(law.problem.detail).toMatchObject({ codes: ['licences_few'] });
    const aide = await tryAssign(incidentId, few.teamId, {
      override: 'order',
      kind: 'secure',
      isLead: false,
    });
    expect(aide.output).toMatchObject({ kind: 'secure', isLead: false });
    expect((await tryAssign(incidentId, dark.teamId)).problem.code).toBe('override_missing');
    expect((await tryAssign(incidentId, dark.teamId, { override: 'position_wrong' })).status).toBe(200);
    const other = await here.incident(1, 1);
    const full = await tryAssign(other, dark.teamId, { override: 'order' });
    expect([full.status, full.problem.code]).toEqual([409, 'team_taken']);
    expect(full.problem.detail).toMatchObject({ incidentIds: [incidentId] });
    const nobody = await tryAssign(other, 999_999);
    expect([nobody.status, nobody.problem.code]).toEqual([404, 'team_unknown']);
  });

  test('a recall before the answer is silent and the team may be chosen again; after it it needs a reason', async () => {
    const crew = await here.team('N1', 0, 0);
    const incidentId = await here.incident(0, 0);
    const first = await here.assign(incidentId, crew);
    const undone = await here.dispatcher.ok('recallAssignment', { params: { assignmentId: first.id } });
    expect(undone).toMatchObject({ state: 'withdrawn', reason: 'recalled' });
    expect(await here.state(incidentId)).toBe('filed');
    await here.town.advance(3000);
    expect(await here.lead(incidentId)).toBeUndefined();
    expect(await here.alarms()).toEqual([]);
    const again = await here.assign(incidentId, crew);
    await here.accept(crew, again.id);
    const params = { assignmentId: again.id };
    const bare = await here.dispatcher.call('recallAssignment', { params });
    expect([bare.status, bare.problem.code]).toEqual([422, 'reason_missing']);
    await here.dispatcher.ok('recallAssignment', { params, body: { reason: 'needed elsewhere' } });
    expect((await tryAssign(incidentId, crew.teamId)).problem.code).toBe('override_missing');
  });

  test('a choice against the ranking is sticky until it is released', async () => {
    const near = await here.team('N1', 3, 3);
    const far = await here.team('N2', 0, 0);
    const quiet = await here.incident(3, 0, 'CY-17');
    const chosen = await here.assign(quiet, far, 'order');
    await here.accept(far, chosen.id);
    const busy = await here.assign(await here.incident(3, 3), near);
    await here.accept(near, busy.id);
    await near.phone.ok('departAssignment', { params: { assignmentId: busy.id } });
    await near.phone.ok('arriveAssignment', { params: { assignmentId: busy.id } });
    const urgent = await here.incident(0, 0, 'FD-01');
    const { assignment } = await here.dispatcher.ok('dispatchIncident', { params: { incidentId: urgent } });
    expect(assignment, 'the only driving team was chosen by a person').toBeNull();
    const params = { assignmentId: chosen.id };
    await here.dispatcher.ok('releaseAssignment', { params });
    await here.dispatcher.ok('keepAssignment', { params });
    const kept = await here.dispatcher.ok('dispatchIncident', { params: { incidentId: urgent } });
    expect(kept.assignment, 'released and kept again').toBeNull();
    await here.dispatcher.ok('releaseAssignment', { params });
    const taken = await here.dispatcher.ok('dispatchIncident', { params: { incidentId: urgent } });
    expect(taken.assignment).toMatchObject({ teamId: far.teamId });
    expect(await here.state(quiet)).toBe('filed');
  });

  test('a P1 takes a driving team from a lower one, which is decided again at the same instant', async () => {
    const driving = await here.team('N1', 0, 0);
    const quiet = await here.incident(3, 0, 'CY-17');
    const held = await here.assign(quiet, driving);
    await here.accept(driving, held.id);
    const spare = await here.team('N2', 3, 3, { zoneNumbers: [4] });
    const urgent = await here.incident(0, 1, 'FD-01');
    const card = await here.dispatcher.ok('recommendTeams', { params: { incidentId: urgent } });
    expect(card.candidates[0]).toMatchObject({ teamId: driving.teamId, preempts: quiet });
    const taken = await here.assign(urgent, driving);
    expect(taken).toMatchObject({ teamId: driving.teamId, state: 'offered' });
    expect(await here.lead(quiet)).toMatchObject({ teamId: spare.teamId, state: 'offered' });
    const { timeline } = await here.dispatcher.ok('readIncident', { params: { incidentId: quiet } });
    expect(timeline.at(-2)).toMatchObject({ type: 'assignment.withdrawn', data: { reason: 'preempted' } });
  });

  test('reassigning gives the incident to another team in one act', async () => {
    const near = await here.team('N1', 0, 0);
    const far = await here.team('N2', 1, 1);
    const incidentId = await here.incident(0, 0);
    const first = await here.assign(incidentId, near);
    await here.accept(near, first.id);
    const body = { teamId: far.teamId as never };
    const params = { assignmentId: first.id };
    expect(await here.dispatcher.ok('reassignAssignment', { params, body })).toMatchObject({
      teamId: far.teamId,
      state: 'offered',
    });
    const again = await here.dispatcher.call('reassignAssignment', { params, body });
    expect([again.status, again.problem.code]).toEqual([409, 'offer_ended']);
  });

  test('arrival away from the place needs a reason; another team may not answer; auxiliaries accept no task of officers', async () => {
    const crew = await here.team('N1', 0, 0, { auxiliaries: 1 });
    const stranger = await here.team('N2', 3, 3);
    const aide = await here.town.signIn('N1-3');
    const { id } = await here.assign(await here.incident(1, 1), crew);
    const params = { assignmentId: id };
    const foreign = await stranger.phone.call('acceptAssignment', { params });
    expect(foreign.problem.code).toBe('action_forbidden');
    const helped = await aide.call('acceptAssignment', { params });
    expect(helped.problem).toMatchObject({ code: 'guard_unmet', detail: { guard: 'task_auxiliary' } });
    await here.accept(crew, id);
    expect(await here.accept(crew, id), 'said twice').toMatchObject({ state: 'accepted' });
    await crew.phone.ok('departAssignment', { params });
    const away = await crew.phone.call('arriveAssignment', { params });
    expect([away.status, away.problem.code]).toEqual([422, 'reason_missing']);
    await crew.phone.ok('arriveAssignment', { params, body: { reason: 'road closed, on foot' } });
  });

  test('the settings are versioned by their hash and refused when they contradict themselves', async () => {
    const head = await here.town.person('head');
    const before = await head.ok('readPolicy');
    expect(before.version).toBe(0);
    const policy = { ...before.policy, ownFirstCapSeconds: 60 };
    const reason = '邻片区支援更快';
    const after = await head.ok('proposePolicy', { body: { policy, reason } });
    expect(after).toMatchObject({ version: 1, state: 'proposed', proposedBy: head.personId });
    expect(after.hash).not.toBe(before.hash);
    expect((await head.ok('readPolicy')).version, 'the old one rules').toBe(0);
    const params = { version: 1 };
    const alone = await head.call('approvePolicy', { params });
    expect([alone.status, alone.problem.code]).toEqual([409, 'approver_involved']);
    const second = await here.town.person('administrator');
    expect(await second.ok('approvePolicy', { params })).toMatchObject({ state: 'in_force' });
    expect((await second.call('approvePolicy', { params })).problem.code).toBe('policy_decided');
    expect((await head.ok('readPolicy')).version).toBe(1);
    const same = await head.call('proposePolicy', { body: { policy, reason } });
    expect(same.problem.code).toBe('policy_unchanged');
    const wrong = { ...policy, fresh: { liveSeconds: 30, recentSeconds: 20, darkSeconds: 600 } };
    const refused = await head.call('proposePolicy', { body: { policy: wrong, reason } });
    expect([refused.status, refused.problem.code, refused.problem.errors?.[0]?.path]).toEqual([
      422,
      'policy_invalid',
      'body.policy.fresh',
    ]);
    const forbidden = await here.dispatcher.call('proposePolicy', { body: { policy, reason } });
    expect(forbidden.status).toBe(403);
    const crew = await here.team('N1', 0, 0);
    const offered = await here.assign(await here.incident(0, 0), crew);
    expect(offered.state).toBe('offered');
    const records = await here.decisions(offered.incidentId);
    expect(records[0]).toMatchObject({ policyHash: after.hash });
    const { decisions } = await here.dispatcher.ok('listDecisions', {
      params: { incidentId: offered.incidentId },
    });
    expect(decisions[0]!.policyVersion).toBe(1);
  });

  test('approved settings wait for their time; until then the old ones rule, and a later withdrawal leaves them', async () => {
    const head = await here.town.person('head');
    const second = await here.town.person('administrator');
    const { policy } = await head.ok('readPolicy');
    const at = (minutes: number) => new Date(here.town.now() + minutes * 60_000).toISOString();
    const wish = (capacity: 1 | 2, minutes: number) =>
      head.ok('proposePolicy', {
        body: { policy: { ...policy, capacity }, effectiveAt: at(minutes), reason: '节日前后' },
      });
    const crew = await here.team('N1', 0, 0);
    const capacity = async () =>
      (await here.dispatcher.ok('readSnapshot')).teams.find(({ id }) => id === crew.teamId)!.capacity;
    const [busy, usual] = [await wish(2, 10), await wish(1, 20)];
    for (const { version } of [busy, usual]) await second.ok('approvePolicy', { params: { version } });
    const unapproved = await wish(1, 5);
    expect((await head.ok('listPolicies')).policies.map(({ version, state }) => [version, state])).toEqual([
      [unapproved.version, 'proposed'],
      [usual.version, 'scheduled'],
      [busy.version, 'scheduled'],
    ]);
    await here.town.advance(6 * 60_000, 60_000);
    expect([(await head.ok('readPolicy')).version, await capacity()]).toEqual([0, 1]);
    await here.town.advance(5 * 60_000, 60_000);
    expect([(await head.ok('readPolicy')).version, await capacity()]).toEqual([busy.version, 2]);
    const params = { version: usual.version };
    await second.ok('withdrawPolicy', { params, body: { reason: '延长' } });
    await here.town.advance(10 * 60_000, 60_000);
    expect([(await head.ok('readPolicy')).version, await capacity()], 'withdrawn').toEqual([busy.version, 2]);
    const late = await second.call('withdrawPolicy', {
      params: { version: busy.version },
      body: { reason: '晚' },
    });
    expect(late.problem.code).toBe('policy_decided');
    const told = await here.town.deps.db('event').whereLike('type', 'policy.%').orderBy('seq').pluck('type');
    expect(told).toEqual([
      'policy.proposed',
      'policy.proposed',
      'policy.approved',
      'policy.approved',
      'policy.proposed',
      'policy.changed',
      'policy.withdrawn',
    ]);
  });
});
