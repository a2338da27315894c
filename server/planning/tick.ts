import type { Deps } from '../kernel/deps.ts';
import { systemActor, transact } from '../kernel/transact.ts';
import { teamViews } from '../teams/store.ts';
import { editionAt, editionIdAt } from '../zones/store.ts';
import { factsOf, lockKnown, step } from './acts.ts';
import { findEdition, updateEdition } from './store-editions.ts';
import { listEnded, lockAnnounced, noteAnnounced, readAnnounced, timelineAt } from './store-effects.ts';
import { summaryOf } from './views.ts';

/**
 * Tells everybody when the lines have changed. Which edition applies is a function of time, so nothing waits for this: the
 * consoles learn that they need another map, and what is over is retired.
 */
export async function tickPlanning(deps: Deps): Promise<void> {
  const at = deps.now();
  const running = await editionIdAt(deps.db, at);
  if (running !== null && running !== (await readAnnounced(deps.db))) await announceChange(deps);
  if ((await listEnded(deps.db, at)).length > 0) await retire(deps);
}

async function announceChange(deps: Deps): Promise<void> {
  await transact(deps, systemActor, async (tx) => {
    const { db, at } = tx;
    const was = await lockAnnounced(db);
    const edition = await editionAt(db, at);
    if (!edition || edition.id === was) return;
    await noteAnnounced(db, edition.id, at);
    // the first edition of a town is no change for anybody
    if (was === undefined) return;
    const row = (await findEdition(db, edition.id))!;
    const ofCalendar = (await timelineAt(db, at)) !== edition.id || !isTimelineChange(row.effective_at, at);
    tx.announce('edition.effective', `edition/${edition.id}`, {
      editionId: edition.id as never,
      name: edition.name,
      effectiveAt: edition.effectiveAt,
      wasId: was as never,
      cause: ofCalendar ? 'calendar' : row.rolls_back_to === null ? 'published' : 'rolled_back',
      teams: (await teamViews(db, at)).map(({ id, zoneIds }) => ({ teamId: id, zoneIds })),
    });
  });
}

/** A running edition that began long ago comes back when a calendar rule ends. */
const isTimelineChange = (effectiveAt: string | null, at: number): boolean =>
  effectiveAt !== null && at - Date.parse(effectiveAt) < 600_000;

async function retire(deps: Deps): Promise<void> {
  await transact(deps, systemActor, async (tx) => {
    for (const { id, rolledBack } of await listEnded(tx.db, tx.at)) {
      const row = await lockKnown(tx, id);
      if (row.status !== 'published') continue;
      await updateEdition(tx.db, id, { status: step('retire', factsOf(tx, row)) });
      tx.announce('edition.retired', `edition/${id}`, {
        edition: summaryOf(await lockKnown(tx, id)),
        reason: rolledBack ? 'rolled_back' : 'superseded',
      });
    }
  });
}
