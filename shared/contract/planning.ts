import { z } from 'zod';
import { CellId, EditionId, InstantSchema, PersonId, RowId, ZoneId } from './ids.ts';
import { barriers, editionStatuses, planProblems } from './planning-codes.ts';
import type { PlanProblemName } from './planning-codes.ts';

/** Cells that go to one zone; null takes their zone away. */
export const DraftChangeSchema = z.strictObject({
  zoneId: ZoneId.nullable(),
  cellIds: z.array(CellId).min(1),
});
export type DraftChange = z.infer<typeof DraftChangeSchema>;

const stamp = { opId: z.uuid(), author: PersonId };

/** One act in a draft. Undo and redo are acts too: the log only grows. */
export const DraftOperationSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...stamp,
    kind: z.literal('assign'),
    changes: z.array(DraftChangeSchema),
    addedZones: z.array(ZoneId).optional(),
    removedZones: z.array(ZoneId).optional(),
  }),
  /** Two zones change places: each takes the other's cells and teams, so that numbers and names are exchanged. */
  z.strictObject({ ...stamp, kind: z.literal('exchange'), zoneIds: z.tuple([ZoneId, ZoneId]) }),
  z.strictObject({ ...stamp, kind: z.literal('lock'), zoneIds: z.array(ZoneId) }),
  z.strictObject({ ...stamp, kind: z.literal('unlock'), zoneIds: z.array(ZoneId) }),
  z.strictObject({ ...stamp, kind: z.literal('undo'), target: z.uuid() }),
  z.strictObject({ ...stamp, kind: z.literal('redo'), target: z.uuid() }),
]);

interface Stamped {
  readonly opId: string;
  readonly author: number;
}
/** Gives cells to zones; zones may enter or leave the plan with it. */
export interface AssignOperation extends Stamped {
  readonly kind: 'assign';
  readonly changes: readonly DraftChange[];
  readonly addedZones?: readonly ZoneId[] | undefined;
  readonly removedZones?: readonly ZoneId[] | undefined;
}
/** Two zones take each other's cells and teams: on the map their numbers and names are exchanged. */
export interface ExchangeOperation extends Stamped {
  readonly kind: 'exchange';
  readonly zoneIds: readonly [ZoneId, ZoneId];
}
/** Takes an earlier operation back, or puts it into force again. */
export interface TurnOperation extends Stamped {
  readonly kind: 'undo' | 'redo';
  readonly target: string;
}
interface LockOperation extends Stamped {
  readonly kind: 'lock';
  readonly zoneIds: readonly ZoneId[];
}
interface UnlockOperation extends Stamped {
  readonly kind: 'unlock';
  readonly zoneIds: readonly ZoneId[];
}

/** The shape of `DraftOperationSchema` as the rules read it. */
export type DraftOperation =
  AssignOperation | ExchangeOperation | TurnOperation | LockOperation | UnlockOperation;

/** An operation after the server gave it its place in the draft's log. */
export const SequencedOperationSchema = z.strictObject({
  seq: z.number().int().positive(),
  operation: DraftOperationSchema,
});
export interface SequencedOperation {
  readonly seq: number;
  readonly operation: DraftOperation;
}

/** Body of posting operations: what the client knew, and its acts in order. */
export const PostOperationsSchema = z.strictObject({
  baseSeq: z.number().int().min(0),
  operations: z.array(DraftOperationSchema).min(1).max(500),
});
export type PostOperations = z.infer<typeof PostOperationsSchema>;

/** Integer coordinates in 1e-7 degree, longitude first. */
export const VertexSchema = z.tuple([
  z.number().int().min(-1.8e9).max(1.8e9),
  z.number().int().min(-9e8).max(9e8),
]);
const PathSchema = z.array(VertexSchema).min(2).max(10_000);
const VillageSchema = z.string().regex(/^\d{12}$/);

/** An edit of the cells themselves, sent as an operation and never as finished polygons. */
export const CellEditSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('split'), cellId: CellId, line: PathSchema }),
  z.strictObject({
    kind: z.literal('merge'),
    cellIds: z.array(CellId).min(2),
    village: VillageSchema.optional(),
  }),
  z.strictObject({
    kind: z.literal('move_border'),
    cellIds: z.tuple([CellId, CellId]),
    before: PathSchema,
    after: PathSchema,
  }),
  z.strictObject({ kind: z.literal('move_node'), from: VertexSchema, to: VertexSchema }),
  /** All cells of a village get new codes; the log keeps which came from which. */
  z.strictObject({ kind: z.literal('renumber'), village: VillageSchema }),
  /** Takes an earlier edit of the same draft back, while its cells are still as it left them. */
  z.strictObject({ kind: z.literal('revert'), seq: RowId }),
]);
export type CellEdit = z.infer<typeof CellEditSchema>;

const problemNames = Object.keys(planProblems) as [PlanProblemName, ...PlanProblemName[]];

/** A named reason against a plan with its place. */
export const PlanProblemSchema = z.strictObject({
  name: z.enum(problemNames),
  severity: z.enum(['error', 'warning']),
  zoneId: ZoneId.optional(),
  teamId: z.number().int().optional(),
  village: z.string().optional(),
  cellIds: z.array(CellId),
  value: z.number().optional(),
  /** Changes that remove the problem, touch no locked zone and cut nothing. */
  repair: z.array(z.strictObject({ cellId: CellId, zoneId: ZoneId.nullable() })).optional(),
});

export const EditionStatusSchema = z.enum(editionStatuses);
export const BarrierSchema = z.enum(barriers);

/** What an edit did to the cells, as an entry of the draft's log: the fold carries the draft over by `lineage`. */
export const CellsEntrySchema = z.strictObject({
  seq: z.number().int().positive(),
  author: PersonId,
  kind: z.enum(['split', 'merge', 'move_border', 'move_node', 'renumber', 'revert', 'rebase']),
  /** The set of cells from here on. */
  coverageId: z.number().int().positive(),
  lineage: z.array(z.strictObject({ from: z.array(CellId), to: z.array(CellId) })),
});
export type CellsEntry = z.infer<typeof CellsEntrySchema>;

/** One entry of a draft's log, in the order of `seq`, which has no gap within a draft. */
export const LogEntrySchema = z.union([
  SequencedOperationSchema.extend({ at: InstantSchema }),
  z.strictObject({
    seq: z.number().int().positive(),
    at: InstantSchema,
    cells: CellsEntrySchema.omit({ seq: true }),
  }),
]);
export type LogEntry = z.infer<typeof LogEntrySchema>;

/** An edition as lists show it. */
export const EditionSummarySchema = z.strictObject({
  id: EditionId,
  name: z.string(),
  status: EditionStatusSchema,
  coverageId: z.number().int(),
  parentId: EditionId.nullable(),
  rollsBackTo: EditionId.nullable(),
  /** Null for an edition that an import or the seed laid. */
  author: PersonId.nullable(),
  approvedBy: PersonId.nullable(),
  createdAt: InstantSchema,
  /** Its own time, when it is published: [effectiveAt, retiredAt). */
  effectiveAt: InstantSchema.nullable(),
  retiredAt: InstantSchema.nullable(),
  contentHash: z.string().nullable(),
  note: z.string(),
  /** A draft that its planners gave up; kept, and no longer listed by default. */
  discarded: z.boolean(),
});
export type EditionSummary = z.infer<typeof EditionSummarySchema>;
