import type { IncidentId } from '../../shared/contract/ids.ts';
import { betterTeam } from '../../shared/rules/dispatch/better-team.ts';
import type { Change, ChangeGroup } from '../../shared/rules/dispatch/groups.ts';
import { lackingOf } from '../../shared/rules/dispatch/match.ts';
import { matchTogether } from '../../shared/rules/dispatch/together.ts';
import type { Situation } from '../../shared/rules/dispatch/situation.ts';
import { takeTurns } from '../../shared/rules/dispatch/turns.ts';
import type { Tx } from '../kernel/transact.ts';
import { findIncidents, listFiledIncidents, lockFreeIncident, type IncidentRow } from '../incidents/store.ts';
import { execute, type Plan } from './changes.ts';
import type { View } from './claim.ts';
import { tellLoop } from './drive.ts';
import { planMatch } from './due.ts';
import { findLoops } from './store-loops.ts';
import { goesOn, loopOf } from './loops.ts';
import { policyAt } from './policies.ts';
import { lapse } from './proposals.ts';
import { handOver, memoryOf, propose } from './propose.ts';
import { lookAt, situationOf, type Scene } from './scene.ts';
import { activeTasks, assignmentsOf, type TaskRow } from './store.ts';
import { subjectOf } from './subject.ts';
import { linesOf, refill, restsWithPerson, severalWaiting } from './support.ts';
import { townWide } from './views.ts';

/** Several deciders may look at the town at once; one at a time matches, for the quality of the answer. */
const lockMatch = (tx: Tx) => tx.db.raw('select pg_advisory_xact_lock(715517)');

/** Everything that waits or is on its way, as the engine sees it together. */
interface Board {
  readonly scene: Scene;
  /** Of each incident the lead's line, and the lines beside it that lack somebody. */
  readonly situations: readonly Situation[];
  readonly driving: readonly TaskRow[];
}

/**
 * Matches what waits with who is free, and looks again at who is on the way: what may change by itself is done, the
 * rest is proposed. Called when a team became available, and once a minute in case nobody told.
 */
export async function matchTown(tx: Tx): Promise<void> {
  await lockMatch(tx);
  await matchLines(tx);
  await fillTown(tx);
}

async function matchLines(tx: Tx): Promise<void> {
  const board = await lookAtBoard(tx, {
    waiting: await waitingIncidents(tx),
    driving: await drivingTasks(tx),
    several: await severalWaiting(tx),
  });
  const { policy } = board.scene.inForce;
  if (board.situations.length === 0) return;
  const { at } = board.scene;
  const answer = matchTogether(board.situations, policy, at);
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

/** What could not be filled together is looked at once more, the most urgent incident first, and told. */
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
  await proposeBetter(tx, await lookAtBoard(tx, { waiting: [], driving: urgent, several: [] }), urgent);
}

/** Filed incidents that the engine looks after: begun by it or for it, or all of them in automatic mode. */
async function waitingIncidents(tx: Tx): Promise<IncidentRow[]> {
  const inForce = await policyAt(tx.db, tx.at);
  const filed = await listFiledIncidents(tx.db);
  const loops = await findLoops(
    tx.db,
    filed.map(({ id }) => id),
  );
  return filed.filter((row) => goesOn(loops.get(row.id) ?? { going: 'person' }, inForce));
}

const drivingTasks = async (tx: Tx): Promise<TaskRow[]> =>
  (await activeTasks(tx.db)).filter((task) => task.is_lead && task.state !== 'on_scene');

/** What a look is asked to pose: whoever waits, whoever is on the way, and who lacks somebody beside the lead. */
interface Posed {
  readonly waiting: readonly IncidentRow[];
  readonly driving: readonly TaskRow[];
  readonly several: readonly IncidentRow[];
}

async function lookAtBoard(tx: Tx, posed: Posed): Promise<Board> {
  const [first] = posed.waiting;
  const scene = await lookAt(tx, {
    remaining: () => posed.driving.length > 0,
    near: first && placeOf(first),
  });
  return boardOf(tx, scene, {
    waiting: inTurns(posed.waiting, scene),
    driving: inTurns(posed.driving, scene),
    several: inTurns(posed.several, scene),
  });
}

