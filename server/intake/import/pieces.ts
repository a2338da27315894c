/** Connected pieces of a graph: each a list of its nodes, the largest first. */
export function pieces<N>(nodes: readonly N[], links: Iterable<readonly [N, N]>): N[][] {
  const beside = new Map<N, N[]>(nodes.map((node) => [node, []]));
  for (const [a, b] of links) {
    beside.get(a)?.push(b);
    beside.get(b)?.push(a);
  }
  const seen = new Set<N>();
  const found: N[][] = [];
  for (const start of nodes) {
    if (seen.has(start)) continue;
    seen.add(start);
    const piece = [start];
    for (const node of piece)
      for (const other of beside.get(node) ?? [])
        if (!seen.has(other)) {
          seen.add(other);
          piece.push(other);
        }
    found.push(piece);
  }
  return found.sort((a, b) => b.length - a.length);
}
