import type { Policy } from '../../../shared/contract/dispatch.ts';
import type { Course } from '../../../shared/rules/replay/course.ts';
import type { TravelMatrix } from '../../../shared/rules/replay/matrix-travel.ts';
import type { ReportInput, ReportOutcome } from '../../../shared/rules/replay/report.ts';

/** What the page asks of the worker: a recording, two plans, how teams drive. */
export interface ReplayTask {
  readonly input: ReportInput;
  readonly policy: Policy;
  readonly matrix: TravelMatrix;
  /** Factor on the speed of travel. */
  readonly speedFactor: number;
  /** Place of one incident in the recording: only its course is asked for. */
  readonly course?: number;
}

/** What the worker tells. */
export type ReplayNews =
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'courses'; readonly before: Course; readonly after: Course }
  | { readonly kind: 'done'; readonly outcome: ReportOutcome; readonly milliseconds: number };
