import type { CellId, ZoneId } from '../../contract/ids.ts';
import type { Assignment } from './assignment.ts';
import type { TownGraph } from './graph.ts';
import { piecesOf, staysWhole } from './pieces.ts';
import { deviationOf } from './tally.ts';
import type { Tally } from './tally.ts';

/** An imbalance explained as an act: move these cells from one zone to its neighbour. */
export interface MoveSuggestion {
  readonly cellIds: readonly CellId[];
  readonly from: ZoneId;
  readonly to: ZoneId;
  /** The larger of the two zones' deviations, before and after. */
  readonly deviationBefore: number;
  readonly deviationAfter: number;
}

/**
 * Moves of one to three connected border cells between a zone and its neighbours that bring the larger of the two
 * deviations down, the best first. Neither zone is cut and locked zones are left alone.
 */
export function suggestMoves(
  graph: TownGraph,
  assignment: Assignment,
  tally: Tally,
  zoneId: ZoneId,
  locked: ReadonlySet<ZoneId>,
  most = 3,
): readonly MoveSuggestion[] {
  const zone = tally.zones.get(zoneId);
  if (!zone || locked.has(zoneId)) return [];
  const own = deviationOf(zone, tally.meanHours);
  const found: MoveSuggestion[] = [];
  for (const otherId of neighboursOf(graph, assignment, zoneId)) {
    const other = tally.zones.get(otherId);
    if (!other || locked.has(otherId)) continue;
    const [from, to] = own > 0 ? [zone, other] : [other, zone];
    const before = Math.max(Math.abs(own), Math.abs(deviationOf(other, tally.meanHours)));
    for (const chain of chains(graph, assignment, from.zoneId, to.zoneId)) {
      const moved = chain.reduce((sum, cell) => sum + graph.workloadHours[cell]!, 0);
      const after = Math.max(
        Math.abs((from.workloadHours - moved) / tally.meanHours - 1),
        Math.abs((to.workloadHours + moved) / tally.meanHours - 1),
      );
      if (after < before - 1e-9)
        found.push({
          cellIds: chain.map((cell) => graph.cellIds[cell]!),
          from: from.zoneId,
          to: to.zoneId,
          deviationBefore: before,
          deviationAfter: after,
        });
    }
  }
  found.sort((a, b) => a.deviationAfter - b.deviationAfter || a.cellIds.length - b.cellIds.length);
  return found.slice(0, most);
}

function neighboursOf(graph: TownGraph, assignment: Assignment, zoneId: ZoneId): ReadonlySet<ZoneId> {
  const zones = new Set<ZoneId>();
  for (let cell = 0; cell < assignment.length; cell++) {
    if (assignment[cell] !== zoneId) continue;
    for (let slot = graph.offsets[cell]!; slot < graph.offsets[cell + 1]!; slot++) {
      const zone = assignment[graph.neighbours[slot]!]!;
      if (graph.passable[slot] && zone !== 0 && zone !== zoneId) zones.add(zone as ZoneId);
    }
  }
  return zones;
}

/** Single cells of `from` on the border to `to`, then chains of two and three that grow from them. */
function chains(
  graph: TownGraph,
  assignment: Assignment,
  from: ZoneId,
  to: ZoneId,
): readonly (readonly number[])[] {
  const members = [...assignment.keys()].filter((cell) => assignment[cell] === from);
  const contiguous = piecesOf(graph, members).length === 1;
  const ahead = (cell: number, zone: number): number[] => {
    const next: number[] = [];
    for (let slot = graph.offsets[cell]!; slot < graph.offsets[cell + 1]!; slot++)
      if (graph.passable[slot] && assignment[graph.neighbours[slot]!] === zone)
        next.push(graph.neighbours[slot]!);
    return next;
  };
  const leaves = (chain: readonly number[]): boolean => {
    if (chain.length >= members.length) return false;
    if (!contiguous) return true;
    if (chain.length === 1) return staysWhole(graph, assignment, chain[0]!);
    return (
      piecesOf(
        graph,
        members.filter((cell) => !chain.includes(cell)),
      ).length === 1
    );
  };
  const seen = new Set<string>();
  let current = members.filter((cell) => ahead(cell, to).length > 0).map((cell) => [cell]);
  const all: number[][] = [];
  for (let length = 1; length <= 3; length++) {
    all.push(...current.filter(leaves));
    current = current
      .flatMap((chain) =>
        chain
          .flatMap((cell) => ahead(cell, from))
          .filter((cell) => !chain.includes(cell))
          .map((cell) => [...chain, cell].sort((a, b) => a - b)),
      )
      .filter((chain) => {
        const key = chain.join();
        return !seen.has(key) && seen.add(key) !== undefined;
      });
  }
  return all;
}
