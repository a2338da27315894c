/** A binary min-heap of (node, cost) pairs in flat arrays; an outdated pair is skipped by its reader. */
export class CostHeap {
  private nodes: Int32Array;
  private costs: Float64Array;
  private count = 0;

  constructor(capacity: number) {
    this.nodes = new Int32Array(Math.max(16, capacity));
    this.costs = new Float64Array(Math.max(16, capacity));
  }

  get size(): number {
    return this.count;
  }

  /** Cost of the cheapest pair; undefined behaviour is avoided by asking `size` first. */
  get cheapestCost(): number {
    return this.count ? this.costs[0]! : Infinity;
  }

  push(node: number, cost: number): void {
    if (this.count === this.nodes.length) this.grow();
    let at = this.count++;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (this.costs[above]! <= cost) break;
      this.nodes[at] = this.nodes[above]!;
      this.costs[at] = this.costs[above]!;
      at = above;
    }
    this.nodes[at] = node;
    this.costs[at] = cost;
  }

  /** Removes the cheapest pair and returns its node. */
  pop(): number {
    const top = this.nodes[0]!;
    const node = this.nodes[--this.count]!;
    const cost = this.costs[this.count]!;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= this.count) break;
      if (below + 1 < this.count && this.costs[below + 1]! < this.costs[below]!) below++;
      if (this.costs[below]! >= cost) break;
      this.nodes[at] = this.nodes[below]!;
      this.costs[at] = this.costs[below]!;
      at = below;
    }
    this.nodes[at] = node;
    this.costs[at] = cost;
    return top;
  }

  private grow(): void {
    const nodes = new Int32Array(this.nodes.length * 2);
    const costs = new Float64Array(this.costs.length * 2);
    nodes.set(this.nodes);
    costs.set(this.costs);
    this.nodes = nodes;
    this.costs = costs;
  }
}
