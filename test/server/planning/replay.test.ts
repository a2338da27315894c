import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Body } from '../../../shared/contract/api.ts';
import type { EditionId } from '../../../shared/contract/ids.ts';
import type { Replay } from '../../../shared/contract/replays.ts';
import { engines } from '../../kit/database.ts';
import { cellCentre } from '../../kit/ground.ts';
import { monday } from '../../kit/town.ts';
import { draftOf, openStudio, post, stroke, type Studio } from './studio-kit.ts';

const day = 86_400_000;

describe.each(engines())('replay of history [%s]', (engine) => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio(engine);
    await writeHistory(studio, 300);
  });
  afterAll(() => studio.close());

  const ledger = (): Body<'startReplay'>['source'] => ({
    kind: 'ledger',
    from: new Date(monday - 30 * day).toISOString(),
    to: new Date(monday).toISOString(),
  });
  const finished = async (editionId: EditionId, body: Body<'startReplay'>): Promise<Replay> => {
    const { id } = await studio.planner.ok('startReplay', { params: { editionId }, body });
    for (;;) {
      await studio.product.app.tick();
      const replay = await studio.planner.ok('readReplay', { params: { replayId: id } });
      if (replay.state !== 'running') return replay;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const redrawn = async () => {
    const draft = await draftOf(studio.planner, 'redrawn');
    const { cell, zone, planner } = studio;
    await post(planner, draft.id, [stroke(planner, [cell(1, 1), cell(1, 0)], zone(2))]);
    return draft;
  };

  test('history is read with place, work, response and team; statistics count the same incidents', async () => {
    const world = await studio.planner.ok('readReplayWorld', {
      query: { from: new Date(monday - 30 * day).toISOString(), to: new Date(monday).toISOString() },
    });
    expect(world.incidents).toHaveLength(300);
    expect(world.teams.map(({ code }) => code)).toEqual(['T1', 'T2', 'T3', 'T4']);
    expect(world.incidents[0]).toMatchObject({ onSceneMs: 600_000, responseMs: expect.any(Number) });
    const studied = await studio.planner.ok('readStudio', {
      query: { from: new Date(monday - 28 * day).toISOString(), to: new Date(monday).toISOString() },
    });
    expect(studied.statistics).toMatchObject({ measured: true, onSceneSeconds: 600 });
    const perWeek = studied.cells.reduce((sum, cell) => sum + cell.incidents, 0);
    expect(Math.round(perWeek * 4)).toBe(studied.statistics.incidents);
    const hours = studied.cells.reduce((sum, cell) => sum + cell.workloadHours, 0);
    const caseHours = (studied.statistics.driveSeconds + studied.statistics.onSceneSeconds) / 3600;
    expect(hours).toBeCloseTo(perWeek * caseHours, 6);
  });

  test('the crews of the chosen hours are those of the roster, also over midnight', async () => {
    const { planner, product, teams } = studio;
    const { db } = product.deps;
    const shifts = async (hourFrom: number, hourTo: number) => {
      const query = { to: new Date(monday).toISOString(), hourFrom, hourTo };
      return (await planner.ok('readStudio', { query })).statistics.shifts;
    };
    expect(await shifts(8, 20)).toMatchObject([{ teamIds: [...teams.values()], hours: 1, incidents: 1 }]);
    // control: nobody is planned for a night yet
    expect(await shifts(20, 8)).toMatchObject([{ teamIds: null, hours: 1 }]);
    const { person_id } = await db('duty')
      .where({ team_id: teams.get(2) })
      .first('person_id');
    const hour = 3_600_000;
    // 22 to 4 of the night before
    await db('duty').insert({
      team_id: teams.get(2),
      person_id,
      post: 'member',
      starts_at: new Date(monday - 12 * hour),
      ends_at: new Date(monday - 6 * hour),
    });
    await product.advance(301_000, 301_000);
    expect(await shifts(20, 8)).toMatchObject([{ teamIds: [teams.get(2)], hours: 1 }]);
    await db('duty')
      .where({ team_id: teams.get(2), starts_at: new Date(monday - 12 * hour) })
      .delete();
  });

  test('a history that the replay does not reproduce is refused; an override says so in the report', async () => {
    const draft = await redrawn();
    const refused = await finished(draft.id, { source: ledger() });
    expect(refused).toMatchObject({ state: 'refused', refused: 'calibration_failed', report: null });
    expect(refused.calibration?.medianRelativeError).toBeGreaterThan(0.1);
    expect(refused.calibration?.fittedSpeedFactor).toBeGreaterThan(0);
  });

  test('the report compares both sides, is repeatable, and travels with the draft to its approver', async () => {
    const { planner, head } = studio;
    const draft = await redrawn();
    const params = { editionId: draft.id };
    const body = { source: ledger(), override: 'the speeds of this town are not measured yet', seed: 5 };
    const { report } = await finished(draft.id, body);
    expect(report!.incidents).toBe(300);
    expect(report!.overridden).toBe(body.override);
    expect(report!.before.editionId).toBe(draft.parentId);
    expect(report!.after.editionId).toBe(draft.id);
    for (const side of [report!.before, report!.after]) {
      expect(side.all.incidents + side.unserved).toBe(300);
      expect(side.byPriority.reduce((sum, { incidents }) => sum + incidents, 0)).toBe(side.all.incidents);
      expect(side.byTeam.reduce((sum, { tasks }) => sum + tasks, 0)).toBe(side.all.incidents);
    }
    expect(report!.pairs).toHaveLength(300);
    // who is reached in time, by cell and by village, sums to the whole on both sides
    const { coverage } = report!;
    expect(coverage.cells.reduce((sum, [, incidents]) => sum + incidents, 0)).toBe(300);
    for (const side of ['before', 'after'] as const) {
      const within = report![side].all.withinTarget * report![side].all.incidents;
      const byVillage = coverage.villages.reduce((sum, one) => sum + one.incidents * one[side], 0);
      const byCell = coverage.cells.reduce(
        (sum, [, incidents, was, is]) => sum + incidents * (side === 'before' ? was : is),
        0,
      );
      expect(byVillage).toBeCloseTo(within, 6);
      expect(byCell).toBeCloseTo(within, 6);
    }
    const map = await fetch(`${studio.product.address}/replays/${report!.replayId}.svg?map=coverage`, {
      headers: { authorization: `Bearer ${planner.token}` },
    });
    // sixteen cells on each side
    expect((await map.text()).match(/<path/g)).toHaveLength(32);
    const { low, meanSeconds, high } = report!.difference;
    expect(low).toBeLessThanOrEqual(meanSeconds);
    expect(high).toBeGreaterThanOrEqual(meanSeconds);
    expect(report!.scenarios.map(({ name }) => name)).toEqual(['team_absent', 'demand_up', 'speed_down']);
    for (const one of report!.regret) {
      const side = one.side === 'before' ? report!.before : report!.after;
      const sum = one.bestMeanSeconds + one.waitingSeconds + one.zoneRuleSeconds + one.awaySeconds;
      expect(sum).toBeCloseTo(side.all.meanSeconds, 6);
    }
    const again = await finished(draft.id, body);
    const same = { replayId: 0, madeAt: '' };
    expect({ ...again.report!, ...same }).toEqual({ ...report!, ...same });

    const page = await fetch(`${studio.product.address}/replays/${report!.replayId}.csv`, {
      headers: { authorization: `Bearer ${planner.token}` },
    });
    const table = (await page.text()).split('\n');
    expect(table[0]).toBe('section,row,measure,before,after,difference');
    expect(table.filter((line) => line.startsWith('incident,'))).toHaveLength(300);

    const paper = async (language: string): Promise<Buffer> => {
      const address = `${studio.product.address}/replays/${report!.replayId}.pdf?language=${language}`;
      const answer = await fetch(address, { headers: { authorization: `Bearer ${planner.token}` } });
      expect(answer.headers.get('content-type')).toBe('application/pdf');
      return Buffer.from(await answer.arrayBuffer());
    };
    const chinese = await paper('zh-CN');
    expect(chinese.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await paper('zh-CN')).equals(chinese)).toBe(true);
    expect((await paper('en')).equals(chinese)).toBe(false);
    if (process.env['TEST_SCREENS'])
      await writeFile(join(process.env['TEST_SCREENS'], 'report.pdf'), chinese);
    const nobody = await fetch(`${studio.product.address}/replays/${report!.replayId}.pdf`);
    expect(nobody.status).toBe(401);

    await planner.ok('submitEdition', { params, body: { replayId: report!.replayId } });
    const seen = await head.ok('readEdition', { params });
    expect(seen).toMatchObject({ submittedReport: report!.replayId, submittedBy: planner.personId });
    expect(seen.reports.map(({ replayId }) => replayId)).toContain(report!.replayId);
  });

  test('a report of other content than the draft has now does not go to review', async () => {
    const { planner, cell, zone } = studio;
    const draft = await redrawn();
    const params = { editionId: draft.id };
    const { id } = await finished(draft.id, { source: ledger(), override: 'try' });
    await post(planner, draft.id, [stroke(planner, [cell(1, 1)], zone(1))]);
    const answer = await planner.call('submitEdition', { params, body: { replayId: id } });
    expect(answer.problem.code).toBe('report_foreign');
  });

  test('equal plans show no difference', async () => {
    const draft = await draftOf(studio.planner, 'same');
    const { report } = await finished(draft.id, { source: ledger(), override: 'same' });
    expect(report!.difference).toEqual({ meanSeconds: 0, low: 0, high: 0, shown: false });
    expect(report).toMatchObject({ gains: 0, losses: 0, worstVillages: [] });
    expect(report!.after.all).toEqual(report!.before.all);
  });

  test('an imported list replays like the ledger; one bad row leaves nothing', async () => {
    const { planner, product } = studio;
    const upload = async (rows: readonly string[]) => {
      const form = new FormData();
      form.set('meta', JSON.stringify({ name: 'list', crs: 'wgs84' }));
      form.set(
        'file',
        new Blob([`reportedAt,lng,lat,priority,onSceneSeconds\n${rows.join('\n')}\n`]),
        'list.csv',
      );
      const answer = await fetch(`${product.address}/api/v1/incident-lists`, {
        method: 'POST',
        headers: { authorization: `Bearer ${planner.token}` },
        body: form,
      });
      return (await answer.json()) as {
        list: { id: number } | null;
        errors: number;
        findings: { row: number }[];
      };
    };
    const rows = Array.from({ length: 50 }, (_, i) => {
      const { lng, lat } = cellCentre(i % 4, Math.floor(i / 4) % 4);
      return `${new Date(monday - i * 3_600_000).toISOString()},${lng},${lat},${1 + (i % 4)},900`;
    });
    const bad = await upload([...rows, `2026-01-01,${cellCentre(0, 0).lng},200,7,-1`]);
    expect(bad.list).toBeNull();
    expect(bad.findings.every(({ row }) => row === 51)).toBe(true);
    expect(bad.errors).toBeGreaterThanOrEqual(3);
    expect((await planner.ok('listIncidentLists')).lists).toEqual([]);
    const { list } = await upload(rows);
    expect((await upload(rows)).list!.id).toBe(list!.id);
    const draft = await redrawn();
    const { report } = await finished(draft.id, { source: { kind: 'list', listId: list!.id } });
    expect(report).toMatchObject({ incidents: 50, calibration: { compared: 0, passed: true } });
  });

  test('hours, priorities and matters choose the incidents, and the report says so', async () => {
    const { planner } = studio;
    const draft = await redrawn();
    const world = await planner.ok('readReplayWorld', {
      query: { from: new Date(monday - 30 * day).toISOString(), to: new Date(monday).toISOString() },
    });
    const night = world.incidents.filter(({ reportedAt, priority }) => {
      const hour = new Date(reportedAt + 8 * 3_600_000).getUTCHours();
      return (hour >= 20 || hour < 8) && priority <= 2;
    });
    expect(night.length).toBeGreaterThan(20);
    expect(night.length).toBeLessThan(150);
    expect(world.incidents[0]!.matterCode).toBe('CY-01');
    const asked = { source: ledger(), override: 'filter', hourFrom: 20, hourTo: 8, priorities: [1, 2] };
    const { report } = await finished(draft.id, { ...asked, matterCodes: ['CY-01'] });
    expect(report!.incidents).toBe(night.length);
    expect(report!.filter).toEqual({ hourFrom: 20, hourTo: 8, priorities: [1, 2], matterCodes: ['CY-01'] });
    // control: of another matter there is nothing
    expect(await finished(draft.id, { ...asked, matterCodes: ['CY-02'] })).toMatchObject({
      state: 'refused',
      refused: 'period_empty',
    });
  });

  test('an empty period is refused at once', async () => {
    const draft = await redrawn();
    const answer = await studio.planner.call('startReplay', {
      params: { editionId: draft.id },
      body: { source: { kind: 'ledger', from: '2020-01-01T00:00:00Z', to: '2020-02-01T00:00:00Z' } },
    });
    expect(answer.problem.code).toBe('period_empty');
  });
});

