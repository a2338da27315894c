import { edgeKm, type Mesh } from './mesh.ts';
import type { Terrain } from './terrain.ts';

/** A crossing of the river: streets reach it at two vertices of the river's chain. */
export interface Bridge {
  readonly north: number;
  readonly south: number;
}

const BRIDGES = 4;

/** Edges of the mesh along the river, as indexes. */
export const riverEdges = ({ mesh, beyondRiver }: Terrain): number[] => chain(mesh, beyondRiver);

/** Edges of the mesh along the highway, as indexes. */
export const highwayEdges = ({ mesh, southOfHighway }: Terrain): number[] => chain(mesh, southOfHighway);

/** Bridges spread evenly along the river, where a street comes down to both banks. */
export function placeBridges(terrain: Terrain): Bridge[] {
  const { mesh, beyondRiver } = terrain;
  const river = riverEdges(terrain);
  const onRiver = new Set(river);
  const bankOf = (v: number): 'north' | 'south' | undefined => {
    const side = mesh.edgesOfVertex[v]!.filter((e) => !onRiver.has(e)).map((e) => mesh.edges[e]!);
    if (side.length !== 1 || side[0]!.right < 0) return undefined;
    return beyondRiver[side[0]!.left] ? 'south' : 'north';
  };
  const places = river.flatMap((e): (Bridge & { x: number })[] => {
    const edge = mesh.edges[e]!;
    if (edgeKm(mesh, edge) > 0.045) return [];
    const [a, b] = [bankOf(edge.a), bankOf(edge.b)];
    const x = mesh.x[edge.a]!;
    if (a === 'north' && b === 'south') return [{ north: edge.a, south: edge.b, x }];
    if (a === 'south' && b === 'north') return [{ north: edge.b, south: edge.a, x }];
    return [];
  });
  places.sort((p, q) => p.x - q.x);
  const wanted = Math.min(BRIDGES, places.length);
  return Array.from({ length: wanted }, (_, i) => {
    const { north, south } = places[Math.floor(((i + 0.5) * places.length) / wanted)]!;
    return { north, south };
  });
}

function chain(mesh: Mesh, side: readonly boolean[]): number[] {
  return mesh.edges.flatMap((e, i) => (e.right >= 0 && side[e.left] !== side[e.right] ? [i] : []));
}
