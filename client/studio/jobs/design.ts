import { create } from 'zustand';
import type { Assignment } from '../../../shared/rules/zones/assignment.ts';
import { difference } from '../../../shared/rules/zones/assignment.ts';
import type { CurvePoint } from '../../../shared/rules/zones/design/curve.ts';
import { propose } from '../acts.ts';
import { desk, settledPlan, useDesk } from '../desk.ts';
import { say, sentenceOfCode, wordsNow } from '../say.ts';
import type { DesignNews, DesignTask } from './design-messages.ts';

interface DesignStore {
  readonly running: DesignTask['kind'] | null;
  readonly fraction: number;
  readonly deviation: number | null;
  readonly compactness: number | null;
  readonly points: readonly CurvePoint[];
  /** Number of the point of the curve that lies on the table. */
  readonly chosen: number | null;
  readonly drawn: { readonly deviation: number; readonly compactness: number; readonly cells: number } | null;
}

/** The proposal that is being made, or was made last. */
export const useDesign = create<DesignStore>()(() => ({
  running: null,
  fraction: 0,
  deviation: null,
  compactness: null,
  points: [],
  chosen: null,
  drawn: null,
}));

let worker: Worker | null = null;

// a proposal is made for the plan on the table, on its cells; closures and calendars that were read again leave it alone
useDesk.subscribe((now, before) => {
  const coverageOf = ({ ground }: typeof now) => ground?.studio.coverageId;
  if (now.detail?.edition.id === before.detail?.edition.id && coverageOf(now) === coverageOf(before)) return;
  stopDesign();
  useDesign.setState({ points: [], chosen: null, drawn: null });
});

/** Starts a proposal in a worker; a running one is given up. */
export function startDesign(kind: DesignTask['kind'], seed: number, tolerance: number): void {
  const { ground, picture, sync } = desk();
  const plan = settledPlan();
  if (!ground || !picture || !sync || !plan) return;
  stopDesign();
  const made = new Worker(new URL('./design.worker.ts', import.meta.url), { type: 'module' });
  worker = made;
  useDesign.setState({
    running: kind,
    fraction: 0,
    deviation: null,
    compactness: null,
    drawn: null,
    chosen: null,
    ...(kind === 'curve' && { points: [] }),
  });
  made.addEventListener('message', ({ data }: MessageEvent<DesignNews>) => {
    if (worker === made) hear(data);
  });
  made.addEventListener('error', () => {
    stopDesign();
    say(wordsNow().refusals.bug, 'refused');
  });
  const task: DesignTask = {
    kind,
    graph: ground.graph,
    assignment: plan,
    zoneIds: [...sync.view.zones],
    locked: sync.view.locked,
    seed,
    tolerance,
  };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
  made.postMessage(task);
}

/** Gives a running proposal up. */
export function stopDesign(): void {
  worker?.terminate();
  worker = null;
  useDesign.setState({ running: null });
}

function hear(news: DesignNews): void {
  if (news.kind === 'redrawing')
    return useDesign.setState({
      fraction: news.fraction,
      deviation: news.deviation ?? null,
      compactness: news.compactness ?? null,
    });
  if (news.kind === 'curve') {
    const { points, chosen } = useDesign.getState();
    const before = chosen === null ? undefined : points[chosen];
    const kept = news.points.findIndex(
      ({ delta, loadMoved }) => delta === before?.delta && loadMoved === before.loadMoved,
    );
    useDesign.setState({
      fraction: news.fraction,
      points: news.points,
      chosen: kept < 0 ? null : kept,
    });
    if (news.done) stopDesign();
    return;
  }
  stopDesign();
  const { outcome } = news;
  if (!outcome.ok) return say(sentenceOfCode(outcome.refusal), 'refused');
  const cells = layOut(outcome.assignment) ?? 0;
  useDesign.setState({ drawn: { deviation: outcome.deviation, compactness: outcome.compactness, cells } });
}

/** Puts a point of the curve on the table as a pending selection; not while strokes are on their way. */
export function choosePoint(index: number): void {
  const point = useDesign.getState().points[index];
  if (!point) return;
  if (layOut(point.assignment) !== null) useDesign.setState({ chosen: index });
}

/** How many cells the selection moves; null when there is no settled plan to move them in. */
function layOut(assignment: Assignment): number | null {
  const { ground } = desk();
  const plan = settledPlan();
  if (!ground || !plan || plan.length !== assignment.length) return null;
  const pairs = difference(ground.graph, plan, assignment);
  propose(pairs, 'proposal');
  return pairs.length;
}
