import { homeTravel } from '../../shared/rules/replay/home-travel.ts';
import { matrixTravel, type TravelMatrix } from '../../shared/rules/replay/matrix-travel.ts';
import { atSpeed, replayReport, type ReportInput } from '../../shared/rules/replay/report.ts';

/** A process that computes one report: told its input, it tells how far it is and what came out, and ends. */
process.once(
  'message',
  ({ input, matrix, speedFactor }: { input: ReportInput; matrix: TravelMatrix; speedFactor: number }) => {
    const roads = matrixTravel(input.policy, matrix);
    const model = atSpeed(homeTravel(input.policy, input.recording, roads), speedFactor);
    const outcome = replayReport(input, model, (share) => process.send!({ progress: share }));
    process.send!({ outcome }, () => process.disconnect());
  },
);
// whoever asked is gone
process.once('disconnect', () => process.exit());
