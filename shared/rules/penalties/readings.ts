import type { PartyKind } from '../../contract/enforcement.ts';
import type { CompanionPenalty, FineRange, Matter } from '../../contract/matters.ts';

/**
 * What the law says beyond a catalogue row's ranges. Each entry is a reading of the article named; a lawyer confirms it
 * together with the amounts.
 */

/** Sums that are fixed, not a range: 浙江三小一摊规定 20(2), 50 at once and 200 after a refusal to correct. */
const fixedSums: Readonly<Record<string, readonly FixedSum[]>> = {
  'FS-01': [
    { amountYuan: 50, afterRefusal: false },
    { amountYuan: 200, afterRefusal: true },
  ],
};

/** Confiscation that strikes organisations alone: 固废法 111 (CY-11), 浙江市容条例 28②③ (CY-19). */
const companionsOfOrganisations: ReadonlySet<string> = new Set(['CY-11', 'CY-19']);

/** Where a warning may stand alone: 消防法 60② for individuals, 噪声法 82 for everybody. */
const warningAlone: Readonly<Record<string, readonly PartyKind[]>> = {
  'FD-01': ['individual'],
  'FD-02': ['individual'],
  'FD-03': ['individual'],
  'EN-07': ['individual', 'organisation'],
};

export interface FixedSum {
  readonly amountYuan: number;
  readonly afterRefusal: boolean;
}

/** The members of a catalogue row that decide about a penalty. */
export type FinedMatter = Pick<
  Matter,
  'code' | 'trigger' | 'fineIndividual' | 'fineOrg' | 'companionPenalties' | 'overlays'
>;

/** The fine's range for a kind of party, null when it is not fined. */
export const fineOf = (matter: FinedMatter, kind: PartyKind): FineRange =>
  kind === 'individual' ? matter.fineIndividual : matter.fineOrg;

/** Penalties besides a fine or a warning that strike this kind of party. */
export function blockingCompanions(matter: FinedMatter, kind: PartyKind): CompanionPenalty[] {
  if (kind === 'individual' && companionsOfOrganisations.has(matter.code)) return [];
  return matter.companionPenalties.filter((companion) => companion !== 'warning');
}

export const fixedSumsOf = (matter: FinedMatter): readonly FixedSum[] =>
  Object.hasOwn(fixedSums, matter.code) ? (fixedSums[matter.code] ?? []) : [];

export const mayWarnAlone = (matter: FinedMatter, kind: PartyKind): boolean =>
  Object.hasOwn(warningAlone, matter.code) && (warningAlone[matter.code] ?? []).includes(kind);
