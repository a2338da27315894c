import { betterTeam } from '../../shared/rules/dispatch/better-team.ts';
import type { Change, ChangeGroup } from '../../shared/rules/dispatch/groups.ts';
import { match } from '../../shared/rules/dispatch/match.ts';
import { rematch } from '../../shared/rules/dispatch/rematch.ts';
import type { Situation } from '../../shared/rules/dispatch/situation.ts';
import type { Tx } from '../kernel/transact.ts';
import { findIncidents, listFiledIncidents, lockFreeIncident, type IncidentRow } from '../incidents/store.ts';
import { execute, type Plan } from './changes.ts';
import { tellLoop } from './drive.ts';
import { planMatch } from './due.ts';
import { findLoops } from './store-loops.ts';
import { goesOn, loopOf } from './loops.ts';
import { policyAt } from './policies.ts';
import { lapse } from './proposals.ts';
import { handOver, memoryOf, propose } from './propose.ts';
import { lookAt, situationOf, type Scene } from './scene.ts';
import { activeTasks, type TaskRow } from './store.ts';
import { subjectOf } from './subject.ts';
import { needsSeveral, refill, severalWaiting } from './support.ts';
import { townWide } from './views.ts';

/** Several deciders may look at the town at once; one at a time matches, for the quality of the answer. */
const lockMatch = (tx: Tx) => tx.db.raw('select pg_advisory_xact_lock(715517)');

/** Everything that waits or is on its way, as the engine sees it together. */
interface Board {
  readonly scene: Scene;
  readonly situations: readonly Situation[];
  readonly waiting: ReadonlySet<number>;
  readonly driving: readonly TaskRow[];
}

/**
 * Matches what waits with who is free, and looks again at who is on the way: what may change by itself is done, the
 * rest is proposed. Called when a team became available, and once a minute in case nobody told.
 */
export async function matchTown(tx: Tx): Promise<void> {
  await lockMatch(tx);
  await matchLeads(tx);
  await fillTown(tx);
}

async function matchLeads(tx: Tx): Promise<void> {
  const board = await lookAtBoard(tx, await waitingIncidents(tx), await drivingTasks(tx));
  const { policy } = board.scene.inForce;
  if (board.situations.length === 0) return;
  const { at } = board.scene;
  const waiting = board.situations.filter(({ incident }) => board.waiting.has(incident.incidentId));
  const answer =
    policy.rematch.mode === 'off' || board.driving.length === 0
      ? { automatic: filled(waiting, match(waiting, policy, at)), proposals: [] }
      : rematch(board.situations, policy, at);
  for (const plan of plansOf(answer.automatic, board)) {
    // something moved on since the look: the next look decides
    if (!(await execute(tx, plan))) await planMatch(tx, at + 1000);
  }
  const done = new Set(answer.automatic.map(({ incidentId }) => incidentId as number));
  for (const group of answer.proposals)
    if (!group.changes.some(({ incidentId }) => done.has(incidentId))) await proposeGroup(tx, group, board);
  await proposeBetter(
    tx,
    board,
    board.driving.filter((task) => !done.has(task.incident_id)),
  );
}

/** After the leads the lines beside them, the most urgent incident first; where all go or nobody, the lead with them. */
async function fillTown(tx: Tx): Promise<void> {
  for (const { id } of await severalWaiting(tx)) {
    const incident = await lockFreeIncident(tx.db, id);
    if (!incident) continue;
    const { row } = await loopOf(tx, incident, 'auto');
    if (incident.state === 'filed') await tellLoop(tx, incident, row, { type: 'team_freed', teamId: null });
    await refill(tx, id);
  }
}

/** The alert by the clock, for the urgent ones (policy), between two matchings. */
export async function watchBetter(tx: Tx): Promise<void> {
  const { policy } = await policyAt(tx.db, tx.at);
  await lapse(tx, policy.betterTeam.repeatSeconds);
  const urgent = (await drivingTasks(tx)).filter(({ priority }) =>
    policy.betterTeam.tickPriorities.includes(priority),
  );
  if (urgent.length === 0) return;
  await proposeBetter(tx, await lookAtBoard(tx, [], urgent), urgent);
}

/** Filed incidents that the engine looks after: begun by it or for it, or all of them in automatic mode. */
async function waitingIncidents(tx: Tx): Promise<IncidentRow[]> {
  const inForce = await policyAt(tx.db, tx.at);
  const filed = await listFiledIncidents(tx.db);
  const loops = await findLoops(
    tx.db,
    filed.map(({ id }) => id),
  );
  const whole = inForce.policy.matching.fill === 'all_or_nothing';
  return filed.filter(
    (row) => goesOn(loops.get(row.id) ?? { going: 'person' }, inForce) && !(whole && needsSeveral(row)),
  );
}

const drivingTasks = async (tx: Tx): Promise<TaskRow[]> =>
  (await activeTasks(tx.db)).filter((task) => task.is_lead && task.state !== 'on_scene');

