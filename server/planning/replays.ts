import type { z } from 'zod';
import { lngLat } from '../../shared/contract/geo.ts';
import type { ZoneId } from '../../shared/contract/ids.ts';
import type { ReplayWorldData } from '../../shared/contract/studio.ts';
import type { Replay, ReplayReport, StartReplaySchema } from '../../shared/contract/replays.ts';
import { villageOf } from '../../shared/rules/cells/codes.ts';
import { isChosen } from '../../shared/rules/replay/chosen.ts';
import { coreVersion } from '../../shared/rules/dispatch/policy.ts';
import type { TravelMatrix } from '../../shared/rules/replay/matrix-travel.ts';
import type {
  NamedPlan,
  ReportFigures,
  ReportInput,
  ReportOutcome,
} from '../../shared/rules/replay/report.ts';
import type { Deps } from '../kernel/deps.ts';
import { Refused } from '../kernel/refused.ts';
import { systemActor, transact, type Tx } from '../kernel/transact.ts';
import { inChild, type ChildWork } from './child.ts';
import { contentHash } from './drafts.ts';
import { groundOf, type PlanGround } from './ground.ts';
import { knownEdition } from './read.ts';
import { placedHistory, readReplayWorld, type WorldSource } from './replay-world.ts';
import { cellTravel } from './roads.ts';
import { listVillages } from './store-cells.ts';
import { readPairs, readTeams, type EditionRow } from './store-editions.ts';
import { timelineAt } from './store-effects.ts';
import {
  claimReplay,
  findReplay,
  finishReplay,
  insertReplay,
  noteProgress,
  type ReplayRow,
} from './store-replays.ts';
import { readSettings } from './store-settings.ts';
import type { PolicyAt } from './studio.ts';
import { summaryOf } from './views.ts';

type Request = z.output<typeof StartReplaySchema>;

/** Asks for a replay of an edition's present content; the work is done outside of the request. */
export async function startReplay(tx: Tx, editionId: number, request: Request): Promise<Replay> {
  const { db, actor, at } = tx;
  const row = await knownEdition(db, editionId);
  const against = request.against ?? (await timelineAt(db, at));
  if (against === null) throw new Refused('edition_unknown', {});
  await knownEdition(db, against);
  // an empty period is refused at once, not after a while
  const ground = await groundOf(tx.deps, db, row.coverage_id);
  await placedHistory(db, sourceOf(request), ground.find, at);
  const id = await insertReplay(db, {
    editionId,
    contentHash: contentHash(await readPairs(db, editionId), await readTeams(db, editionId)),
    request: { ...request, against },
    madeBy: actor.id,
    at,
  });
  return viewOf((await findReplay(db, id))!);
}

/** A replay as pages see it. */
export const viewOf = (row: ReplayRow): Replay =>
  ({
    id: row.id,
    editionId: row.edition_id,
    state: row.state,
    progress: row.progress,
    refused: row.refused,
    calibration: row.calibration === null ? null : JSON.parse(row.calibration),
    report: row.report === null ? null : JSON.parse(row.report),
  }) as Replay;

const sourceOf = ({ source }: Request): WorldSource =>
  source.kind === 'list'
    ? source
    : { kind: 'ledger', from: Date.parse(source.from), to: Date.parse(source.to) };

export interface ReplayDesk {
  /** Takes the next replay that waits, one at a time in a process. */
  tick(): Promise<void>;
  close(): Promise<void>;
}

/** Computes the replays that were asked for, each in a process of its own, so that a year of incidents keeps nobody waiting. */
export function openReplayDesk(deps: Deps, policyAt: PolicyAt): ReplayDesk {
  let work: Promise<void> | undefined;
  let worker: ChildWork<ReportOutcome> | undefined;
  let closed = false;
  return {
    async tick() {
      if (work || closed) return;
      const row = await claimReplay(deps.db, deps.now());
      if (!row) return;
      work = compute(row)
        .catch(async (error: unknown) => {
          if (closed) return;
          const code = error instanceof Refused ? error.code : undefined;
          if (!code) deps.log.error({ error, replay: row.id }, 'a replay failed');
          const end = code ? ({ state: 'refused', refused: code } as const) : ({ state: 'failed' } as const);
          await finishReplay(deps.db, row.id, end, deps.now());
        })
        .catch((error: unknown) => deps.log.error({ error }, 'a replay could not be closed'))
        .finally(() => {
          work = undefined;
        });
    },
    async close() {
      closed = true;
      worker?.stop();
      await work;
    },
  };

  async function compute(row: ReplayRow): Promise<void> {
    const prepared = await prepare(deps, row, policyAt);
    const { input, matrix, speedFactor } = prepared;
    worker = inChild<ReportOutcome>('replay-child.ts', { input, matrix, speedFactor }, (share) => {
      noteProgress(deps.db, row.id, share, deps.now()).catch(() => undefined);
    });
    const outcome = await worker.outcome;
    if (!outcome.ok)
      return void (await finishReplay(
        deps.db,
        row.id,
        { state: 'refused', refused: 'calibration_failed', calibration: outcome.calibration },
        deps.now(),
      ));
    const at = deps.now();
    const report = { ...prepared.head, madeAt: new Date(at).toISOString(), ...outcome.figures };
    await transact(deps, systemActor, async (tx) => {
      await finishReplay(
        tx.db,
        row.id,
        { state: 'done', calibration: outcome.figures.calibration, report },
        tx.at,
      );
      const edition = summaryOf(await knownEdition(tx.db, row.edition_id));
      tx.announce('replay.reported', `edition/${row.edition_id}`, {
        edition,
        replayId: row.id,
        title: report.title,
      });
    });
  }
}

