import { create } from 'zustand';
import type { FeatureCollection } from 'geojson';
import type { CellId } from '../../../shared/contract/ids.ts';
import { unitsPerDegree, vertexAt } from '../../../shared/rules/cells/ring.ts';
import type { Vertex } from '../../../shared/rules/cells/ring.ts';
import { splitCell } from '../../../shared/rules/cells/split.ts';
import { editCells } from '../acts.ts';
import type { Ground } from '../core/ground.ts';
import { desk } from '../desk.ts';
import { boxOf, degrees } from '../map/shapes.ts';
import { say, sentenceOfCode } from '../say.ts';

interface LineStore {
  readonly line: readonly Vertex[];
  set: (line: readonly Vertex[]) => void;
}

/** The line that is about to split a cell. */
export const useLine = create<LineStore>()((set) => ({ line: [], set: (line) => set({ line }) }));

export const addLinePoint = (lng: number, lat: number): void => {
  const { line, set } = useLine.getState();
  set([...line, vertexAt(lng, lat)]);
};

export const dropLine = (): void => useLine.getState().set([]);

/** Where the line runs, with the pointer as its end. */
export function lineFeatures(line: readonly Vertex[]): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: [
      ...(line.length > 1
        ? [
            {
              type: 'Feature' as const,
              geometry: { type: 'LineString' as const, coordinates: line.map(degrees) },
              properties: {},
            },
          ]
        : []),
      ...line.map((vertex) => ({
        type: 'Feature' as const,
        geometry: { type: 'Point' as const, coordinates: degrees(vertex) },
        properties: {},
      })),
    ],
  };
}

/** The cell that a line would cut: the one under the middle of its longest stretch. */
export function cellUnder(line: readonly Vertex[]): number {
  const { finder } = desk();
  if (line.length < 2 || !finder) return -1;
  let best = -1;
  let longest = -1;
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1]!, line[i]!];
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    if (length <= longest) continue;
    longest = length;
    best = finder.at((a[0] + b[0]) / 2 / unitsPerDegree, (a[1] + b[1]) / 2 / unitsPerDegree);
  }
  return best;
}

/** Splits the cell under the line; the rule judges here first, the server again. */
export async function cutCell(cellId?: CellId): Promise<boolean> {
  const { ground } = desk();
  const { line, set } = useLine.getState();
  const under = cellUnder(line);
  const wanted = cellId ?? (under >= 0 ? ground?.graph.cellIds[under] : undefined);
  if (!ground || wanted === undefined) return false;
  const outcome = splitCell(ground.coverage, { cellId: wanted, line }, contextOf(ground));
  if (!outcome.ok) {
    say(sentenceOfCode(outcome.refusal), 'refused');
    return false;
  }
  const edited = await editCells({ kind: 'split', cellId: wanted, line: line.map(([x, y]) => [x, y]) });
  if (edited) set([]);
  return edited;
}

/** What a trial run of an edit needs; ids are the server's matter. */
export const contextOf = (ground: Ground) => ({
  firstId: 1 + Math.max(0, ...ground.graph.cellIds),
  project: ground.project,
});

/** A line through the middle of a cell, from edge to edge and beyond: the act of the keyboard. */
export function middleLine(ground: Ground, cell: number, way: 'vertical' | 'horizontal'): readonly Vertex[] {
  const box = boxOf(ground, [cell]);
  const [x, y] = ground.points[cell]!;
  if (!box) return [];
  const [west, south, east, north] = box;
  const [overX, overY] = [(east - west) * 0.1, (north - south) * 0.1];
  const [lng, lat] = [x / unitsPerDegree, y / unitsPerDegree];
  return way === 'vertical'
    ? [vertexAt(lng, south - overY), vertexAt(lng, north + overY)]
    : [vertexAt(west - overX, lat), vertexAt(east + overX, lat)];
}

/** Reads `121.45,29.98; 121.46,29.98`; nothing when it is no line. */
export function lineFrom(text: string): readonly Vertex[] | null {
  const points = text
    .normalize('NFKC')
    .split(/[;\n]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => part.split(/[\s,]+/).map(Number));
  if (points.length < 2 || points.some((p) => p.length !== 2 || p.some((v) => !Number.isFinite(v))))
    return null;
  return points.map(([lng, lat]) => vertexAt(lng!, lat!));
}

/** The line as text. */
export const lineText = (line: readonly Vertex[]): string =>
  line
    .map((v) =>
      degrees(v)
        .map((d) => d.toFixed(7))
        .join(','),
    )
    .join('; ');
