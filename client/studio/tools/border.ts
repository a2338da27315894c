import { create } from 'zustand';
import type { Feature, FeatureCollection } from 'geojson';
import type { CellId } from '../../../shared/contract/ids.ts';
import { moveBorder, moveNode } from '../../../shared/rules/cells/move.ts';
import { sameVertex, vertexAt } from '../../../shared/rules/cells/ring.ts';
import type { Vertex } from '../../../shared/rules/cells/ring.ts';
import { editCells } from '../acts.ts';
import type { Ground } from '../core/ground.ts';
import { desk } from '../desk.ts';
import { degrees } from '../map/shapes.ts';
import { say, sentenceOfCode } from '../say.ts';
import { contextOf } from './line.ts';

interface BorderStore {
  /** Number of the arc in the topology, or null. */
  readonly arc: number | null;
  readonly before: readonly Vertex[];
  readonly after: readonly Vertex[];
  /** The vertex that keys and drags move. */
  readonly vertex: number | null;
  set: (change: Partial<Omit<BorderStore, 'set'>>) => void;
}

/** The border that is being moved: both cells follow, the ends stay unless an end itself is moved. */
export const useBorder = create<BorderStore>()((set) => ({
  arc: null,
  before: [],
  after: [],
  vertex: null,
  set: (change) => set(change),
}));

export const dropBorder = (): void =>
  useBorder.getState().set({ arc: null, before: [], after: [], vertex: null });

/** Takes up a border by its arc. */
export function openBorder(ground: Ground, arc: number): void {
  const { path } = ground.topology.arcs[arc]!;
  useBorder.getState().set({ arc, before: path, after: path, vertex: null });
}

/** Arcs between two cells. */
export function bordersBetween(ground: Ground, a: number, b: number): readonly number[] {
  return ground.topology.arcs.flatMap(({ left, right }, i) =>
    (left === a && right === b) || (left === b && right === a) ? [i] : [],
  );
}

/** The inner arc that passes nearest to a place, within `reach` degrees; -1 when none does. */
export function borderAt(ground: Ground, lng: number, lat: number, reach: number): number {
  const at = vertexAt(lng, lat);
  let best = -1;
  let least = reach * 1e7;
  for (const [i, arc] of ground.topology.arcs.entries()) {
    if (arc.right < 0) continue;
    for (let k = 1; k < arc.path.length; k++) {
      const far = distance(at, arc.path[k - 1]!, arc.path[k]!);
      if (far >= least) continue;
      least = far;
      best = i;
    }
  }
  return best;
}

function distance(p: Vertex, a: Vertex, b: Vertex): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const t = Math.min(1, Math.max(0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy);
}

/** The vertex of the open border that lies nearest to a place; a place on the line gets a new one. */
export function grabVertex(lng: number, lat: number, reach: number): number | null {
  const { after, set } = useBorder.getState();
  const at = vertexAt(lng, lat);
  const near = reach * 1e7;
  let best: number | null = null;
  let least = near;
  for (const [i, v] of after.entries()) {
    const far = Math.hypot(v[0] - at[0], v[1] - at[1]);
    if (far < least) [least, best] = [far, i];
  }
  if (best === null)
    for (let k = 1; k < after.length; k++)
      if (distance(at, after[k - 1]!, after[k]!) < near) {
        set({ after: [...after.slice(0, k), at, ...after.slice(k)] });
        best = k;
        break;
      }
  set({ vertex: best });
  return best;
}

/** Puts a vertex of the open border somewhere else. */
export function placeVertex(index: number, lng: number, lat: number): void {
  const { after, set } = useBorder.getState();
  set({ after: after.map((v, i) => (i === index ? vertexAt(lng, lat) : v)), vertex: index });
}

/** Puts a new vertex in the middle of the stretch after a vertex: the act of the keyboard. */
export function addVertexAfter(index: number): void {
  const { after, set } = useBorder.getState();
  const [a, b] = [after[index]!, after[index + 1]];
  if (!b) return;
  const middle: Vertex = [Math.round((a[0] + b[0]) / 2), Math.round((a[1] + b[1]) / 2)];
  set({ after: [...after.slice(0, index + 1), middle, ...after.slice(index + 1)], vertex: index + 1 });
}

/** Takes an inner vertex out. */
export function removeVertex(index: number): void {
  const { after, set } = useBorder.getState();
  if (index > 0 && index < after.length - 1)
    set({ after: after.filter((_, i) => i !== index), vertex: null });
}

/** Sends the new course: a moved end moves every border that meets there. */
export async function saveBorder(): Promise<boolean> {
  const { ground } = desk();
  const { arc, before, after } = useBorder.getState();
  const open = arc === null ? undefined : ground?.topology.arcs[arc];
  if (!ground || !open || open.right < 0) return false;
  const cellIds: [CellId, CellId] = [ground.graph.cellIds[open.left]!, ground.graph.cellIds[open.right]!];
  const ends = [0, -1].filter((i) => !sameVertex(before.at(i)!, after.at(i)!));
  const [end] = ends;
  const context = contextOf(ground);
  if (end !== undefined) {
    const [from, to] = [before.at(end)!, after.at(end)!];
    const trial = moveNode(ground.coverage, { from, to }, context);
    if (!trial.ok) return refuse(trial.refusal);
    return finish(await editCells({ kind: 'move_node', from: [from[0], from[1]], to: [to[0], to[1]] }));
  }
  const trial = moveBorder(ground.coverage, { cellIds, before, after }, context);
  if (!trial.ok) return refuse(trial.refusal);
  const wire = (path: readonly Vertex[]): [number, number][] => path.map(([x, y]) => [x, y]);
  return finish(await editCells({ kind: 'move_border', cellIds, before: wire(before), after: wire(after) }));
}

function refuse(code: string): false {
  say(sentenceOfCode(code), 'refused');
  return false;
}

function finish(done: boolean): boolean {
  if (done) dropBorder();
  return done;
}

/** The border with its handles: hollow ends, filled inner vertices. */
export function borderFeatures(after: readonly Vertex[]): FeatureCollection {
  if (after.length === 0) return { type: 'FeatureCollection', features: [] };
  const line: Feature = {
    type: 'Feature',
    geometry: { type: 'LineString', coordinates: after.map(degrees) },
    properties: {},
  };
  return {
    type: 'FeatureCollection',
    features: [
      line,
      ...after.map((v, i): Feature => ({
        type: 'Feature',
        geometry: { type: 'Point', coordinates: degrees(v) },
        properties: { kind: i === 0 || i === after.length - 1 ? 'node' : 'inner' },
      })),
    ],
  };
}
