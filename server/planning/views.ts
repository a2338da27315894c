import type { EditionSummary } from '../../shared/contract/planning.ts';
import type { EditionDetail } from '../../shared/contract/editions.ts';
import type { EditionRow } from './store-editions.ts';
import type { EffectRow } from './store-effects.ts';

/** An edition as lists and facts show it. */
export const summaryOf = (row: EditionRow): EditionSummary =>
  ({
    id: row.id,
    name: row.name,
    status: row.status,
    coverageId: row.coverage_id,
    parentId: row.parent_id,
    rollsBackTo: row.rolls_back_to,
    author: row.author_id,
    approvedBy: row.approved_by,
    createdAt: row.created_at,
    effectiveAt: row.effective_at,
    retiredAt: row.retired_at,
    contentHash: row.content_hash,
    note: row.note,
    discarded: row.discarded_at !== null,
  }) as EditionSummary;

export const effectOf = (row: EffectRow): EditionDetail['effects'][number] =>
  ({
    editionId: row.edition_id,
    from: row.from_at,
    to: row.to_at,
    orderedBy: row.approved_by,
    reason: row.reason,
  }) as EditionDetail['effects'][number];
