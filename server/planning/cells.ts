import type { Output } from '../../shared/contract/api.ts';
import type { CellId } from '../../shared/contract/ids.ts';
import type { CellEdit, CellsEntry, LogEntry } from '../../shared/contract/planning.ts';
import { buildTopology } from '../../shared/rules/cells/arcs.ts';
import { checkCoverage } from '../../shared/rules/cells/check.ts';
import { villageOf } from '../../shared/rules/cells/codes.ts';
import { applyChange, type CoverageChange, type PlannedCell } from '../../shared/rules/cells/coverage.ts';
import { dissolve } from '../../shared/rules/cells/dissolve.ts';
import type { EditContext, EditOutcome } from '../../shared/rules/cells/edit.ts';
import { mergeCells } from '../../shared/rules/cells/merge.ts';
import { measure } from '../../shared/rules/cells/measure.ts';
import { moveBorder, moveNode } from '../../shared/rules/cells/move.ts';
import { renumberVillage } from '../../shared/rules/cells/renumber.ts';
import { splitCell } from '../../shared/rules/cells/split.ts';
import { nextEntry } from '../../shared/rules/zones/history.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { metricSrid } from '../zones/store.ts';
import { lockDraft, lockKnown } from './acts.ts';
import { loadDraft, pairsOf } from './drafts.ts';
import { coverageOf, groundOf, type PlanGround } from './ground.ts';
import {
  cellsById,
  checkInDatabase,
  insertEditedCoverage,
  insertShapes,
  issuedCodes,
  newCellIds,
  type StudioCell,
} from './store-cells.ts';
import { replacePairs, updateEdition } from './store-editions.ts';
import { appendEntries, entriesAfter } from './store-log.ts';
import { summaryOf } from './views.ts';

/** Ids that the rules give to new cells before the database has given real ones. */
const provisional = 1_000_000_000;

/**
 * Edits the cells of a draft: one operation makes new rows and a new set of cells, the neighbours follow, and the draft with
 * its whole log is carried over. The set as a whole is checked twice, exactly in integers and by the database; a single
 * row of either takes everything back.
 */
export async function editCells(tx: Tx, editionId: number, edit: CellEdit): Promise<Output<'editCells'>> {
  const { db, deps, actor, at } = tx;
  const row = await lockDraft(tx, editionId);
  const ground = await groundOf(deps, db, row.coverage_id);
  const coverage = coverageOf(ground, await issuedCodes(db));
  const change =
    edit.kind === 'revert'
      ? await inverseEdit(tx, editionId, edit.seq, ground)
      : await withRealIds(tx, outcomeOf(edit, coverage, { firstId: provisional, project: ground.project }));
  const rows = checkCoverage(applyChange(coverage, change), {
    project: ground.project,
    declaredParts: partsOf(ground),
  });
  if (rows.length > 0) throw new Refused('coverage_damaged', { rows: rows.slice(0, 50) });

  const srid = await metricSrid(db);
  if (edit.kind !== 'revert') await insertShapes(db, shapesOf(change, ground), srid, at);
  const coverageId = await insertEditedCoverage(db, {
    parentId: ground.coverageId,
    removed: change.removed.map(({ id }) => id),
    added: change.added.map(({ id }) => id),
    outline: change.outlineAfter,
    note: `${edit.kind} in edition ${editionId}`,
    metricSrid: srid,
    at,
  });
  const faults = await checkInDatabase(db, coverageId, srid);
  if (faults.length > 0) throw new Refused('coverage_damaged', { rows: faults.slice(0, 50) });

  const before = await loadDraft(deps, db, row);
  const seq = before.draft.seq + 1;
  const entry: CellsEntry = {
    seq,
    author: actor.id as CellsEntry['author'],
    kind: edit.kind,
    coverageId,
    lineage: change.lineage.map(({ from, to }) => ({ from: [...from], to: [...to] })),
  };
  const { seq: _, ...cells } = entry;
  const logged: LogEntry = { seq, at: new Date(at).toISOString(), cells };
  const after = nextEntry(before, logged);
  await appendEntries(db, editionId, [{ opId: tx.key, authorId: actor.id!, kind: edit.kind, entry: logged }]);
  await replacePairs(db, editionId, coverageId, pairsOf(after));
  await updateEdition(db, editionId, { op_seq: seq });
  tx.announce('cells.edited', `edition/${editionId}`, {
    edition: summaryOf(await lockKnown(tx, editionId)),
    kind: edit.kind,
    was: change.removed.map(({ code15 }) => code15),
    became: change.added.map(({ code15 }) => code15),
  });
  const zones = new Map(pairsOf(before));
  return { entry, conflicts: undecided(change, zones) } as Output<'editCells'>;
}

