import type { Knex } from 'knex';
import type { z } from 'zod';
import type { Policy } from '../../shared/contract/dispatch.ts';
import type { Studio, StudioQuerySchema } from '../../shared/contract/studio.ts';
import type { Deps } from '../kernel/deps.ts';
import { Refused } from '../kernel/refused.ts';
import { listPlanTeams } from '../teams/store-plan.ts';
import { findTown } from '../zones/store.ts';
import { groundOf, keepGround, type PlanGround } from './ground.ts';
import { changedWays } from './period.ts';
import { knownEdition } from './read.ts';
import { cellTravel } from './roads.ts';
import { issuedCodes, listVillages } from './store-cells.ts';
import { listZones } from './store-editions.ts';
import { timelineAt } from './store-effects.ts';
import { readSettings } from './store-settings.ts';
import { statisticsOf } from './statistics.ts';

/** The dispatch policy in force, given by app.ts. */
export type PolicyAt = (db: Knex, at: number) => Promise<{ policy: Policy; hash: string }>;

const day = 86_400_000;

/** The set of cells that an edition stands on; without one, that of the running edition. */
export async function coverageIdOf(deps: Deps, editionId: number | undefined): Promise<number> {
  const id = editionId ?? (await timelineAt(deps.db, deps.now()));
  if (id === null) throw new Refused('edition_unknown', { reason: 'no edition is in force' });
  return (await knownEdition(deps.db, id)).coverage_id;
}

/** Everything that the page's own rules need about one set of cells. */
export async function readStudio(
  deps: Deps,
  query: z.output<typeof StudioQuerySchema>,
  policyAt: PolicyAt,
): Promise<Studio> {
  const { db } = deps;
  const at = deps.now();
  const town = await findTown(db);
  if (!town) throw new Refused('edition_unknown', { reason: 'no town is loaded' });
  const settings = await readSettings(db);
  const ground = await groundOf(deps, db, await coverageIdOf(deps, query.editionId));
  keepGround(deps, ground);
  const to = query.to === undefined ? at : Date.parse(query.to);
  const choice = {
    from: query.from === undefined ? to - settings.statisticsDays * day : Date.parse(query.from),
    to,
    hourFrom: query.hourFrom,
    hourTo: query.hourTo,
    matterCode: query.matterCode,
    priority: query.priority,
    editionId: query.editionId,
  };
  if (choice.from >= choice.to || choice.hourFrom === choice.hourTo)
    throw new Refused('period_empty', { from: query.from, to: query.to });
  const statistics = await statisticsOf(deps, db, ground, choice, at);
  const teams = await listPlanTeams(db, at);
  return {
    town: { name: town.name, code: town.code },
    coverageId: ground.coverageId,
    runningEditionId: await timelineAt(db, at),
    outline: ground.outline,
    centralMeridian: ground.centralMeridian,
    issuedCodes: await issuedCodes(db),
    cells: ground.cells.map((cell) => {
      const { incidents, workloadHours } = statistics.of(cell.id);
      return {
        id: cell.id,
        code: cell.code15,
        kind: cell.kind,
        rings: cell.rings,
        supersedes: cell.supersedes,
        population: cell.population,
        incidents,
        workloadHours,
      };
    }),
    barriers: ground.barriers,
    villages: await listVillages(db),
    zones: await listZones(db),
    teams: teams.map(({ lng, lat, ...team }) => ({
      ...team,
      home: lng === null || lat === null ? null : [lng, lat],
      homeCellId: lng === null || lat === null ? null : (ground.find(lng, lat) ?? null),
    })),
    statistics: statistics.totals,
    closures: await closedWays(deps, ground, statistics.totals),
    settings,
    policy: (await policyAt(db, at)).policy,
  } as unknown as Studio;
}

/** What each set of closures of the shifts does to the table of ways. */
async function closedWays(
  deps: Deps,
  ground: PlanGround,
  { shifts }: Studio['statistics'],
): Promise<Studio['closures']> {
  const sets = new Map(shifts.map(({ closureIds }) => [closureIds.join(), closureIds]));
  sets.delete('');
  if (sets.size === 0) return [];
  const open = await cellTravel(deps, deps.db, ground);
  const ways: Studio['closures'] = [];
  for (const closureIds of sets.values())
    ways.push({ closureIds, changes: await changedWays(deps, ground, open.seconds, closureIds) });
  return ways;
}
