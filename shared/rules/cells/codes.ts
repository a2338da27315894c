import { measure } from './measure.ts';
import type { Projection } from './projection.ts';
import type { Ring } from './ring.ts';

/** The 12 digits of the village or community that a cell code belongs to. */
export const villageOf = (code15: string): string => code15.slice(0, 12);

/** True for 15 digits. */
export const isCellCode = (code: string): boolean => /^\d{15}$/.test(code);

/**
 * The next free codes of a village: above the highest number ever given, then, when 999 is reached, the numbers
 * that were never given. Nothing when fewer than `count` are left. Structure of the unit-grid code: CJ/T 213-2005.
 */
export function nextCodes(
  issued: ReadonlySet<string>,
  village: string,
  count: number,
): readonly string[] | undefined {
  const given = new Set<number>();
  for (const code of issued) if (code.startsWith(village)) given.add(Number(code.slice(12)));
  const highest = Math.max(0, ...given);
  const above = Array.from({ length: 999 - highest }, (_, i) => highest + 1 + i);
  const gaps = Array.from({ length: Math.max(0, highest - 1) }, (_, i) => i + 1).filter((n) => !given.has(n));
  const free = [...above, ...gaps].slice(0, count);
  if (free.length < count) return undefined;
  return free.map((number) => village + String(number).padStart(3, '0'));
}

/** The order of numbering: rows from north to south, west to east inside a row. */
export function orderByRows(
  parts: readonly (readonly Ring[])[],
  project: Projection,
): readonly (readonly Ring[])[] {
  const placed = parts.map((rings) => {
    const { centre } = measure(rings, project);
    const norths = rings[0]!.map((vertex) => project(vertex)[1]);
    return { rings, east: centre[0], north: centre[1], bottom: Math.min(...norths) };
  });
  placed.sort((a, b) => b.north - a.north || a.east - b.east);
  const rows: (typeof placed)[] = [];
  let limit = -Infinity;
  for (const part of placed) {
    const row = rows.at(-1);
    // A part belongs to the row while its centre lies above the lower half of the row's first part.
    if (row && part.north > limit) row.push(part);
    else {
      rows.push([part]);
      limit = (part.north + part.bottom) / 2;
    }
  }
  return rows.flatMap((row) => row.toSorted((a, b) => a.east - b.east).map((part) => part.rings));
}
