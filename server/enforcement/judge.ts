import type { CircumstancesAnswered, Party, PartyKind, Proposal } from '../../shared/contract/enforcement.ts';
import type { FineRange, Matter } from '../../shared/contract/matters.ts';
import type { CrewMember } from '../../shared/rules/penalties/crew.ts';
import { maySimple, simpleTests, type SimpleQuestion } from '../../shared/rules/penalties/may-simple.ts';
import { fineOf, fixedSumsOf, mayWarnAlone } from '../../shared/rules/penalties/readings.ts';
import { milder } from '../../shared/rules/penalties/versions.ts';
import { findMatter, findMatterVersion, type IncidentRow, type MatterRow } from '../incidents/store.ts';
import { familyOf } from '../incidents/store-field.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { companionRefusal } from '../../shared/rules/penalties/companions.ts';
import { articlesOf, type LawRefusal } from './articles.ts';
import { identityOf } from '../../shared/rules/penalties/identity.ts';
import { sealOf } from './seal.ts';
import { benchmarksAt, isFined } from './store-amounts.ts';
import { correctionOf } from './store-orders.ts';

/** Everything that a question to the law is made from. Instants in ms. */
export interface Case {
  readonly incident: IncidentRow;
  readonly matterCode: string;
  /** The version pinned when the file was opened; null: the one in force at the act. */
  readonly versionAtAct: number | null;
  readonly fileId: number | null;
  readonly party: Party | null;
  readonly partyKind: PartyKind;
  readonly circumstances: CircumstancesAnswered;
  readonly proposal: Proposal | null;
  readonly crew: readonly CrewMember[];
  readonly actAt: number;
  readonly at: number;
  readonly stage: 'open' | 'decide';
  /** What legal review chose when it was unclear which law is milder. */
  readonly lawChosen: 'act' | 'decision' | null;
  readonly told: boolean;
  readonly statement: 'heard' | 'waived' | null;
  /** Things of the file that are registered or seized now: nothing else can be confiscated. */
  readonly thingIds: readonly number[];
}

/** The question with the law that was found for it, ready to be answered for either procedure. */
export interface Judged {
  readonly question: SimpleQuestion;
  readonly atAct: MatterRow;
  readonly now: MatterRow | undefined;
  /** Old law applies unless the new one is milder (行政处罚法 37). */
  readonly lawApplied: 'act' | 'decision';
  /** Neither text is milder in every part: legal review is compulsory and says which one applies (37, 58). */
  readonly lawUnclear: boolean;
  readonly range: FineRange;
  readonly benchmark: readonly [number, number] | null;
  readonly thingIds: readonly number[];
  /** Ranges are published for this matter, and none was chosen. */
  readonly levelMissing: boolean;
}

const bodyOf = (row: MatterRow): Matter => row.body as unknown as Matter;

