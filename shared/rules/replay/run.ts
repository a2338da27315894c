import type { Policy } from '../../contract/dispatch.ts';
import { bestTeam } from '../dispatch/evaluate.ts';
import type { IncidentFacts, Situation } from '../dispatch/situation.ts';
import { localHour, travelTable } from '../dispatch/travel.ts';
import type { TravelModel } from '../dispatch/travel.ts';
import { pickWaiting } from '../dispatch/waiting.ts';
import { Agenda, happenings } from './agenda.ts';
import type { Happening } from './agenda.ts';
import { Fleet } from './fleet.ts';
import { factsOf, recordedLine } from './world.ts';
import type { RecordedWorld } from './world.ts';

/** What a replay found. Entry i belongs to incident i, or to team i, of the world. */
export interface Outcome {
  /** Index of the team that served the incident in the end. */
  readonly teams: Int32Array;
  /** Arrival minus report. */
  readonly responseMs: Float64Array;
  /** Finished tasks of each team. */
  readonly jobs: Int32Array;
  /** From departure to the end of the work, or to the loss of the task. */
  readonly busyMs: Float64Array;
  /** How often an incident found nobody. */
  readonly queued: number;
  /** How often a driving team was taken for a more urgent incident. */
  readonly bumped: number;
}

/** Told of everything that happens, in order; `team` is -1 where none takes part. */
export type Witness = (what: Happening | 'queued', at: number, incident: number, team: number) => void;

const [decide, go, arrive, done, home] = [1, 2, 3, 4, 5] as const;

type SharedSituation = { -readonly [K in keyof Situation]: Situation[K] };

/**
 * Runs the dispatch core over a recorded world: the same eligibility, cost, ranking, queue and preemption
 * as live, with teams that drive as `model` says. Events of one instant run newest first.
 */
export function replay(
  world: RecordedWorld,
  policy: Policy,
  model: TravelModel,
  witness: Witness = () => {},
): Outcome {
  const { incidents, teams } = world;
  const facts: readonly IncidentFacts[] = incidents.map((incident) => factsOf(incident, world));
  const table = travelTable(teams.length);
  const fleet = new Fleet(teams, table);
  const agenda = new Agenda();
  const waiting: number[] = [];
  const servedBy = new Int32Array(incidents.length).fill(-1);
  const responseMs = new Float64Array(incidents.length).fill(NaN);
  let queued = 0;
  let bumped = 0;

  const travel = { version: model.version, ...table, speedMetresPerSecond: 1, blocked: null };
  const shared: SharedSituation = {
    incident: facts[0]!,
    line: recordedLine,
    teams: fleet.facts,
    travel,
    exclusions: [],
    shiftMeanJobs: 0,
    notEvaluated: { count: 0, radiusMetres: null },
  };
  const sight = { situation: shared as Situation, index: 0 };
  let hour = 0;

  function send(team: number, incident: number, now: number): void {
    const left = fleet.select(team, incident, facts[incident]!, now);
    if (left >= 0) {
      bumped++;
      agenda.add(now, decide, left, 0);
    }
    agenda.add(now, go, team, fleet.stamps[team]!);
  }

  function choose(incident: number, now: number): void {
    const at = Math.round(now);
    fleet.refresh(now, at);
    shared.incident = facts[incident]!;
    model.fill(fleet.lngs, fleet.lats, teams.length, shared.incident.point, hour, table);
    const team = bestTeam(shared, policy, at);
    if (team >= 0) return send(team, incident, now);
    waiting.push(incident);
    queued++;
    witness('queued', now, incident, -1);
  }

  function takeNext(team: number, now: number): void {
    const at = Math.round(now);
    fleet.refresh(now, at);
    sight.index = team;
    const see = (entry: number) => {
      shared.incident = facts[waiting[entry]!]!;
      fleet.travel(team, shared.incident.point, model, hour);
      return sight;
    };
    const entry = pickWaiting(waiting.length, see, policy, at);
    if (entry >= 0) return send(team, waiting.splice(entry, 1)[0]!, now);
    agenda.add(fleet.goHome(team, teams[team]!.home, now, model, hour), home, team, fleet.stamps[team]!);
  }

  function happen(kind: number, subject: number, now: number): void {
    if (kind === decide) {
      witness('decide', now, subject, -1);
      return choose(subject, now);
    }
    const incident = fleet.incidents[subject]!;
    witness(happenings[kind]!, now, incident, subject);
    if (kind === go) {
      const arrivesAt = fleet.depart(subject, facts[incident]!.point, now, model, hour);
      agenda.add(arrivesAt, arrive, subject, fleet.stamps[subject]!);
    } else if (kind === arrive) {
      fleet.arrive(subject, now);
      servedBy[incident] = subject;
      responseMs[incident] = now - incidents[incident]!.reportedAt;
      agenda.add(now + incidents[incident]!.onSceneMs, done, subject, fleet.stamps[subject]!);
    } else if (kind === done) {
      fleet.finish(subject, now);
      takeNext(subject, now);
    } else fleet.comeHome(subject, now);
  }

  const order = reportOrder(world);
  let next = 0;
  for (;;) {
    const reportedAt = next < order.length ? incidents[order[next]!]!.reportedAt : Infinity;
    // Whatever the replay itself planned is newer than a report, so it goes first at the same instant.
    if (agenda.nextAt <= reportedAt) {
      if (!agenda.pop()) break;
      const { at, kind, subject, stamp } = agenda;
      if (kind !== decide && stamp !== fleet.stamps[subject]) continue;
      hour = localHour(policy, at);
      travel.speedMetresPerSecond = model.speed(hour);
      happen(kind, subject, at);
    } else {
      const incident = order[next++]!;
      witness('new', reportedAt, incident, -1);
      agenda.add(reportedAt + world.callTakingMs, decide, incident, 0);
    }
  }
  return { teams: servedBy, responseMs, jobs: fleet.jobs, busyMs: fleet.busyMs, queued, bumped };
}

/** Reports by time; of equal times the later in the list first, as it was planned last. */
function reportOrder({ incidents }: RecordedWorld): Int32Array {
  return Int32Array.from(incidents.keys()).sort(
    (a, b) => incidents[a]!.reportedAt - incidents[b]!.reportedAt || b - a,
  );
}
