import type { z } from 'zod';
import type { Policy } from '../../shared/contract/dispatch.ts';
import type { PolicyVersion, ProposePolicySchema } from '../../shared/contract/policies.ts';
import { canonicalText } from '../../shared/rules/dispatch/record.ts';
import { plan } from '../kernel/due.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { listTeams, setCapacity, teamViews } from '../teams/store.ts';
import { textHash } from './store-decisions.ts';
import { dueKinds, planMatch } from './due.ts';
import { forgetPolicy, policyAt, policyOf } from './policies.ts';
import { activeAssignments } from './store.ts';
import {
  findPolicy,
  findPolicyBefore,
  insertPolicy,
  listPolicies,
  lockPolicy,
  policiesToCome,
  updatePolicy,
  type PolicyRow,
} from './store-policies.ts';

const subjectOf = (version: number): string => `policy/${version}`;

/** Every version of the settings as of now, newest first. */
export async function readPolicies({ db, at }: Pick<Tx, 'db' | 'at'>): Promise<PolicyVersion[]> {
  const inForce = await findPolicy(db, at);
  return (await listPolicies(db)).map((row) => viewOf(row, inForce?.version, at));
}

function viewOf(row: PolicyRow, inForce: number | undefined, at: number): PolicyVersion {
  const ruled = Date.parse(row.effective_at) <= at;
  return {
    version: row.version,
    hash: row.hash,
    policy: JSON.parse(row.body) as Policy,
    state:
      row.withdrawn_at !== null
        ? 'withdrawn'
        : row.approved_at === null
          ? 'proposed'
          : row.version === inForce
            ? 'in_force'
            : ruled
              ? 'past'
              : 'scheduled',
    effectiveAt: row.effective_at,
    reason: row.reason,
    proposedBy: row.proposed_by as PolicyVersion['proposedBy'],
    proposedAt: row.proposed_at,
    approvedBy: row.approved_by as PolicyVersion['approvedBy'],
    approvedAt: row.approved_at,
  };
}

const view = async (tx: Tx, row: PolicyRow): Promise<PolicyVersion> =>
  viewOf(row, (await findPolicy(tx.db, tx.at))?.version, tx.at);

/** New settings are wanted: they rule nothing before somebody else agrees. */
export async function proposePolicy(
  tx: Tx,
  { policy, effectiveAt, reason }: z.output<typeof ProposePolicySchema>,
): Promise<PolicyVersion> {
  const errors = faultsOf(policy);
  if (errors.length > 0) throw new Refused('policy_invalid', {}, errors);
  const body = canonicalText(policy);
  const hash = textHash(body);
  const before = await policyAt(tx.db, tx.at);
  if (hash === before.hash && !(await policiesToCome(tx.db, tx.at)))
    throw new Refused('policy_unchanged', { version: before.version });
  const from = effectiveAt === undefined ? tx.at : Date.parse(effectiveAt);
  const row = await insertPolicy(tx.db, {
    body,
    hash,
    effectiveAt: from,
    reason,
    at: tx.at,
    by: tx.actor.id!,
  });
  const { version } = row;
  tx.announce('policy.proposed', subjectOf(version), {
    version,
    hash,
    effectiveAt: row.effective_at,
    reason,
  });
  return view(tx, row);
}

async function holdOpen(tx: Tx, version: number): Promise<PolicyRow> {
  const row = await lockPolicy(tx.db, version);
  if (!row) throw new Refused('policy_unknown', { version });
  return row;
}

/** A second person agrees: the settings rule from their time on, at once when that has come. */
export async function approvePolicy(tx: Tx, version: number): Promise<PolicyVersion> {
  const row = await holdOpen(tx, version);
  if (row.approved_at !== null || row.withdrawn_at !== null) throw new Refused('policy_decided', { version });
  if (row.proposed_by === tx.actor.id) throw new Refused('approver_involved', { version });
  const effectiveAt = Math.max(Date.parse(row.effective_at), tx.at);
  const approved = await updatePolicy(tx.db, version, {
    approved_by: tx.actor.id,
    approved_at: new Date(tx.at),
    effective_at: new Date(effectiveAt),
  });
  tx.announce('policy.approved', subjectOf(version), {
    version,
    hash: row.hash,
    effectiveAt: approved.effective_at,
  });
  if (effectiveAt > tx.at) await plan(tx.db, dueKinds.policy, subjectOf(version), effectiveAt);
  else await takeEffect(tx, version);
  return view(tx, approved);
}

/** Whoever proposed or may approve takes it back, as long as it does not rule. */
export async function withdrawPolicy(tx: Tx, version: number, reason: string): Promise<PolicyVersion> {
  const row = await holdOpen(tx, version);
  const ruled = row.approved_at !== null && Date.parse(row.effective_at) <= tx.at;
  if (ruled || row.withdrawn_at !== null) throw new Refused('policy_decided', { version });
  const withdrawn = await updatePolicy(tx.db, version, {
    withdrawn_by: tx.actor.id,
    withdrawn_at: new Date(tx.at),
  });
  tx.announce('policy.withdrawn', subjectOf(version), { version, hash: row.hash, reason });
  return view(tx, withdrawn);
}

/** The time of a version has come: from this instant on it rules, unless it was withdrawn meanwhile. */
export async function takeEffect(tx: Tx, version: number): Promise<void> {
  const row = await holdOpen(tx, version);
  if (row.withdrawn_at !== null) return;
  forgetPolicy(tx.db);
  tx.announce('policy.changed', subjectOf(version), { version, hash: row.hash });
  const { policy } = await policyOf(tx.db, row);
  const effectiveAt = Date.parse(row.effective_at);
  const before = await policyOf(tx.db, await findPolicyBefore(tx.db, effectiveAt, version));
  if (policy.capacity !== before.policy.capacity) await resize(tx, policy.capacity);
  // what the old settings left waiting may go under the new ones
  await planMatch(tx, tx.at);
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
