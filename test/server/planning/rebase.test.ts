import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EditionId, ZoneId } from '../../../shared/contract/ids.ts';
import { engines } from '../../kit/database.ts';
import { draftOf, minutes, openStudio, post, stroke, type Studio } from './studio-kit.ts';

describe.each(engines())('drafts beside a running edition that moves on [%s]', (engine) => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio(engine);
  });
  afterAll(() => studio.close());

  const zonesOf = async (editionId: EditionId) =>
    new Map((await studio.planner.ok('readEdition', { params: { editionId } })).cells);

  test('what only one side changed is taken, what both changed is asked, and nothing goes to review before', async () => {
    const { planner, second, head, product, cell, zone } = studio;
    const late = await draftOf(second, 'late');
    await post(second, late.id, [
      // both sides change these two, the second of them alike; the third is the draft's alone
      stroke(second, [cell(1, 1)], zone(3)),
      stroke(second, [cell(1, 0)], zone(2)),
      stroke(second, [cell(0, 2)], zone(1)),
    ]);
    const early = await draftOf(planner, 'early');
    await post(planner, early.id, [stroke(planner, [cell(1, 1), cell(1, 0), cell(2, 2)], zone(2))]);
    const params = { editionId: early.id };
    await planner.ok('submitEdition', { params, body: { reason: 'r' } });
    await head.ok('approveEdition', { params });
    await head.ok('publishEdition', { params, body: { effectiveAt: minutes(product, 15) } });
    await product.advance(15 * 60_000, 60_000);

    const mine = { editionId: late.id };
    const seen = await second.ok('readProblems', { params: mine });
    expect(seen).toMatchObject({ outdated: true });
    await second.ok('rebaseDraft', { params: mine });
    const after = await zonesOf(late.id);
    expect(after.get(cell(2, 2))).toBe(zone(2)); // theirs alone
    expect(after.get(cell(0, 2))).toBe(zone(1)); // mine alone
    expect(after.get(cell(1, 0))).toBe(zone(2)); // alike
    expect(after.get(cell(1, 1))).toBe(zone(3)); // asked: mine until somebody decides
    const { draft } = await second.ok('readEdition', { params: mine });
    expect(draft).toMatchObject({ basedOn: early.id, outdated: false });
    expect(draft!.conflicts.map(({ cellId }) => cellId)).toEqual([cell(1, 1)]);
    const early2 = await second.call('submitEdition', { params: mine, body: { reason: 'r' } });
    expect(['conflicts_open', 'problems_standing']).toContain(early2.problem.code);

    const unknown = await second.call('resolveConflicts', {
      params: mine,
      body: { cells: [{ cellId: cell(3, 3), keep: 'running' }] },
    });
    expect(unknown.problem.code).toBe('cell_unknown');
    await second.ok('resolveConflicts', {
      params: mine,
      body: { cells: [{ cellId: cell(1, 1), keep: 'running' }] },
    });
    expect((await zonesOf(late.id)).get(cell(1, 1))).toBe(zone(2));
    expect((await second.ok('readProblems', { params: mine })).conflicts).toBe(0);
    // decided by one more operation: the log has it, and undoing it is possible like any other
    const { entries } = await second.ok('listDraftLog', { params: mine, query: { after: 0 } });
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, i) => i + 1));
    // a second rebase has nothing to do
    const again = await second.ok('rebaseDraft', { params: mine });
    expect(again.id).toBe(late.id);
    const same = await second.ok('listDraftLog', { params: mine, query: { after: 0 } });
    expect(same.entries).toHaveLength(entries.length);
  });

  test('new zones get the next free numbers and codes, and stand in a draft once an operation adds them', async () => {
    const { planner, cell, zone } = studio;
    const { zones } = await planner.ok('createZones', {
      body: { zones: [{ name: '新一' }, { name: '新二' }] },
    });
    expect(zones.map(({ number, name }) => [number, name])).toEqual([
      [5, '新一'],
      [6, '新二'],
    ]);
    expect(new Set(zones.map(({ code14 }) => code14)).size).toBe(2);
    const draft = await draftOf(planner, 'more zones');
    const added = { ...stroke(planner, [cell(3, 3)], zones[0]!.id), addedZones: [zones[0]!.id] };
    // control: a zone that nobody added takes no cell
    const [skipped] = (await post(planner, draft.id, [stroke(planner, [cell(3, 3)], zones[1]!.id)])).answers;
    expect(skipped!.skipped).toEqual([{ cellId: cell(3, 3), reason: 'zone_unknown' }]);
    await post(planner, draft.id, [added]);
    expect((await zonesOf(draft.id)).get(cell(3, 3))).toBe(zones[0]!.id);
    const { problems } = await planner.ok('readProblems', { params: { editionId: draft.id } });
    expect(problems.filter(({ name }) => name === 'zone_unstaffed')).toHaveLength(1);

    // a team for it, twice named: once with the better rank
    const team = studio.teams.get(4)! as never;
    const teams = [1, 2, 3, 4].map((n) => ({
      zoneId: zone(n),
      teamId: studio.teams.get(n)! as never,
      rank: 1,
    }));
    const own = (rank: number) => ({ zoneId: zones[0]!.id, teamId: team, rank });
    await planner.ok('setDraftTeams', {
      params: { editionId: draft.id },
      body: { teams: [...teams, own(2), own(1)] },
    });
    const detail = await planner.ok('readEdition', { params: { editionId: draft.id } });
    expect(detail.teams.filter(({ zoneId }) => zoneId === zones[0]!.id)).toEqual([own(1)]);
    const codes = async (body: { zoneId: ZoneId; teamId: number }) =>
      (
        await planner.call('setDraftTeams', {
          params: { editionId: draft.id },
          body: { teams: [{ ...body, rank: 1 }] },
        })
      ).problem.code;
    expect(await codes({ zoneId: 999 as ZoneId, teamId: team })).toBe('zone_unknown');
    expect(await codes({ zoneId: zone(1), teamId: 999 })).toBe('team_unknown');
  });
});
