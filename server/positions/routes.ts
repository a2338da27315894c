import type { z } from 'zod';
import type { PositionAnswer, PositionReportSchema } from '../../shared/contract/positions.ts';
import type { RefusalCode } from '../../shared/contract/refusals.ts';
import { decodeNative } from '../../shared/rules/positions/native.ts';
import { command, read, type Handlers } from '../kernel/route.ts';
import { Refused } from '../kernel/refused.ts';
import { transact, type Actor } from '../kernel/transact.ts';
import { listTeams } from '../teams/store.ts';
import type { Deps } from '../kernel/deps.ts';
import type { River } from './river.ts';
import { readSettings, saveSettings } from './store-settings.ts';
import { trailOf } from './store.ts';

/** Most points of a trail: a fix every 15 seconds for a whole day, and some. */
const trailLimit = 10_000;

/**
 * Takes a report in the product's own form, by HTTP or socket, for the person who is signed in. `teamId` is passed
 * when the login was read just now; a socket's login is older than that.
 */
export async function takeReport(
  deps: Deps,
  river: River,
  personId: number,
  report: z.output<typeof PositionReportSchema>,
  known: { teamId?: number | null } = {},
): Promise<PositionAnswer> {
  // a report that names no datum at all is a programming error, even an empty one
  if (report.crs === undefined && report.fixes.every(({ crs }) => crs === undefined))
    refuseDatum('crs_missing');
  const decoded = decodeNative({ deviceId: String(personId), receivedAt: deps.now() }, report);
  if (!decoded.ok) return refuseDatum(decoded.refusal);
  const { records, unreadable } = decoded.decoded;
  return river.acceptFixes(personId, records, { ...known, unreadable });
}

function refuseDatum(code: RefusalCode): never {
  const message = 'the datum of the coordinates: wgs84, cgcs2000, gcj02, bd09 or bd09mc';
  throw new Refused(code, {}, [{ path: 'body.crs', message }]);
}

/** Positions in, how long they are kept, and the trail of a team, which leaves a fact that the person can see. */
export function positionHandlers(
  river: River,
): Pick<Handlers, 'reportPositions' | 'readTrail' | 'readPositionSettings' | 'changePositionSettings'> {
  return {
    readPositionSettings: read<'readPositionSettings'>(({ deps }) => readSettings(deps.db)),
    changePositionSettings: command<'changePositionSettings'>(async (tx, { body }) => {
      const was = await readSettings(tx.db);
      await saveSettings(tx.db, body, tx.at);
      tx.announce('positions.set', 'setting/positions', { settings: body, was: was.historyDays });
      return body;
    }),
    reportPositions: read<'reportPositions'>(({ deps, actor, body, response }) => {
      response.status(202);
      return takeReport(deps, river, personOf(actor), body, { teamId: actor.teamId });
    }),
    readTrail: read<'readTrail'>(async ({ deps, actor, params: { teamId }, query }) => {
      if ((await listTeams(deps.db, [teamId])).length === 0) throw new Refused('team_unknown');
      return transact(deps, actor, async (tx) => {
        const { personId, fixes } = await trailOf(tx.db, teamId, tx.at - query.minutes * 60_000, trailLimit);
        tx.announce('track.viewed', `team/${teamId}`, {
          personId: personId as never,
          teamId,
          purpose: query.purpose,
        });
        return { fixes: fixes.map(({ lng, lat, fixed_at: fixedAt }) => [lng, lat, fixedAt]) };
      });
    }),
  };
}

function personOf({ id }: Actor): number {
  if (id === null) throw new Refused('signin_missing');
  return id;
}
