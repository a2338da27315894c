import { lngLat } from '../../shared/contract/geo.ts';
import { distanceMetres } from '../../shared/rules/distance.ts';
import type { Deps } from '../kernel/deps.ts';
import { systemActor, transact } from '../kernel/transact.ts';
import { teamPositions } from '../teams/store.ts';
import { clear } from './alerts.ts';
import { policyAt } from './policies.ts';
import { subject, tell } from './steps.ts';
import { activeTasks, markMoving, type TaskRow } from './store.ts';
import { findWatches, saveWatches, unwatched, type Watched } from './store-watch.ts';

/**
 * 已动身,未接单: a team that was asked, has not answered and comes nearer. The room sees it and is not alarmed about the
 * silence; the offer stays an offer and runs out as any other.
 */
export async function noteMoving(deps: Deps): Promise<void> {
  const { db } = deps;
  const offered = (await activeTasks(db)).filter(
    ({ state, moving_at: movingAt }) => state === 'offered' && movingAt === null,
  );
  if (offered.length === 0) return;
  const watches = await findWatches(
    db,
    offered.map(({ id }) => id),
  );
  const positions = await teamPositions(
    db,
    offered.map((task) => task.team_id),
  );
  const placeOf = new Map(positions.map((position) => [position.teamId as number, position]));
  const { policy } = await policyAt(db, deps.now());
  const begun = new Map<number, Watched>();
  for (const task of offered) {
    const position = placeOf.get(task.team_id);
    if (!position) continue;
    const remainingMetres = distanceMetres(position.point, lngLat(task.lng, task.lat));
    const fixAt = Date.parse(position.fixAt);
    const before = watches.get(task.id)?.state.remainingMetres;
    if (before == null)
      begun.set(task.id, { ...unwatched, state: { ...unwatched.state, remainingMetres, fixAt } });
    else if (
      fixAt > Date.parse(task.offered_at) &&
      before - remainingMetres >= policy.watchdog.thresholdMetres
    )
      await tellMoving(deps, task);
  }
  await saveWatches(db, begun);
}

async function tellMoving(deps: Deps, task: TaskRow): Promise<void> {
  await transact(deps, systemActor, async (tx) => {
    const row = await markMoving(tx.db, task.id, tx.at);
    if (!row) return;
    tx.announce('team.moved', subject(task.incident_id), await tell(tx, row));
    await clear(tx, { incidentId: task.incident_id, teamId: task.team_id }, [
      'offer_unseen',
      'offer_unanswered',
    ]);
  });
}
