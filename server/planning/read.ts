import type { Knex } from 'knex';
import type { EditionDetail } from '../../shared/contract/editions.ts';
import { listNames } from '../auth/store-people.ts';
import type { Deps } from '../kernel/deps.ts';
import { Refused } from '../kernel/refused.ts';
import { baseOf } from './drafts.ts';
import { zonesOf } from './problems.ts';
import {
  findEdition,
  listConflicts,
  listZones,
  readPairs,
  readTeams,
  type EditionRow,
} from './store-editions.ts';
import { listEffects, timelineAt } from './store-effects.ts';
import { authorsOf, entriesAfter } from './store-log.ts';
import { listReports } from './store-replays.ts';
import { effectOf, summaryOf } from './views.ts';

export async function knownEdition(db: Knex, id: number): Promise<EditionRow> {
  const row = await findEdition(db, id);
  if (!row) throw new Refused('edition_unknown', { editionId: id });
  return row;
}

/** An edition with everything that is said about it; a draft with its log. */
export async function readEdition({ db, now }: Deps, id: number): Promise<EditionDetail> {
  // one view of the database, so that cells and log belong together
  return db.transaction(
    async (trx) => {
      const row = await knownEdition(trx, id);
      const pairs = await readPairs(trx, id);
      const zoneIds = new Set<number>(zonesOf(row, pairs));
      const draft = row.status === 'draft' ? await draftOf(trx, row, now()) : null;
      const reports = await listReports(trx, id);
      const involved = new Set([
        ...(await authorsOf(trx, id)),
        ...[row.author_id, row.approved_by, row.submitted_by, row.sole_editor].filter((one) => one !== null),
      ]);
      return {
        edition: summaryOf(row),
        cells: pairs,
        zones: (await listZones(trx)).filter((zone) => zoneIds.has(zone.id)),
        teams: await readTeams(trx, id),
        effects: (await listEffects(trx, id)).map(effectOf),
        waivers: row.waivers,
        draft,
        reports: reports.map(({ id: replayId, at, title, error }) => ({
          replayId,
          madeAt: at,
          title: title ?? '',
          errorOverridden: error,
        })),
        reviewReason: row.review_reason,
        people: (await listNames(trx))
          .filter(({ personId }) => involved.has(personId))
          .map(({ personId, displayName }) => ({ personId, name: displayName })),
        submittedBy: row.submitted_by,
        submittedReport: row.submitted_replay,
      } as unknown as EditionDetail;
    },
    { isolationLevel: 'repeatable read', readOnly: true },
  );
}

async function draftOf(db: Knex, row: EditionRow, at: number) {
  const base = await baseOf(db, row);
  const running = await timelineAt(db, at);
  return {
    baseCells: base.cells,
    baseZones: base.zones,
    log: await entriesAfter(db, row.id, 0),
    seq: row.op_seq,
    basedOn: row.based_on,
    outdated: running !== null && row.based_on !== running,
    conflicts: (await listConflicts(db, row.id)).map((one) => ({
      cellId: one.cell_id,
      draftZoneId: one.draft_zone_id,
      runningZoneId: one.running_zone_id,
    })),
    soleEditor: row.sole_editor,
  };
}
