import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Output } from '../../../shared/contract/api.ts';
import type { CellId, EditionId } from '../../../shared/contract/ids.ts';
import type { CellEdit } from '../../../shared/contract/planning.ts';
import { tilesExactly } from '../../../shared/rules/cells/tiling.ts';
import { foldHistory, historyStart } from '../../../shared/rules/zones/history.ts';
import { zoneAt } from '../../../shared/rules/zones/assignment.ts';
import { checkInDatabase, polygonText } from '../../../server/planning/store-cells.ts';
import { newestCoverage } from '../../../server/zones/store-import.ts';
import { engines } from '../../kit/database.ts';
import { ground } from '../../kit/ground.ts';
import { draftOf, minutes, openStudio, post, stroke, type Studio } from './studio-kit.ts';

/** A corner of the grid of 4 x 4 cells, x and y from 0 to 4, in 1e-7 degree. */
const at = (x: number, y: number): [number, number] => [
  Math.round((ground.west + x * ground.step) * 1e7),
  Math.round((ground.south + y * ground.step) * 1e7),
];

describe.each(engines())('cells edited over HTTP [%s]', (engine) => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio(engine);
    const { db } = studio.product.deps;
    await db('cell_adjacency').insert(
      (await measured(1)).map(([a, b, metres]) => ({ coverage_id: 1, a, b, shared_metres: metres })),
    );
  });
  afterAll(() => studio.close());

  const edit = (editionId: EditionId, body: CellEdit) =>
    studio.planner.ok('editCells', { params: { editionId }, body: { edit: body } });
  const read = (editionId: EditionId) => studio.planner.ok('readStudio', { query: { editionId } });
  const refusal = async (editionId: EditionId, body: CellEdit) =>
    (await studio.planner.call('editCells', { params: { editionId }, body: { edit: body } })).problem.code;
  const tiles = ({ cells, outline }: Output<'readStudio'>) =>
    tilesExactly(
      cells.map(({ rings }) => rings),
      outline,
    );
  /** Pairs of neighbours with the metres that they share, as the database keeps them. */
  const adjacency = async (coverageId: number) =>
    (
      await studio.product.deps
        .db('cell_adjacency')
        .where({ coverage_id: coverageId })
        .orderBy(['a', 'b'])
        .select('a', 'b', 'shared_metres')
    ).map((row) => [row.a, row.b, Math.round(row.shared_metres)]);
  /** The same from scratch. */
  const measured = async (coverageId: number) => {
    const found = await studio.product.deps.db.raw(
      `with m as (select c.id, st_transform(c.geom, 4549) g from coverage_cell cc join cell c on c.id = cc.cell_id where coverage_id = ?)
       select a.id a, b.id b, st_length(st_intersection(st_boundary(a.g), st_boundary(b.g))) metres from m a join m b on a.id < b.id
       where st_intersects(a.g, b.g) and st_length(st_intersection(st_boundary(a.g), st_boundary(b.g))) > 0 order by 1, 2`,
      [coverageId],
    );
    return (found.rows as { a: number; b: number; metres: number }[]).map((row) => [
      row.a,
      row.b,
      Math.round(row.metres),
    ]);
  };

  test('split, merge, move of a border and of a node keep the tiling, the codes and the adjacency; taken back, the old cells are there', async () => {
    const { planner, cell, zone, product } = studio;
    const { db } = product.deps;
    const { id, coverageId: first } = await draftOf(planner, 'cells');
    const before = await read(id);
    expect(tiles(before)).toBe(true);
    await post(planner, id, [stroke(planner, [cell(1, 1)], zone(2))]);

    // from outside the cell (1, 1) in the west to the east: both neighbours receive the crossing
    const [x0, y0] = at(1, 1);
    const line: [number, number][] = [
      [x0 - 100, y0 + 40_000],
      [x0 + 100_100, y0 + 60_000],
    ];
    const { entry } = await edit(id, { kind: 'split', cellId: cell(1, 1), line });
    expect(entry).toMatchObject({ seq: 2, kind: 'split', author: planner.personId });
    const after = await read(id);
    expect(after.cells).toHaveLength(17);
    expect(tiles(after)).toBe(true);
    // an import goes on from the cells in force, not from those of somebody's draft
    expect(after.coverageId).toBeGreaterThan(first);
    expect(await newestCoverage(db)).toBe(first);
    const parts = after.cells.filter(({ supersedes }) => supersedes.includes(cell(1, 1)));
    expect(parts.map(({ code }) => code.slice(-3)).sort()).toEqual(['017', '018']);
    expect(parts.reduce((sum, { population }) => sum + population, 0)).toBe(60);
    const west = after.cells.find(({ supersedes }) => supersedes.includes(cell(0, 1)))!;
    expect(west.code).toBe(before.cells.find((one) => one.id === cell(0, 1))!.code);
    expect(west.rings[0]).toHaveLength(5);
    const detail = await planner.ok('readEdition', { params: { editionId: id } });
    const zones = new Map(detail.cells);
    expect(parts.map((part) => zones.get(part.id))).toEqual([zone(2), zone(2)]);
    expect(await checkInDatabase(db, after.coverageId, 4549)).toEqual([]);
    expect(await adjacency(after.coverageId)).toEqual(await measured(after.coverageId));

    // the page folds the same log to the same plan
    const start = historyStart(
      detail.draft!.baseCells.map(([cellId, zoneId]) => ({ cellId, zoneId })),
      detail.draft!.baseZones,
    );
    const folded = foldHistory(start, detail.draft!.log);
    expect(folded.cells.cellIds.map((cellId, i) => [cellId, zoneAt(folded.draft.assignment, i)])).toEqual(
      detail.cells,
    );

    // undo of the stroke before the split still reaches both parts
    const target = detail.draft!.log[0] as { operation: { opId: string } };
    await post(planner, id, [
      {
        opId: crypto.randomUUID(),
        author: planner.personId as never,
        kind: 'undo',
        target: target.operation.opId,
      },
    ]);
    const undone = new Map((await planner.ok('readEdition', { params: { editionId: id } })).cells);
    expect(parts.map((part) => undone.get(part.id))).toEqual([zone(1), zone(1)]);

    await edit(id, { kind: 'merge', cellIds: parts.map((part) => part.id) });
    const merged = await read(id);
    expect(merged.cells).toHaveLength(16);
    expect(merged.cells.map(({ code }) => code.slice(-3))).toContain('019');
    expect(merged.issuedCodes.map((code) => code.slice(-3))).toEqual(
      expect.arrayContaining(['006', '017', '018', '019']),
    );
    expect(tiles(merged)).toBe(true);

    // a village numbered anew: a table of old and new codes, and back
    const table = async () => {
      const answer = await fetch(`${studio.product.address}/plans/${id}.csv?table=codes`, {
        headers: { authorization: `Bearer ${planner.token}` },
      });
      return (await answer.text()).trim().split('\n').slice(1);
    };
    const codesOf = (studied: Output<'readStudio'>) => studied.cells.map(({ code }) => code).toSorted();
    const village = merged.cells[0]!.code.slice(0, 12);
    expect(await table()).toEqual([]);
    const { entry: anew } = await edit(id, { kind: 'renumber', village });
    expect(anew).toMatchObject({ kind: 'renumber' });
    const numbered = await read(id);
    const rows = (await table()).map((row) => row.split(','));
    expect(rows.map(([old]) => old)).toEqual(codesOf(merged));
    expect(rows.map(([, fresh]) => fresh!).toSorted()).toEqual(codesOf(numbered));
    expect(codesOf(numbered).some((code) => merged.issuedCodes.includes(code))).toBe(false);
    expect(await checkInDatabase(db, numbered.coverageId, 4549)).toEqual([]);
    expect(await adjacency(numbered.coverageId)).toEqual(await measured(numbered.coverageId));
    const zonesOf = async () =>
      new Map((await planner.ok('readEdition', { params: { editionId: id } })).cells);
    const zonesAnew = await zonesOf();
    await edit(id, { kind: 'revert', seq: anew.seq });
    expect(codesOf(await read(id))).toEqual(codesOf(merged));
    expect(await table()).toEqual([]);
    const zonesBack = await zonesOf();
    for (const { from, to } of anew.lineage) expect(zonesAnew.get(to[0]!)).toBe(zonesBack.get(from[0]!));

    const node = await edit(id, {
      kind: 'move_node',
      from: at(2, 2),
      to: [at(2, 2)[0] + 5000, at(2, 2)[1] + 3000],
    });
    expect(node.entry.lineage).toHaveLength(4);
    const bent = await read(id);
    expect(tiles(bent)).toBe(true);
    expect(await checkInDatabase(db, bent.coverageId, 4549)).toEqual([]);
    expect(await adjacency(bent.coverageId)).toEqual(await measured(bent.coverageId));

    await edit(id, { kind: 'revert', seq: node.entry.seq });
    const back = await read(id);
    expect(back.cells.map(({ id: cellId }) => cellId)).toEqual(merged.cells.map(({ id: cellId }) => cellId));
    expect(back.cells).toEqual(merged.cells);
    expect(await refusal(id, { kind: 'revert', seq: node.entry.seq })).toBe('operation_undone');

    // a border gets a bend: both cells follow
    const border: [number, number][] = [at(2, 2), at(2, 3)];
    const middle: [number, number] = [at(2, 2)[0] + 4000, at(2, 2)[1] + 50_000];
    const sides = back.cells.filter(({ id: cellId }) => [cell(1, 2), cell(2, 2)].includes(cellId));
    await edit(id, {
      kind: 'move_border',
      cellIds: sides.map(({ id: cellId }) => cellId) as [CellId, CellId],
      before: border,
      after: [border[0]!, middle, border[1]!],
    });
    const curved = await read(id);
    expect(curved.cells.filter(({ rings }) => rings.flat().some(([x]) => x === middle[0]))).toHaveLength(2);
    expect(tiles(curved)).toBe(true);

    // old cells and the set that the town runs on are untouched
    expect((await read(1 as EditionId)).coverageId).toBe(first);
    expect((await read(1 as EditionId)).cells).toEqual(before.cells);
  });

  test('an edit at the border of the town carries its crossing in the outline', async () => {
    const { planner, cell } = studio;
    const { id } = await draftOf(planner, 'edge');
    const [x, y] = at(0, 0);
    await edit(id, {
      kind: 'split',
      cellId: cell(0, 0),
      line: [
        [x - 100, y + 30_000],
        [x + 100_100, y + 70_000],
      ],
    });
    const after = await read(id);
    expect(tiles(after)).toBe(true);
    expect(after.outline.flat()).toContainEqual([x, expect.any(Number)]);
  });

  test('refused by name, with nothing left behind', async () => {
    const { planner, cell, product } = studio;
    const { db } = product.deps;
    const { id, coverageId } = await draftOf(planner, 'refused');
    const cellsBefore = await db('cell').count({ n: '*' }).first();
    const [x, y] = at(1, 1);
    expect(await refusal(id, { kind: 'split', cellId: 999_999 as CellId, line: [at(0, 0), at(1, 1)] })).toBe(
      'cell_unknown',
    );
    expect(
      await refusal(id, {
        kind: 'split',
        cellId: cell(1, 1),
        line: [
          [x + 10, y + 10],
          [x + 50, y + 50],
        ],
      }),
    ).toBe('line_ends_inside');
    expect(await refusal(id, { kind: 'merge', cellIds: [cell(0, 0), cell(3, 3)] })).toBe('cells_apart');
    expect(await refusal(id, { kind: 'move_node', from: at(0, 0), to: at(0, 1) })).toBe('border_outer');
    expect(
      await refusal(id, { kind: 'move_node', from: at(2, 2), to: [at(3, 3)[0] + 5000, at(3, 3)[1] + 5000] }),
    ).toBe('shape_broken');
    expect(await refusal(id, { kind: 'revert', seq: 1 })).toBe('operation_unknown');
    expect(await db('cell').count({ n: '*' }).first()).toEqual(cellsBefore);
    expect((await read(id)).coverageId).toBe(coverageId);
  });

  test('control: the check in the database names every kind of damage', async () => {
    const { planner, cell, product } = studio;
    const { db } = product.deps;
    const { coverageId } = await draftOf(planner, 'damage');
    const kinds = async (damage: (copy: number) => Promise<unknown>) => {
      const [copy] = await db('coverage')
        .insert({ note: 'damaged', created_at: new Date(0) })
        .returning('id');
      await db.raw('insert into coverage_cell select ?, cell_id from coverage_cell where coverage_id = ?', [
        copy.id,
        coverageId,
      ]);
      await db.raw(
        `update coverage set outline = (select st_union(c.geom) from coverage_cell cc join cell c on c.id = cc.cell_id
           where coverage_id = ?) where id = ?`,
        [coverageId, copy.id],
      );
      await damage(copy.id);
      return [
        ...new Set(
          (await db.transaction((trx) => checkInDatabase(trx, copy.id, 4549))).map(({ kind }) => kind),
        ),
      ].sort();
    };
    const swap = (copy: number, old: CellId, rings: [number, number][]) =>
      db.raw(
        `with n as (insert into cell (code, version, geom, area_square_metres, synthetic, created_at)
           select code, 900 + (select count(*) from cell)::int, st_geomfromtext(?, 4326), 1, true, now() from cell where id = ? returning id),
         gone as (delete from coverage_cell where coverage_id = ? and cell_id = ?)
         insert into coverage_cell select ?, id from n`,
        [polygonText([rings]), old, copy, old, copy],
      );
    expect(await kinds(async () => undefined)).toEqual([]);
    // one vertex of one cell moved
    expect(
      await kinds((copy) =>
        swap(copy, cell(1, 1), [at(1, 1), at(2, 1), [at(2, 2)[0] + 3000, at(2, 2)[1] + 3000], at(1, 2)]),
      ),
    ).toEqual(['overlap', 'unmatched']);
    // a vertex on a border that the neighbour lacks: no area is wrong
    expect(
      await kinds((copy) =>
        swap(copy, cell(1, 1), [at(1, 1), [at(1, 1)[0] + 50_000, at(1, 1)[1]], at(2, 1), at(2, 2), at(1, 2)]),
      ),
    ).toContain('unmatched');
    // an inner and a border cell deleted
    const drop = (copy: number, id: CellId) =>
      db('coverage_cell').where({ coverage_id: copy, cell_id: id }).delete();
    expect(await kinds((copy) => drop(copy, cell(1, 1)))).toEqual(['gap', 'outline']);
    expect(await kinds((copy) => drop(copy, cell(0, 1)))).toEqual(['outline']);
    // a cell inside another one, which ST_Overlaps does not see
    expect(
      await kinds((copy) =>
        swap(copy, cell(0, 0), [
          [at(2, 2)[0] + 10_000, at(2, 2)[1] + 10_000],
          [at(2, 2)[0] + 20_000, at(2, 2)[1] + 10_000],
          [at(2, 2)[0] + 10_000, at(2, 2)[1] + 20_000],
        ]),
      ),
    ).toContain('overlap');
  });

  test('cells and lines take effect together, and an older draft is carried onto the new cells', async () => {
    const { planner, second, head, product, cell, zone, dispatcher } = studio;
    const old = await draftOf(second, 'older');
    await post(second, old.id, [
      stroke(second, [cell(1, 1)], zone(2)),
      stroke(second, [cell(0, 2)], zone(1)),
    ]);
    const draft = await draftOf(planner, 'new cells');
    const params = { editionId: draft.id };
    const [x, y] = at(1, 1);
    await edit(draft.id, {
      kind: 'split',
      cellId: cell(1, 1),
      line: [
        [x - 100, y + 40_000],
        [x + 100_100, y + 60_000],
      ],
    });
    await post(planner, draft.id, [stroke(planner, [cell(0, 2)], zone(3))]);
    await planner.ok('submitEdition', { params, body: { reason: 'large cell' } });
    await head.ok('approveEdition', { params });
    await head.ok('publishEdition', { params, body: { effectiveAt: minutes(product, 15) } });
    await product.advance(15 * 60_000, 60_000);
    const town = await dispatcher.ok('readTown');
    expect(town.cells.features).toHaveLength(17);

    const stale = { editionId: old.id };
    expect((await second.ok('readProblems', { params: stale })).outdated).toBe(true);
    const refused = await second.call('submitEdition', { params: stale, body: { reason: 'r' } });
    expect(refused.problem.code).toBe('draft_outdated');
    await second.ok('rebaseDraft', { params: stale });
    const carried = await second.ok('readEdition', { params: stale });
    expect(carried.cells).toHaveLength(17);
    expect(carried.draft).toMatchObject({ basedOn: draft.id, outdated: false, conflicts: [] });
    const parts = (await read(old.id)).cells.filter(({ supersedes }) => supersedes.includes(cell(1, 1)));
    const zones = new Map(carried.cells);
    expect(parts.map((part) => zones.get(part.id))).toEqual([zone(2), zone(2)]);
    await second.ok('submitEdition', { params: stale, body: { reason: 'carried' } });
  });
});
