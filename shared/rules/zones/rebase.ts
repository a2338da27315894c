import type { CellId, ZoneId } from '../../contract/ids.ts';
import { zoneAt } from './assignment.ts';
import type { Assignment } from './assignment.ts';
import type { TownGraph } from './graph.ts';

/** A cell that draft and running edition gave to different zones since they parted. */
export interface RebaseConflict {
  readonly cellId: CellId;
  readonly base: ZoneId | null;
  readonly draft: ZoneId | null;
  readonly running: ZoneId | null;
}

/** A draft brought onto the running edition. Conflicting cells keep the draft's zone until a person decides. */
export interface Rebased {
  readonly assignment: Assignment;
  readonly conflicts: readonly RebaseConflict[];
}

/** Changed only in the draft: the draft's zone; changed only in the running edition: its zone; both and differently: a conflict. */
export function rebase(graph: TownGraph, base: Assignment, draft: Assignment, running: Assignment): Rebased {
  const assignment = draft.slice();
  const conflicts: RebaseConflict[] = [];
  for (let i = 0; i < assignment.length; i++) {
    if (draft[i] === base[i]) assignment[i] = running[i]!;
    else if (running[i] !== base[i] && running[i] !== draft[i])
      conflicts.push({
        cellId: graph.cellIds[i]!,
        base: zoneAt(base, i),
        draft: zoneAt(draft, i),
        running: zoneAt(running, i),
      });
  }
  return { assignment, conflicts };
}
