import type { Deps } from '../kernel/deps.ts';
import { listDue, plan, postpone, takeAllDue, takeDue, type Due } from '../kernel/due.ts';
import { systemActor, transact, type Tx } from '../kernel/transact.ts';
import { promptCheckIn } from './check-in.ts';
import { dueKinds } from './due.ts';
import { expireOffer } from './expire.ts';
import { noteMoving } from './moving.ts';
import { matchTown, watchBetter } from './match.ts';
import { takeEffect } from './policy-change.ts';
import { policyAt } from './policies.ts';
import { raiseUrgent } from './urgent.ts';
import { watchTown } from './watch.ts';

const batch = 32;
/** A row whose handling failed is tried again after this time. */
const retryMs = 30_000;
/** Waiting incidents are looked at this often though nobody told of a freed team. */
const matchMs = 60_000;
const town = 'town';
const kinds = Object.values(dueKinds);

/** Rows that renew themselves; they are laid once for each running product. */
const begun = new WeakSet<Deps>();

/**
 * Does what is due in this room at this instant, oldest first, each row once and in a transaction of its own: several
 * processes may tick at once, and after a restart everything that fell due meanwhile is done in its order.
 */
export async function tickDispatch(deps: Deps): Promise<void> {
  if (!begun.has(deps)) {
    begun.add(deps);
    for (const kind of [dueKinds.match, dueKinds.better, dueKinds.watch])
      await plan(deps.db, kind, town, deps.now());
  }
  for (;;) {
    const rows = await listDue(deps.db, kinds, deps.now(), batch);
    for (const row of rows) await once(deps, row);
    if (rows.length < batch) break;
  }
  await noteMoving(deps);
  await raiseUrgent(deps);
}

async function once(deps: Deps, row: Due): Promise<void> {
  try {
    await transact(deps, systemActor, async (tx) => {
      if (await takeDue(tx.db, row.id)) await handle(tx, row);
    });
  } catch (error) {
    deps.log.error({ error, kind: row.kind, subject: row.subject }, 'a due row could not be handled');
    await postpone(deps.db, row.id, deps.now() + retryMs);
  }
}

async function handle(tx: Tx, { kind, subject }: Due): Promise<void> {
  const again = (seconds: number) => plan(tx.db, kind, town, tx.at + seconds * 1000);
  switch (kind) {
    case dueKinds.offer:
      return expireOffer(tx, Number(subject.split('/')[1]));
    case dueKinds.checkIn:
      return promptCheckIn(tx, Number(subject.split('/')[1]));
    case dueKinds.policy:
      return takeEffect(tx, Number(subject.split('/')[1]));
    case dueKinds.match:
      // one look answers every wish that has come up to now
      await takeAllDue(tx.db, kind, tx.at);
      await plan(tx.db, kind, town, tx.at + matchMs);
      return matchTown(tx);
    case dueKinds.better:
      await again((await policyAt(tx.db, tx.at)).policy.betterTeam.tickSeconds);
      return watchBetter(tx);
    default:
      await again((await policyAt(tx.db, tx.at)).policy.watchdog.tickSeconds);
      return watchTown(tx);
  }
}
