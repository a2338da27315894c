import type { OpenFileView, Party, PenaltyFileView } from '../../shared/contract/enforcement.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { dueOn } from './acts-after.ts';
import { partyOf } from './case-of-file.ts';
import { factOf } from './file-steps.ts';
import { masked, maskedReporter } from '../../shared/rules/penalties/identity.ts';
import { statusPathOf } from './numbers.ts';
import { sealOf } from './seal.ts';
import { attachedTo } from './store-evidence.ts';
import { measuresOf } from './store-measures.ts';
import { cashOn, companionsOf, findDecision, findProposal } from './store-amounts.ts';
import { papersOfFile } from './store-papers.ts';
import { remediesOf } from './store-remedies.ts';
import { signaturesOf } from './store-signatures.ts';
import {
  findFile,
  findMinutes,
  findNotice,
  listOpenFiles,
  nextPeriods,
  partiesOf,
  periodsOf,
  type FileRow,
} from './store.ts';

/** The party of a file, unmasked: the purpose stands in the ledger before the answer goes out. */
export async function revealParty(tx: Tx, fileId: number, purpose: string): Promise<Party> {
  const file = await findFile(tx.db, fileId);
  const party = file && (await partyOf(tx, file.party_id));
  if (!file || !party) throw new Refused('file_unknown', { fileId });
  const { id, incidentId } = factOf(file);
  tx.announce('person.revealed', `incident/${incidentId}`, { incidentId, of: 'party', fileId: id, purpose });
  return party;
}

/** Whoever handles a file sees its party in full. */
const handles = ({ role, id }: Tx['actor'], file: Pick<FileRow, 'officers'>): boolean =>
  role === 'head' || role === 'legalReviewer' || (id !== null && file.officers.includes(id));

/** Open files, the newest first, each with the name of its party and the running period that ends first. */
export async function viewOpenFiles(
  tx: Pick<Tx, 'db' | 'deps' | 'actor'>,
  limit: number,
): Promise<OpenFileView[]> {
  const files = await listOpenFiles(tx.db, limit);
  const parties = await partiesOf(
    tx.db,
    sealOf(tx.deps),
    files.flatMap(({ party_id }) => (party_id === null ? [] : [party_id])),
  );
  const next = await nextPeriods(
    tx.db,
    files.map(({ id }) => id),
  );
  return files.map((file) => {
    const name = parties.get(file.party_id ?? 0)?.name ?? null;
    return {
      ...factOf(file),
      partyName: handles(tx.actor, file) ? name : maskedReporter({ name, phone: null }).name,
      filed: file.progress.filedAt !== undefined,
      next: next.get(file.id) ?? null,
    };
  });
}

/** A penalty file for a reader: whoever handles it sees the party, others see it masked. */
export async function viewFile(
  tx: Pick<Tx, 'db' | 'deps' | 'actor' | 'at'>,
  file: FileRow,
): Promise<PenaltyFileView> {
  const whole = handles(tx.actor, file);
  const party = await partyOf(tx, file.party_id);
  const decision = await findDecision(tx.db, file.id);
  const periods = await periodsOf(tx.db, file.id);
  const minutes = await findMinutes(tx.db, sealOf(tx.deps), file.id);
  const notice = await findNotice(tx.db, file.id);
  const owed = decision?.kind === 'fine' ? await dueOn(tx, file.id, decision, tx.at) : undefined;
  return {
    ...factOf(file),
    party: party && (whole ? party : masked(party)),
    partyMasked: !whole,
    lawApplied: file.law_applied,
    circumstances: file.circumstances,
    progress: file.progress,
    decideBy: periods.findLast(({ period }) => period === 'decideOrdinary')?.endsAt ?? null,
    proposal: await findProposal(tx.db, file.id),
    decision: decision
      ? {
          number: decision.number,
          kind: decision.kind,
          amountYuan: decision.amount_yuan,
          decidedAt: decision.decided_at,
          decidedBy: decision.decided_by as PenaltyFileView['officers'][number],
          revokedAt: decision.revoked_at,
        }
      : null,
    decisionCompanions: decision ? companionsOf(decision) : null,
    measures: await measuresOf(tx.db, file.id),
    minutes: minutes
      ? {
          text: whole ? minutes.text : null,
          at: minutes.at,
          by: minutes.by as PenaltyFileView['officers'][number],
        }
      : null,
    payment: owed
      ? {
          paidYuan: owed.paid,
          lateYuan: owed.late,
          gainsYuan: owed.gains,
          payBy: owed.payBy,
          cash: await cashOn(tx.db, decision!.id),
        }
      : null,
    remedies: await remediesOf(tx.db, file.id),
    notice: notice
      ? {
          number: notice.number,
          dueAt: notice.due_at,
          publicNote: notice.public_note,
          statusPath: statusPathOf(tx.deps, notice.number),
        }
      : null,
    signatures: (await signaturesOf(tx.db, `file/${file.id}`)).map((row) => ({
      purpose: row.purpose,
      personId: row.person_id as PenaltyFileView['officers'][number] | null,
      refusalNote: row.refusal_note,
      at: row.at,
    })),
    periods,
    evidenceIds: await attachedTo(tx.db, file.id),
    papers: (await papersOfFile(tx.db, file.id)).map((row) => ({
      id: row.id,
      kind: row.kind,
      number: row.number,
      madeAt: row.made_at,
      templateVersion: row.template_version,
    })),
  };
}
