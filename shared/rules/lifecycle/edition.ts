import type { EditionStatus } from '../../contract/planning-codes.ts';
import type { RefusalCode } from '../../contract/refusals.ts';
import type { Role } from '../../contract/roles.ts';

/** What happens to an edition. `retire` is the system's act when a later one is in force. */
export type EditionAct =
  | 'edit'
  | 'discard'
  | 'submit'
  | 'return'
  | 'approve'
  | 'publish'
  | 'withdraw'
  | 'retire'
  | 'roll_back'
  | 'calendar';

/** What the guards look at; instants in ms. Only what the act asks for has to be true to life. */
export interface EditionFacts {
  readonly at: number;
  readonly status: EditionStatus;
  readonly discarded: boolean;
  readonly person: { readonly id: number | null; readonly role: Role };
  readonly soleEditor: number | null;
  /** Everybody who made the draft or wrote an operation of it. */
  readonly authors: ReadonlySet<number>;
  readonly outdated: boolean;
  readonly errors: number;
  readonly conflicts: number;
  /** A report of exactly the present content; null is none, false is one of other content. */
  readonly report: boolean | null;
  readonly reason: string;
  /** The content is still what was sent to review. */
  readonly unchanged: boolean;
  /** When it begins: as asked (publish, roll back) or as published (withdraw). */
  readonly effectiveAt: number | null;
  readonly leadSeconds: number;
  /** Another edition is published for a time after `effectiveAt`. */
  readonly followed: boolean;
}

interface EditionStep {
  readonly act: EditionAct;
  readonly from: readonly EditionStatus[];
  readonly to: EditionStatus;
  readonly by: readonly Role[];
  readonly guards: readonly ((facts: EditionFacts) => RefusalCode | null)[];
}

const refuse =
  (code: RefusalCode, when: (facts: EditionFacts) => boolean) =>
  (facts: EditionFacts): RefusalCode | null =>
    when(facts) ? code : null;

const open = refuse('draft_closed', ({ discarded }) => discarded);
const mine = refuse(
  'draft_reserved',
  ({ soleEditor, person }) => soleEditor !== null && soleEditor !== person.id,
);
const reasoned = refuse('reason_missing', ({ reason }) => reason === '');
const lead = refuse(
  'lead_short',
  ({ effectiveAt, at, leadSeconds }) => effectiveAt === null || effectiveAt < at + leadSeconds * 1000,
);
const last = refuse('effect_taken', ({ followed }) => followed);

const planners: readonly Role[] = ['planner', 'head'];
const approvers: readonly Role[] = ['head'];

/** The life of an edition: draft 草案, in review 送审, approved 批准, published 发布, retired 停用. Guards in their order. */
const table: readonly EditionStep[] = [
  { act: 'edit', from: ['draft'], to: 'draft', by: planners, guards: [open, mine] },
  { act: 'discard', from: ['draft'], to: 'draft', by: planners, guards: [open, mine] },
  {
    act: 'submit',
    from: ['draft'],
    to: 'in_review',
    by: planners,
    guards: [
      open,
      mine,
      refuse('draft_outdated', ({ outdated }) => outdated),
      refuse('conflicts_open', ({ conflicts }) => conflicts > 0),
      refuse('problems_standing', ({ errors }) => errors > 0),
      refuse('report_foreign', ({ report }) => report === false),
      refuse('report_missing', ({ report, reason }) => report === null && reason === ''),
    ],
  },
  { act: 'return', from: ['in_review'], to: 'draft', by: approvers, guards: [reasoned] },
  {
    act: 'approve',
    from: ['in_review'],
    to: 'approved',
    by: approvers,
    guards: [
      refuse('approver_involved', ({ authors, person }) => person.id === null || authors.has(person.id)),
      refuse('content_changed', ({ unchanged }) => !unchanged),
    ],
  },
  { act: 'publish', from: ['approved'], to: 'published', by: approvers, guards: [lead, last] },
  {
    act: 'withdraw',
    from: ['published'],
    to: 'approved',
    by: approvers,
    guards: [
      reasoned,
      refuse('effect_begun', ({ effectiveAt, at }) => effectiveAt === null || effectiveAt <= at),
    ],
  },
  { act: 'retire', from: ['published'], to: 'retired', by: ['system'], guards: [] },
  {
    act: 'roll_back',
    from: ['published', 'retired'],
    to: 'published',
    by: approvers,
    guards: [reasoned, lead, last],
  },
  {
    act: 'calendar',
    from: ['approved', 'published', 'retired'],
    to: 'published',
    by: approvers,
    guards: [reasoned],
  },
];

/** May this act be done to this edition now, and what does it become? `transition_illegal` when no such step exists. */
export function editionStep(
  act: EditionAct,
  facts: EditionFacts,
): { readonly ok: true; readonly to: EditionStatus } | { readonly ok: false; readonly refusal: RefusalCode } {
  const step = table.find((row) => row.act === act && row.from.includes(facts.status));
  if (!step) return { ok: false, refusal: closedBy(act) };
  if (!step.by.includes(facts.person.role)) return { ok: false, refusal: 'action_forbidden' };
  for (const guard of step.guards) {
    const refusal = guard(facts);
    if (refusal) return { ok: false, refusal };
  }
  return { ok: true, to: step.to };
}

/** Acts of a draft name that it is none any more; a calendar rule that the edition was never approved. */
function closedBy(act: EditionAct): RefusalCode {
  if (act === 'edit' || act === 'discard') return 'draft_closed';
  if (act === 'calendar') return 'edition_unapproved';
  return 'transition_illegal';
}
