import { courseOf } from '../../../shared/rules/replay/course.ts';
import { homeTravel } from '../../../shared/rules/replay/home-travel.ts';
import { matrixTravel } from '../../../shared/rules/replay/matrix-travel.ts';
import { atSpeed, replayReport } from '../../../shared/rules/replay/report.ts';
import type { ReplayNews, ReplayTask } from './replay-messages.ts';

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
const tell = (news: ReplayNews): void => self.postMessage(news);

self.addEventListener('message', ({ data }: MessageEvent<ReplayTask>) => {
  const startedAt = performance.now();
  const roads = matrixTravel(data.policy, data.matrix);
  const model = atSpeed(homeTravel(data.policy, data.input.recording, roads), data.speedFactor);
  if (data.course !== undefined) {
    const { recording, policy, before, after } = data.input;
    const course = (plan: typeof before) => courseOf(recording, plan, policy, model, data.course!);
    return tell({ kind: 'courses', before: course(before), after: course(after) });
  }
  const outcome = replayReport(data.input, model, (share) => tell({ kind: 'progress', share }));
  tell({ kind: 'done', outcome, milliseconds: performance.now() - startedAt });
});
