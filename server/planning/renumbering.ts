import type { Deps } from '../kernel/deps.ts';
import type { Download } from './plan-export.ts';
import { knownEdition } from './read.ts';
import { cellsById } from './store-cells.ts';
import { entriesAfter } from './store-log.ts';

/** The table of an edition's renumberings, old code to new one with its instant; what was taken back is not in it. */
export async function exportRenumbering(deps: Deps, editionId: number): Promise<Download> {
  const { db } = deps;
  await knownEdition(db, editionId);
  const pairs = new Map<number, { readonly from: number; readonly at: string }>();
  for (const entry of await entriesAfter(db, editionId, 0)) {
    if (!('cells' in entry)) continue;
    const { kind, lineage } = entry.cells;
    for (const { from, to } of lineage) {
      if (kind === 'renumber') pairs.set(to[0]!, { from: from[0]!, at: entry.at });
      if (kind === 'revert' && pairs.get(from[0]!)?.from === to[0]) pairs.delete(from[0]!);
    }
  }
  const ids = [...pairs].flatMap(([to, { from }]) => [from, to]);
  const codes = new Map((await cellsById(db, ids)).map(({ id, code15 }) => [id as number, code15]));
  const rows = [...pairs].map(([to, { from, at }]) => [codes.get(from), codes.get(to), at].join()).toSorted();
  return {
    type: 'text/csv; charset=utf-8',
    name: `edition-${editionId}-codes.csv`,
    body: `old_code,new_code,at\n${rows.map((row) => `${row}\n`).join('')}`,
  };
}
