import type { Assignment } from './assignment.ts';
import type { TownGraph } from './graph.ts';

/** The connected pieces of some cells over passable borders, the largest (by cells, then lowest cell) first. */
export function piecesOf(graph: TownGraph, members: readonly number[]): readonly (readonly number[])[] {
  const waiting = new Set(members);
  const pieces: number[][] = [];
  for (const first of members) {
    if (!waiting.delete(first)) continue;
    const piece = [first];
    for (let at = 0; at < piece.length; at++) {
      const cell = piece[at]!;
      for (let slot = graph.offsets[cell]!; slot < graph.offsets[cell + 1]!; slot++) {
        const next = graph.neighbours[slot]!;
        if (graph.passable[slot] && waiting.delete(next)) piece.push(next);
      }
    }
    pieces.push(piece.sort((a, b) => a - b));
  }
  return pieces.sort((a, b) => b.length - a.length || a[0]! - b[0]!);
}

/** True when a zone stays in one piece without one of its cells. Looks only as far as needed. */
export function staysWhole(graph: TownGraph, assignment: Assignment, cell: number): boolean {
  const zone = assignment[cell];
  const wanted = new Set<number>();
  for (let slot = graph.offsets[cell]!; slot < graph.offsets[cell + 1]!; slot++) {
    const next = graph.neighbours[slot]!;
    if (graph.passable[slot] && assignment[next] === zone) wanted.add(next);
  }
  if (wanted.size === 0) return false;
  const [start] = wanted;
  wanted.delete(start!);
  const seen = new Set([cell, start!]);
  const queue = [start!];
  for (let at = 0; at < queue.length && wanted.size > 0; at++) {
    const current = queue[at]!;
    for (let slot = graph.offsets[current]!; slot < graph.offsets[current + 1]!; slot++) {
      const next = graph.neighbours[slot]!;
      if (!graph.passable[slot] || assignment[next] !== zone || seen.has(next)) continue;
      seen.add(next);
      wanted.delete(next);
      queue.push(next);
    }
  }
  return wanted.size === 0;
}

/** Groups of cells outside a zone that it encloses: no way to the border of the town except through the zone. */
export function holesIn(
  graph: TownGraph,
  assignment: Assignment,
  zone: number,
): readonly (readonly number[])[] {
  const count = assignment.length;
  const seen = new Uint8Array(count);
  const open: number[] = [];
  let left = 0;
  for (let i = 0; i < count; i++) {
    if (assignment[i] === zone) continue;
    left++;
    if (graph.outerMetres[i]! > 0) {
      seen[i] = 1;
      open.push(i);
    }
  }
  if (spread(graph, assignment, zone, open, seen).length === left) return [];
  const holes: number[][] = [];
  for (let i = 0; i < count; i++) {
    if (seen[i] || assignment[i] === zone) continue;
    seen[i] = 1;
    holes.push(spread(graph, assignment, zone, [i], seen).sort((a, b) => a - b));
  }
  return holes;
}

function spread(
  graph: TownGraph,
  assignment: Assignment,
  zone: number,
  queue: number[],
  seen: Uint8Array,
): number[] {
  for (let at = 0; at < queue.length; at++) {
    const cell = queue[at]!;
    for (let slot = graph.offsets[cell]!; slot < graph.offsets[cell + 1]!; slot++) {
      const next = graph.neighbours[slot]!;
      if (seen[next] || assignment[next] === zone) continue;
      seen[next] = 1;
      queue.push(next);
    }
  }
  return queue;
}
