import type { Socket } from 'socket.io-client';
import type { AssignmentView } from '../../shared/contract/assignments.ts';
import type { Crs, LngLat } from '../../shared/contract/geo.ts';
import type { IncidentView } from '../../shared/contract/incidents.ts';
import { fromWgs84 } from '../../shared/rules/datum.ts';
import type { Random } from '../town/random.ts';
import { between, blurred, logNormal } from './chance.ts';
import { CallRefused, type Client } from './client.ts';
import type { Vehicle } from './movement.ts';

/** How one officer behaves. */
export interface Manner {
  /** This phone answers for its team. */
  readonly leads: boolean;
  /** Answers only when the offer is about to run out, so that a person may answer first. */
  readonly lastMoment: boolean;
  readonly declines: number;
  readonly misses: number;
  /** Share of fixes after which the phone has no network for a while. */
  readonly deadZones: number;
  readonly crs: Crs;
  /** Fast or slow clock, ms. */
  readonly clockOffsetMs: number;
  readonly speed: number;
}

/** Median minutes on the scene by priority (assumed). */
const sceneMinutes = [25, 35, 15, 12] as const;
const minute = 60_000;

/**
 * One officer with a phone: reports where the car is, and for its team takes offers, drives, arrives, handles.
 * It knows only what the public interface tells a phone.
 */
export class Phone {
  private socket: Socket | undefined;
  private onDuty = false;
  private shift: { startsAt: number; endsAt: number } | undefined;
  private task:
    | { assignment: AssignmentView; incident: IncidentView; due: number; next: AssignmentView['state'] }
    | undefined;
  private nextRoundAt = 0;
  private backlog: unknown[] = [];
  private offlineUntil = 0;
  private nextFixAt = 0;
  private readonly client: Client;
  private readonly car: Vehicle;
  private readonly random: Random;
  private readonly manner: Manner;
  private readonly beat: readonly LngLat[];

  constructor(client: Client, car: Vehicle, beat: readonly LngLat[], random: Random, manner: Manner) {
    this.client = client;
    this.car = car;
    this.beat = beat;
    this.random = random;
    this.manner = manner;
  }

  /** What is due at this instant; a refusal is the answer of a world that moved on, never an error. */
  async act(at: number): Promise<void> {
    try {
      if (this.isOffline(at)) return this.fix(at);
      await this.keepDuty(at);
      if (!this.onDuty) return;
      if (this.offlineUntil > 0) await this.comeBack(at);
      if (this.manner.leads) await this.work(at);
      this.fix(at);
      await this.report(at);
    } catch (error) {
      if (!(error instanceof CallRefused)) throw error;
      if (this.task) await this.look(at);
    }
  }

  /** In a dead zone nothing goes out or comes in; the phone goes on fixing. */
  private isOffline(at: number): boolean {
    return at < this.offlineUntil;
  }

  private async comeBack(at: number): Promise<void> {
    this.offlineUntil = 0;
    this.socket?.connect();
    if (this.manner.leads) await this.look(at);
  }

  stop(): void {
    this.socket?.disconnect();
  }

  private async keepDuty(at: number): Promise<void> {
    if (!this.shift || at > this.shift.endsAt) {
      if (this.onDuty && !this.task) await this.client.call('setDuty', { body: { on: false } });
      else if (this.onDuty) return;
      this.onDuty = false;
      this.socket?.disconnect();
      const duty = await this.client.call('readDuty');
      this.onDuty = duty.on;
      this.shift = {
        startsAt: duty.startsAt
          ? Date.parse(duty.startsAt) + between(this.random, -5, 5) * minute
          : at + 5 * minute,
        endsAt: duty.endsAt ? Date.parse(duty.endsAt) : at + 5 * minute,
      };
      if (this.onDuty) await this.begin(at);
    }
    if (this.onDuty || at < this.shift.startsAt || at > this.shift.endsAt - minute) return;
    const duty = await this.client.call('setDuty', { body: { on: true } });
    this.onDuty = duty.on;
    await this.begin(at);
  }

  private async begin(at: number): Promise<void> {
    if (!this.manner.leads) return;
    await this.look(at);
    this.socket = this.client.listen((fact) => {
      const { assignment } = fact.data as { assignment?: AssignmentView };
      if (assignment) void this.look(Date.now()).catch(() => undefined);
    });
  }

