import type { Policy } from '../../contract/dispatch.ts';
import { straightLine } from '../dispatch/travel.ts';
import type { TravelModel } from '../dispatch/travel.ts';
import type { Recording } from './run-side.ts';

/**
 * A model that knows the ways from the teams' homes to the recorded places exactly, for most drives of a quiet town begin
 * at home; all others are those of `model`. The known ways hold by day and change with the hour as the policy's speeds do.
 */
export function homeTravel(policy: Policy, recording: Recording, model: TravelModel): TravelModel {
  const { teams, incidents } = recording;
  // places are looked up as objects: a replay hands on the very points of its recording
  const known = new Map<object, readonly number[]>();
  for (const { point, fromHome } of incidents) if (fromHome) known.set(point, fromHome);
  if (known.size === 0) return model;
  const homes = new Map(teams.map(({ home }, team) => [home.lng, team]));
  const plain = straightLine(policy);
  const day = plain.speed(12);
  return {
    version: `${model.version}, homes by road`,
    speed: (hour) => model.speed(hour),
    at: (instant) => model.at?.(instant),
    fill(lngs, lats, count, to, hour, into) {
      model.fill(lngs, lats, count, to, hour, into);
      const seconds = known.get(to);
      if (!seconds) return;
      const factor = day / plain.speed(hour);
      for (let i = 0; i < count; i++) {
        const team = homes.get(lngs[i]!);
        if (team === undefined || teams[team]!.home.lat !== lats[i]) continue;
        const known = seconds[team]!;
        if (known >= 0) into.seconds[i] = known * factor;
      }
    },
  };
}
