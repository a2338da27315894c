import type { RefusalCode } from '../../shared/contract/refusals.ts';
import { editionStep, type EditionAct, type EditionFacts } from '../../shared/rules/lifecycle/edition.ts';
import type { EditionStatus } from '../../shared/contract/planning-codes.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { lockEdition, type EditionRow } from './store-editions.ts';
import { summaryOf } from './views.ts';

/** Locks an edition for an act, or refuses what is not there. */
export async function lockKnown(tx: Tx, id: number): Promise<EditionRow> {
  const row = await lockEdition(tx.db, id);
  if (!row) throw new Refused('edition_unknown', { editionId: id });
  return row;
}

/** What every act knows; an act adds what its guards ask. */
export function factsOf(tx: Tx, row: EditionRow, more: Partial<EditionFacts> = {}): EditionFacts {
  return {
    at: tx.at,
    status: row.status,
    discarded: row.discarded_at !== null,
    person: { id: tx.actor.id, role: tx.actor.role },
    soleEditor: row.sole_editor,
    authors: new Set(),
    outdated: false,
    errors: 0,
    conflicts: 0,
    report: null,
    reason: '',
    unchanged: true,
    effectiveAt: null,
    leadSeconds: 0,
    followed: false,
    ...more,
  };
}

/** Asks the life of an edition; throws its refusal with what there is to say about it. */
export function step(
  act: EditionAct,
  facts: EditionFacts,
  detail: Partial<Record<RefusalCode, Record<string, unknown>>> = {},
): EditionStatus {
  const found = editionStep(act, facts);
  if (found.ok) return found.to;
  throw new Refused(found.refusal, { act, status: facts.status, ...detail[found.refusal] });
}

/** Locks a draft and makes sure that this person may edit it now. */
export async function lockDraft(tx: Tx, id: number): Promise<EditionRow> {
  const row = await lockKnown(tx, id);
  step('edit', factsOf(tx, row), { draft_reserved: { personId: row.sole_editor } });
  return row;
}

/** Announces what happened to an edition, with the edition as it is now; answers it. */
export async function tell(
  tx: Tx,
  id: number,
  type: 'edition.drafted' | 'edition.changed' | 'edition.discarded' | 'edition.approved',
) {
  const edition = summaryOf(await lockKnown(tx, id));
  tx.announce(type, `edition/${id}`, { edition });
  return edition;
}
