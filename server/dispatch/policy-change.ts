import type { Policy } from '../../shared/contract/dispatch.ts';
import { canonicalText } from '../../shared/rules/dispatch/record.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { listTeams, setCapacity, teamViews } from '../teams/store.ts';
import { insertPolicy, textHash } from './store-decisions.ts';
import { planMatch } from './due.ts';
import { forgetPolicy, policyAt, type PolicyInForce } from './policies.ts';
import { activeAssignments } from './store.ts';

/** A new version of the settings, in force at once. The same document again is no new version. */
export async function changePolicy(tx: Tx, policy: Policy): Promise<PolicyInForce> {
  const errors = faultsOf(policy);
  if (errors.length > 0) throw new Refused('policy_invalid', {}, errors);
  const before = await policyAt(tx.db, tx.at);
  const body = canonicalText(policy);
  const hash = textHash(body);
  if (hash === before.hash) return before;
  const version = await insertPolicy(tx.db, { body, hash, at: tx.at, by: tx.actor.id });
  forgetPolicy(tx.db);
  tx.announce('policy.changed', 'policy', { version, hash });
  if (policy.capacity !== before.policy.capacity) await resize(tx, policy.capacity);
  // what the old settings left waiting may go under the new ones
  await planMatch(tx, tx.at);
  return { version, hash, policy };
}

/** Every team holds as many tasks as the policy says; running ones go on. */
async function resize(tx: Tx, capacity: number): Promise<void> {
  for (const team of await listTeams(tx.db)) {
    const taken = (await activeAssignments(tx.db, { teamIds: [team.id] })).map(({ slot }) => slot);
    await setCapacity(tx.db, team.id, capacity, taken);
  }
  for (const team of await teamViews(tx.db, tx.at))
    tx.announce('team.changed', `team/${team.id}`, { team, text: `capacity ${capacity}` });
}

/** What no single field shows: the order among several. */
function faultsOf({ fresh, watchdog, shortlist, offers }: Policy): { path: string; message: string }[] {
  const faults: { path: string; message: string }[] = [];
  const ascending = (path: string, values: readonly number[]) => {
    if (values.some((value, i) => i > 0 && value <= values[i - 1]!))
      faults.push({ path: `body.policy.${path}`, message: `must grow: ${values.join(', ')}` });
  };
  ascending('fresh', [fresh.liveSeconds, fresh.recentSeconds, fresh.darkSeconds]);
  ascending('watchdog.questionSeconds', [watchdog.questionSeconds, watchdog.callSeconds]);
  ascending('shortlist.sizes', shortlist.sizes);
  ascending(
    'offers.radiusMetres',
    offers.radiusMetres.map((metres) => metres ?? Infinity),
  );
  return faults;
}
