import type { ReplayReport } from '../../contract/replays.ts';
import type { ReportInput } from './report.ts';
import type { SideOutcome } from './run-side.ts';

/**
 * Share of the incidents that were reached within the target of their priority, by cell and by village, under both plans;
 * what nobody ever served was not reached. Places without an incident are not named.
 */
export function coverageOf(
  input: ReportInput,
  before: SideOutcome,
  after: SideOutcome,
): ReplayReport['coverage'] {
  const { recording, targetSeconds, cellIds, villages } = input;
  const reached = (side: SideOutcome, i: number): number => {
    const target = (targetSeconds[recording.incidents[i]!.priority - 1] ?? 0) * 1000;
    return side.served[i] && side.responseMs[i]! <= target ? 1 : 0;
  };
  const count = <K>(keyOf: (i: number) => K): Map<K, { incidents: number; was: number; is: number }> => {
    const sums = new Map<K, { incidents: number; was: number; is: number }>();
    for (const i of recording.incidents.keys()) {
      const sum = sums.get(keyOf(i)) ?? { incidents: 0, was: 0, is: 0 };
      sum.incidents += 1;
      sum.was += reached(before, i);
      sum.is += reached(after, i);
      sums.set(keyOf(i), sum);
    }
    return sums;
  };
  return {
    cells: [...count((i) => cellIds[i]!)]
      .sort(([a], [b]) => a - b)
      .map(([cellId, { incidents, was, is }]) => [cellId, incidents, was / incidents, is / incidents]),
    villages: [...count((i) => villages[i]!)]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, { incidents, was, is }]) => ({
        code,
        name: input.villageNames[code] ?? code,
        incidents,
        before: was / incidents,
        after: is / incidents,
      })),
  };
}
