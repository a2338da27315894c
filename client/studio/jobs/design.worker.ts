import { changeCurve } from '../../../shared/rules/zones/design/curve.ts';
import { designZones } from '../../../shared/rules/zones/design/design.ts';
import type { DesignNews, DesignTask } from './design-messages.ts';

const tellEveryMs = 80;

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
const tell = (news: DesignNews): void => self.postMessage(news);

// The clock only decides how often progress is told; the plan depends on seed and input alone.
let toldAt = 0;
const due = (): boolean => {
  if (performance.now() - toldAt < tellEveryMs) return false;
  toldAt = performance.now();
  return true;
};

function redraw(task: DesignTask): void {
  const run = designZones(task);
  let step = run.next();
  while (!step.done) {
    const { fraction, bestDeviation, bestCompactness } = step.value;
    if (due()) tell({ kind: 'redrawing', fraction, deviation: bestDeviation, compactness: bestCompactness });
    step = run.next();
  }
  tell({ kind: 'redrawn', outcome: step.value });
}

function curve(task: DesignTask): void {
  const run = changeCurve(task);
  let step = run.next();
  while (!step.done) {
    if (due()) tell({ kind: 'curve', ...step.value, done: false });
    step = run.next();
  }
  tell({ kind: 'curve', fraction: 1, points: step.value, done: true });
}

self.addEventListener('message', ({ data }: MessageEvent<DesignTask>) => {
  if (data.kind === 'redraw') redraw(data);
  else curve(data);
});
