import type { Party, Proposal } from '../../shared/contract/enforcement.ts';
import type { Tx } from '../kernel/transact.ts';
import type { Officer } from './crew.ts';
import type { Held } from './file-steps.ts';
import { findLaw, type Judged } from './judge.ts';
import { sealOf } from './seal.ts';
import { inHand } from './store-measures.ts';
import { findParty } from './store.ts';

export async function partyOf(tx: Pick<Tx, 'db' | 'deps'>, partyId: number | null): Promise<Party | null> {
  if (partyId === null) return null;
  return (await findParty(tx.db, sealOf(tx.deps), partyId))?.party ?? null;
}

/** The law on a file as it stands: its pinned act, its party, its answers, and a proposal to be judged. */
export async function lawOf(
  tx: Pick<Tx, 'db' | 'deps'>,
  { incident, file }: Held,
  more: {
    crew: readonly Officer[];
    at: number;
    stage: 'open' | 'decide';
    proposal: Proposal | null;
    party?: Party;
    circumstances?: Held['file']['circumstances'];
  },
): Promise<Judged> {
  const party = more.party ?? (await partyOf(tx, file.party_id));
  const { statement, toldAt } = file.progress;
  return findLaw(tx, {
    incident,
    matterCode: file.matter_code,
    versionAtAct: file.version_at_act,
    fileId: file.id,
    party,
    partyKind: party?.kind ?? 'individual',
    circumstances: more.circumstances ?? file.circumstances,
    proposal: more.proposal,
    crew: more.crew,
    actAt: Date.parse(file.act_at),
    at: more.at,
    stage: more.stage,
    thingIds: (await inHand(tx, file.id)).things.map(({ id }) => id),
    lawChosen: file.progress.lawChosen ?? null,
    told: toldAt !== undefined,
    statement: statement === 'heard' || statement === 'waived' ? statement : null,
  });
}
