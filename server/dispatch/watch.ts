import { bestTeam } from '../../shared/rules/dispatch/evaluate.ts';
import { etaMs } from '../../shared/rules/dispatch/cost.ts';
import { watch, type Watch } from '../../shared/rules/dispatch/watchdog.ts';
import type { Situation, TeamFacts } from '../../shared/rules/dispatch/situation.ts';
import { distanceMetres } from '../../shared/rules/distance.ts';
import { lngLat } from '../../shared/contract/geo.ts';
import type { Tx } from '../kernel/transact.ts';
import { findIncidents } from '../incidents/store.ts';
import { clear, raise, restate } from './alerts.ts';
import { execute } from './changes.ts';
import { findLoops } from './store-loops.ts';
import { handOver, propose } from './propose.ts';
import { lookAt, situationOf, type Scene } from './scene.ts';
import { activeTasks, type TaskRow } from './store.ts';
import { tell, subject } from './steps.ts';
import { dropWatches, findWatches, saveWatch, unwatched, type Watched } from './store-watch.ts';
import { subjectOf } from './subject.ts';
import { townWide } from './views.ts';

/**
 * One tick of the watchdog over every team that accepted and is not there yet: is it getting nearer? What it asks for
 * grows with the time: a question on the phone, a call by the room, a proposal to give the incident to another team.
 */
export async function watchTown(tx: Tx): Promise<void> {
  await dropWatches(tx.db);
  const tasks = (await activeTasks(tx.db)).filter(
    ({ state }) => state === 'accepted' || state === 'en_route',
  );
  if (tasks.length === 0) return;
  const scene = await lookAt(tx, { named: tasks.map((task) => task.team_id), remaining: () => true });
  const watches = await findWatches(
    tx.db,
    tasks.map(({ id }) => id),
  );
  for (const task of tasks) {
    const before = watches.get(task.id) ?? unwatched;
    const now = after(before, tickOf(before.state, task, scene), tx.at);
    await saveWatch(tx.db, task.id, now);
    if (now.askedAt !== null && before.askedAt !== now.askedAt) await ask(tx, task, now.state);
    await act(tx, task, before.state, now, scene);
  }
}

/** A question is asked once for each time that a team begins to stand still; coming nearer ends it and what was said. */
function after(before: Watched, state: Watch, at: number): Watched {
  if (state.stage === 'none') {
    const nearer = state.badTicks === 0;
    return nearer ? { ...unwatched, state } : { ...before, state, askedAt: null };
  }
  return { ...before, state, askedAt: before.state.stage === 'none' ? at : before.askedAt };
}

/** 60 s of standing still are a question to the team alone; only then the room is troubled. */
async function ask(tx: Tx, task: TaskRow, { state }: Watch): Promise<void> {
  const { incident, assignment } = await tell(tx, task);
  tx.announce('team.asked', subject(task.incident_id), { incident, assignment, state });
}

function tickOf(before: Watch, task: TaskRow, { teams, inForce, at }: Scene): Watch {
  const team = teams.find(({ teamId }) => teamId === task.team_id);
  const position = team?.position ?? null;
  const own = team?.assignments.find(({ assignmentId }) => assignmentId === task.id);
  const distance = position && distanceMetres(position.point, lngLat(task.lng, task.lat));
  return watch(
    before,
    {
      priority: task.priority,
      acceptedAt: Date.parse(task.accepted_at ?? task.offered_at),
      remainingMetres: own?.remainingMetres ?? distance,
      distanceMetres: distance,
      accuracyMetres: position?.accuracyMetres ?? null,
      fixAt: position?.fixAt ?? null,
      finishingEarlier: isFinishing(team, task),
    },
    inForce.policy,
    at,
  );
}

const isFinishing = (team: TeamFacts | undefined, task: TaskRow): boolean =>
  (team?.assignments ?? []).some(
    ({ assignmentId, state }) => state === 'on_scene' && assignmentId !== task.id,
  );

/** What the room is told of a team that does not come nearer. */
export const kinds = ['team_stalled', 'team_dark'] as const;

