import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TownGraph } from '../shared/rules/zones/graph.ts';

/** True where Debian's `metis` is installed. */
export const metisInstalled = spawnSync('gpmetis', ['-help']).error === undefined;

/** A plan by METIS: the part of each cell, and how long the best of its runs was looked for, in seconds. */
export interface MetisPlan {
  readonly parts: Int32Array;
  readonly seconds: number;
}

/**
 * Divides a town by METIS (multilevel k-way, contiguous parts): cells weigh their workload, borders their length. Takes the
 * best balanced of `runs` seeds; `tolerance` is the allowed overload of a part.
 */
export function metisPlan(graph: TownGraph, parts: number, tolerance: number, runs: number): MetisPlan {
  const folder = mkdtempSync(join(tmpdir(), 'metis-'));
  const file = join(folder, 'town.graph');
  try {
    writeFileSync(file, graphText(graph));
    let best: { worst: number; plan: Int32Array } | undefined;
    const before = performance.now();
    for (let seed = 1; seed <= runs; seed++) {
      const options = ['-contig', `-ufactor=${Math.round(1000 * tolerance)}`, `-seed=${seed}`];
      execFileSync('gpmetis', [...options, file, String(parts)], { stdio: 'ignore' });
      const plan = Int32Array.from(
        readFileSync(`${file}.part.${parts}`, 'utf8').trim().split('\n').map(Number),
      );
      const worst = heaviest(graph, plan, parts);
      if (!best || worst < best.worst) best = { worst, plan };
    }
    return { parts: best!.plan, seconds: (performance.now() - before) / 1000 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Vertices and borders with whole weights, numbered from one. */
function graphText(graph: TownGraph): string {
  const passable = (slot: number) => graph.passable[slot] === 1;
  let edges = 0;
  const lines = graph.cellIds.map((_, cell) => {
    const words = [String(Math.max(1, Math.round(1000 * graph.workloadHours[cell]!)))];
    for (let slot = graph.offsets[cell]!; slot < graph.offsets[cell + 1]!; slot++) {
      if (!passable(slot)) continue;
      edges += 1;
      words.push(
        String(graph.neighbours[slot]! + 1),
        String(Math.max(1, Math.round(graph.sharedMetres[slot]!))),
      );
    }
    return words.join(' ');
  });
  return [`${lines.length} ${edges / 2} 011`, ...lines, ''].join('\n');
}

function heaviest(graph: TownGraph, plan: Int32Array, parts: number): number {
  const load = new Float64Array(parts);
  plan.forEach((part, cell) => (load[part]! += graph.workloadHours[cell]!));
  return Math.max(...load);
}
