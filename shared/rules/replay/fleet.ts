import type { LngLat } from '../../contract/geo.ts';
import type { AssignmentId, IncidentId } from '../../contract/ids.ts';
import { travelTable } from '../dispatch/travel.ts';
import type { TravelModel, TravelTable } from '../dispatch/travel.ts';
import type { CurrentAssignment, IncidentFacts, PositionFacts, TeamFacts } from '../dispatch/situation.ts';
import { plainCrew } from './world.ts';
import type { RecordedTeam } from './world.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Where a team is in its round. `selected` lasts for no time: the order to go follows at once. */
export const idle = 0;
const homeward = 1;
const selected = 2;
const driving = 3;
const working = 4;

const nobody: readonly CurrentAssignment[] = [];

/**
 * The teams of a replay: the facts that the dispatch core reads, kept true in place, and the legs that they
 * drive. A moving team is on the straight line of its leg, linear in longitude and in latitude.
 */
export class Fleet {
  readonly facts: readonly TeamFacts[];
  readonly lngs: Float64Array;
  readonly lats: Float64Array;
  readonly states: Uint8Array;
  /** Grows whenever an event that was planned for the team no longer counts. */
  readonly stamps: Int32Array;
  /** Index of the incident of a selected, driving or working team. */
  readonly incidents: Int32Array;
  readonly jobs: Int32Array;
  readonly busyMs: Float64Array;
  /** Work after the end of the shift in which it was begun. */
  readonly overtimeMs: Float64Array;
  private readonly offAt: Float64Array;
  private readonly teams: Mutable<TeamFacts>[];
  private readonly positions: Mutable<PositionFacts>[];
  private readonly points: Mutable<LngLat>[];
  private readonly held: (readonly [Mutable<CurrentAssignment>])[];
  private readonly legs: Float64Array;
  private readonly startedAt: Float64Array;
  private readonly views: { lngs: Float64Array; lats: Float64Array; into: TravelTable }[];
  private readonly scratch = travelTable(1);

  constructor(teams: readonly RecordedTeam[], table: TravelTable) {
    const size = teams.length;
    this.lngs = Float64Array.from(teams, (team) => team.home.lng);
    this.lats = Float64Array.from(teams, (team) => team.home.lat);
    this.states = new Uint8Array(size);
    this.stamps = new Int32Array(size);
    this.incidents = new Int32Array(size).fill(-1);
    this.jobs = new Int32Array(size);
    this.busyMs = new Float64Array(size);
    this.overtimeMs = new Float64Array(size);
    this.offAt = new Float64Array(size).fill(Infinity);
    this.startedAt = new Float64Array(size);
    this.legs = new Float64Array(size * 6);
    this.points = teams.map(({ home }) => ({ ...home }));
    this.positions = this.points.map((point) => ({
      point,
      fixAt: 0,
      accuracyMetres: 0,
      source: 'replay',
      mock: false,
      datumKnown: true,
      speedMetresPerSecond: 0,
    }));
    this.teams = teams.map((team, index) => this.freshTeam(team, index));
    this.facts = this.teams;
    this.held = teams.map(() => [freshAssignment()]);
    this.views = teams.map((_, i) => ({
      lngs: this.lngs.subarray(i, i + 1),
      lats: this.lats.subarray(i, i + 1),
      into: {
        seconds: table.seconds.subarray(i, i + 1),
        metres: table.metres.subarray(i, i + 1),
        methods: [],
      },
    }));
  }

  /** Brings places and remaining ways up to an instant. `at` is that instant in whole ms. */
  refresh(now: number, at: number): void {
    for (let team = 0; team < this.teams.length; team++) {
      const state = this.states[team]!;
      this.positions[team]!.fixAt = at;
      if (state !== driving && state !== homeward) continue;
      this.place(team, now);
      if (state === driving)
        this.held[team]![0].remainingSeconds = Math.max(0, (this.legs[team * 6 + 5]! - now) / 1000);
    }
  }

  /** Fills the shared travel table for one team only. */
  travel(team: number, to: LngLat, model: TravelModel, hour: number): void {
    const { lngs, lats, into } = this.views[team]!;
    model.fill(lngs, lats, 1, to, hour, into);
  }

  /** Sends a team for an incident; the leg starts with `depart`. Returns the incident it leaves, or -1. */
  select(team: number, incident: number, facts: IncidentFacts, now: number): number {
    const left = this.states[team] === driving ? this.incidents[team]! : -1;
    if (left >= 0) this.busyMs[team]! += now - this.startedAt[team]!;
    this.stamps[team]!++;
    this.states[team] = selected;
    this.incidents[team] = incident;
    const assignment = this.held[team]![0];
    assignment.incidentId = facts.incidentId;
    assignment.priority = facts.priority;
    assignment.state = 'offered';
    assignment.remainingSeconds = null;
    const own = this.teams[team]!;
    own.status = 'en_route';
    own.freeSlots = 0;
    own.assignments = this.held[team]!;
    return left;
  }

