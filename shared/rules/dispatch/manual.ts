import type { Candidate } from '../../contract/dispatch.ts';
import type { OverrideReason, RejectionCode } from '../../contract/dispatch-codes.ts';

/** Rules 2 to 6, and what explains them: the law leaves no choice to a dispatcher. */
export const lawCodes: readonly RejectionCode[] = [
  'licences_few',
  'coercion_unqualified',
  'supervisor_missing',
  'licence_expired',
  'licence_foreign',
  'member_recused',
];

/** What a dispatcher's own choice of a team comes to. */
export type ManualChoice =
  | { readonly ok: true; readonly waived: readonly RejectionCode[]; readonly rank: number | null }
  | {
      readonly ok: false;
      readonly refusal: 'law_binding' | 'slot_full' | 'reason_missing' | 'text_missing';
      readonly codes: readonly RejectionCode[];
    };

/**
 * May a dispatcher send this team? Any eligible team, with a reason when it is not the first; an ineligible
 * one with a reason, except against rules 2 to 6 (another kind of task or a combination is the way out) and
 * against a full slot (free the team first).
 */
export function judgeManual(
  candidate: Candidate,
  override: { readonly reason: OverrideReason; readonly text: string } | null,
): ManualChoice {
  const codes = candidate.reasons.map(({ code }) => code);
  const bound = codes.filter((code) => lawCodes.includes(code));
  if (bound.length > 0) return { ok: false, refusal: 'law_binding', codes: bound };
  if (codes.includes('slot_full')) return { ok: false, refusal: 'slot_full', codes: ['slot_full'] };
  if (candidate.rank !== 1 && override === null) return { ok: false, refusal: 'reason_missing', codes };
  if (override?.reason === 'other' && override.text.trim() === '')
    return { ok: false, refusal: 'text_missing', codes };
  return { ok: true, waived: codes, rank: candidate.rank };
}
