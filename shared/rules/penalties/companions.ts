import type { Companions, PartyKind, Proposal } from '../../contract/enforcement.ts';
import { type FinedMatter, blockingCompanions } from './readings.ts';

/** What a provision attaches to its fine: gains (没收违法所得), things (没收非法财物), a stop of business (责令停产停业). */
export type CompanionKind = 'gains' | 'things' | 'stop';

/**
 * Which of them stands in the provision of a matter, each a reading of the article named; a lawyer confirms it together
 * with the amounts. All but things are compulsory: "没收…并处罚款" leaves no choice, "予以没收" of things does.
 */
const readings: Readonly<Record<string, readonly CompanionKind[]>> = {
  'FD-05': ['stop'], // 消防法 61①: 责令停产停业，并处罚款
  'CY-11': ['gains'], // 固废法 111①: 处以罚款，没收违法所得
  'CY-13': ['things'], // 浙江市容条例 33①: 予以没收，并可处罚款
  'CY-19': ['gains'], // 固废法 111①(3)
  'EN-02': ['gains', 'things'], // 大气法 118③: 没收烧烤工具和违法所得，并处罚款
  'MK-01': ['gains'], // 无证无照经营查处办法 13: 没收违法所得，并处罚款
};

/** What may be imposed beside the fine on this kind of party. */
export const companionKindsOf = (matter: FinedMatter, kind: PartyKind): readonly CompanionKind[] =>
  blockingCompanions(matter, kind).length > 0 && Object.hasOwn(readings, matter.code)
    ? (readings[matter.code] ?? [])
    : [];

export type CompanionRefusal = 'companion_unlawful' | 'companion_missing' | 'thing_unknown';

/**
 * Are the companions of a proposal those of the provision, none more and none less? Gains are stated as they were found,
 * nothing included; things can only be those that the file has in hand; a warning carries none.
 */
export function companionRefusal(
  matter: FinedMatter,
  kind: PartyKind,
  proposal: Proposal,
  inHand: readonly number[],
): CompanionRefusal | null {
  const kinds = companionKindsOf(matter, kind);
  const { gainsYuan, thingIds = [], stopBusiness } = proposal.companions ?? {};
  const given: Readonly<Record<CompanionKind, boolean>> = {
    gains: gainsYuan !== undefined,
    things: thingIds.length > 0,
    stop: stopBusiness !== undefined,
  };
  const allowed = proposal.kind === 'fine' ? kinds : [];
  if ((Object.keys(given) as CompanionKind[]).some((one) => given[one] && !allowed.includes(one)))
    return 'companion_unlawful';
  if (allowed.some((one) => one !== 'things' && !given[one])) return 'companion_missing';
  return thingIds.every((id) => inHand.includes(id)) ? null : 'thing_unknown';
}

/** Does a decision raise what the party was told of (45②)? Sums, things and a stop are compared each for itself. */
export function isRaised(told: Proposal | null, decided: Proposal): boolean {
  const yuan = (one: Proposal | null) => (one?.kind === 'fine' ? one.amountYuan : 0);
  const before: Companions = told?.companions ?? {};
  const after: Companions = decided.companions ?? {};
  return (
    yuan(decided) > yuan(told) ||
    (after.gainsYuan ?? 0) > (before.gainsYuan ?? 0) ||
    (after.thingIds ?? []).some((id) => !(before.thingIds ?? []).includes(id)) ||
    (after.stopBusiness !== undefined && after.stopBusiness !== before.stopBusiness)
  );
}

/**
 * A penalty for which a hearing is of right (63①): a stop of business always, a fine or gains from the sum that the town
 * has set; without one the legal reviewer says.
 */
export const isHeavy = (proposal: Proposal, fromYuan: number | null): boolean =>
  proposal.companions?.stopBusiness !== undefined ||
  (fromYuan !== null &&
    ((proposal.kind === 'fine' && proposal.amountYuan >= fromYuan) ||
      (proposal.companions?.gainsYuan ?? 0) >= fromYuan));
