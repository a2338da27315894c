import { length } from './arithmetic.ts';
import { highwayEdges, riverEdges } from './bridges.ts';
import { drawLattice, inRing, lakeRing, meetRing, moatRing, RING_OUTSET, type Lattice } from './old-town.ts';
import type { Random } from './random.ts';
import { addNode, addStreet, emptyGraph, type StreetGraph } from './street-graph.ts';
import type { Survey } from './survey.ts';

/** Nodes of the moat's ring road closer than this become one. */
const RING_GAP_KM = 0.02;

/** All streets that could be built, before thinning. */
export interface Streets {
  readonly graph: StreetGraph;
  readonly lattice: Lattice;
  /** Node of each mesh vertex, -1 where no street may go. */
  readonly nodeOfVertex: readonly number[];
}

/**
 * Streets along the edges of the fine cells, except along and into the river and the outline, in the lake and
 * in the old town, which has a lattice of lanes, a ring road outside its moat, and gates between the two.
 */
export function layStreets({ terrain, bridges }: Survey, random: Random): Streets {
  const { mesh } = terrain;
  const graph = emptyGraph();
  const river = new Set(riverEdges(terrain));
  const highway = new Set(highwayEdges(terrain));
  const ends = new Set(bridges.flatMap((b) => [b.north, b.south]));
  const ring = moatRing(RING_OUTSET);
  const shore = lakeRing(0.03);
  const wet = new Set<number>();
  mesh.edges.forEach((edge, e) => {
    if (river.has(e) || (edge.right < 0 && !highway.has(e))) wet.add(edge.a).add(edge.b);
  });
  for (const v of ends) wet.delete(v);
  for (const e of highway) for (const v of [mesh.edges[e]!.a, mesh.edges[e]!.b]) wet.delete(v);
  const inOldTown = Array.from(mesh.x, (x, v) => inRing(ring, x, mesh.y[v]!));
  // Both ends of a bridge are one node in midstream: the streets that come down to the banks are the bridge.
  const midstream = new Map<number, number>();
  for (const { north, south } of bridges) {
    const node = addNode(graph, (mesh.x[north]! + mesh.x[south]!) / 2, (mesh.y[north]! + mesh.y[south]!) / 2);
    midstream.set(north, node).set(south, node);
  }
  const nodeOfVertex = inOldTown.map((inside, v) => {
    const bridge = midstream.get(v);
    if (bridge !== undefined) return bridge;
    const [x, y] = [mesh.x[v]!, mesh.y[v]!];
    return inside || wet.has(v) || inRing(shore, x, y) ? -1 : addNode(graph, x, y);
  });

  const arrivals: { along: number; at: readonly [number, number]; from: number }[] = [];
  mesh.edges.forEach((edge, e) => {
    const [a, b] = [nodeOfVertex[edge.a]!, nodeOfVertex[edge.b]!];
    const [from, to] = [point(mesh, edge.a), point(mesh, edge.b)];
    if (river.has(e) || edge.right < 0 || crosses(shore, from, to)) return;
    const kind = highway.has(e) ? 'highway' : ends.has(edge.a) || ends.has(edge.b) ? 'bridge' : 'street';
    if (a >= 0 && b >= 0) addStreet(graph, a, b, kind);
    else if (a >= 0 && inOldTown[edge.b]) arrivals.push({ ...meetRing(ring, from, to)!, from: a });
    else if (b >= 0 && inOldTown[edge.a]) arrivals.push({ ...meetRing(ring, to, from)!, from: b });
  });

  const lattice = drawLattice(random);
  const first = graph.x.length;
  for (const [x, y] of lattice.nodes) addNode(graph, x, y);
  for (const { a, b, axis } of lattice.edges) addStreet(graph, first + a, first + b, axis ? 'axis' : 'lane');
  const gates = lattice.gates.map(({ node, direction: [dx, dy] }) => {
    const [x, y] = lattice.nodes[node]!;
    return { ...meetRing(ring, [x, y], [x + dx, y + dy])!, node: first + node };
  });
  const corners = cornersOf(ring);
  const stops: { along: number; node: number }[] = [];
  const stopAt = (along: number, at: readonly [number, number], from = -1): number => {
    const near = stops.find((s) => Math.abs(s.along - along) < RING_GAP_KM);
    if (near) return near.node;
    // A street corner beside the ring becomes part of it.
    const beside = from >= 0 && length(graph.x[from]! - at[0], graph.y[from]! - at[1]) < RING_GAP_KM;
    const node = beside ? from : addNode(graph, at[0], at[1]);
    stops.push({ along, node });
    return node;
  };
  for (const gate of gates) addStreet(graph, gate.node, stopAt(gate.along, gate.at), 'bridge');
  for (const { along, at, from } of arrivals) addStreet(graph, from, stopAt(along, at, from), 'street');
  for (const { along, at } of corners) stopAt(along, at);
  stops.sort((s, t) => s.along - t.along);
  stops.forEach(({ node }, k) => addStreet(graph, node, stops[(k + 1) % stops.length]!.node, 'ring'));
  return { graph, lattice, nodeOfVertex };
}

const point = (mesh: { x: Float64Array; y: Float64Array }, v: number) => [mesh.x[v]!, mesh.y[v]!] as const;

function crosses(
  ring: readonly (readonly [number, number])[],
  p: readonly [number, number],
  q: readonly [number, number],
): boolean {
  return meetRing(ring, p, q) !== undefined;
}

/** The vertices of a ring with their distance along it. */
function cornersOf(ring: readonly (readonly [number, number])[]) {
  let along = 0;
  return ring.map((at, k) => {
    const [bx, by] = ring[(k + 1) % ring.length]!;
    const here = { along, at };
    along += Math.sqrt((bx - at[0]) ** 2 + (by - at[1]) ** 2);
    return here;
  });
}