/** A phone that is dark cannot show a question, and a team that was asked in vain before is not asked alone again. */
const troubles = ({ state: { stage, state }, answers }: Watched): boolean =>
  stage !== 'question' || state === 'position_dark' || answers > 0;

async function act(tx: Tx, task: TaskRow, before: Watch, watched: Watched, scene: Scene): Promise<void> {
  const now = watched.state;
  const of = { incidentId: task.incident_id, teamId: task.team_id };
  if (now.stage === 'none') {
    if (before.stage !== 'none') await clear(tx, of, kinds);
    return;
  }
  const gives = now.stage === 'proposal' || now.stage === 'automatic';
  // a card that lapsed comes again, and a change that could not be made is tried again, as long as the team stands still
  if (gives) await give(tx, task, now, scene);
  if (!troubles(watched)) return;
  if (now.stage === before.stage && now.state === before.state) return;
  await trouble(tx, task, watched);
}

/** Brings a team that does not come nearer to the room, with what it said itself. */
export async function trouble(
  tx: Tx,
  task: Pick<TaskRow, 'id' | 'incident_id' | 'team_id'>,
  { state: now, answer }: Watched,
): Promise<void> {
  const of = { incidentId: task.incident_id, teamId: task.team_id };
  const kind = now.state === 'position_dark' ? 'team_dark' : 'team_stalled';
  await clear(
    tx,
    of,
    kinds.filter((other) => other !== kind),
  );
  const detail = {
    assignmentId: task.id,
    state: now.state,
    stage: now.stage,
    since: now.badSinceAt,
    remainingMetres: now.remainingMetres,
    ...(answer && { word: answer.word, ...(answer.reason && { reason: answer.reason }), text: answer.text }),
  };
  if (!(await raise(tx, { kind, ...of, detail }))) await restate(tx, { kind, ...of }, detail);
}

/** The team says that it cannot: who else could, as a proposal, at once. */
export async function giveAway(tx: Tx, assignmentId: number, now: Watch): Promise<void> {
  const task = (await activeTasks(tx.db)).find(({ id }) => id === assignmentId);
  if (!task) return;
  const scene = await lookAt(tx, { named: [task.team_id], remaining: () => true });
  await give(tx, task, now, scene);
}

/** The best team that could take over, as a proposal; by itself only when the policy says so. */
async function give(tx: Tx, task: TaskRow, { stage }: Watch, scene: Scene): Promise<void> {
  const [row] = await findIncidents(tx.db, [task.incident_id]);
  const loop = (await findLoops(tx.db, [task.incident_id])).get(task.incident_id)?.loop;
  if (!row || !task.is_lead) return;
  const others = { ...scene, teams: scene.teams.filter(({ teamId }) => teamId !== task.team_id) };
  const situation = await situationOf(
    others,
    await subjectOf(tx, row, scene),
    townWide(task.kind, loop?.exclusions),
  );
  const { policy } = scene.inForce;
  const best = bestTeam(situation, policy, scene.at);
  if (best < 0) return;
  const { teamId } = situation.teams[best]!;
  const over = handOver(situation, task, teamId, policy);
  const gainSeconds = gainOf(scene, situation, best, task);
  if (stage === 'automatic') {
    const plan = { changes: over.changes as never, gainSeconds, byPerson: false } as const;
    await execute(tx, { ...plan, decision: 'switch', reason: 'reassigned' });
    return;
  }
  await propose(tx, {
    kind: 'give',
    incidentId: task.incident_id,
    assignmentId: task.id,
    fromTeamId: task.team_id,
    toTeamId: teamId,
    etaSeconds: Math.round(etaMs(situation, best, policy, scene.at) / 1000),
    gainSeconds,
    ...over,
  });
}

/** What the stopped team would still need, less what the other one needs; never below zero. */
function gainOf(scene: Scene, situation: Situation, best: number, task: TaskRow): number {
  const own = scene.teams
    .find(({ teamId }) => teamId === task.team_id)
    ?.assignments.find(({ assignmentId }) => assignmentId === task.id);
  const eta = etaMs(situation, best, scene.inForce.policy, scene.at) / 1000;
  return Math.max(0, Math.round((own?.remainingSeconds ?? eta) - eta));
}
