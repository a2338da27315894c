import { length } from './arithmetic.ts';
import { edgeKm, type Mesh } from './mesh.ts';

/** No edge shorter than this is made; keeps every vertex distinct after rounding to a centimetre. */
const SHORTEST_KM = 0.006;

/** Pulls the ends of very short edges apart, as far as the fine cells round them stay in shape. */
export function stretchShortEdges(mesh: Mesh, wantedKm = 0.014): void {
  for (let round = 0; round < 6; round++) {
    for (const edge of mesh.edges) {
      const km = edgeKm(mesh, edge);
      if (km >= wantedKm) continue;
      const { a, b } = edge;
      const [ax, ay, bx, by] = [mesh.x[a]!, mesh.y[a]!, mesh.x[b]!, mesh.y[b]!];
      // A vanishing edge has no direction of its own: take the one across its two fine cells.
      const [dx, dy] = km > 1e-6 ? [(bx - ax) / km, (by - ay) / km] : across(mesh, edge.left);
      const grow = (wantedKm * 1.05 - km) / 2;
      move(mesh, a, ax - dx * grow, ay - dy * grow, 0);
      move(mesh, b, bx + dx * grow, by + dy * grow, 0);
    }
  }
}

/**
 * Straightens borders by moving shared vertices towards their two neighbours on the most important line
 * through them (`rank` of an edge, 0 for none). Fine cells keep their shape, so no border can cross another.
 */
export function smoothBorders(mesh: Mesh, rank: readonly number[], rounds: number): void {
  for (let round = 0; round < rounds; round++) {
    for (let v = 0; v < mesh.x.length; v++) {
      const edges = mesh.edgesOfVertex[v]!;
      const top = Math.max(...edges.map((e) => rank[e]!));
      const along = edges.filter((e) => rank[e] === top);
      if (along.length < 2) continue;
      const ends = along.map((e) => {
        const { a, b } = mesh.edges[e]!;
        return a === v ? b : a;
      });
      const cx = ends.reduce((s, n) => s + mesh.x[n]!, 0) / ends.length;
      const cy = ends.reduce((s, n) => s + mesh.y[n]!, 0) / ends.length;
      const pull = along.length === 2 ? 0.4 : top > 0 ? 0.25 : 0.1;
      const [x, y] = [mesh.x[v]!, mesh.y[v]!];
      if (!move(mesh, v, x + pull * (cx - x), y + pull * (cy - y), SHORTEST_KM)) {
        move(mesh, v, x + 0.3 * pull * (cx - x), y + 0.3 * pull * (cy - y), SHORTEST_KM);
      }
    }
  }
}

/** Moves a vertex unless a fine cell round it would lose its shape or an edge would get too short. */
function move(mesh: Mesh, v: number, x: number, y: number, shortest: number): boolean {
  const [oldX, oldY] = [mesh.x[v]!, mesh.y[v]!];
  mesh.x[v] = x;
  mesh.y[v] = y;
  const fits = mesh.edgesOfVertex[v]!.every((e) => {
    const edge = mesh.edges[e]!;
    if (shortest > 0 && edgeKm(mesh, edge) < shortest) return false;
    return isStarShaped(mesh, edge.left) && (edge.right < 0 || isStarShaped(mesh, edge.right));
  });
  if (fits) return true;
  mesh.x[v] = oldX;
  mesh.y[v] = oldY;
  return false;
}

/** True when all of a fine cell is seen from its middle: then its ring cannot cross itself. */
export function isStarShaped(mesh: Mesh, cell: number): boolean {
  const ring = mesh.rings[cell]!;
  let mx = 0;
  let my = 0;
  for (const v of ring) {
    mx += mesh.x[v]! / ring.length;
    my += mesh.y[v]! / ring.length;
  }
  return ring.every((a, k) => {
    const b = ring[(k + 1) % ring.length]!;
    const [ax, ay, bx, by] = [mesh.x[a]! - mx, mesh.y[a]! - my, mesh.x[b]! - mx, mesh.y[b]! - my];
    return ax * by - bx * ay > 1e-7;
  });
}

function across(mesh: Mesh, cell: number): [number, number] {
  const ring = mesh.rings[cell]!;
  const [a, b] = [ring[0]!, ring[Math.floor(ring.length / 2)]!];
  const [dx, dy] = [mesh.x[b]! - mesh.x[a]!, mesh.y[b]! - mesh.y[a]!];
  const norm = length(dx, dy);
  return [dx / norm, dy / norm];
}
