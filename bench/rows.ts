/** One line of the table. `ratio` is ours against the peer, or against the floor where there is no peer. */
export interface Row {
  readonly name: string;
  readonly ours: number | null;
  readonly unit: string;
  /** Another product's figure: measured in the same run, or recorded (then the note says so). */
  readonly peer: number | null;
  /** What the machine needs at least, measured in the same run. */
  readonly floor: number | null;
  readonly ratio: number | null;
  /** What is asked of `ours` or `ratio`, where a goal stands. */
  readonly goal: string | null;
  /** Only where a goal stands and the run can tell. */
  readonly pass?: boolean;
  readonly note?: string;
}

interface Figures {
  readonly name: string;
  readonly ours: number | null;
  readonly unit: string;
  readonly peer?: number;
  readonly floor?: number;
  readonly goal?: { readonly of: 'ours' | 'ratio'; readonly is: 'below' | 'above'; readonly than: number };
  readonly note?: string;
}

/** Computes ratio and verdict. */
export function rowOf({ name, ours, unit, peer, floor, goal, note }: Figures): Row {
  const against = peer ?? floor;
  const ratio = ours === null || against === undefined || against === 0 ? null : rounded(ours / against);
  const judged = goal?.of === 'ratio' ? ratio : ours;
  const pass =
    !goal || judged === null ? undefined : goal.is === 'below' ? judged < goal.than : judged > goal.than;
  return {
    name,
    ours: ours === null ? null : rounded(ours),
    unit,
    peer: peer === undefined ? null : rounded(peer),
    floor: floor === undefined ? null : rounded(floor),
    ratio,
    goal: goal ? `${goal.of} ${goal.is === 'below' ? '<' : '>'} ${goal.than}` : null,
    ...(pass !== undefined && { pass }),
    ...(note !== undefined && { note }),
  };
}

/** Hands a row to the table: a line of JSON, marked, so that it stands out from whatever else is printed. */
export function emit(figures: Figures): void {
  process.stdout.write(`${rowMark}${JSON.stringify(rowOf(figures))}\n`);
}

export const rowMark = 'row: ';

/** Three significant digits. */
const rounded = (value: number): number =>
  Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3));

export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Exponent b of `cost = a * size^b`, by least squares of the logarithms. */
export function exponent(points: readonly (readonly [size: number, cost: number])[]): number {
  const logs = points.map(([size, cost]) => [Math.log(size), Math.log(Math.max(cost, 1e-9))] as const);
  const mean = (axis: 0 | 1) => logs.reduce((sum, one) => sum + one[axis], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const above = logs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return above / logs.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}

/** BENCH_SCALE shrinks every count, for a quick look; 1 is the full measurement. */
export const scaled = (count: number, least = 1): number =>
  Math.max(least, Math.round(count * Number(process.env.BENCH_SCALE ?? 1)));

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Milliseconds that something takes. */
export async function timed(work: () => unknown): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

/** Processor time of this process while some work runs: what the clock would say on a machine of its own. */
export function cpuMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