function outcomeOf(
  edit: Exclude<CellEdit, { kind: 'revert' }>,
  coverage: Parameters<typeof splitCell>[0],
  context: EditContext,
): EditOutcome {
  if (edit.kind === 'split') return splitCell(coverage, edit, context);
  if (edit.kind === 'merge')
    return mergeCells(
      coverage,
      { cellIds: edit.cellIds, ...(edit.village !== undefined && { village: edit.village }) },
      context,
    );
  if (edit.kind === 'renumber') return renumberVillage(coverage, edit, context);
  if (edit.kind === 'move_border') return moveBorder(coverage, edit, context);
  return moveNode(coverage, edit, context);
}

async function withRealIds({ db }: Tx, outcome: EditOutcome): Promise<CoverageChange> {
  if (!outcome.ok) throw new Refused(outcome.refusal, outcome.at ? { at: outcome.at } : {});
  const { change } = outcome;
  const ids = await newCellIds(db, change.added.length);
  const real = (id: CellId): CellId => (id >= provisional ? (ids[id - provisional]! as CellId) : id);
  return {
    ...change,
    added: change.added.map((cell) => ({ ...cell, id: real(cell.id) })),
    lineage: change.lineage.map(({ from, to }) => ({ from, to: to.map(real) })),
  };
}

/** The change that takes an edit back: its cells must all still be as it left them. */
async function inverseEdit(
  { db }: Tx,
  editionId: number,
  seq: number,
  ground: PlanGround,
): Promise<CoverageChange> {
  const [entry] = await entriesAfter(db, editionId, seq - 1, 1);
  if (!entry || !('cells' in entry) || entry.cells.kind === 'rebase')
    throw new Refused('operation_unknown', { seq });
  const present = new Map<CellId, PlannedCell>(ground.cells.map((cell) => [cell.id, cell]));
  const { lineage } = entry.cells;
  const removed = lineage.flatMap(({ to }) => to).map((id) => present.get(id));
  if (removed.some((cell) => !cell)) throw new Refused('operation_undone', { seq });
  const added = await cellsById(
    db,
    lineage.flatMap(({ from }) => from),
  );
  const gone = new Set(removed.map((cell) => cell!.id));
  const rest = [...ground.cells.filter(({ id }) => !gone.has(id)), ...added];
  const topology = buildTopology(rest.map(({ rings }) => rings));
  return {
    removed: removed.flatMap((cell) => (cell ? [cell] : [])),
    added,
    lineage: lineage.map(({ from, to }) => ({ from: to, to: from })),
    outlineBefore: ground.outline,
    outlineAfter: dissolve(
      topology,
      rest.map((_, i) => i),
    ).flat(),
  };
}

const partsOf = (ground: PlanGround): number =>
  dissolve(
    ground.topology,
    ground.cells.map((_, i) => i),
  ).length;

/** Residents of a part go by its share of the area, of a merged cell they add up: nobody was asked where they live. */
function shapesOf(change: CoverageChange, ground: PlanGround) {
  const old = new Map(ground.cells.map((cell): [CellId, StudioCell] => [cell.id, cell]));
  const area = (cell: PlannedCell): number => measure(cell.rings, ground.project).squareMetres;
  return change.lineage.flatMap(({ from, to }) => {
    const people = from.reduce((sum, id) => sum + (old.get(id)?.population ?? 0), 0);
    const parts = to.map((id) => change.added.find((cell) => cell.id === id)!);
    const whole = parts.reduce((sum, part) => sum + area(part), 0);
    let left = people;
    return parts.map((part, i) => {
      const population = i === parts.length - 1 ? left : Math.round((people * area(part)) / whole);
      left -= population;
      const heir = from.find((id) => villageOf(old.get(id)!.code15) === villageOf(part.code15)) ?? from[0]!;
      return {
        id: part.id,
        code: part.code15,
        kind: part.kind,
        rings: part.rings,
        population,
        heirOf: heir,
        supersedes: part.supersedes,
      };
    });
  });
}

/** Merged cells whose sources lay in different zones: they have none until a person decides. */
function undecided(change: CoverageChange, zones: ReadonlyMap<number, number | null>) {
  return change.lineage.flatMap(({ from, to }) => {
    const of = [...new Set(from.map((id) => zones.get(id) ?? null))];
    return of.length > 1 ? to.map((cellId) => ({ cellId, zoneIds: of })) : [];
  });
}
