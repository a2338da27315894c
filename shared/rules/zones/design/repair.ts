import type { Ground } from './ground.ts';

/**
 * Makes every zone slot contiguous and non-empty: the heaviest piece of a slot stays, islands go to the neighbour with
 * the longest shared border, and an empty slot takes a cell of the heaviest slot that can spare one. Pinned cells
 * keep their slot; their pieces stay. Works on a copy. Needs at least as many free cells as slots.
 */
export function repairPlan(ground: Ground, k: number, pinned: Int32Array, plan: Int32Array): Int32Array {
  const slot = plan.slice();
  for (let round = 0; round < 50; round++) if (!mergeIslands(ground, k, pinned, slot)) break;
  for (let q = 0; q < k; q++) if (!slot.includes(q)) refill(ground, k, pinned, slot, q);
  return slot;
}

/** One pass over all islands; true when something moved. */
function mergeIslands(ground: Ground, k: number, pinned: Int32Array, slot: Int32Array): boolean {
  const keep = new Map<number, { cells: number[]; load: number }>();
  const islands: number[][] = [];
  for (const cells of allPieces(ground, slot)) {
    const q = slot[cells[0]!]!;
    const load = cells.reduce((sum, cell) => sum + ground.load[cell]!, 0) + cells.length * 1e-9;
    const best = keep.get(q);
    if (!best) keep.set(q, { cells, load });
    else if (load > best.load) {
      islands.push(best.cells);
      keep.set(q, { cells, load });
    } else islands.push(cells);
  }
  let moved = false;
  for (const island of islands) {
    if (island.some((cell) => pinned[cell]! >= 0)) continue;
    const target = longestBorder(ground, k, slot, island);
    if (target < 0) continue;
    for (const cell of island) slot[cell] = target;
    moved = true;
  }
  return moved;
}

function allPieces(ground: Ground, slot: Int32Array): number[][] {
  const seen = new Uint8Array(slot.length);
  const pieces: number[][] = [];
  for (let first = 0; first < slot.length; first++) {
    if (seen[first]) continue;
    seen[first] = 1;
    const piece = [first];
    for (const cell of piece)
      for (let s = ground.offsets[cell]!; s < ground.offsets[cell + 1]!; s++) {
        const next = ground.neighbours[s]!;
        if (!ground.passable[s] || seen[next] || slot[next] !== slot[first]) continue;
        seen[next] = 1;
        piece.push(next);
      }
    pieces.push(piece);
  }
  return pieces;
}

function longestBorder(ground: Ground, k: number, slot: Int32Array, island: readonly number[]): number {
  const metres = new Float64Array(k);
  let best = -1;
  for (const cell of island)
    for (let s = ground.offsets[cell]!; s < ground.offsets[cell + 1]!; s++) {
      const q = slot[ground.neighbours[s]!]!;
      if (!ground.passable[s] || q === slot[island[0]!]) continue;
      metres[q]! += ground.sharedMetres[s]! + 1e-6;
      if (best < 0 || metres[q]! > metres[best]!) best = q;
    }
  return best;
}

function refill(ground: Ground, k: number, pinned: Int32Array, slot: Int32Array, empty: number): void {
  const loads = new Float64Array(k);
  const sizes = new Int32Array(k);
  for (let i = 0; i < slot.length; i++) {
    loads[slot[i]!]! += ground.load[i]!;
    sizes[slot[i]!]!++;
  }
  const order = [...loads.keys()].filter((q) => sizes[q]! > 1).sort((a, b) => loads[b]! - loads[a]! || a - b);
  for (const q of order) {
    // A leaf of the breadth-first tree is the last cell found: without it the rest still hangs together.
    const members = [...slot.keys()].filter((i) => slot[i] === q);
    const leaf = allPieces(ground, slot)
      .find((piece) => slot[piece[0]!] === q)!
      .findLast((cell) => pinned[cell]! < 0);
    if (leaf === undefined) continue;
    slot[leaf] = empty;
    const whole = allPieces(ground, slot).filter((piece) => slot[piece[0]!] === q).length === 1;
    if (whole || members.length === 2) return;
    slot[leaf] = q;
  }
}
