import type { Deps } from '../kernel/deps.ts';
import { systemActor, transact } from '../kernel/transact.ts';
import { endAway, type Freed } from './commands.ts';
import { listBack } from './store-duty.ts';

/** Teams whose break is over are available again. */
export async function tickTeams(deps: Deps, freed: Freed): Promise<void> {
  for (const teamId of await listBack(deps.db, deps.now()))
    await transact(deps, systemActor, (tx) => endAway(tx, teamId, freed));
}
