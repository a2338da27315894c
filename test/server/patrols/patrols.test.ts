import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { firstChecklists } from '../../../server/patrols/checklists.ts';
import { engines } from '../../kit/database.ts';
import { addTeam, cellCentre } from '../../kit/ground.ts';
import { town, type Phone, type TestTown } from '../../kit/town.ts';
import { catalogue } from '../enforcement/file-kit.ts';

test('every item of the lists names a matter of the catalogue, or none', () => {
  const codes = new Set(catalogue.map(({ code }) => code));
  const items = firstChecklists().flatMap((one) => one.items);
  expect(items).toHaveLength(22);
  expect(items.filter(({ matterCode }) => matterCode !== null && !codes.has(matterCode))).toEqual([]);
});

describe.each(engines())('rounds over the grid [%s]', { timeout: 120_000 }, (engine) => {
  let place: TestTown;
  let officer: Phone;
  let mate: Phone;
  let stranger: Phone;
  let dispatcher: Phone;

  beforeAll(async () => {
    place = await town(engine);
    dispatcher = await place.person('dispatcher');
    await addTeam(place.deps.db, { code: 'A1', at: place.now(), place: cellCentre(0, 0), zoneNumbers: [1] });
    await addTeam(place.deps.db, { code: 'B1', at: place.now(), place: cellCentre(3, 3), zoneNumbers: [4] });
    await addTeam(place.deps.db, { code: 'C1', at: place.now(), place: cellCentre(2, 0), zoneNumbers: [2] });
    officer = await place.signIn('A1-1');
    mate = await place.signIn('A1-2');
    stranger = await place.signIn('B1-1');
  });
  afterAll(() => place.close());

  const site = (x: number, y: number) => ({
    siteType: 'residential',
    siteName: '民权小区',
    place: { ...cellCentre(x, y), crs: 'wgs84' as const },
  });

  test('planned cells of the own zone, answers, a fault becomes an incident with its link, coverage', async () => {
    const round = await officer.ok('startPatrol', { body: {} });
    expect(round.cells).toHaveLength(4); // zone 1 is 2 x 2 cells
    expect(round.coverage).toBe(0);
    expect((await officer.call('startPatrol', { body: {} })).problem.code).toBe('patrol_running');
    const params = { patrolId: round.id };
    await place.advance(600_000, 600_000);
    const answered = await officer.ok('answerSite', {
      params,
      body: {
        ...site(1, 0),
        answers: [
          { item: 'fire_lane', answer: 'fault', note: '一辆面包车' },
          { item: 'hydrant', answer: 'ok' },
          { item: 'stairs_charging', answer: 'not_applicable' },
        ],
      },
    });
    expect(answered.coverage).toBe(0.25);
    const [visit] = answered.visits;
    expect(visit?.answers.map(({ item, answer }) => [item, answer])).toEqual([
      ['fire_lane', 'fault'],
      ['hydrant', 'ok'],
      ['stairs_charging', 'not_applicable'],
    ]);
    const incidentId = visit!.answers[0]!.incidentId!;
    const { incident } = await officer.ok('readIncident', { params: { incidentId } });
    expect(incident).toMatchObject({
      source: 'patrol',
      state: 'reported',
      matterCode: 'FD-01',
      zoneNumber: 1,
    });
    expect(incident.text).toContain('一辆面包车');
    expect(visit!.answers.slice(1).map(({ incidentId: none }) => none)).toEqual([null, null]);
    // the partner goes on with it, somebody else does not
    const more = {
      ...site(0, 1),
      siteName: '竺巷小区',
      answers: [{ item: 'hydrant', answer: 'ok' as const }],
    };
    await mate.ok('answerSite', { params, body: more });
    expect((await stranger.call('answerSite', { params, body: more })).problem.code).toBe('action_forbidden');
    // what was answered last time is offered
    const earlier = await officer.ok('readEarlierAnswers', {
      query: { siteType: 'residential', siteName: '民权小区' },
    });
    expect(earlier.visit?.answers[0]).toMatchObject({ item: 'fire_lane', answer: 'fault' });
    // the walker passed a third cell without answering anything there
    const at = new Date(place.now() - 60_000);
    const fix = cellCentre(0, 0);
    await place.deps.db('position').insert({
      person_id: officer.personId,
      fixed_at: at,
      received_at: at,
      lng: fix.lng,
      lat: fix.lat,
      source: 'gnss',
    });
    const ended = await officer.ok('endPatrol', { params });
    expect(ended.coverage).toBe(0.75);
    expect(ended.cells.filter(({ visitedAt }) => visitedAt === null).map(({ cellCode }) => cellCode)).toEqual(
      [
        '330205103018006', // column 1, row 1
      ],
    );
    expect((await officer.call('answerSite', { params, body: more })).problem.code).toBe('patrol_ended');
  });

  test('wrong items and places are refused and leave nothing', async () => {
    const { id } = await officer.ok('startPatrol', { body: { cellIds: [] } });
    const params = { patrolId: id };
    const answers = [{ item: 'hydrant', answer: 'ok' as const }];
    const code = async (body: object) =>
      (await officer.call('answerSite', { params, body: { ...site(0, 0), answers, ...body } })).problem.code;
    expect(await code({ answers: [{ item: 'moat', answer: 'ok' }] })).toBe('field_unknown');
    expect(await code({ answers: [...answers, ...answers] })).toBe('field_unknown');
    expect(await code({ siteType: 'airport' })).toBe('checklist_unknown');
    expect(await code({ place: { lng: 121, lat: 30 } })).toBe('crs_missing');
    expect((await officer.ok('readPatrol', { params })).visits).toEqual([]);
    expect(await code({})).toBeUndefined(); // control
    await officer.ok('endPatrol', { params });
  });

  test('a checklist is changed by a new version; answers keep the one they were given by', async () => {
    const planner = await place.person('planner');
    const params = { siteType: 'residential' };
    const item = { code: 'gate', textZh: '门禁正常', textEn: 'Gate works', matterCode: null };
    const body = { nameZh: '住宅小区', nameEn: 'Housing estate', items: [item] };
    expect((await officer.call('changeChecklist', { params, body })).status).toBe(403);
    const strange = { ...body, items: [{ ...item, matterCode: 'XX-99' }] };
    expect((await planner.call('changeChecklist', { params, body: strange })).problem.code).toBe(
      'matter_unknown',
    );
    expect((await planner.ok('changeChecklist', { params, body })).version).toBe(2);
    const { checklists } = await officer.ok('listChecklists');
    expect(checklists.find(({ siteType }) => siteType === 'residential')).toMatchObject({
      version: 2,
      items: [item],
    });
    expect(checklists).toHaveLength(5);
    const { patrols } = await dispatcher.ok('listPatrols');
    expect(patrols.flatMap(({ visits }) => visits.map((visit) => visit.checklistVersion))).toEqual([1, 1, 1]);
  });

  test('self-found against reported, in the period and by zone; an empty denominator is no number', async () => {
    const report = (source: 'hotline_12345' | 'dispatcher', x: number) =>
      dispatcher.ok('createIncident', {
        body: { matterCode: 'CY-01', point: cellCentre(x, 0), crs: 'wgs84', source },
      });
    await report('hotline_12345', 0);
    await report('hotline_12345', 2);
    await report('hotline_12345', 2);
    const trial = await report('hotline_12345', 2);
    await dispatcher.ok('rejectIncident', {
      params: { incidentId: trial.incident.id },
      body: { reason: 'test' },
    });
    await report('dispatcher', 2);
    const query = {
      from: new Date(place.now() - 86_400_000).toISOString(),
      to: new Date(place.now() + 1000).toISOString(),
    };
    const shares = await dispatcher.ok('measureFindings', { query });
    expect(shares.total).toEqual({ ownFound: 1, reported: 3, selfFoundRate: 0.25 });
    expect(
      shares.rows.map(({ ownFound, reported, selfFoundRate }) => [ownFound, reported, selfFoundRate]),
    ).toEqual([
      [1, 1, 0.5],
      [0, 2, 0],
    ]);
    expect(shares.coverage).toEqual({ planned: 8, visited: 4, patrolCoverage: 0.5 });
    const empty = await dispatcher.ok('measureFindings', {
      query: { from: '2020-01-01T00:00:00.000Z', to: '2020-02-01T00:00:00.000Z' },
    });
    expect(empty).toMatchObject({
      rows: [],
      total: { ownFound: 0, reported: 0, selfFoundRate: null },
      coverage: { patrolCoverage: null },
    });
  });

  test('a round walked without a network and told after the shift: nothing is refused, every time is true', async () => {
    const walked = await place.signIn('C1-1');
    const began = place.now();
    await place.advance(7_200_000, 7_200_000);
    await walked.ok('setDuty', { body: { on: false } });
    const at = (minutes: number) => new Date(began + minutes * 60_000).toISOString();
    const round = await walked.ok('startPatrol', { body: { doneAt: at(5) } });
    expect([round.startedAt, round.cells.length]).toEqual([at(5), 4]);
    const params = { patrolId: round.id };
    const answers = [{ item: 'gate', answer: 'ok' as const }];
    const told = async (answeredAt: string) =>
      (await walked.ok('answerSite', { params, body: { ...site(2, 0), answers, answeredAt } })).visits.at(-1)!
        .at;
    expect(await told(at(20))).toBe(at(20));
    expect(await told(at(1)), 'never before the round').toBe(at(5));
    expect(await told(at(500)), 'a clock that is ahead').toBe(new Date(place.now()).toISOString());
    expect((await walked.ok('endPatrol', { params, body: { doneAt: at(60) } })).endedAt).toBe(at(60));
  });
});
