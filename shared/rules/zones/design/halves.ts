import type { TownGraph } from '../graph.ts';
import { groundOf } from './ground.ts';
import { improve } from './improve.ts';

/** Enough for a zone: about 20 ms for 20 cells, 60 ms for 500. */
const effort = { proposals: 200_000, seeds: 1, starts: 4, finalists: 2, passes: 40 };

/** Splits some cells into `parts` balanced contiguous groups of cell numbers, the heaviest first. */
export function splitMembers(
  graph: TownGraph,
  members: readonly number[],
  parts: number,
): readonly (readonly number[])[] {
  const ground = groundOf(graph, members);
  const run = improve(ground, parts, new Int32Array(members.length).fill(-1), 1, 0.02, effort);
  let step = run.next();
  while (!step.done) step = run.next();
  const { slot } = step.value;
  const groups = Array.from({ length: parts }, (): { cells: number[]; load: number } => ({
    cells: [],
    load: 0,
  }));
  for (const [i, cell] of members.entries()) {
    const group = groups[slot[i]!]!;
    group.cells.push(cell);
    group.load += ground.load[i]!;
  }
  return groups.sort((a, b) => b.load - a.load || a.cells[0]! - b.cells[0]!).map((group) => group.cells);
}
