import type { Policy } from '../../contract/dispatch.ts';
import type { Figures, ReplayReport, ReplaySide } from '../../contract/replays.ts';
import type { CellId, TeamId } from '../../contract/ids.ts';
import { localHour } from '../dispatch/travel.ts';
import type { TravelModel } from '../dispatch/travel.ts';
import { randomStream } from '../zones/design/random.ts';
import { coverageOf } from './coverage.ts';
import { calibrate } from './calibration.ts';
import { differenceOf, figuresOf, variationOf } from './figures.ts';
import { bestMs, regretOf } from './regret.ts';
import { runSide } from './run-side.ts';
import type { Recording, SideOutcome, SidePlan } from './run-side.ts';

/** A plan with what the report calls it. */
export interface NamedPlan extends SidePlan {
  readonly editionId: number;
  readonly name: string;
  readonly contentHash: string;
}

/** Everything that a report is computed from. Same input, same report. */
export interface ReportInput {
  readonly recording: Recording;
  /** Code of each team, in the recording's order. */
  readonly teamCodes: readonly string[];
  /** Cell of each incident in the set of cells of the plan. */
  readonly cellIds: readonly CellId[];
  /** Village of each incident, and names of villages by code. */
  readonly villages: readonly string[];
  readonly villageNames: Readonly<Record<string, string>>;
  /** Response of each incident as it was, in ms; NaN where history does not say. */
  readonly recordedMs: Float64Array;
  readonly before: NamedPlan;
  readonly after: NamedPlan;
  readonly policy: Policy;
  readonly targetSeconds: readonly number[];
  readonly limit: number;
  readonly seed: number;
  readonly absentTeamId: number | null;
  /** Compare although the calibration failed. */
  readonly overridden: boolean;
}

/** The computed part of a report. */
export type ReportFigures = Pick<
  ReplayReport,
  | 'incidents'
  | 'calibration'
  | 'before'
  | 'after'
  | 'difference'
  | 'gains'
  | 'losses'
  | 'villages'
  | 'coverage'
  | 'worstVillages'
  | 'scenarios'
  | 'regret'
  | 'pairs'
>;

export type ReportOutcome =
  | { readonly ok: true; readonly figures: ReportFigures }
  | { readonly ok: false; readonly calibration: ReplayReport['calibration'] };

/** Told after each of the replays, 0 to 1. */
export type Progress = (share: number) => void;

const replays = 9;

/**
 * Replays a recording under two plans with the same policy, the same travel model and the same random numbers. The plan that
 * was in force goes first: a replay that does not reproduce what happened is not compared, unless a person insists.
 */
export function replayReport(
  input: ReportInput,
  model: TravelModel,
  progress: Progress = () => {},
): ReportOutcome {
  const { recording, policy } = input;
  let done = 0;
  const run = (world: Recording, plan: SidePlan, how: Policy = policy, travel: TravelModel = model) => {
    const outcome = runSide(world, plan, how, travel);
    progress(++done / replays);
    return outcome;
  };
  const before = run(recording, input.before);
  const calibration = calibrate(recording, input.before, before, input.recordedMs, input.limit, (at) =>
    localHour(policy, at),
  );
  if (!calibration.passed && !input.overridden) return { ok: false, calibration };
  const after = run(recording, input.after);

  const both = [...recording.incidents.keys()].filter((i) => before.served[i] && after.served[i]);
  const differences = Float64Array.from(both, (i) => after.responseMs[i]! - before.responseMs[i]!);
  const villages = villageRows(input, both, before, after);
  const nearest = run(recording, input.before, withoutZones(policy));
  const best = bestMs(recording, policy, model);
  return {
    ok: true,
    figures: {
      incidents: recording.incidents.length,
      calibration,
      before: sideOf(input, input.before, before),
      after: sideOf(input, input.after, after),
      difference: differenceOf(differences, input.seed),
      gains: differences.filter((ms) => ms < -1000).length,
      losses: differences.filter((ms) => ms > 1000).length,
      villages,
      coverage: coverageOf(input, before, after),
      worstVillages: villages
        .filter(({ difference }) => difference.meanSeconds > 0)
        .toSorted((a, b) => b.difference.meanSeconds - a.difference.meanSeconds)
        .slice(0, 10)
        .map(({ code }) => code),
      scenarios: scenarios(input, model, before, run),
      regret: [
        { side: 'before' as const, ...regretOf(before, nearest, best) },
        { side: 'after' as const, ...regretOf(after, nearest, best) },
      ],
      pairs: both.map((i) => {
        const { incidentId, point } = recording.incidents[i]!;
        return [
          incidentId,
          point.lng,
          point.lat,
          Math.round(before.responseMs[i]! / 1000),
          Math.round(after.responseMs[i]! / 1000),
        ];
      }),
    },
  };
}

const withoutZones = (policy: Policy): Policy => ({
  ...policy,
  zoneRule: ['nearest', 'nearest', 'nearest', 'nearest'],
});

type Run = (world: Recording, plan: SidePlan, how?: Policy, travel?: TravelModel) => SideOutcome;

function figures(
  recording: Recording,
  outcome: SideOutcome,
  targetSeconds: readonly number[],
  priority?: number,
): Figures {
  const chosen = [...recording.incidents.keys()].filter(
    (i) => outcome.served[i] && (priority === undefined || recording.incidents[i]!.priority === priority),
  );
  return figuresOf(
    Float64Array.from(chosen, (i) => outcome.responseMs[i]!),
    Float64Array.from(chosen, (i) => (targetSeconds[recording.incidents[i]!.priority - 1] ?? 0) * 1000),
  );
}

