import type { PartyKind } from '../../contract/enforcement.ts';
import type { BasisRank, FineRange, MatterBasis, MatterStatus } from '../../contract/matters.ts';

/** A dated version of a matter; lists change, and the county may take a power back. Instants in ms. */
export interface DatedVersion {
  readonly version: number;
  readonly status: MatterStatus;
  readonly validFrom: number;
  readonly validTo: number | null;
}

/** The version in force at an instant; when two overlap the later one holds. */
export function versionAt<V extends DatedVersion>(versions: readonly V[], at: number): V | null {
  return versions
    .filter((v) => v.validFrom <= at && (v.validTo === null || at < v.validTo))
    .reduce<V | null>((best, v) => (best && best.version > v.version ? best : v), null);
}

/** Bases in force on a civil date (`YYYY-MM-DD`, both ends included), the strongest first. */
export function basesOn(bases: readonly MatterBasis[], date: string): MatterBasis[] {
  return bases
    .filter((b) => (b.validFrom === null || b.validFrom <= date) && (b.validTo === null || date <= b.validTo))
    .sort((a, b) => rankOf[a.rank] - rankOf[b.rank] || (b.textDate ?? '').localeCompare(a.textDate ?? ''));
}

const rankOf: Readonly<Record<BasisRank, number>> = {
  law: 0,
  state_council: 1,
  province: 2,
  city: 3,
  rule: 4,
};

const fineIn = (basis: MatterBasis, kind: PartyKind): FineRange =>
  kind === 'individual' ? basis.fineIndividual : basis.fineOrg;

/** One act against several norms: one fine, by the norm with the higher one (行政处罚法 29); null when none fines. */
export function basisOfFine(bases: readonly MatterBasis[], kind: PartyKind): MatterBasis | null {
  return bases.reduce<MatterBasis | null>((best, basis) => {
    const most = fineIn(basis, kind)?.[1];
    if (most === undefined) return best;
    return best && (fineIn(best, kind)?.[1] ?? 0) >= most ? best : basis;
  }, null);
}

/** Which law is milder for the party (行政处罚法 37): the old one applies unless the new one is. `unclear` goes to legal review. */
export function milder(atAct: FineRange, atDecision: FineRange): 'act' | 'decision' | 'same' | 'unclear' {
  if (!atAct || !atDecision) return atAct ? 'decision' : atDecision ? 'act' : 'same';
  const least = atDecision[0] - atAct[0];
  const most = atDecision[1] - atAct[1];
  if (least === 0 && most === 0) return 'same';
  if (least <= 0 && most <= 0) return 'decision';
  return least >= 0 && most >= 0 ? 'act' : 'unclear';
}
