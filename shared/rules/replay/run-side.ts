import type { Policy } from '../../contract/dispatch.ts';
import type { CellId, ZoneId } from '../../contract/ids.ts';
import type { TravelModel } from '../dispatch/travel.ts';
import { replay } from './run.ts';
import type { Outcome } from './run.ts';
import type { RecordedIncident, RecordedTeam, RecordedWorld } from './world.ts';

/** The recorded part that no plan changes. */
export interface Recording {
  readonly incidents: readonly Omit<RecordedIncident, 'cellId'>[];
  readonly teams: readonly Omit<RecordedTeam, 'zoneIds'>[];
  readonly callTakingMs: number;
}

/** A plan as a replay needs it: the zone of each incident (0: none) and the zones of each team, in the recording's order. */
export interface SidePlan {
  readonly zones: Int32Array;
  readonly zoneIds: readonly (readonly ZoneId[])[];
}

/** What happened on one side. Entry i belongs to incident i of the recording. */
export interface SideOutcome extends Outcome {
  /** From the decision that could have been made to the start of the drive that arrived; 0 where somebody was free. */
  readonly waitMs: Float64Array;
  readonly served: Uint8Array;
  /** Share of the time from the first report to the last end in which no team on duty was free. */
  readonly allBusyShare: number;
  /** Served by a team of another zone. */
  readonly crossZone: number;
}

/** The world of a recording under a plan. */
export function worldOf({ incidents, teams, callTakingMs }: Recording, plan: SidePlan): RecordedWorld {
  const zoneOfCell = new Map<CellId, ZoneId>();
  for (let i = 0; i < incidents.length; i++)
    if (plan.zones[i]! > 0) zoneOfCell.set((i + 1) as CellId, plan.zones[i] as ZoneId);
  return {
    // each incident stands in a cell of its own, so that plans on different cells can be compared
    incidents: incidents.map((incident, i) => ({ ...incident, cellId: (i + 1) as CellId })),
    teams: teams.map((team, i) => ({ ...team, zoneIds: plan.zoneIds[i]! })),
    zoneOfCell,
    callTakingMs,
  };
}

/** Replays a recording under a plan. */
export function runSide(
  recording: Recording,
  plan: SidePlan,
  policy: Policy,
  model: TravelModel,
): SideOutcome {
  const { incidents, callTakingMs } = recording;
  const world = worldOf(recording, plan);
  const startedAt = new Float64Array(incidents.length).fill(NaN);
  const out = new Uint8Array(world.teams.length);
  const duty = Uint8Array.from(world.teams, ({ duties }) => (duties ? 0 : 1));
  let since = NaN;
  let busyMs = 0;
  let firstAt = NaN;
  let lastAt = NaN;
  const outcome = replay(world, policy, model, (what, at, incident, team) => {
    if (what === 'on' || what === 'off') duty[team] = what === 'on' ? 1 : 0;
    else {
      if (Number.isNaN(firstAt)) firstAt = at;
      lastAt = at;
      if (what === 'go') {
        startedAt[incident] = at;
        out[team] = 1;
      } else if (what === 'done' || what === 'home') out[team] = 0;
      else return;
    }
    const nobody = out.every((busy, i) => busy === 1 || duty[i] === 0);
    if (nobody && Number.isNaN(since)) since = at;
    if (!nobody && !Number.isNaN(since)) {
      busyMs += Math.max(0, at - Math.max(since, firstAt));
      since = NaN;
    }
  });
  const served = new Uint8Array(incidents.length);
  const waitMs = new Float64Array(incidents.length);
  let crossZone = 0;
  for (const [i, incident] of incidents.entries()) {
    const team = outcome.teams[i]!;
    if (team < 0) continue;
    served[i] = 1;
    waitMs[i] = Math.max(0, startedAt[i]! - incident.reportedAt - callTakingMs);
    const zone = plan.zones[i]! as ZoneId;
    if (zone > 0 && !plan.zoneIds[team]!.includes(zone)) crossZone++;
  }
  const span = lastAt - firstAt;
  return { ...outcome, served, waitMs, crossZone, allBusyShare: span > 0 ? busyMs / span : 0 };
}
