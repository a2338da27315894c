import type { Policy } from '../../../shared/contract/dispatch.ts';
import type { TravelMatrix } from '../../../shared/rules/replay/matrix-travel.ts';
import type { ReportInput, ReportOutcome } from '../../../shared/rules/replay/report.ts';

/** What the page asks of the worker: a recording, two plans, how teams drive. */
export interface ReplayTask {
  readonly input: ReportInput;
  readonly policy: Policy;
  readonly matrix: TravelMatrix;
  /** Factor on the speed of travel. */
  readonly speedFactor: number;
}

/** What the worker tells. */
export type ReplayNews =
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'done'; readonly outcome: ReportOutcome; readonly milliseconds: number };
