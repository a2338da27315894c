import type { CellId } from '../../contract/ids.ts';
import { nextCodes, orderByRows, villageOf } from './codes.ts';
import type { Coverage, PlannedCell } from './coverage.ts';
import { crossingsOf, cutsOf } from './crossings.ts';
import type { Crossing, Cut } from './crossings.ts';
import { concludeEdit, refuseEdit } from './edit.ts';
import type { EditContext, EditOutcome, Successor } from './edit.ts';
import { measure } from './measure.ts';
import { indexIn, placeInRing, sameVertex, segmentsTouch, vertexKey, vertexOf } from './ring.ts';
import type { Ring, Vertex } from './ring.ts';
import { insertBetween } from './tiling.ts';

/** Splits a cell along a drawn line. */
export interface SplitCell {
  readonly cellId: CellId;
  readonly line: readonly Vertex[];
}

/**
 * Cuts a cell in two or more parts; the neighbours at the ends of the line receive the new vertices, found by
 * segment and never by geometry, since a rounded crossing no longer lies exactly on the border.
 */
export function splitCell(coverage: Coverage, split: SplitCell, context: EditContext): EditOutcome {
  const cell = coverage.cells.get(split.cellId);
  if (!cell) return refuseEdit('cell_unknown');
  const line = split.line.filter((v, i) => i === 0 || !sameVertex(v, split.line[i - 1]!));
  if (line.length < 2) return refuseEdit('line_short');
  const outer = cell.rings[0]!;
  const crossings = crossingsOf(line, outer, nearness(context));
  for (const end of [line[0]!, line.at(-1)!])
    if (placeInRing(end, outer) === 'inside') return refuseEdit('line_ends_inside', end);
  const cuts = cutsOf(line, crossings, outer);
  if (crossings.length === 0) return refuseEdit('line_outside');
  const grazed = cuts.find((cut) => sameVertex(cut.from.vertex, cut.to.vertex));
  if (cuts.length === 0 || grazed)
    return refuseEdit('line_touches_corner', grazed?.from.vertex ?? crossings[0]!.vertex);
  for (const hole of cell.rings.slice(1))
    if (cuts.some((cut) => touchesRing(cut, hole))) return refuseEdit('line_crosses_itself', hole[0]);

  const hosts = hostsOf(cuts.flatMap((cut) => [cut.from, cut.to]));
  const insertAll = (ring: Ring): Ring =>
    hosts.reduce((now, host) => insertBetween(now, host.p, host.q, host.vertices), ring);
  let pieces: readonly Ring[] = [insertAll(outer)];
  for (const cut of cuts) {
    const next = cutPieces(pieces, cut);
    if (!next) return refuseEdit('line_crosses_itself', cut.from.vertex);
    pieces = next;
  }
  const parts = orderByRows(
    pieces.map((piece) => [piece, ...cell.rings.slice(1).filter((hole) => liesIn(hole, piece))]),
    context.project,
  );
  const least = context.leastSquareMetres ?? 1;
  const small = parts.find((rings) => measure(rings, context.project).squareMetres < least);
  if (small) return refuseEdit('part_small', small[0]![0]);
  const codes = nextCodes(coverage.issuedCodes, villageOf(cell.code15), parts.length);
  if (!codes) return refuseEdit('village_full');

  const successors: Successor[] = parts.map((rings, i) => ({ from: [cell], rings, code15: codes[i]! }));
  for (const other of coverage.cells.values()) {
    if (other.id === cell.id) continue;
    const rings = other.rings.map(insertAll);
    if (rings.some((ring, i) => ring !== other.rings[i])) successors.push(reshaped(other, rings));
  }
  return concludeEdit(coverage, successors, coverage.outline.map(insertAll), context);
}

/** A neighbour that only follows a border keeps its code. */
export const reshaped = (cell: PlannedCell, rings: readonly Ring[]): Successor => ({
  from: [cell],
  rings,
  code15: cell.code15,
});

function nearness(context: EditContext): (a: Vertex, b: Vertex) => boolean {
  const snap = context.snapMetres ?? 1;
  return (a, b) => {
    if (Math.abs(a[1] - b[1]) > snap * 100) return false;
    const one = context.project(a);
    const two = context.project(b);
    return Math.hypot(one[0] - two[0], one[1] - two[1]) <= snap;
  };
}

function hostsOf(crossings: readonly Crossing[]): readonly { p: Vertex; q: Vertex; vertices: Vertex[] }[] {
  const hosts = new Map<string, { p: Vertex; q: Vertex; vertices: Vertex[] }>();
  for (const { host, vertex } of crossings) {
    if (!host) continue;
    const [p, q] = host;
    const key = `${vertexKey(p)} ${vertexKey(q)}`;
    const entry = hosts.get(key) ?? { p, q, vertices: [] };
    if (!entry.vertices.some((v) => sameVertex(v, vertex))) entry.vertices.push(vertex);
    hosts.set(key, entry);
  }
  const far = (p: Vertex, v: Vertex): number => Math.hypot(v[0] - p[0], v[1] - p[1]);
  for (const { p, vertices } of hosts.values()) vertices.sort((a, b) => far(p, a) - far(p, b));
  return [...hosts.values()];
}

/** The pieces after one more cut, or nothing when no piece holds both of its ends. */
function cutPieces(pieces: readonly Ring[], cut: Cut): readonly Ring[] | undefined {
  const probe: Vertex = midpoint(cut.from.vertex, cut.path[0] ?? cut.to.vertex);
  const holding = pieces.filter(
    (ring) => indexIn(ring, cut.from.vertex) >= 0 && indexIn(ring, cut.to.vertex) >= 0,
  );
  const piece =
    holding.length > 1 ? holding.find((ring) => placeInRing(probe, ring) === 'inside') : holding[0];
  if (!piece) return undefined;
  const i = indexIn(piece, cut.from.vertex);
  const j = indexIn(piece, cut.to.vertex);
  const first = [...walk(piece, i, j), ...cut.path.toReversed()];
  const second = [...walk(piece, j, i), ...cut.path];
  return pieces.flatMap((ring) => (ring === piece ? [first, second] : [ring]));
}

function walk(ring: Ring, from: number, to: number): Vertex[] {
  const steps = (to - from + ring.length) % ring.length;
  return Array.from({ length: steps + 1 }, (_, k) => vertexOf(ring, from + k));
}

const midpoint = (a: Vertex, b: Vertex): Vertex => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];

const liesIn = (hole: Ring, piece: Ring): boolean =>
  hole.map((v) => placeInRing(v, piece)).find((place) => place !== 'border') === 'inside';

function touchesRing(cut: Cut, ring: Ring): boolean {
  const path = [cut.from.vertex, ...cut.path, cut.to.vertex];
  return path
    .slice(1)
    .some((b, k) => ring.some((c, i) => segmentsTouch(path[k]!, b, c, ring[(i + 1) % ring.length]!)));
}
