import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A community (社区) or village (村) of the town, as published. */
export interface Unit {
  readonly code12: string;
  readonly name: string;
  readonly kind: 'community' | 'village';
}

/** The 46 units of data/cicheng-units.csv in order of their codes. */
export function publishedUnits(): Unit[] {
  const file = fileURLToPath(new URL('../../data/cicheng-units.csv', import.meta.url));
  const rows = readFileSync(file, 'utf8').trim().split('\n').slice(1);
  return rows.map((row) => {
    const [code12, name, kind] = row.split(',') as [string, string, Unit['kind']];
    return { code12, name, kind };
  });
}

/** Name on maps and in lists: 村委会 becomes 村. */
export const displayName = (name: string): string => name.replace(/村委会$/, '村');

/**
 * Where a few villages lie by their own names (north, east, south gate, lake), kilometres from the centre.
 * Only the direction is meant; every border stays invented.
 */
const HINTS: readonly (readonly [name: string, x: number, y: number])[] = [
  ['北门村委会', -0.3, 1.6],
  ['慈湖村委会', 0.5, 1.7],
  ['东门村委会', 1.3, 0.4],
  ['南门村委会', -1.2, -0.3],
  ['毛岙村委会', -3, 4.5],
  ['双顶山村委会', 3, 4.5],
  ['半浦村委会', -2.5, -4.6],
  ['黄山村委会', -1, 3.5],
];

/** Gives each village a core: the hinted ones take the nearest free core, the others follow in order. */
export function assignVillages(
  villages: readonly Unit[],
  cores: readonly (readonly [number, number])[],
): Unit[] {
  const owner: (Unit | undefined)[] = cores.map(() => undefined);
  for (const [name, x, y] of HINTS) {
    const village = villages.find((v) => v.name === name);
    if (!village) continue;
    let best = -1;
    let least = Infinity;
    cores.forEach(([cx, cy], i) => {
      const d = (cx - x) ** 2 + (cy - y) ** 2;
      if (!owner[i] && d < least) [best, least] = [i, d];
    });
    if (best >= 0) owner[best] = village;
  }
  const rest = villages.filter((v) => !owner.includes(v));
  return owner.map((v) => v ?? rest.shift()!);
}