interface Prepared {
  readonly input: ReportInput;
  readonly matrix: TravelMatrix;
  readonly speedFactor: number;
  readonly head: Omit<ReplayReport, keyof ReportFigures | 'madeAt'>;
}

async function prepare(deps: Deps, row: ReplayRow, policyAt: PolicyAt): Promise<Prepared> {
  const { db } = deps;
  const at = deps.now();
  const request = JSON.parse(row.request) as Request & { against: number };
  const settings = await readSettings(db);
  const { policy, hash } = await policyAt(db, at);
  const after = await knownEdition(db, row.edition_id);
  const before = await knownEdition(db, request.against);
  const ground = await groundOf(deps, db, after.coverage_id);
  const old = await groundOf(deps, db, before.coverage_id);
  const world = await readReplayWorld(deps, sourceOf(request), ground, at, [after.id, before.id]);
  const { hourFrom, hourTo, priorities, matterCodes } = request;
  const filter = { hourFrom, hourTo, priorities, matterCodes };
  const offset = policy.travel.utcOffsetMinutes;
  const chosen = world.incidents.filter((incident) => isChosen(filter, offset, incident));
  if (chosen.length === 0) throw new Refused('period_empty', {});
  const codes = new Map(ground.cells.map(({ id, code15 }) => [id, code15]));
  const villages = await listVillages(db);
  const [planBefore, planAfter] = [
    await planOf(deps, before, old, chosen, world.teams),
    await planOf(deps, after, ground, chosen, world.teams),
  ];
  const overridden = request.override ?? null;
  const days = `${world.from.slice(0, 10)} – ${world.to.slice(0, 10)}`;
  return {
    speedFactor: request.speedFactor,
    matrix: { ...(await matrixOf(deps, ground)), closures: world.closures },
    head: {
      replayId: row.id,
      editionId: after.id as ReplayReport['editionId'],
      madeBy: row.made_by as ReplayReport['madeBy'],
      title: `${before.name} → ${after.name}, ${days}`,
      from: world.from,
      to: world.to,
      source: request.source.kind === 'ledger' ? 'ledger' : `list ${request.source.listId}`,
      leftOut: world.leftOut,
      filter,
      closures: new Set(world.closures.flatMap(({ closureIds }) => closureIds)).size,
      calendarEditions: world.calendarEditions,
      rostered: world.teams.some(({ duties }) => duties !== null),
      seed: request.seed,
      policyHash: hash,
      coreVersion,
      overridden,
    },
    input: {
      recording: {
        incidents: chosen.map(({ incidentId, reportedAt, point, priority, onSceneMs, fromHome }) => ({
          incidentId,
          reportedAt,
          point: lngLat(point[0], point[1]),
          priority: priority as 1 | 2 | 3 | 4,
          onSceneMs,
          fromHome: fromHome ?? undefined,
        })),
        teams: world.teams.map(({ teamId, number, home, duties }) => ({
          teamId,
          number,
          home: lngLat(home[0], home[1]),
          duties: duties ?? undefined,
        })),
        callTakingMs: world.callTakingMs,
      },
      teamCodes: world.teams.map(({ code }) => code),
      cellIds: chosen.map(({ cellId }) => cellId),
      villages: chosen.map(({ cellId }) => villageOf(codes.get(cellId)!)),
      villageNames: Object.fromEntries(villages.map(({ code, name }) => [code, name])),
      recordedMs: Float64Array.from(chosen, ({ responseMs }) => responseMs ?? NaN),
      before: planBefore,
      after: planAfter,
      policy: policy,
      targetSeconds: settings.targetSeconds,
      limit: settings.replayMaximumMedianError,
      seed: request.seed,
      absentTeamId: request.absentTeamId ?? null,
      overridden: overridden !== null,
    },
  };
}

/** The zone of each incident's place under an edition, and each team's zones. */
async function planOf(
  deps: Deps,
  row: EditionRow,
  ground: PlanGround,
  incidents: readonly Pick<ReplayWorldData['incidents'][number], 'point' | 'calendarZone'>[],
  teams: readonly Pick<ReplayWorldData['teams'][number], 'teamId' | 'calendarZones'>[],
): Promise<NamedPlan> {
  const pairs = await readPairs(deps.db, row.id);
  const zoneOf = new Map(pairs);
  const crews = await readTeams(deps.db, row.id);
  return {
    editionId: row.id,
    name: row.name,
    contentHash: contentHash(pairs, crews),
    zones: Int32Array.from(
      incidents,
      ({ point, calendarZone }) => calendarZone ?? zoneOf.get(ground.find(point[0], point[1]) ?? -1) ?? 0,
    ),
    zoneIds: teams.map(({ teamId, calendarZones }) => [
      ...crews.filter((crew) => crew.teamId === teamId).map(({ zoneId }) => zoneId as ZoneId),
      ...(calendarZones as ZoneId[]),
    ]),
  };
}

/** Times by road between cells, for both sides the same. */
async function matrixOf(deps: Deps, ground: PlanGround): Promise<TravelMatrix> {
  const { points, seconds, version } = await cellTravel(deps, deps.db, ground);
  return { points: points.map(([lng, lat]) => ({ lng, lat })), seconds, version };
}
