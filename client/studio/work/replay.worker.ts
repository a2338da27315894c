import { matrixTravel } from '../../../shared/rules/replay/matrix-travel.ts';
import { atSpeed, replayReport } from '../../../shared/rules/replay/report.ts';
import type { ReplayNews, ReplayTask } from './replay-messages.ts';

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
const tell = (news: ReplayNews): void => self.postMessage(news);

self.addEventListener('message', ({ data }: MessageEvent<ReplayTask>) => {
  const startedAt = performance.now();
  const model = atSpeed(matrixTravel(data.policy, data.matrix), data.speedFactor);
  const outcome = replayReport(data.input, model, (share) => tell({ kind: 'progress', share }));
  tell({ kind: 'done', outcome, milliseconds: performance.now() - startedAt });
});