/** As many as one look can weigh against all its teams without holding the process up; the others in the next minutes. */
const inTurns = <T>(all: readonly T[], { teams, at }: Scene): readonly T[] =>
  takeTurns(all, Math.ceil(weighedPairs / Math.max(1, teams.length)), Math.floor(at / 60_000));

/** Pairs of an incident and a team: 500 incidents in a town of 60 teams, 15 where there are 2,000. */
const weighedPairs = 30_000;

async function boardOf(tx: Tx, scene: Scene, { waiting, driving, several }: Posed): Promise<Board> {
  const posed = new Set([...waiting.map(({ id }) => id), ...driving.map((task) => task.incident_id)]);
  const underWay = await findIncidents(
    tx.db,
    driving.map((task) => task.incident_id),
  );
  const rows = [
    ...waiting,
    ...underWay.filter(({ hold_until }) => hold_until === null),
    ...several.filter(({ id }) => !posed.has(id)),
  ];
  const loops = await findLoops(
    tx.db,
    rows.map(({ id }) => id),
  );
  const situations: Situation[] = [];
  for (const row of rows) {
    const kind = driving.find((task) => task.incident_id === row.id)?.kind ?? null;
    const loop = loops.get(row.id)?.loop;
    const reach = townWide(kind, loop?.exclusions, loop?.round);
    const subject = await subjectOf(tx, row, scene);
    const lead = await situationOf(scene, subject, reach);
    if (posed.has(row.id)) situations.push(lead);
    if (several.some(({ id }) => id === row.id))
      situations.push(...(await linesBeside(tx, { scene, subject, situation: lead })));
  }
  return { scene, situations, driving };
}

/** The lines beside an incident's lead that lack somebody and are not left to a person. */
async function linesBeside(tx: Tx, view: Omit<View, 'candidates'>): Promise<Situation[]> {
  const rows = await assignmentsOf(tx.db, view.subject.incidentId);
  return linesOf(view, rows).filter(
    (situation) =>
      situation.line.line > 0 && lackingOf(situation) > 0 && !restsWithPerson(rows, situation.line.line),
  );
}

const placeOf = ({ lng, lat, zone_id }: IncidentRow) => ({ lng, lat, zoneId: zone_id });

/**
 * Changes that hand teams on to each other are one plan; an incident whose lines get idle teams is a plan of its own. The
 * lines beside a lead go with it.
 */
function plansOf(changes: readonly Change[], { scene }: Board): Plan[] {
  const idle = new Set(
    scene.teams.filter(({ assignments }) => assignments.length === 0).map(({ teamId }) => teamId),
  );
  const of = (incidentId: IncidentId) => changes.filter((change) => change.incidentId === incidentId);
  const isAlone = ({ fromTeamId, toTeamId }: Change) =>
    fromTeamId === null && toTeamId !== null && idle.has(toTeamId);
  const alone = [...new Set(changes.map(({ incidentId }) => incidentId))]
    .map(of)
    .filter((own) => own.every(isAlone));
  const together = changes.filter((change) => !alone.some((own) => own.includes(change)));
  const single = alone.map((own) => planOf(own, alone.length > 1 ? 'match' : 'queue'));
  return together.length === 0 ? single : [...single, planOf(together, 'switch')];
}

const planOf = (changes: readonly Change[], decision: Plan['decision']): Plan => {
  const leads = changes.filter(({ line }) => line === 0);
  return {
    changes: leads,
    beside: changes.flatMap(({ incidentId, line, toTeamId }) =>
      line === 0 || toTeamId === null ? [] : [{ incidentId, line, teamId: toTeamId }],
    ),
    gainSeconds: Math.round(gainMs(leads) / 1000),
    byPerson: false,
    decision,
    reason: changes.some(({ fromTeamId }) => fromTeamId === null) ? 'preempted' : 'reassigned',
  };
};

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
    const situation = situations.find(
      ({ incident, line }) => incident.incidentId === task.incident_id && line.line === 0,
    );
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
