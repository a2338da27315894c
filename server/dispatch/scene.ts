import { lngLat } from '../../shared/contract/geo.ts';
import type { Policy } from '../../shared/contract/dispatch.ts';
import type { EditionId } from '../../shared/contract/ids.ts';
import type { TaskKind } from '../../shared/contract/dispatch-codes.ts';
import type {
  CurrentAssignment,
  RequirementLine,
  Situation,
  TeamFacts,
} from '../../shared/rules/dispatch/situation.ts';
import { withSupervisor } from '../../shared/rules/dispatch/supervisor.ts';
import type { Tx } from '../kernel/transact.ts';
import { listTeamGrounds, type SceneTask, type TeamGround } from '../teams/store-facts.ts';
import { nearestTeams } from '../teams/store-nearest.ts';
import { teamStatus } from '../teams/store.ts';
import { crewsOf, momentAt, neighboursOf, type Moment } from './moment.ts';
import type { PolicyInForce } from './policies.ts';
import type { Subject } from './subject.ts';
import { openTravel, wayOf, type Travel } from './travel.ts';
import type { Reach } from './views.ts';

/** What a look at the town needs: a database or a transaction, the instant, the running product. */
export type Look = Pick<Tx, 'db' | 'at' | 'deps'>;

/** All teams that may be asked, as they are at one instant, under the settings in force. */
export interface Scene {
  readonly at: number;
  readonly inForce: PolicyInForce;
  readonly editionId: EditionId | null;
  readonly coverageId: number | null;
  readonly neighbours: ReadonlyMap<number, readonly number[]>;
  readonly teams: readonly TeamFacts[];
  readonly travel: Travel;
  readonly notEvaluated: Situation['notEvaluated'];
}

export interface SceneWish {
  /** Teams that must be in it though they are off duty or far away. */
  readonly named?: readonly number[];
  /** The place that a shortlist is made round, and its zone, in a town with very many teams. */
  readonly near?: undefined | { readonly lng: number; readonly lat: number; readonly zoneId: number | null };
  /** How many of the nearest teams such a town looks at; null: all of them. */
  readonly size?: undefined | number | null;
  /** How long teams under way still need: asked where something may be taken from them. */
  readonly remaining: (policy: Policy) => boolean;
}

/** Looks at the town once. Nothing is locked: what must hold at a claim is checked again on the locked rows. */
export async function lookAt(look: Look, wish: SceneWish, known?: Moment): Promise<Scene> {
  const moment = known ?? (await momentAt(look));
  const { policy } = moment.inForce;
  const crews = await crewsOf(look, moment);
  const few = moment.onDuty <= policy.shortlist.inMemoryTeams || !wish.near;
  const list = few ? undefined : await shortlist(look, moment, wish);
  const { grounds, tasks } = await listTeamGrounds(
    look.db,
    look.at,
    crews,
    list ? { only: list.ids } : { named: wish.named ?? [] },
  );
  const travel = await openTravel(look, moment);
  const held = new Map<number, SceneTask[]>();
  for (const task of tasks) held.set(task.team_id, [...(held.get(task.team_id) ?? []), task]);
  const teams = grounds.map((ground) => factsOf(ground, held.get(ground.teamId) ?? [], look.at));
  return {
    at: look.at,
    inForce: moment.inForce,
    editionId: moment.editionId,
    coverageId: moment.coverageId,
    neighbours: await neighboursOf(look, moment.editionId),
    teams: wish.remaining(policy) ? await withRemaining(teams, held, travel) : teams,
    travel,
    notEvaluated: list?.notEvaluated ?? { count: 0, radiusMetres: null },
  };
}

/**
 * Teams near the place, as many of its zone, and those named, in a town with more teams than one look holds. All teams
 * of the zone, a hundred in a town of 2,000, made four fifths of the work of a decision.
 */
async function shortlist(
  { db, at }: Look,
  { inForce: { policy }, editionId, onDuty, metricSrid }: Moment,
  { near, named = [], size = null }: SceneWish,
): Promise<{ ids: number[]; notEvaluated: Scene['notEvaluated'] }> {
  const { zoneId } = near!;
  const { ids: found, radiusMetres } = await nearestTeams(db, {
    point: near!,
    srid: metricSrid,
    oldest: at - policy.fresh.darkSeconds * 1000,
    limit: size,
    zone: editionId === null || zoneId === null ? undefined : { editionId, zoneId },
  });
  const ids = [...new Set([...found, ...named])];
  return { ids, notEvaluated: { count: Math.max(0, onDuty - ids.length), radiusMetres } };
}

