import type { Policy } from '../../contract/dispatch.ts';
import { bestTeam } from '../dispatch/evaluate.ts';
import type { IncidentFacts, Situation } from '../dispatch/situation.ts';
import { rematch } from '../dispatch/rematch.ts';
import { localHour, travelTable } from '../dispatch/travel.ts';
import type { TravelModel } from '../dispatch/travel.ts';
import { pickWaiting } from '../dispatch/waiting.ts';
import { Agenda, happenings } from './agenda.ts';
import type { Happening } from './agenda.ts';
import { Fleet, idle } from './fleet.ts';
import { SituationPool } from './pool.ts';
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
  /** Work of each team after the end of its shift. */
  readonly overtimeMs: Float64Array;
  /** How often an incident found nobody. */
  readonly queued: number;
  /** How often a driving team was taken for a more urgent incident. */
  readonly bumped: number;
  /** How often an incident changed its team, or lost it, by re-matching. */
  readonly switched: number;
}

/** Told of everything that happens, in order, and where the team is then; `team` is -1 and its place NaN where none takes part. */
export type Witness = (
  what: Happening | 'queued',
  at: number,
  incident: number,
  team: number,
  lng: number,
  lat: number,
) => void;

const [decide, go, arrive, done, home, on, off] = [1, 2, 3, 4, 5, 6, 7] as const;

type SharedSituation = { -readonly [K in keyof Situation]: Situation[K] };

/**
 * Runs the dispatch core over a recorded world: the same eligibility, cost, ranking, queue and preemption
 * as live, with teams that drive as `model` says. Events of one instant run newest first. Every offer is
 * accepted at once, and what only a person decides is not done.
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
  let switched = 0;
  const rematches = policy.rematch.mode !== 'off';
  const pool = new SituationPool(fleet.facts, model);

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
  const teamIndex = new Map(teams.map(({ teamId }, index) => [teamId, index]));
  const incidentIndex = new Map(incidents.map(({ incidentId }, index) => [incidentId, index]));
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

  /** Matches all that waits or is on the way again, and does what needs no person. */
  function rebalance(now: number): void {
    const at = Math.round(now);
    fleet.refresh(now, at);
    const open = [...waiting, ...fleet.underWay()];
    const situations = open.map((incident, i) => pool.fill(i, facts[incident]!, fleet, hour));
    const { automatic } = rematch(situations, policy, at);
    const released = new Set<number>();
    for (const { fromTeamId } of automatic) {
      if (fromTeamId === null) continue;
      const team = teamIndex.get(fromTeamId)!;
      fleet.release(team, now);
      fleet.noteSwitch(team, at);
      released.add(team);
      switched++;
    }
    for (const { incidentId, fromTeamId, toTeamId } of automatic) {
      const incident = incidentIndex.get(incidentId)!;
      if (fromTeamId === null) waiting.splice(waiting.indexOf(incident), 1);
      if (toTeamId === null) {
        waiting.push(incident);
        continue;
      }
      const team = teamIndex.get(toTeamId)!;
      released.delete(team);
      send(team, incident, now);
    }
    for (const team of released) driveHome(team, now);
  }

  function driveHome(team: number, now: number): void {
    const arrivesAt = fleet.goHome(team, teams[team]!.home, now, model, hour);
    agenda.add(arrivesAt, home, team, fleet.stamps[team]!);
  }

  function choose(incident: number, now: number): void {
    if (rematches) {
      waiting.push(incident);
      rebalance(now);
      if (waiting.includes(incident)) noteQueued(incident, now);
      return;
    }
    const at = Math.round(now);
    fleet.refresh(now, at);
    shared.incident = facts[incident]!;
    model.fill(fleet.lngs, fleet.lats, teams.length, shared.incident.point, hour, table);
    const team = bestTeam(shared, policy, at);
    if (team >= 0) return send(team, incident, now);
    waiting.push(incident);
    noteQueued(incident, now);
  }

  function noteQueued(incident: number, now: number): void {
    queued++;
    witness('queued', now, incident, -1, NaN, NaN);
  }

  function takeNext(team: number, now: number): void {
    if (rematches) {
      rebalance(now);
      if (fleet.states[team] === idle) driveHome(team, now);
      return;
    }
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
    driveHome(team, now);
  }

  /** A shift begins or ends; whoever comes on takes what waits. */
  function changeDuty(team: number, comes: boolean, now: number): void {
    const until = comes ? teams[team]!.duties!.find(([from]) => from === now)![1] : null;
    fleet.setDuty(team, until, now);
    witness(comes ? 'on' : 'off', now, -1, team, fleet.lngs[team]!, fleet.lats[team]!);
    if (comes && waiting.length > 0 && fleet.states[team] === idle) takeNext(team, now);
  }

  function happen(kind: number, subject: number, now: number): void {
    if (kind === decide) {
      witness('decide', now, subject, -1, NaN, NaN);
      return choose(subject, now);
    }
    if (kind === on || kind === off) return changeDuty(subject, kind === on, now);
    const incident = fleet.incidents[subject]!;
    witness(happenings[kind]!, now, incident, subject, fleet.lngs[subject]!, fleet.lats[subject]!);
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
      shared.shiftMeanJobs = fleet.meanJobs();
      takeNext(subject, now);
    } else fleet.comeHome(subject, now);
  }

  for (const [team, { duties = [] }] of teams.entries())
    for (const [from, to] of duties) {
      agenda.add(from, on, team, 0);
      agenda.add(to, off, team, 0);
    }
  const order = reportOrder(world);
  let next = 0;
  for (;;) {
    const reportedAt = next < order.length ? incidents[order[next]!]!.reportedAt : Infinity;
    // Whatever the replay itself planned is newer than a report, so it goes first at the same instant.
    if (agenda.nextAt <= reportedAt) {
      if (!agenda.pop()) break;
      const { at, kind, subject, stamp } = agenda;
      if (kind > decide && kind < on && stamp !== fleet.stamps[subject]) continue;
      hour = localHour(policy, at);
      model.at?.(at);
      travel.speedMetresPerSecond = model.speed(hour);
      happen(kind, subject, at);
    } else {
      const incident = order[next++]!;
      witness('new', reportedAt, incident, -1, NaN, NaN);
      agenda.add(reportedAt + world.callTakingMs, decide, incident, 0);
    }
  }
  const { jobs, busyMs, overtimeMs } = fleet;
  return { teams: servedBy, responseMs, jobs, busyMs, overtimeMs, queued, bumped, switched };
}

/** Reports by time; of equal times the later in the list first, as it was planned last. */
function reportOrder({ incidents }: RecordedWorld): Int32Array {
  return Int32Array.from(incidents.keys()).sort(
    (a, b) => incidents[a]!.reportedAt - incidents[b]!.reportedAt || b - a,
  );
}
