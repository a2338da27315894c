import { create } from 'zustand';
import type { Assignment } from '../../../shared/rules/zones/assignment.ts';
import { difference } from '../../../shared/rules/zones/assignment.ts';
import type { CurvePoint } from '../../../shared/rules/zones/design/curve.ts';
import { propose } from '../acts.ts';
import { desk, settledPlan } from '../desk.ts';
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
    useDesign.setState({ fraction: news.fraction, points: news.points });
    if (news.done) stopDesign();
    return;
  }
  stopDesign();
  const { outcome } = news;
  if (!outcome.ok) return say(sentenceOfCode(outcome.refusal), 'refused');
  const cells = layOut(outcome.assignment);
  useDesign.setState({ drawn: { deviation: outcome.deviation, compactness: outcome.compactness, cells } });
}

/** Puts a point of the curve on the table as a pending selection. */
export function choosePoint(index: number): void {
  const point = useDesign.getState().points[index];
  if (!point) return;
  useDesign.setState({ chosen: index });
  layOut(point.assignment);
}

function layOut(assignment: Assignment): number {
  const { ground } = desk();
  const plan = settledPlan();
  if (!ground || !plan || plan.length !== assignment.length) return 0;
  const pairs = difference(ground.graph, plan, assignment);
  propose(pairs, 'proposal');
  return pairs.length;
}
