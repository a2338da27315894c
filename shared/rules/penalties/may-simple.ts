import type { Companions, PartyKind } from '../../contract/enforcement.ts';
import type { MatterStatus } from '../../contract/matters.ts';
import { limitationEnd } from '../deadlines/statutory.ts';
import { type CrewMember, type CrewRefusal, crewRefusal } from './crew.ts';
import { type FinedMatter, blockingCompanions, fineOf, fixedSumsOf, mayWarnAlone } from './readings.ts';
import { simpleCapYuan } from './simple-columns.ts';

/** The version of the matter in force at the decision: competence is judged then (行政处罚法 38). Instants in ms. */
export interface MatterInForce extends FinedMatter {
  /** The law changed since the act and neither text is milder in every part: legal review chooses (37). */
  readonly lawUnclear?: boolean;
  readonly status: MatterStatus;
  readonly validFrom: number;
  readonly validTo: number | null;
}

export interface PenaltyParty {
  readonly kind: PartyKind;
  readonly present: boolean;
  readonly identified: boolean;
  /** Of an individual; null when unknown or for an organisation. */
  readonly ageYears: number | null;
  /** Able to understand or control the act (31); true for organisations. */
  readonly capable: boolean;
  readonly guardianPresent: boolean;
}

/** What a proposal imposes besides; on the spot nothing may (51). */
interface Beside {
  readonly companions?: Companions | undefined;
}

export interface Circumstances {
  /** The act, or the end of a continuing one. */
  readonly actAt: number;
  /** Harm to life, health or financial safety: five years instead of two (36). */
  readonly grave: boolean;
  /** Overlays that cover the place at the time of the act. */
  readonly overlays: readonly string[];
  /** What became of the order to correct; `none` without one, `running` before its time is over. */
  readonly correction: 'none' | 'running' | 'corrected' | 'expired' | 'refused';
  readonly finedBefore: boolean;
  /** The questions of 33; null is unanswered. `spared` and `penalised` are the choice that a first minor act leaves. */
  readonly minorHarmless: boolean | null;
  readonly firstMinor: 'no' | 'spared' | 'penalised' | null;
  readonly faultless: boolean | null;
  readonly mitigated: boolean;
  /** The discretion benchmark's range for this case, yuan; null when none is published. */
  readonly benchmark: readonly [least: number, most: number] | null;
  readonly proposal:
    | ({ readonly kind: 'fine'; readonly amountYuan: number } & Beside)
    | ({ readonly kind: 'warning' } & Beside)
    | null;
  readonly told: boolean;
  readonly statement: 'heard' | 'waived' | null;
}

export type SimpleRefusal =
  | CrewRefusal
  | 'matter_recalled'
  | 'law_unclear'
  | 'place_excluded'
  | 'act_expired'
  | 'correction_missing'
  | 'penalty_nonexistent'
  | 'act_penalised'
  | 'exemption_unanswered'
  | 'exemption_applies'
  | 'party_minor'
  | 'party_incapable'
  | 'companion_blocked'
  | 'amount_exceeded'
  | 'amount_unlawful'
  | 'party_absent'
  | 'identity_unknown'
  | 'party_untold'
  | 'statement_missing';

/** A question to the law: `open` before the party is told and heard, `decide` when the decision is to be signed. */
export interface SimpleQuestion {
  readonly stage: 'open' | 'decide';
  readonly matter: MatterInForce;
  readonly party: PenaltyParty;
  readonly circumstances: Circumstances;
  readonly crew: readonly CrewMember[];
  readonly at: number;
}

type Test = (q: SimpleQuestion) => SimpleRefusal | null;

/** The tests in their order; the articles are those of 行政处罚法. */
export const simpleTests: readonly Test[] = [
  // 24, 38: in force today and held by this town
  ({ matter, at }) =>
    matter.status === 'delegated' &&
    matter.validFrom <= at &&
    (matter.validTo === null || at < matter.validTo)
      ? null
      : 'matter_recalled',
  // overlay zones are law: one of those that the basis names covers the place
  ({ matter, circumstances }) =>
    matter.overlays.length === 0 || matter.overlays.some((kind) => circumstances.overlays.includes(kind))
      ? null
      : 'place_excluded',
  // 36
  ({ circumstances: c, at }) => (at < limitationEnd(c.actAt, c.grave) ? null : 'act_expired'),
  triggerTest,
  // 29: one act, one fine
  ({ circumstances }) => (circumstances.finedBefore ? 'act_penalised' : null),
  exemptionTest,
  partyTest,
  // 37, 51: what only legal review can choose is not decided on the street
  ({ matter }) => (matter.lawUnclear ? 'law_unclear' : null),
  // 51: a warning or a fine, nothing else
  ({ matter, party }) => (blockingCompanions(matter, party.kind).length > 0 ? 'companion_blocked' : null),
  leastTest,
  amountTest,
  // 51, 52: the decision is handed over on the spot
  ({ party }) => (party.present ? null : 'party_absent'),
  ({ party }) =>
    party.identified && (party.kind === 'organisation' || party.ageYears !== null)
      ? null
      : 'identity_unknown',
  // 42, 43
  ({ crew, at }) => crewRefusal(crew, at),
  // 44, 45, 62
  ({ stage, circumstances }) => (stage === 'open' || circumstances.told ? null : 'party_untold'),
  ({ stage, circumstances }) =>
    stage === 'open' || circumstances.statement !== null ? null : 'statement_missing',
];

