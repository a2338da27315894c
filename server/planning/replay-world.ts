import type { Knex } from 'knex';
import type { ReplayWorldData } from '../../shared/contract/studio.ts';
import { dayMs, dayOf, startOfDay } from '../../shared/rules/calendar.ts';
import { medianOf } from '../../shared/rules/replay/figures.ts';
import { listHistory } from '../incidents/store-history.ts';
import type { Deps } from '../kernel/deps.ts';
import { Refused } from '../kernel/refused.ts';
import { listDutySpans, listPlanTeams } from '../teams/store-plan.ts';
import type { CellFinder } from './finder.ts';
import type { PlanGround } from './ground.ts';
import { calendarOfPeriod, roadsOfPeriod, waysFromHome } from './period.ts';
import { findList } from './store-replays.ts';

/** Where the incidents of a replay come from. */
export type WorldSource =
  | { readonly kind: 'ledger'; readonly from: number; readonly to: number }
  | { readonly kind: 'list'; readonly listId: number };

/** One incident of a list, as it is stored: place, instant, urgency, work, and what history says where it does. */
export interface ListedRow {
  readonly at: number;
  readonly lng: number;
  readonly lat: number;
  readonly priority: 1 | 2 | 3 | 4;
  readonly onSceneMs: number;
  readonly responseMs: number | null;
  readonly teamCode: string | null;
}

/** Work on a scene and time to the decision where history does not say: 20 and 2 minutes (assumed). */
const usualSceneMs = 1_200_000;
const usualCallMs = 120_000;
const fewest = 30;

/**
 * History as a replay needs it, for one set of cells, with what was closed and which calendar editions held; `but` those of
 * `compared`, which are what is compared. Incidents outside of the cells are counted and left out.
 */
export async function readReplayWorld(
  deps: Deps,
  source: WorldSource,
  ground: PlanGround,
  at: number,
  compared: readonly number[] = [],
): Promise<ReplayWorldData> {
  const { placed, teams, ...rest } = await placedHistory(deps.db, source, ground.find, at);
  const asked = placed.map(({ point, reportedAt }) => ({ point, at: reportedAt + rest.callTakingMs }));
  const { spans, closures } = await roadsOfPeriod(
    deps,
    ground,
    Date.parse(rest.from),
    Date.parse(rest.to) + rest.callTakingMs,
  );
  const homes = teams.map(({ home }) => home);
  const ways = await waysFromHome(deps, homes, asked, spans);
  const teamIds = teams.map(({ teamId }) => teamId);
  const calendar = await calendarOfPeriod(deps, asked, teamIds, compared);
  const duties = await dutiesOf(
    deps.db,
    placed.map(({ reportedAt }) => reportedAt),
  );
  return {
    ...rest,
    closures,
    calendarEditions: calendar.editionIds,
    incidents: placed.map((row, i) => ({
      ...row,
      fromHome: ways[i] ?? null,
      calendarZone: calendar.zones[i]!,
    })),
    teams: teams.map((team, i) => ({
      ...team,
      duties: duties && (duties.get(team.teamId) ?? []),
      calendarZones: calendar.zonesOfTeam[i]!,
    })),
  } as unknown as ReplayWorldData;
}

/** Incidents with the cells in which they lie, and the teams that have a home; refused when there are none. */
export async function placedHistory(db: Knex, source: WorldSource, find: CellFinder, at: number) {
  const teams = (await listPlanTeams(db, at)).flatMap(({ id, code, lng, lat }, i) =>
    lng === null || lat === null ? [] : [{ teamId: id, number: i + 1, code, home: [lng, lat] as const }],
  );
  if (teams.length === 0) throw new Refused('teams_homeless', {});
  const teamIdOf = new Map(teams.map(({ code, teamId }) => [code, teamId]));
  const { from, to, rows, callTakingMs } =
    source.kind === 'ledger' ? await fromLedger(db, source) : await fromList(db, source.listId, teamIdOf);
  const placed = rows.flatMap(({ lng, lat, ...row }, i) => {
    const cellId = find(lng, lat);
    return cellId === undefined
      ? []
      : [{ ...row, incidentId: row.incidentId ?? i + 1, cellId, point: [lng, lat] as const }];
  });
  if (placed.length === 0) throw new Refused('period_empty', { incidents: rows.length });
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    callTakingMs,
    placed,
    teams,
    leftOut: rows.length - placed.length,
  };
}

/** Spans of duty by team over the days of some reports; null when a day among them has no roster. */
async function dutiesOf(
  db: Knex,
  reports: readonly number[],
): Promise<ReadonlyMap<number, DutySpan[]> | null> {
  const days = new Set(reports.map(dayOf));
  const from = startOfDay(Math.min(...days)) - dayMs;
  const to = startOfDay(Math.max(...days) + 2);
  const rows = await listDutySpans(db, from, to);
  for (const { startsAt } of rows) days.delete(dayOf(startsAt));
  if (days.size > 0) return null;
  const spans = new Map<number, DutySpan[]>();
  for (const { teamId, startsAt, endsAt } of rows) {
    const own = spans.get(teamId) ?? [];
    const last = own.at(-1);
    // crews that hand over on the spot are one span of the team
    if (last && startsAt <= last[1]) last[1] = Math.max(last[1], endsAt);
    else own.push([startsAt, endsAt]);
    spans.set(teamId, own);
  }
  return spans;
}

type DutySpan = [number, number];

interface Row {
  readonly incidentId: number | null;
  readonly reportedAt: number;
  readonly lng: number;
  readonly lat: number;
  readonly priority: number;
  readonly matterCode: string | null;
  readonly onSceneMs: number;
  readonly teamId: number | null;
  readonly responseMs: number | null;
}
interface Rows {
  readonly from: number;
  readonly to: number;
  readonly rows: readonly Row[];
  readonly callTakingMs: number;
}

async function fromLedger(db: Knex, { from, to }: { from: number; to: number }): Promise<Rows> {
  const history = await listHistory(db, from, to);
  const span = (a: string | null, b: string | null): number | null =>
    a === null || b === null || Date.parse(b) < Date.parse(a) ? null : Date.parse(b) - Date.parse(a);
  const scenes = history.flatMap((row) => span(row.arrived_at, row.ended_at) ?? []);
  const calls = history.flatMap((row) => span(row.reported_at, row.departed_at) ?? []);
  const sceneMs = scenes.length >= fewest ? medianOf(scenes) : usualSceneMs;
  return {
    from,
    to,
    callTakingMs: calls.length >= fewest ? medianOf(calls) : usualCallMs,
    rows: history.map((row) => ({
      incidentId: row.id,
      reportedAt: Date.parse(row.reported_at),
      lng: row.lng,
      lat: row.lat,
      priority: row.priority,
      matterCode: row.matter_code,
      onSceneMs: span(row.arrived_at, row.ended_at) ?? sceneMs,
      teamId: row.team_id,
      responseMs: span(row.reported_at, row.arrived_at),
    })),
  };
}

async function fromList(db: Knex, listId: number, teamIdOf: ReadonlyMap<string, number>): Promise<Rows> {
  const list = await findList(db, listId);
  if (!list) throw new Refused('list_unknown', { listId });
  const rows = JSON.parse(list.body) as ListedRow[];
  return {
    from: Date.parse(list.from_at),
    to: Date.parse(list.to_at),
    callTakingMs: usualCallMs,
    rows: rows.map(({ at, teamCode, ...row }) => ({
      ...row,
      incidentId: null,
      matterCode: null,
      reportedAt: at,
      teamId: teamCode === null ? null : (teamIdOf.get(teamCode) ?? null),
    })),
  };
}