async function lookAtBoard(
  tx: Tx,
  waiting: readonly IncidentRow[],
  driving: readonly TaskRow[],
): Promise<Board> {
  const scene = await lookAt(tx, {
    remaining: () => driving.length > 0,
    near: waiting[0] ? placeOf(waiting[0]) : undefined,
  });
  const underWay = await findIncidents(
    tx.db,
    driving.map((task) => task.incident_id),
  );
  const rows = [...waiting, ...underWay.filter(({ hold_until }) => hold_until === null)];
  const loops = await findLoops(
    tx.db,
    rows.map(({ id }) => id),
  );
  const situations: Situation[] = [];
  for (const row of rows) {
    const kind = driving.find((task) => task.incident_id === row.id)?.kind ?? null;
    const loop = loops.get(row.id)?.loop;
    const reach = townWide(kind, loop?.exclusions, loop?.round);
    situations.push(await situationOf(scene, await subjectOf(tx, row, scene), reach));
  }
  return { scene, situations, waiting: new Set(waiting.map(({ id }) => id)), driving };
}

const placeOf = ({ lng, lat, zone_id }: IncidentRow) => ({ lng, lat, zoneId: zone_id });

/** Pairs of a matching as changes of incidents that have nobody. */
const filled = (waiting: readonly Situation[], pairs: ReturnType<typeof match>): Change[] =>
  pairs.flatMap(({ incidentId, line, teamId, costMs }) =>
    teamId === null || waiting.length === 0
      ? []
      : [{ incidentId, line, fromTeamId: null, toTeamId: teamId, etaBeforeMs: null, etaAfterMs: costMs }],
  );

/** Changes that hand teams on to each other are one plan; an incident that gets an idle team is a plan of its own. */
function plansOf(changes: readonly Change[], { scene }: Board): Plan[] {
  const idle = new Set(
    scene.teams.filter(({ assignments }) => assignments.length === 0).map(({ teamId }) => teamId),
  );
  const alone = changes.filter(
    ({ fromTeamId, toTeamId }) => fromTeamId === null && toTeamId !== null && idle.has(toTeamId),
  );
  const together = changes.filter((change) => !alone.includes(change));
  const single = alone.map((change) => planOf([change], alone.length > 1 ? 'match' : 'queue'));
  return together.length === 0 ? single : [...single, planOf(together, 'switch')];
}

const planOf = (changes: readonly Change[], decision: Plan['decision']): Plan => ({
  changes,
  gainSeconds: Math.round(gainMs(changes) / 1000),
  byPerson: false,
  decision,
  reason: changes.some(({ fromTeamId }) => fromTeamId === null) ? 'preempted' : 'reassigned',
});

const gainMs = (changes: readonly Change[]): number =>
  changes.reduce(
    (sum, { etaBeforeMs, etaAfterMs }) =>
      etaBeforeMs === null || etaAfterMs === null ? sum : sum + etaBeforeMs - etaAfterMs,
    0,
  );

/** Shows a group of changes by the one that gains most; the incident that its team would leave stands beside it. */
async function proposeGroup(tx: Tx, group: ChangeGroup, { driving }: Board): Promise<void> {
  const gain = ({ etaBeforeMs, etaAfterMs }: Change) => (etaBeforeMs ?? Infinity) - (etaAfterMs ?? Infinity);
  const main = group.changes
    .filter(({ toTeamId }) => toTeamId !== null)
    .toSorted((a, b) => gain(b) - gain(a) || a.incidentId - b.incidentId)[0];
  if (!main) return;
  const left = group.changes.find(
    ({ fromTeamId, incidentId }) => fromTeamId === main.toTeamId && incidentId !== main.incidentId,
  );
  const assignment = driving.find((task) => task.incident_id === (main.incidentId as number));
  await propose(tx, {
    kind: main.fromTeamId === null ? 'preempt' : 'swap',
    incidentId: main.incidentId,
    assignmentId: assignment?.id ?? null,
    fromTeamId: main.fromTeamId,
    toTeamId: main.toTeamId!,
    etaSeconds: Math.round(main.etaAfterMs! / 1000),
    gainSeconds: main.fromTeamId === null ? null : Math.round(group.gainMs / 1000),
    otherIncidentId: left?.incidentId ?? null,
    otherEtaSeconds: left?.etaAfterMs == null ? null : Math.round(left.etaAfterMs / 1000),
    changes: group.changes.map(({ incidentId, fromTeamId, toTeamId }) => ({
      incidentId,
      fromTeamId,
      toTeamId,
    })),
  });
}

/** Is there a much better team for one that is on its way? Shown for manual choices too; a person decides. */
async function proposeBetter(tx: Tx, board: Board, driving: readonly TaskRow[]): Promise<void> {
  const { scene, situations } = board;
  const memory = await memoryOf(
    tx,
    driving.map(({ id }) => id),
  );
  for (const task of driving) {
    if (task.state === 'offered') continue;
    const situation = situations.find(({ incident }) => incident.incidentId === task.incident_id);
    const found =
      situation && betterTeam(situation, task.id as never, memory, scene.inForce.policy, scene.at);
    if (!found) continue;
    await propose(tx, {
      kind: 'swap',
      incidentId: task.incident_id,
      assignmentId: task.id,
      fromTeamId: found.fromTeamId,
      toTeamId: found.toTeamId,
      etaSeconds: found.etaSeconds,
      gainSeconds: found.gainSeconds,
      ...handOver(situation, task, found.toTeamId, scene.inForce.policy),
    });
  }
}