function sideOf(input: ReportInput, plan: NamedPlan, outcome: SideOutcome): ReplaySide {
  const { recording, targetSeconds } = input;
  const served = outcome.served.reduce((sum, one) => sum + one, 0);
  return {
    editionId: plan.editionId as ReplaySide['editionId'],
    name: plan.name,
    contentHash: plan.contentHash,
    all: figures(recording, outcome, targetSeconds),
    byPriority: [1, 2, 3, 4].map((priority) => ({
      priority,
      targetSeconds: targetSeconds[priority - 1] ?? 0,
      ...figures(recording, outcome, targetSeconds, priority),
    })),
    byTeam: recording.teams.map(({ teamId }, i) => ({
      teamId,
      code: input.teamCodes[i]!,
      tasks: outcome.jobs[i]!,
      busyHours: outcome.busyMs[i]! / 3_600_000,
      overtimeHours: outcome.overtimeMs[i]! / 3_600_000,
    })),
    workloadVariation: variationOf(outcome.busyMs),
    crossZoneShare: served > 0 ? outcome.crossZone / served : 0,
    unserved: recording.incidents.length - served,
    queued: outcome.queued,
    bumped: outcome.bumped,
    allBusyShare: outcome.allBusyShare,
  };
}

function villageRows(
  input: ReportInput,
  both: readonly number[],
  before: SideOutcome,
  after: SideOutcome,
): ReplayReport['villages'] {
  const members = new Map<string, number[]>();
  for (const i of both) {
    const code = input.villages[i]!;
    members.set(code, [...(members.get(code) ?? []), i]);
  }
  const random = randomStream(input.seed);
  return [...members]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, own]) => {
      const mean = (side: SideOutcome): number =>
        own.reduce((sum, i) => sum + side.responseMs[i]!, 0) / own.length / 1000;
      return {
        code,
        name: input.villageNames[code] ?? code,
        incidents: own.length,
        beforeSeconds: mean(before),
        afterSeconds: mean(after),
        difference: differenceOf(
          Float64Array.from(own, (i) => after.responseMs[i]! - before.responseMs[i]!),
          random.fork(),
        ),
      };
    });
}

/** One team absent, 20 % more demand, 20 % less speed: both sides under the same misfortune. */
function scenarios(
  input: ReportInput,
  model: TravelModel,
  before: SideOutcome,
  run: Run,
): ReplayReport['scenarios'] {
  const { recording, targetSeconds } = input;
  const chosen = recording.teams.findIndex(({ teamId }) => teamId === input.absentTeamId);
  const absent = chosen >= 0 ? chosen : before.busyMs.indexOf(Math.max(...before.busyMs));
  const without = <T>(list: readonly T[]): T[] => list.filter((_, i) => i !== absent);
  const fewer: Recording = { ...recording, teams: without(recording.teams) };
  const short = (plan: SidePlan): SidePlan => ({ ...plan, zoneIds: without(plan.zoneIds) });
  const more = moreDemand(recording, input.seed);
  const grown = (plan: SidePlan): SidePlan => ({
    ...plan,
    zones: Int32Array.from(more.sources, (i) => plan.zones[i]!),
  });
  const both = (
    name: ReplayReport['scenarios'][number]['name'],
    teamId: TeamId | null,
    world: Recording,
    plan: (side: SidePlan) => SidePlan,
    travel: TravelModel = model,
  ) => ({
    name,
    teamId,
    before: figures(world, run(world, plan(input.before), input.policy, travel), targetSeconds),
    after: figures(world, run(world, plan(input.after), input.policy, travel), targetSeconds),
  });
  const same = (plan: SidePlan): SidePlan => plan;
  return [
    ...(recording.teams.length > 1
      ? [both('team_absent', recording.teams[absent]!.teamId, fewer, short)]
      : []),
    both('demand_up', null, more.recording, grown),
    both('speed_down', null, recording, same, atSpeed(model, 0.8)),
  ];
}

/** A fifth more incidents: repetitions of drawn ones, up to half an hour earlier or later. */
function moreDemand(
  recording: Recording,
  seed: number,
): { readonly recording: Recording; readonly sources: readonly number[] } {
  const random = randomStream(seed);
  const rows = recording.incidents.map((incident, source) => ({ incident, source }));
  const highest = Math.max(0, ...recording.incidents.map(({ incidentId }) => incidentId));
  const count = Math.round(recording.incidents.length / 5);
  for (let n = 1; n <= count; n++) {
    const source = Math.floor(random.next() * recording.incidents.length);
    const incident = recording.incidents[source]!;
    const reportedAt = Math.round(incident.reportedAt + (random.next() - 0.5) * 3_600_000);
    rows.push({
      incident: { ...incident, incidentId: (highest + n) as typeof incident.incidentId, reportedAt },
      source,
    });
  }
  rows.sort((a, b) => a.incident.reportedAt - b.incident.reportedAt);
  return {
    recording: { ...recording, incidents: rows.map(({ incident }) => incident) },
    sources: rows.map(({ source }) => source),
  };
}

/** The same model with every speed multiplied by a factor. */
export function atSpeed(model: TravelModel, factor: number): TravelModel {
  if (factor === 1) return model;
  return {
    version: `${model.version} x ${factor}`,
    speed: (hour) => model.speed(hour) * factor,
    at: (instant) => model.at?.(instant),
    fill(lngs, lats, count, destination, hour, into) {
      model.fill(lngs, lats, count, destination, hour, into);
      for (let i = 0; i < count; i++) into.seconds[i] = into.seconds[i]! / factor;
    },
  };
}