  /** Asks what the team has to do now. */
  private async look(at: number): Promise<void> {
    const { tasks } = await this.client.call('listTasks');
    const [first] = tasks;
    if (!first) {
      this.task = undefined;
      return;
    }
    if (
      this.task?.assignment.id === first.assignment.id &&
      this.task.assignment.state === first.assignment.state
    )
      return;
    this.task = {
      ...first,
      due: at + this.delay(first, at),
      next: first.assignment.state,
    };
    if (first.assignment.state === 'en_route') this.car.driveTo(first.incident.point, at);
  }

  private delay(
    { assignment, incident }: { assignment: AssignmentView; incident: IncidentView },
    at: number,
  ): number {
    switch (assignment.state) {
      case 'offered': {
        const answerBy = assignment.answerBy ? Date.parse(assignment.answerBy) - at : minute;
        if (this.manner.lastMoment) return Math.max(1000, answerBy - 8000);
        // some answers come late: the offer runs out and the next team is asked
        return this.random.next() < 0.04
          ? answerBy + 10_000
          : between(this.random, 3000, Math.min(20_000, answerBy - 5000));
      }
      case 'accepted':
        return between(this.random, 10_000, 60_000) / this.manner.speed;
      case 'on_scene':
        return (
          (logNormal(this.random, sceneMinutes[incident.priority - 1] ?? 15, 0.6) * minute) /
          this.manner.speed
        );
      default:
        return 0;
    }
  }

  private async work(at: number): Promise<void> {
    const { task } = this;
    if (!task) {
      if (at > this.nextRoundAt && !this.car.moving(at)) {
        this.car.driveTo(this.beat[this.random.below(this.beat.length)]!, at);
        this.nextRoundAt = at + (between(this.random, 4, 15) * minute) / this.manner.speed;
      }
      return;
    }
    if (at < task.due || (task.next === 'en_route' && this.car.moving(at))) return;
    task.due = at + 30_000;
    await steps[task.next]?.(this.client, task.assignment, this.random.next() < this.manner.declines);
    await this.look(at);
  }

  private fix(at: number): void {
    if (at < this.nextFixAt) return;
    const moving = this.car.moving(at);
    this.nextFixAt = at + (moving ? 5_000 : 10_000);
    if (this.random.next() < this.manner.misses) return;
    const place = fromWgs84(blurred(this.car.where(at), 8, this.random), this.manner.crs);
    this.backlog.push({
      fixedAt: new Date(at + this.manner.clockOffsetMs).toISOString(),
      lng: place.lng,
      lat: place.lat,
      accuracyMetres: Math.round(between(this.random, 4, 15)),
      speedMetresPerSecond: moving ? 8 : 0,
      battery: 0.8,
      provider: 'gnss',
    });
    if (this.isOffline(at) || this.random.next() >= this.manner.deadZones) return;
    this.offlineUntil = at + between(this.random, 30, 150) * 1000;
    this.socket?.disconnect();
  }

  /** Sends what was fixed since, the backlog of a dead zone too, oldest first. */
  private async report(at: number): Promise<void> {
    if (this.isOffline(at) || this.backlog.length === 0) return;
    const fixes = this.backlog.splice(0, 100);
    await this.client.call('reportPositions', { body: { crs: this.manner.crs, fixes: fixes as never } });
  }
}

type Step = (client: Client, assignment: AssignmentView, declines: boolean) => Promise<unknown>;

const declineReasons = ['on_scene_elsewhere', 'vehicle', 'shift_end'] as const;

/** One act for each state of an assignment. */
const steps: Partial<Record<AssignmentView['state'], Step>> = {
  offered: (client, { id }, declines) =>
    declines
      ? client.call('declineAssignment', {
          params: { assignmentId: id },
          body: { reason: declineReasons[id % declineReasons.length]! },
        })
      : client.call('acceptAssignment', { params: { assignmentId: id } }),
  accepted: (client, { id }) => client.call('departAssignment', { params: { assignmentId: id } }),
  en_route: (client, { id }) =>
    client.call('arriveAssignment', { params: { assignmentId: id }, body: { reason: '定位漂移，已到现场' } }),
  on_scene: (client, { id }) =>
    client.call('handleAssignment', {
      params: { assignmentId: id },
      body: { disposition: '现场劝导，已整改', liability: id % 4 === 0 ? 'order_only' : 'education' },
    }),
};