  /** Starts the leg to the incident; answers the time of arrival. */
  depart(team: number, to: LngLat, now: number, model: TravelModel, hour: number): number {
    this.states[team] = driving;
    this.held[team]![0].state = 'en_route';
    this.startedAt[team] = now;
    return this.startLeg(team, to, now, model, hour);
  }

  arrive(team: number, now: number): void {
    this.place(team, now);
    this.states[team] = working;
    this.held[team]![0].state = 'on_scene';
    this.teams[team]!.status = 'on_scene';
  }

  /** The work is done: the team is free where it stands. */
  finish(team: number, now: number): void {
    this.busyMs[team]! += now - this.startedAt[team]!;
    this.overtimeMs[team]! += Math.max(0, now - Math.max(this.startedAt[team]!, this.offAt[team]!));
    this.jobs[team]!++;
    this.teams[team]!.jobs++;
    this.free(team);
  }

  /** Takes the incident from a driving team and leaves the team free where it is. */
  release(team: number, now: number): void {
    this.busyMs[team]! += now - this.startedAt[team]!;
    this.stamps[team]!++;
    this.free(team);
  }

  /** Starts the leg home; answers the time of arrival. */
  goHome(team: number, home: LngLat, now: number, model: TravelModel, hour: number): number {
    this.states[team] = homeward;
    this.teams[team]!.status = 'returning';
    return this.startLeg(team, home, now, model, hour);
  }

  comeHome(team: number, now: number): void {
    this.place(team, now);
    this.states[team] = idle;
    this.teams[team]!.status = 'available';
  }

  /** A shift begins that ends at `until`, or with null it ends: whoever is at work finishes first. */
  setDuty(team: number, until: number | null, now: number): void {
    const facts = this.teams[team]!;
    facts.onDuty = until !== null;
    facts.shiftEndsAt = until;
    this.offAt[team] = until === null ? now : Infinity;
  }

  /** Finished tasks per team so far: the measure of the load term. */
  meanJobs(): number {
    let sum = 0;
    for (let team = 0; team < this.jobs.length; team++) sum += this.jobs[team]!;
    return sum / Math.max(1, this.jobs.length);
  }

  /** Indices of the incidents that teams are on their way to. */
  underWay(): number[] {
    return [...this.incidents].filter(
      (_, team) => this.states[team] === driving || this.states[team] === selected,
    );
  }

  noteSwitch(team: number, at: number): void {
    this.teams[team]!.lastSwitchedAt = at;
  }

  private free(team: number): void {
    const facts = this.teams[team]!;
    this.states[team] = idle;
    this.incidents[team] = -1;
    facts.status = 'available';
    facts.freeSlots = 1;
    facts.assignments = nobody;
  }

  private startLeg(team: number, to: LngLat, now: number, model: TravelModel, hour: number): number {
    const { lngs, lats } = this.views[team]!;
    model.fill(lngs, lats, 1, to, hour, this.scratch);
    const leg = team * 6;
    this.legs[leg] = this.lngs[team]!;
    this.legs[leg + 1] = this.lats[team]!;
    this.legs[leg + 2] = to.lng;
    this.legs[leg + 3] = to.lat;
    this.legs[leg + 4] = now;
    // a team whose way is closed while it drives home waits for nothing: it takes the straight way
    const [seconds, metres] = [this.scratch.seconds[0]!, this.scratch.metres[0]!];
    this.legs[leg + 5] = now + (seconds < Infinity ? seconds : metres / model.speed(hour)) * 1000;
    return this.legs[leg + 5]!;
  }

  private place(team: number, now: number): void {
    const { legs } = this;
    const leg = team * 6;
    const startAt = legs[leg + 4]!;
    const endAt = legs[leg + 5]!;
    const share = now >= endAt ? 1 : (now - startAt) / (endAt - startAt);
    const atEnd = share >= 1;
    this.lngs[team] = atEnd ? legs[leg + 2]! : legs[leg]! + share * (legs[leg + 2]! - legs[leg]!);
    this.lats[team] = atEnd ? legs[leg + 3]! : legs[leg + 1]! + share * (legs[leg + 3]! - legs[leg + 1]!);
    this.points[team]!.lng = this.lngs[team]!;
    this.points[team]!.lat = this.lats[team]!;
  }

  private freshTeam(team: RecordedTeam, index: number): Mutable<TeamFacts> {
    return {
      teamId: team.teamId,
      number: team.number,
      code: String(team.number),
      zoneIds: team.zoneIds,
      onDuty: team.duties === undefined,
      shiftEndsAt: null,
      members: team.members ?? plainCrew,
      kit: [],
      status: 'available',
      statusReason: null,
      statusUntilAt: null,
      freeSlots: 1,
      position: this.positions[index]!,
      jobs: 0,
      assignments: nobody,
      reservations: [],
      lastSwitchedAt: null,
    };
  }
}

function freshAssignment(): Mutable<CurrentAssignment> {
  return {
    assignmentId: 1 as AssignmentId,
    incidentId: 1 as IncidentId,
    line: 0,
    priority: 4,
    state: 'offered',
    manual: false,
    joint: false,
    remainingSeconds: null,
    remainingMetres: null,
    remainingWorkSeconds: null,
  };
}
