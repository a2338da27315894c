import type { Policy } from '../../contract/dispatch.ts';
import { localHour, travelTable } from '../dispatch/travel.ts';
import type { TravelModel } from '../dispatch/travel.ts';
import type { Recording, SideOutcome } from './run-side.ts';

/** The response that nobody could have beaten with these teams: the nearest one, free and at home. */
export function bestMs(recording: Recording, policy: Policy, model: TravelModel): Float64Array {
  const { teams, incidents, callTakingMs } = recording;
  const table = travelTable(teams.length);
  const lngs = Float64Array.from(teams, ({ home }) => home.lng);
  const lats = Float64Array.from(teams, ({ home }) => home.lat);
  return Float64Array.from(incidents, ({ point, reportedAt }) => {
    const at = reportedAt + callTakingMs;
    model.at?.(at);
    model.fill(lngs, lats, teams.length, point, localHour(policy, at), table);
    const onDuty = table.seconds.filter(
      (_, i) => teams[i]!.duties?.some(([from, to]) => from <= at && at < to) ?? true,
    );
    return callTakingMs + Math.min(...(onDuty.length > 0 ? onDuty : table.seconds)) * 1000;
  });
}

/** Mean seconds above the best in hindsight, split so that the parts sum to the whole. */
export function regretOf(side: SideOutcome, nearest: SideOutcome, best: Float64Array) {
  const served = [...side.served.keys()].filter((i) => side.served[i] && nearest.served[i]);
  const mean = (of: (i: number) => number): number =>
    served.length === 0 ? 0 : served.reduce((sum, i) => sum + of(i), 0) / served.length / 1000;
  const onTheWay = mean((i) => side.responseMs[i]! - side.waitMs[i]!);
  const withoutRule = mean((i) => nearest.responseMs[i]! - nearest.waitMs[i]!);
  const bestMeanSeconds = mean((i) => best[i]!);
  return {
    bestMeanSeconds,
    waitingSeconds: mean((i) => side.waitMs[i]!),
    zoneRuleSeconds: onTheWay - withoutRule,
    awaySeconds: withoutRule - bestMeanSeconds,
  };
}