/** Finds the law for a case: the version at the act, the one in force now, the milder of the two, the benchmark. */
export async function findLaw(tx: Pick<Tx, 'db' | 'deps'>, one: Case): Promise<Judged> {
  const atAct =
    one.versionAtAct === null
      ? await findMatter(tx.db, one.matterCode, one.actAt)
      : await findMatterVersion(tx.db, one.versionAtAct);
  if (!atAct) throw new Refused('matter_unknown', { matterCode: one.matterCode });
  const now = await findMatter(tx.db, one.matterCode, one.at);
  const kind = one.partyKind;
  const compared = now ? milder(fineOf(bodyOf(atAct), kind), fineOf(bodyOf(now), kind)) : 'act';
  const lawUnclear = compared === 'unclear';
  // unclear: what legal review chose; until it has, the law at the act, which is what the party could know
  const lawApplied = lawUnclear ? (one.lawChosen ?? 'act') : compared === 'act' ? 'act' : 'decision';
  const body = bodyOf(lawApplied === 'act' ? atAct : now!);
  const benchmarks = await benchmarksAt(tx.db, {
    matterCode: one.matterCode,
    partyKind: kind,
    at: one.at,
  });
  const { level } = one.circumstances;
  const benchmark = level === null ? null : (benchmarks.get(level) ?? null);
  const family = await familyOf(tx.db, one.incident.id);
  const identity = identityOf(one.party, one.actAt);
  const idMark =
    one.party?.idNumber == null
      ? null
      : sealOf(tx.deps).mark('id', `${one.party.kind}/${one.party.idNumber.toUpperCase()}`);
  const { circumstances: c } = one;
  const question: SimpleQuestion = {
    stage: one.stage,
    matter: {
      ...body,
      status: now?.status ?? 'recalled',
      lawUnclear,
      validFrom: Number.NEGATIVE_INFINITY,
      validTo: null,
    },
    party: {
      kind,
      present: c.partyPresent,
      identified: identity.identified,
      ageYears: identity.ageYears,
      capable: c.capable,
      guardianPresent: c.guardianPresent,
    },
    circumstances: {
      actAt: one.actAt,
      grave: c.grave,
      overlays: one.incident.overlays,
      correction: await correctionOf(tx.db, family),
      finedBefore: await isFined(tx.db, { incidentIds: family, idMark, exceptFileId: one.fileId }),
      minorHarmless: c.minorHarmless,
      firstMinor: c.firstMinor,
      faultless: c.faultless,
      mitigated: c.mitigated,
      benchmark,
      proposal: one.proposal,
      told: one.told,
      statement: one.statement,
    },
    crew: one.crew,
    at: one.at,
  };
  return {
    question,
    atAct,
    now,
    lawApplied,
    lawUnclear,
    range: fineOf(body, kind),
    benchmark,
    thingIds: one.thingIds,
    levelMissing: benchmarks.size > 0 && benchmark === null && one.proposal?.kind === 'fine',
  };
}

/** May it be decided on the spot? The law answers; nobody chooses. */
export function answerSimple({ question, levelMissing }: Judged): ReturnType<typeof maySimple> {
  // the benchmark is published and binds; without its level no amount can be checked against it (34)
  if (levelMissing) return { ok: false, refusal: 'amount_unlawful' };
  return maySimple(question);
}

/** The first seven tests hold whatever the procedure: competence, place, limitation, order, one fine, exemption, party. */
const commonTests = simpleTests.slice(0, 7);

/** May this be decided at all, in the ordinary procedure, with this amount? */
export function answerOrdinary({
  question,
  range,
  benchmark,
  thingIds,
  levelMissing,
}: Judged): { ok: true } | { ok: false; refusal: LawRefusal } {
  for (const test of commonTests) {
    const refusal = test(question);
    if (refusal) return { ok: false, refusal };
  }
  const { proposal, correction } = question.circumstances;
  if (proposal === null) return { ok: true };
  const beside = companionRefusal(question.matter, question.party.kind, proposal, thingIds);
  if (beside) return { ok: false, refusal: beside };
  if (proposal.kind === 'warning')
    return mayWarnAlone(question.matter, question.party.kind)
      ? { ok: true }
      : { ok: false, refusal: 'amount_unlawful' };
  const sums = fixedSumsOf(question.matter).filter((sum) => sum.afterRefusal === (correction === 'refused'));
  const inside = (bounds: readonly [number, number]) =>
    proposal.amountYuan >= bounds[0] && proposal.amountYuan <= bounds[1];
  const lawful =
    !levelMissing &&
    range !== null &&
    (sums.length > 0
      ? sums.some((sum) => sum.amountYuan === proposal.amountYuan)
      : inside(range) && (benchmark === null || inside(benchmark)));
  return lawful ? { ok: true } : { ok: false, refusal: 'amount_unlawful' };
}

/** Throws the law's refusal with the articles that it stands on. */
export function refuseUnlawful(
  answer: { ok: true } | { ok: false; refusal: LawRefusal },
  detail: Record<string, unknown> = {},
): void {
  if (!answer.ok) throw new Refused(answer.refusal, { ...detail, articles: articlesOf(answer.refusal) });
}
