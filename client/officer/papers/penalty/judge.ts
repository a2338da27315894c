import type { CorrectionOrder } from '../../../../shared/contract/enforcement.ts';
import type { IncidentView } from '../../../../shared/contract/incidents.ts';
import type { ListedMatter, Matter } from '../../../../shared/contract/matters.ts';
import type { Member } from '../../../../shared/contract/teams.ts';
import { identityOf } from '../../../../shared/rules/penalties/identity.ts';
import { maySimple, type SimpleRefusal } from '../../../../shared/rules/penalties/may-simple.ts';
import { fineOf, fixedSumsOf, mayWarnAlone } from '../../../../shared/rules/penalties/readings.ts';
import { simpleCapYuan } from '../../../../shared/rules/penalties/simple-columns.ts';
import { asCrew } from '../crew.ts';
import { rangeOf, type Benchmark } from './benchmark.ts';
import type { PenaltyDraft } from './draft.ts';

/** What became of the newest order to correct; the second step of many matters hangs on it. */
export function correctionOf(
  orders: readonly CorrectionOrder[],
): 'none' | 'running' | 'corrected' | 'expired' | 'refused' {
  const last = orders.at(-1);
  if (!last) return 'none';
  return last.outcome ?? 'running';
}

/** Everything that the phone knows of the case. */
export interface PhoneCase {
  readonly draft: PenaltyDraft;
  readonly matter: ListedMatter;
  readonly incident: IncidentView;
  readonly orders: readonly CorrectionOrder[];
  readonly crew: readonly Member[];
  readonly atMs: number;
  /** Published levels of the matter for this party; none where nothing is published. */
  readonly benchmarks: readonly Benchmark[];
  /** Before the questions of 33 are asked they are taken for "no", so that an absent driver shows at once. */
  readonly early: boolean;
}

/** May it be decided on the spot? By the same rule as on the server; the server judges again when it is sent. */
export function judgeOnPhone({
  draft,
  matter,
  incident,
  orders,
  crew,
  atMs,
  benchmarks,
  early,
}: PhoneCase): { ok: true; maxAmountYuan: number } | { ok: false; refusal: SimpleRefusal } {
  const actAt = Math.min(Date.parse(incident.reportedAt), atMs);
  const identity = identityOf(draft.party, actAt);
  const c = draft.circumstances;
  return maySimple({
    stage: 'open',
    matter: { ...matter, validFrom: 0, validTo: null },
    party: {
      kind: draft.party.kind,
      present: c.partyPresent,
      identified: identity.identified,
      ageYears: identity.ageYears,
      capable: c.capable,
      guardianPresent: c.guardianPresent,
    },
    circumstances: {
      actAt,
      grave: c.grave,
      overlays: incident.overlays,
      correction: correctionOf(orders),
      finedBefore: false,
      minorHarmless: c.minorHarmless ?? (early ? false : null),
      firstMinor: c.firstMinor ?? (early ? 'no' : null),
      faultless: c.faultless ?? (early ? false : null),
      mitigated: c.mitigated,
      benchmark: rangeOf(benchmarks, c.level),
      proposal: draft.proposal,
      told: false,
      statement: null,
    },
    crew: crew.map(asCrew),
    at: atMs,
  });
}

/** Amounts to choose from, yuan, rising: the law's fixed sums, else both ends and steps between, never over the cap. */
export function amountsOf(
  matter: Matter,
  draft: PenaltyDraft,
  correction: string,
  benchmarks: readonly Benchmark[],
): number[] {
  const bound = rangeOf(benchmarks, draft.circumstances.level);
  // where levels are published an amount belongs to one of them (行政处罚法 34)
  if (benchmarks.length > 0 && bound === null) return [];
  const lawful = lawfulAmounts(matter, draft, correction);
  if (bound === null) return lawful;
  const [least, most] = [bound[0], Math.min(bound[1], simpleCapYuan[draft.party.kind])];
  const inside = lawful.filter((yuan) => yuan > least && yuan < most);
  return least > most ? [] : [...new Set([...(least > 0 ? [least] : []), ...inside, most])];
}

function lawfulAmounts(matter: Matter, draft: PenaltyDraft, correction: string): number[] {
  const kind = draft.party.kind;
  const sums = fixedSumsOf(matter).filter((sum) => sum.afterRefusal === (correction === 'refused'));
  if (sums.length > 0) return sums.map(({ amountYuan }) => amountYuan);
  const range = fineOf(matter, kind);
  if (!range) return [];
  const [least, most] = [Math.max(1, range[0]), Math.min(range[1], simpleCapYuan[kind])];
  if (least > most) return [];
  const round = [20, 30, 50, 100, 150, 200, 500, 1000, 2000, 3000].filter(
    (yuan) => yuan > least && yuan < most,
  );
  return [...new Set([...(range[0] > 0 ? [least] : []), ...round, most])].slice(0, 8);
}

/** Where the law lets a warning stand alone. */
export const warningAllowed = (matter: Matter, draft: PenaltyDraft): boolean =>
  mayWarnAlone(matter, draft.party.kind);
