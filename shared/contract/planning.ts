import { z } from 'zod';
import { CellId, EditionId, InstantSchema, PersonId, ZoneId } from './ids.ts';
import { barriers, coverageFaults, editionStatuses, planProblems } from './planning-codes.ts';
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
export type DraftOperation = AssignOperation | TurnOperation | LockOperation | UnlockOperation;

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
]);
export type CellEdit = z.infer<typeof CellEditSchema>;

/** A row of the coverage check. */
export const CoverageRowSchema = z.strictObject({
  kind: z.enum(coverageFaults),
  cellIds: z.array(CellId),
  value: z.number(),
  at: VertexSchema,
});

const problemNames = Object.keys(planProblems) as [PlanProblemName, ...PlanProblemName[]];

/** A named reason against a plan with its place. */
export const PlanProblemSchema = z.strictObject({
  name: z.enum(problemNames),
  severity: z.enum(['error', 'warning']),
  zoneId: ZoneId.optional(),
  cellIds: z.array(CellId),
});

export const EditionStatusSchema = z.enum(editionStatuses);
export const BarrierSchema = z.enum(barriers);

/** An edition as lists show it. */
export const EditionSummarySchema = z.strictObject({
  id: EditionId,
  name: z.string(),
  status: EditionStatusSchema,
  parentId: EditionId.nullable(),
  rollsBackTo: EditionId.nullable(),
  author: PersonId,
  approvedBy: PersonId.nullable(),
  effectiveAt: InstantSchema.nullable(),
  retiredAt: InstantSchema.nullable(),
  contentHash: z.string(),
});
export type EditionSummary = z.infer<typeof EditionSummarySchema>;
