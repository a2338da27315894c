import { z } from 'zod';
import { BboxSchema } from './geo.ts';
import { EditionId, ZoneId } from './ids.ts';
import { DraftOperationSchema, type DraftOperation, type LogEntry } from './planning.ts';

/**
 * Working together in one draft, over the socket. `draft_join` answers with the last number of the log; entries after
 * `after` follow at once and then live, in order, each once a socket. Operations themselves are posted by HTTP; what else
 * changes about the draft (name, teams, status) comes as facts `edition.*`.
 */
export const JoinDraftSchema = z.strictObject({
  editionId: EditionId,
  /** The last number that the client holds. */
  after: z.number().int().nonnegative(),
});

/** Where a planner works; sent as it changes, may be lost. */
export const DraftLookSchema = z.strictObject({
  editionId: EditionId,
  zoneId: ZoneId.nullable(),
  view: BboxSchema.nullable(),
  /** Cells under the brush or selected, at most 200. */
  cellIds: z.array(z.number().int().positive()).max(200).default([]),
});

/**
 * Operations as they are drawn, ahead of their place in the log: shown to the others at once, and forgotten where the log
 * does not follow. They are posted by HTTP all the same; may be lost.
 */
export const DraftAheadSchema = z.strictObject({
  editionId: EditionId,
  operations: z.array(DraftOperationSchema).min(1).max(50),
});
export interface DraftAheadMessage {
  readonly editionId: number;
  readonly operations: readonly DraftOperation[];
}

/** The next entry of a draft's log. `seq` is one more than the last that this socket got. */
export interface DraftEntryMessage {
  readonly editionId: number;
  readonly entry: LogEntry;
}

/** Who is in the draft now; one row a person. */
export interface DraftPresenceMessage {
  readonly editionId: number;
  readonly people: readonly {
    readonly personId: number;
    readonly name: string;
    readonly zoneId: number | null;
    readonly view: readonly [number, number, number, number] | null;
    readonly cellIds: readonly number[];
  }[];
}

/** Two people wrote the same cells within three seconds; both are told. */
export interface DraftConflictMessage {
  readonly editionId: number;
  readonly cellIds: readonly number[];
  readonly personIds: readonly number[];
}