/** May this crew penalise on the spot, here and now? The first failing test answers. */
export function maySimple(
  question: SimpleQuestion,
): { ok: true; maxAmountYuan: number } | { ok: false; refusal: SimpleRefusal } {
  for (const test of simpleTests) {
    const refusal = test(question);
    if (refusal) return { ok: false, refusal };
  }
  return { ok: true, maxAmountYuan: mostYuan(question) };
}

/** 19 of the 46 demonstration matters take two steps; only a failed correction opens the second. */
function triggerTest({ matter, party, circumstances }: SimpleQuestion): SimpleRefusal | null {
  const { correction } = circumstances;
  if (matter.trigger === 'order-only' || (!fineOf(matter, party.kind) && !mayWarnAlone(matter, party.kind)))
    return 'penalty_nonexistent';
  if (matter.trigger === 'after-deadline' && correction !== 'expired') return 'correction_missing';
  if (matter.trigger === 'after-refusal' && correction !== 'refused') return 'correction_missing';
  return matter.trigger === 'order' && correction === 'none' ? 'correction_missing' : null;
}

/** 33: must not (minor, corrected, harmless; no fault), may not (first, minor, corrected). */
function exemptionTest({ circumstances: c }: SimpleQuestion): SimpleRefusal | null {
  if (c.minorHarmless === null || c.firstMinor === null || c.faultless === null)
    return 'exemption_unanswered';
  return c.minorHarmless || c.faultless || c.firstMinor === 'spared' ? 'exemption_applies' : null;
}

/** 30, 31: under 14 never; 14 to 17 only mitigated and with a guardian. An unknown age fails with the identity. */
function partyTest({ party, circumstances }: SimpleQuestion): SimpleRefusal | null {
  if (party.kind === 'organisation') return null;
  const age = party.ageYears ?? 18;
  if (age < 14 || (age < 18 && !(circumstances.mitigated && party.guardianPresent))) return 'party_minor';
  return party.capable ? null : 'party_incapable';
}

/** 51: the lower bound, of the law or of the benchmark, must fit under the cap; the amount is never lowered to fit. */
function leastTest({ matter, party, circumstances }: SimpleQuestion): SimpleRefusal | null {
  if (circumstances.proposal?.kind === 'warning') return null;
  const least = Math.max(fineOf(matter, party.kind)?.[0] ?? 0, circumstances.benchmark?.[0] ?? 0);
  return least > simpleCapYuan[party.kind] ? 'amount_exceeded' : null;
}

/** 34, 51: in the range of the law, in the benchmark, under the cap; a fixed sum is met exactly. */
function amountTest(question: SimpleQuestion): SimpleRefusal | null {
  const { matter, party, circumstances } = question;
  const { proposal, benchmark } = circumstances;
  if (!proposal) return null;
  if (proposal.companions && Object.keys(proposal.companions).length > 0) return 'companion_blocked';
  if (proposal.kind === 'warning') return mayWarnAlone(matter, party.kind) ? null : 'amount_unlawful';
  const amount = proposal.amountYuan;
  const range = fineOf(matter, party.kind);
  if (!range || !(amount > 0)) return 'amount_unlawful';
  if (amount > simpleCapYuan[party.kind]) return 'amount_exceeded';
  const sums = sumsNow(question);
  if (sums.length > 0) return sums.includes(amount) ? null : 'amount_unlawful';
  const inside = (bounds: readonly [number, number]): boolean => amount >= bounds[0] && amount <= bounds[1];
  return inside(range) && (!benchmark || inside(benchmark)) ? null : 'amount_unlawful';
}

const sumsNow = ({ matter, circumstances }: SimpleQuestion): number[] =>
  fixedSumsOf(matter)
    .filter((sum) => sum.afterRefusal === (circumstances.correction === 'refused'))
    .map((sum) => sum.amountYuan);

function mostYuan(question: SimpleQuestion): number {
  const { matter, party, circumstances } = question;
  if (circumstances.proposal?.kind === 'warning') return 0;
  const bounds = [simpleCapYuan[party.kind], fineOf(matter, party.kind)?.[1] ?? 0];
  if (circumstances.benchmark) bounds.push(circumstances.benchmark[1]);
  return Math.min(...bounds, ...sumsNow(question));
}
