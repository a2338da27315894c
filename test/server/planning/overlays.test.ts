import { knownZone } from '../../../shared/rules/replay/calendar-zones.ts';
import { holdingSpans, holdsAt } from '../../../shared/rules/spans.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../kit/database.ts';
import { cellCentre, ground, placeTeam } from '../../kit/ground.ts';
import { draftOf, drawRoads, minutes, openStudio, post, stroke, type Studio } from './studio-kit.ts';

describe.each(engines())('closures and calendar [%s]', (engine) => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio(engine);
    await drawRoads(studio);
  });
  afterAll(() => studio.close());

  /** Seconds of the first team to the middle of the north-east cell by the recommendation now. */
  const seconds = async (incidentId: number) => {
    const { db } = studio.product.deps;
    const row = await db('team_latest')
      .where({ team_id: studio.teams.get(1) })
      .first('person_id');
    await placeTeam(db, studio.teams.get(1)!, row.person_id, cellCentre(0, 0), studio.product.now());
    const { candidates } = await studio.dispatcher.ok('recommendTeams', { params: { incidentId } });
    return candidates.find(({ teamId }) => teamId === studio.teams.get(1))!.etaSeconds!;
  };

  test('a closed road makes the way longer at its minute, and open again it is as before', async () => {
    const { product, dispatcher, planner } = studio;
    const { incident } = await dispatcher.ok('createIncident', {
      body: { matterCode: 'CY-01', point: cellCentre(3, 0), crs: 'wgs84' },
    });
    const free = await seconds(incident.id);
    const closure = await planner.ok('createClosure', {
      body: {
        name: 'market',
        roadIds: [2],
        reason: 'market day',
        from: minutes(product, 10),
        to: minutes(product, 70),
      },
    });
    expect(closure.active).toBe(false);
    await product.advance(9 * 60_000 + 59_000, 600_000);
    expect(await seconds(incident.id)).toBe(free);
    await product.advance(1000);
    expect((await dispatcher.ok('listClosures')).closures).toMatchObject([{ id: closure.id, active: true }]);
    const round = await seconds(incident.id);
    expect(round).toBeGreaterThan(free * 1.5);
    await planner.ok('endClosure', { params: { closureId: closure.id } });
    expect(await seconds(incident.id)).toBe(free);
    expect((await dispatcher.ok('listClosures')).closures).toEqual([]);
  });

  test('a replay keeps what was closed: the way is longer while the closure held, and no other', async () => {
    const { product, dispatcher, planner } = studio;
    const { db } = product.deps;
    const { incident } = await dispatcher.ok('createIncident', {
      body: { matterCode: 'CY-01', point: cellCentre(3, 0), crs: 'wgs84' },
    });
    const world = async () => {
      const found = await planner.ok('readReplayWorld', { query: { to: minutes(product, 1) } });
      const t1 = found.teams.findIndex(({ code }) => code === 'T1');
      const ways = found.incidents.find(({ incidentId }) => incidentId === incident.id)!.fromHome!;
      return { closures: found.closures, seconds: ways[t1]! };
    };
    const body = { name: 'works', roadIds: [2], reason: 'works', from: minutes(product, -60) };
    // control: a closure that was over before
    const early = await planner.ok('createClosure', { body: { ...body, to: minutes(product, -30) } });
    const free = await world();
    await planner.ok('createClosure', { body: { ...body, to: minutes(product, 30) } });
    const shut = await world();
    expect(shut.seconds).toBeGreaterThan(free.seconds * 1.5);
    // the forecast looks at the two weeks to come
    const figures = async () => {
      const { statistics, closures } = await planner.ok('readStudio', { query: {} });
      const closed = statistics.shifts.filter(({ closureIds }) => closureIds.length > 0);
      return { closed: closed.length, changes: closures.flatMap(({ changes }) => changes).length };
    };
    expect(await figures()).toEqual({ closed: 0, changes: 0 });
    const long = await planner.ok('createClosure', { body: { ...body, to: minutes(product, 40_000) } });
    expect((await figures()).closed).toBeGreaterThan(0);
    expect((await figures()).changes).toBeGreaterThan(0);
    await planner.ok('endClosure', { params: { closureId: long.id } });
    expect(free.closures.map(({ closureIds }) => closureIds)).toContainEqual([early.id]);
    const now = product.now();
    const holding = shut.closures.find(({ spans }) => spans.some(([from, to]) => from <= now && now < to))!;
    const table = await planner.ok('readCellTravel', { query: {} });
    const at = (x: number) => table.cellIds.indexOf(studio.cell(x, 0));
    const place = at(0) * table.cellIds.length + at(3);
    const i = holding.changes.findIndex((value, k) => k % 2 === 0 && value === place);
    expect(holding.changes[i + 1]).toBeGreaterThan(table.seconds[place]! * 1.5);
    await db('closure').where({ name: 'works' }).delete();
    expect(await world()).toEqual({ closures: expect.any(Array), seconds: free.seconds });
  });

  test('on a one-way street a replay drives from home to the place, not back', async () => {
    const { product, dispatcher, planner } = studio;
    const { db } = product.deps;
    const { incident } = await dispatcher.ok('createIncident', {
      body: { matterCode: 'CY-01', point: cellCentre(3, 0), crs: 'wgs84' },
    });
    const seconds = async () => {
      const { incidents, teams } = await planner.ok('readReplayWorld', {
        query: { to: minutes(product, 1) },
      });
      const ways = incidents.find(({ incidentId }) => incidentId === incident.id)!.fromHome!;
      return ways[teams.findIndex(({ code }) => code === 'T1')]!;
    };
    const both = await seconds();
    await db('road').where({ id: 2 }).update({ one_way: true });
    expect(await seconds()).toBe(both);
    // control: against the street it is the way round
    await db('road')
      .where({ id: 2 })
      .update({ source: 2, target: 1, geom: db.raw('st_reverse(geom)') });
    expect(await seconds()).toBeGreaterThan(both * 1.3);
    await db('road')
      .where({ id: 2 })
      .update({ source: 1, target: 2, geom: db.raw('st_reverse(geom)'), one_way: false });
  });

  test('what holds at an instant is the same for the rules and for the database', async () => {
    const { db } = studio.product.deps;
    const holding = {
      id: 1,
      from: '2026-03-01T02:00:00Z',
      to: '2026-03-20T09:30:00Z',
      weekdays: [1, 6],
      dates: ['2026-03-07', '2026-03-09', '2026-03-16'],
      minuteFrom: 30,
      minuteTo: 1000,
    };
    const at = (i: number): number => Date.parse('2026-02-27T16:00:00Z') + i * 37 * 60_000;
    const instants = Array.from({ length: 900 }, (_, i) => at(i));
    for (const one of [
      holding,
      { ...holding, dates: [], to: null },
      { ...holding, weekdays: [], dates: [] },
    ]) {
      const found = await db.raw(
        `select applies_at(t, :from::timestamptz, :to::timestamptz, :weekdays::int[], :dates::date[], :minuteFrom, :minuteTo) holds
         from unnest(:instants::timestamptz[]) t`,
        { ...one, instants: instants.map((instant) => new Date(instant).toISOString()) } as never,
      );
      const held = (found.rows as { holds: boolean }[]).map(({ holds }) => holds);
      expect(instants.map((instant) => holdsAt(one, instant))).toEqual(held);
      expect(held).toContain(true);
      const spans = holdingSpans([one], instants[0]!, instants.at(-1)! + 1);
      const inSpan = (t: number): boolean => spans.some(({ from, to }) => from <= t && t < to);
      expect(instants.map(inSpan)).toEqual(held);
    }
  });

  test('an area closes every road that it meets; without a road it is refused', async () => {
    const { product, planner } = studio;
    const at = (x: number, y: number): [number, number] => [
      ground.west + x * ground.step,
      ground.south + y * ground.step,
    ];
    const area = [at(1.4, 0.4), at(1.6, 0.4), at(1.6, 0.6), at(1.4, 0.6)];
    const closure = await planner.ok('createClosure', {
      body: { name: 'fair', area, reason: 'fair', from: minutes(product, -1) },
    });
    const { db } = product.deps;
    const closed = await db.raw(
      `select r.id from road r, closure c where c.id = ? and st_intersects(r.geom, c.area)`,
      [closure.id],
    );
    expect(closed.rows).toEqual([{ id: 2 }]);
    await planner.ok('endClosure', { params: { closureId: closure.id } });
    const far = await planner.call('createClosure', {
      body: {
        name: 'sea',
        area: [
          [120, 20],
          [120.1, 20],
          [120.1, 20.1],
          [120, 20.1],
        ],
        reason: 'r',
        from: minutes(product, 0),
      },
    });
    expect(far.problem.code).toBe('road_unknown');
  });

  test('a calendar rule changes the lines at its minute, on its days alone, and back', async () => {
    const { product, planner, head, dispatcher, cell, zone } = studio;
    const draft = await draftOf(planner, 'market lines');
    const params = { editionId: draft.id };
    await post(planner, draft.id, [stroke(planner, [cell(1, 1)], zone(2))]);
    const early = await head.call('createCalendarRule', {
      body: {
        editionId: draft.id,
        name: 'market',
        reason: 'market',
        from: minutes(product, 0),
        weekdays: [1],
      },
    });
    expect(early.problem.code).toBe('edition_unapproved');
    await planner.ok('submitEdition', { params, body: { reason: 'market days' } });
    await head.ok('approveEdition', { params });
    // local minutes of the day of the business clock
    const local = Math.floor((product.now() / 60_000 + 480) % 1440);
    const weekday = new Date(product.now() + 8 * 3_600_000).getUTCDay() || 7;
    const rule = await head.ok('createCalendarRule', {
      body: {
        editionId: draft.id,
        name: 'market',
        reason: 'market days',
        from: minutes(product, 0),
        weekdays: [weekday],
        minuteFrom: local + 30,
        minuteTo: local + 60,
      },
    });
    const running = async () => (await dispatcher.ok('readTown')).edition?.id;
    const zoneOf = async () =>
      (await dispatcher.ok('previewIncident', { query: { ...cellCentre(1, 1) } })).zoneNumber;
    const before = await running();
    await product.app.tick();
    await product.advance(29 * 60_000, 29 * 60_000);
    expect(await running()).toBe(before);
    expect(await zoneOf()).toBe(1);
    await product.advance(60_000, 60_000);
    expect(await running()).toBe(draft.id);
    expect(await zoneOf()).toBe(2);
    await product.advance(30 * 60_000, 30 * 60_000);
    expect(await running()).toBe(before);
    const { events } = await head.ok('listEvents', { query: { since: 0, limit: 1000 } });
    const effective = events.filter(({ type }) => type === 'edition.effective');
    expect(effective.map(({ data }) => [data.editionId, data.cause])).toEqual([
      [draft.id, 'calendar'],
      [before, 'calendar'],
    ]);
    // the next week it applies again, on the day before it does not
    const { db } = product.deps;
    const at = async (ms: number) =>
      (
        await db.raw('select edition_in_force(?::timestamptz) id', [
          new Date(product.now() + ms).toISOString(),
        ])
      ).rows[0].id;
    const back = -15 * 60_000;
    expect(await at(7 * 86_400_000 + back)).toBe(draft.id);
    expect(await at(6 * 86_400_000 + back)).toBe(before);
    // a replay keeps the lines that held when the incident was decided on
    const { incident } = await dispatcher.ok('createIncident', {
      body: { matterCode: 'CY-01', point: cellCentre(1, 1), crs: 'wgs84' },
    });
    const asOf = async (ms: number, against: readonly number[] = []) => {
      await db('incident')
        .where({ id: incident.id })
        .update({ reported_at: new Date(product.now() + ms) });
      const query = { to: minutes(product, 1), ...(against[0] && { against: against[0] as never }) };
      const found = await planner.ok('readReplayWorld', { query });
      const own = found.incidents.find(({ incidentId }) => incidentId === incident.id)!;
      const serving = found.teams.filter(({ calendarZones }) =>
        calendarZones.includes(own.calendarZone ?? -1),
      );
      return [
        own.calendarZone === null ? null : knownZone(own.calendarZone),
        serving.map(({ code }) => code),
      ];
    };
    expect(await asOf(back)).toEqual([zone(2), ['T2']]);
    // controls: before the rule the plan decides; so it does when that edition is what is compared
    expect(await asOf(-60 * 60_000)).toEqual([null, []]);
    expect(await asOf(back, [draft.id])).toEqual([null, []]);
    await head.ok('endCalendarRule', { params: { ruleId: rule.id } });
    expect(await at(7 * 86_400_000 + back)).toBe(before);
  });
});
