import { escalations } from '../../shared/rules/deadlines/run.ts';
import type { Deps } from '../kernel/deps.ts';
import { listDue, plan, takeDue } from '../kernel/due.ts';
import { systemActor, transact, type Tx } from '../kernel/transact.ts';
import { appealDue, appealOverdue } from './appeal.ts';
import { escalateIncident, resumeIncident } from './commands.ts';
import { workingTime } from './deadline.ts';
import { listHoldsDue, listRunning, lockIncident, updateIncident } from './store.ts';

/** What other rooms do when a clock of this one rings. */
export interface Rung {
  /** The deadline has passed: somebody must know. */
  overdue(tx: Tx, incidentId: number): Promise<void>;
  /** An appeal waits longer than it may. */
  appealed(tx: Tx, incidentId: number): Promise<void>;
  /** A hold is over: the incident needs a team again. */
  resumed(tx: Tx, incidentId: number): Promise<void>;
}

const kind = 'incidents.deadlines';
const everyMs = 10_000;
const appealsAtOnce = 32;
const begun = new WeakSet<Deps>();

/** Holds that are over, and shares of deadlines (50, 80, 100 %) that were reached: each told once, after a restart too. */
export async function tickIncidents(deps: Deps, rung: Rung): Promise<void> {
  for (const id of await listHoldsDue(deps.db, deps.now()))
    await transact(deps, systemActor, async (tx) => {
      const row = await lockIncident(tx.db, id);
      if (row?.hold_until == null || Date.parse(row.hold_until) > tx.at) return;
      await resumeIncident(tx, id, 'hold_due');
      await rung.resumed(tx, id);
    });
  for (const row of await listDue(deps.db, [appealDue], deps.now(), appealsAtOnce))
    await transact(deps, systemActor, async (tx) => {
      const late = (await takeDue(tx.db, row.id)) ? await appealOverdue(tx, row) : null;
      if (late !== null) await rung.appealed(tx, late);
    });
  if (!begun.has(deps)) {
    begun.add(deps);
    await plan(deps.db, kind, 'town', deps.now());
  }
  const [due] = await listDue(deps.db, [kind], deps.now(), 1);
  if (!due) return;
  await transact(deps, systemActor, async (tx) => {
    if (!(await takeDue(tx.db, due.id))) return;
    await plan(tx.db, kind, 'town', tx.at + everyMs);
    for (const { id, share } of await reached(tx)) await escalate(tx, id, share, rung);
  });
}

/** Incidents that passed a share that nobody was told of; the highest when several passed at once. */
async function reached(tx: Tx): Promise<{ id: number; share: number }[]> {
  const running = await listRunning(tx.db);
  if (running.length === 0) return [];
  const time = await workingTime(tx.db, tx.at);
  return running.flatMap(({ id, clock_run, escalated_share }) => {
    const passed = escalations(time, clock_run!).filter(
      ({ share, at }) => at <= tx.at && share > escalated_share + 1e-6,
    );
    const last = passed.at(-1);
    return last ? [{ id, share: last.share }] : [];
  });
}

async function escalate(tx: Tx, id: number, share: number, rung: Rung): Promise<void> {
  const row = await lockIncident(tx.db, id);
  if (!row || row.escalated_share + 1e-6 >= share) return;
  await updateIncident(tx.db, id, { escalated_share: share });
  await escalateIncident(tx, id, `deadline_${Math.round(share * 100)}`, share);
  if (share === 1) await rung.overdue(tx, id);
}
