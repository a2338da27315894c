import type { DecisionKind } from '../../shared/contract/dispatch-codes.ts';
import type { DecisionRecord, Shortfall } from '../../shared/contract/dispatch.ts';
import type { DecisionId, TeamId } from '../../shared/contract/ids.ts';
import type { Tx } from '../kernel/transact.ts';
import type { View } from './claim.ts';
import { insertDecision, lastDecision } from './store-decisions.ts';

/** A kept decision as a fact carries it: its number, and the SHA-256 (hex) of its exact text. */
export interface Kept {
  readonly decisionId: DecisionId;
  readonly decisionHash: string;
}

/**
 * That nobody can go is a decision too: every team with what stands against it is kept as with an offer, and its hash goes
 * into the ledger.
 */
export async function keepShortfall(
  tx: Tx,
  { scene, situation }: Pick<View, 'scene' | 'situation'>,
  told: { kind: DecisionKind; shortfall: readonly Shortfall[]; claimsLost: readonly number[] },
): Promise<Kept> {
  const { policy, hash } = scene.inForce;
  const kept = await insertDecision(tx.db, situation.incident.incidentId, {
    situation,
    policy,
    at: tx.at,
    head: {
      kind: told.kind,
      actor: 'automatic',
      policyHash: hash,
      editionId: scene.editionId,
      coverageId: scene.coverageId,
      claimsLost: told.claimsLost as TeamId[],
      slot: null,
      givenTeamId: null,
      nobody: told.shortfall,
      override: null,
      change: null,
    },
  });
  return { decisionId: kept.id as DecisionId, decisionHash: kept.hash };
}

/** True when the last decision about a line said for the same reasons that nobody can go: nothing new is to be told. */
export async function isKnown(
  tx: Tx,
  incidentId: number,
  line: number,
  shortfall: readonly Shortfall[],
): Promise<boolean> {
  const text = await lastDecision(tx.db, incidentId, line);
  if (text === undefined) return false;
  const { result } = JSON.parse(text) as DecisionRecord;
  if (result.teamId !== null) return false;
  const codes = (list: readonly Shortfall[]) =>
    list
      .map(({ code }) => code)
      .toSorted()
      .join();
  return codes(result.shortfall) === codes(shortfall);
}
