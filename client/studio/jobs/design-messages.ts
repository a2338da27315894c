import type { ZoneId } from '../../../shared/contract/ids.ts';
import type { Assignment } from '../../../shared/rules/zones/assignment.ts';
import type { CurvePoint } from '../../../shared/rules/zones/design/curve.ts';
import type { DesignOutcome } from '../../../shared/rules/zones/design/design.ts';
import type { TownGraph } from '../../../shared/rules/zones/graph.ts';

/** What the page asks of the worker. */
export interface DesignTask {
  readonly kind: 'redraw' | 'curve';
  readonly graph: TownGraph;
  readonly assignment: Assignment;
  readonly zoneIds: readonly ZoneId[];
  readonly locked: ReadonlySet<ZoneId>;
  readonly seed: number;
  /** Band about the mean workload: 0.05 is five per cent. */
  readonly tolerance: number;
}

/** What the worker tells. */
export type DesignNews =
  | {
      readonly kind: 'redrawing';
      readonly fraction: number;
      readonly deviation?: number | undefined;
      readonly compactness?: number | undefined;
    }
  | { readonly kind: 'redrawn'; readonly outcome: DesignOutcome }
  | {
      readonly kind: 'curve';
      readonly fraction: number;
      readonly points: readonly CurvePoint[];
      readonly done: boolean;
    };