/** A month of handled incidents straight into the tables: teams drive 120 s, work 600 s. */
async function writeHistory({ product, teams, dispatcher }: Studio, count: number): Promise<void> {
  const { db } = product.deps;
  const { incident } = await dispatcher.ok('createIncident', {
    body: { matterCode: 'CY-01', point: cellCentre(0, 0), crs: 'wgs84' },
  });
  for (let i = 0; i < count; i++) {
    const [x, y] = [i % 4, Math.floor(i / 4) % 4];
    const { lng, lat } = cellCentre(x, y);
    const reported = monday - 30 * day + (i + 0.5) * ((30 * day) / count);
    const team = teams.get(1 + Math.floor(x / 2) + 2 * Math.floor(y / 2))!;
    const instant = (seconds: number) => new Date(reported + seconds * 1000);
    const row = await db.raw(
      `insert into incident (state, priority, matter_version_id, point, point_metric, raw_lng, raw_lat, raw_crs, cell_id, zone_id, edition_id,
         source, reported_at, filed_at)
       select 'closed', ?, matter_version_id, st_setsrid(st_makepoint(?, ?), 4326), st_transform(st_setsrid(st_makepoint(?, ?), 4326), 4549),
         ?, ?, 'wgs84', cell_id, zone_id, edition_id, 'self', ?, ? from incident where id = ? returning id`,
      [1 + (i % 4), lng, lat, lng, lat, lng, lat, instant(0), instant(30), incident.id],
    );
    await db('assignment').insert({
      incident_id: row.rows[0].id,
      team_id: team,
      kind: 'handle',
      slot: 1,
      is_lead: true,
      line: 0,
      state: 'completed',
      offered_at: instant(30),
      accepted_at: instant(50),
      departed_at: instant(60),
      arrived_at: instant(180),
      ended_at: instant(780),
      idem_key: crypto.randomUUID(),
    });
  }
  await db('incident')
    .where({ id: incident.id })
    .update({ state: 'rejected' })
    .catch(() => undefined);
}