/** Only what the core asks: the stored situation holds nothing else. */
function factsOf(ground: TeamGround, tasks: readonly SceneTask[], at: number): TeamFacts {
  const { slots, unavailableReason, unavailableUntilAt, ...facts } = ground;
  void slots;
  return {
    ...facts,
    status: teamStatus({ onDuty: facts.onDuty, unavailableReason, unavailableUntilAt }, tasks, at),
    assignments: tasks.map((task) => currentOf(task, at)),
  };
}

const currentOf = (task: SceneTask, at: number): CurrentAssignment =>
  ({
    assignmentId: task.id,
    incidentId: task.incident_id,
    line: task.line,
    priority: task.priority,
    state: task.state,
    manual: task.manual,
    joint: task.joint,
    remainingSeconds: task.state === 'on_scene' ? 0 : null,
    remainingMetres: task.state === 'on_scene' ? 0 : null,
    // the usual work, less what is done; somebody who stays longer is not guessed to be done
    remainingWorkSeconds:
      task.arrived_at === null
        ? expectedWorkSeconds
        : Math.max(workLeftSeconds, Math.round(expectedWorkSeconds - (at - task.arrived_at) / 1000)),
  }) as unknown as CurrentAssignment;

/** Adds the way that each team under way still has to its scene. */
async function withRemaining(
  teams: readonly TeamFacts[],
  held: ReadonlyMap<number, readonly SceneTask[]>,
  travel: Travel,
): Promise<TeamFacts[]> {
  const full: TeamFacts[] = [];
  for (const team of teams) {
    const assignments: CurrentAssignment[] = [];
    for (const assignment of team.assignments) {
      const task = held.get(team.teamId)!.find(({ id }) => id === assignment.assignmentId)!;
      const way = assignment.state === 'on_scene' ? null : await wayOf(travel, team, task);
      assignments.push(
        way ? { ...assignment, remainingSeconds: way.seconds, remainingMetres: way.metres } : assignment,
      );
    }
    full.push({ ...team, assignments });
  }
  return full;
}

/** One line of what an incident needs, as the rules ask for it; another kind of task than the line's by wish. */
export function lineOf(
  { needs, field }: Subject,
  line: number,
  kind: TaskKind | null = null,
): RequirementLine {
  const need = needs[line] ?? needs[0];
  return {
    line,
    count: need.count,
    taskKind: kind ?? need.kind,
    field,
    skills: need.skills,
    kit: need.kit,
    supervisorId: null,
    expectedWorkSeconds,
  };
}

/** One incident seen by every team of the scene, for one of its lines. */
export async function situationOf(scene: Scene, subject: Subject, asked: Reach): Promise<Situation> {
  const point = lngLat(subject.lng, subject.lat);
  const onDuty = scene.teams.filter((team) => team.onDuty);
  const jobs = onDuty.reduce((sum, team) => sum + team.jobs, 0);
  const seen: Situation = {
    incident: {
      incidentId: subject.incidentId,
      priority: subject.priority,
      point,
      cellId: subject.cellId,
      zoneId: subject.zoneId,
      neighbourZoneIds: (scene.neighbours.get(subject.zoneId ?? -1) ?? []) as never,
      matterCode: subject.matterCode,
      matterVersion: subject.matterVersion,
      waitingSinceAt: subject.waitingSinceAt,
      recusalKeys: subject.recusalKeys,
      round: asked.round,
      radiusMetres: asked.radiusMetres,
    },
    line: lineOf(subject, asked.line, asked.kind),
    teams: scene.teams,
    travel: await scene.travel.of(scene.teams, point),
    exclusions: standing(asked.exclusions, scene),
    shiftMeanJobs: onDuty.length === 0 ? 0 : jobs / onDuty.length,
    notEvaluated: scene.notEvaluated,
  };
  return withSupervisor(seen, asked.supervisorId ?? null, scene.at);
}

/** Exclusions that hold: "busy elsewhere" without an end of its own is over when the team has nothing left to do. */
export function standing(exclusions: Situation['exclusions'], { teams }: Scene): Situation['exclusions'] {
  if (exclusions.length === 0) return exclusions;
  const idle = new Set(
    teams.filter(({ assignments }) => assignments.length === 0).map(({ teamId }) => teamId),
  );
  return exclusions.filter(
    ({ teamId, cause, untilAt }) => cause !== 'on_scene_elsewhere' || untilAt !== null || !idle.has(teamId),
  );
}

/** A team on a scene has at least this much left to do (assumed). */
const workLeftSeconds = 120;

/** Work on a scene when nothing better is known: 20 minutes (assumed, to be calibrated). */
export const expectedWorkSeconds = 1200;
