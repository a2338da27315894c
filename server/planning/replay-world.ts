import type { Knex } from 'knex';
import { lngLat } from '../../shared/contract/geo.ts';
import type { ReplayWorldData } from '../../shared/contract/studio.ts';
import { dayMs, dayOf, startOfDay } from '../../shared/rules/calendar.ts';
import { medianOf } from '../../shared/rules/replay/figures.ts';
import { listHistory } from '../incidents/store-history.ts';
import { travelTables } from '../../shared/rules/roads.ts';
import type { Deps } from '../kernel/deps.ts';
import { Refused } from '../kernel/refused.ts';
import { listDutySpans, listPlanTeams } from '../teams/store-plan.ts';
import { roadsRevision, townRoads } from '../zones/store-roads.ts';
import type { CellFinder } from './finder.ts';
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

/** History as a replay needs it, for one set of cells. Incidents outside of it are counted and left out. */
export async function readReplayWorld(
  deps: Deps,
  source: WorldSource,
  find: CellFinder,
  at: number,
): Promise<ReplayWorldData> {
  const { placed, teams, ...rest } = await placedHistory(deps.db, source, find, at);
  const ways = await waysFromHome(deps, teams, placed);
  const duties = await dutiesOf(
    deps.db,
    placed.map(({ reportedAt }) => reportedAt),
  );
  return {
    ...rest,
    incidents: placed.map((row, i) => ({ ...row, fromHome: ways[i] ?? null })),
    teams: teams.map((team) => ({ ...team, duties: duties && (duties.get(team.teamId) ?? []) })),
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

/**
 * Seconds by road from the home of each team to each place. The way back is taken for the way there: one search a team
 * instead of one an incident. Empty where there are no roads.
 */
async function waysFromHome(
  deps: Deps,
  teams: readonly { readonly home: readonly [number, number] }[],
  placed: readonly { readonly point: readonly number[] }[],
): Promise<number[][]> {
  const { graph } = await townRoads(deps, deps.db, await roadsRevision(deps.db));
  if (!graph) return [];
  const places = placed.map(({ point }) => lngLat(point[0]!, point[1]!));
  const homes = teams.map(({ home }) => lngLat(home[0], home[1]));
  const tables = travelTables(graph, places, homes);
  return places.map((_, i) => tables.map((table) => Math.round(table[i]?.seconds ?? -1)));
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
      reportedAt: at,
      teamId: teamCode === null ? null : (teamIdOf.get(teamCode) ?? null),
    })),
  };
}
