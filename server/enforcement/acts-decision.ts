import type { Proposal } from '../../shared/contract/enforcement.ts';
import type { FileAct } from '../../shared/contract/file-acts.ts';
import { familyOf } from '../incidents/store-field.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { isHeavy, isRaised } from '../../shared/rules/penalties/companions.ts';
import { confiscate } from './acts-measures.ts';
import { lawOf, partyOf } from './case-of-file.ts';
import { crewAt, signersOf } from './crew.ts';
import {
  instantOf,
  noteFile,
  periodEnd,
  refuseStray,
  startPeriod,
  stepFile,
  tellFile,
  type Held,
} from './file-steps.ts';
import { identityOf } from '../../shared/rules/penalties/identity.ts';
import { answerOrdinary, answerSimple, refuseUnlawful, type Judged } from './judge.ts';
import { spendNumber } from './numbers.ts';
import { attachAll } from './evidence-list.ts';
import { makeDecisionPaper, makePriorNotice } from './papers-of-file.ts';
import { sealOf } from './seal.ts';
import { takePartyHand, takeSignatures } from './signing.ts';
import { findDecision, findProposal, insertDecision, saveProposal } from './store-amounts.ts';
import { addCustody, evidenceOfIncidents } from './store-evidence.ts';
import { insertSignature } from './store-signatures.ts';
import { readSettings } from './store-settings.ts';
import { endPeriods, insertMinutes, periodsOf, type FileRow } from './store.ts';

type Act<N extends FileAct['act']> = Extract<FileAct, { act: N }>;

const subjectOf = (file: Pick<FileRow, 'id'>): string => `file/${file.id}`;

/** Facts, grounds, content and rights are told before deciding (44); the licence is shown (52, 55). */
export async function tell(tx: Tx, held: Held, act: Act<'tell'>): Promise<FileRow> {
  const { file, incident } = held;
  refuseStray(tx, file, 'rights.told');
  const at = instantOf(tx, act.doneAt, file.opened_at);
  const crew = await crewAt(tx, incident.id, [tx.actor.id, act.partnerId], at);
  const judged = await lawOf(tx, held, { crew, at, stage: 'open', proposal: act.proposal });
  const answer = file.procedure === 'simple' ? answerSimple(judged) : answerOrdinary(judged);
  refuseUnlawful(answer, { fileId: file.id });
  const heavy = file.procedure === 'ordinary' && (await isLarge(tx, judged, act.proposal));
  const hearingRight = file.procedure === 'ordinary' && (act.hearingRight || heavy);
  const moved = await stepFile(
    tx,
    file,
    'rights.told',
    { signers: signersOf(crew), licenceShown: act.licenceShown, rightsTold: act.rightsTold },
    {
      by: crew.map(({ personId }) => personId),
      progress: {
        toldAt: new Date(at).toISOString(),
        ...(act.licenceShown && { licenceShownAt: new Date(at).toISOString() }),
        hearingRight,
        heavy,
        ...(judged.lawUnclear && { lawUnclear: true, reviewCompulsory: true }),
      },
    },
    '',
    { at },
  );
  await saveProposal(tx.db, file.id, act.proposal, file.circumstances.level);
  if (file.procedure === 'ordinary') {
    await startPeriod(tx, file, 'askHearing', at);
    await makePriorNotice(tx, {
      incident,
      file: moved,
      crew,
      judged,
      proposal: act.proposal,
      hearingRight,
      at,
    });
  }
  return moved;
}

/** 63: from what the town has set on, and for a stop of business, the right to a hearing is not a matter of choice. */
const isLarge = async (tx: Tx, { question }: Judged, proposal: Proposal): Promise<boolean> =>
  isHeavy(proposal, (await readSettings(tx.db)).hearingFromYuan[question.party.kind]);

/** An officer signs the decision that is to come with the own login. */
export async function sign(tx: Tx, { file, incident }: Held, act: Act<'sign'>): Promise<FileRow> {
  if (!['heard', 'legal_review'].includes(file.state))
    throw new Refused('transition_illegal', { fileId: file.id, state: file.state, event: 'signature.given' });
  const at = instantOf(tx, act.doneAt, file.progress.toldAt);
  const [own] = await crewAt(tx, incident.id, [tx.actor.id], at, false);
  if (!own?.licensed || own.recused)
    throw new Refused(own?.recused ? 'officer_recused' : 'licence_expired', { personId: tx.actor.id });
  if (file.procedure === 'ordinary' && !file.officers.includes(own.personId))
    throw new Refused('action_forbidden', { guard: 'investigator', officers: file.officers });
  await insertSignature(tx.db, {
    subject: subjectOf(file),
    purpose: 'decision',
    personId: own.personId,
    image: null,
    refusalNote: null,
    takenBy: own.personId,
    at,
  });
  return noteFile(tx, file, 'signature.given', {}, '', { at });
}

/** A decision is signed, numbered, in range, and never harsher than what the party was told (45②). */
export async function decide(tx: Tx, held: Held, act: Act<'decide'>): Promise<FileRow> {
  const { file, incident } = held;
  refuseStray(tx, file, 'penalty.decided');
  const simple = file.procedure === 'simple';
  const at = simple ? instantOf(tx, act.doneAt, file.progress.toldAt ?? file.opened_at) : tx.at;
  const crew = await takeSignatures(
    tx,
    { subject: subjectOf(file), purpose: 'decision', incidentId: incident.id, at, together: simple },
    simple ? act.signatures : [],
  );
  const judged = await lawOf(tx, held, { crew, at, stage: 'decide', proposal: act.proposal });
  const answer = simple ? answerSimple(judged) : answerOrdinary(judged);
  refuseUnlawful(answer, { fileId: file.id });
  await refuseRaised(tx, file, act.proposal);
  const kind = simple ? 'onspot_decision' : 'penalty_decision';
  const number = await spendNumber(tx, kind, subjectOf(file), act.number, at);
  const party = await partyOf(tx, file.party_id);
  const identified = identityOf(party, Date.parse(file.act_at)).identified;
  if (!identified) refuseUnlawful({ ok: false, refusal: 'identity_unknown' }, { fileId: file.id });
  if (!simple && act.discussion !== '') await keepMinutes(tx, file, act.discussion);
  if (simple) await attachAll(tx, file);
  const moved = await stepFile(
    tx,
    file,
    'penalty.decided',
    {
      signers: signersOf(crew),
      simpleAllowed: simple && answer.ok,
      numberTaken: true,
      amountLawful: answer.ok,
      ...(!simple && (await ordinaryFacts(tx, held, act, judged))),
    },
    {
      version_at_decision: judged.now!.id,
      law_applied: judged.lawApplied,
      ...(simple && { by: crew.map(({ personId }) => personId) }),
    },
    '',
    { at },
  );
  await insertDecision(tx.db, {
    fileId: file.id,
    number,
    procedure: simple ? 'simple' : 'ordinary',
    partyKind: judged.question.party.kind,
    proposal: act.proposal,
    law: judged.range,
    benchmark: judged.benchmark,
    text: act.text,
    decidedAt: at,
    receivedAt: tx.at,
    by: tx.actor.id!,
  });
  await confiscate(tx, file, act.proposal.companions?.thingIds ?? []);
  await endPeriods(tx.db, file.id, tx.at, ['decideOrdinary', 'askHearing', 'announceHearing']);
  await startPeriod(tx, file, 'serveAbsent', at);
  if (simple) await startPeriod(tx, file, 'registerDecision', at);
  await makeDecisionPaper(tx, {
    incident,
    file: moved,
    crew,
    judged,
    proposal: act.proposal,
    number,
    text: act.text,
    at,
  });
  return moved;
}

/** What the ordinary procedure asks besides (46, 57②, 58, 60). */
async function ordinaryFacts(tx: Tx, { file, incident }: Held, act: Act<'decide'>, judged: Judged) {
  const { progress } = file;
  const known = await evidenceOfIncidents(tx.db, await familyOf(tx.db, incident.id));
  const wanted = [...new Set(act.evidenceIds)];
  const evidenceVerified = wanted.length > 0 && wanted.every((id) => known.some((one) => one.id === id));
  if (evidenceVerified)
    for (const id of wanted) await addCustody(tx.db, id, 'verified', tx.at, tx.actor.id, subjectOf(file));
  const period = (await periodsOf(tx.db, file.id)).findLast((one) => one.period === 'decideOrdinary');
  return {
    evidenceVerified,
    grave: progress.complex === true || progress.heavy === true || file.circumstances.grave,
    discussedTogether: act.discussion !== '',
    reviewCompulsory: progress.reviewCompulsory === true || progress.complex === true || judged.lawUnclear,
    ...(progress.reviewPassed !== undefined && {
      // a review that did not choose between two laws has not answered what it was asked
      reviewPassed: progress.reviewPassed && (!judged.lawUnclear || progress.lawChosen !== undefined),
    }),
    reviewerInvestigated: progress.reviewerId === undefined || file.officers.includes(progress.reviewerId),
    insideDecisionPeriod: period !== undefined && tx.at < Date.parse(period.endsAt),
  };
}

/** 集体讨论 (57②): the minutes are kept sealed; the fact says that there was a discussion, not what was said of whom. */
async function keepMinutes(tx: Tx, file: FileRow, text: string): Promise<void> {
  const minutes = sealOf(tx.deps).close(`minutes/${file.id}`, text);
  await insertMinutes(tx.db, { fileId: file.id, minutes, at: tx.at, by: tx.actor.id! });
  tellFile(tx, 'decision.discussed', file);
}

async function refuseRaised(tx: Tx, file: FileRow, proposal: Proposal): Promise<void> {
  if (isRaised(await findProposal(tx.db, file.id), proposal))
    throw new Refused('penalty_raised', { fileId: file.id, articles: '行政处罚法第四十五条第二款' });
}

/**
 * Handed over on the spot, or served within seven working days; electronic only with a signed consent (52, 61). Service
 * after the seven days is written down as late: the decision binds the party from then on, and the delay is the organ's.
 */
export async function serve(tx: Tx, { file, incident }: Held, act: Act<'serve'>): Promise<FileRow> {
  refuseStray(tx, file, 'decision.served');
  const decision = await findDecision(tx.db, file.id);
  const at = instantOf(tx, act.doneAt, decision?.decided_at);
  if (act.mode === 'announcement' && file.procedure === 'ordinary') return announce(tx, file, at);
  const crew = await crewAt(tx, incident.id, [tx.actor.id, act.partnerId], at);
  const purpose = { subject: subjectOf(file), purpose: 'service', at } as const;
  const acknowledged = await takePartyHand(tx, purpose, act.party);
  const end = decision ? await periodEnd(tx, 'serveAbsent', Date.parse(decision.decided_at)) : undefined;
  const late = end !== undefined && at >= end.endsAt;
  const moved = await stepFile(
    tx,
    file,
    'decision.served',
    {
      signers: signersOf(crew),
      service: act.mode,
      ...(acknowledged && { acknowledged }),
      electronicConsent: await consentGiven(tx, incident.id, act.consentEvidenceId),
    },
    {
      progress: {
        servedAt: new Date(at).toISOString(),
        serviceMode: act.mode,
        ...(acknowledged && { acknowledged }),
        ...(late && { servedLate: true }),
      },
    },
    '',
    { at, late },
  );
  await endPeriods(tx.db, file.id, tx.at, ['serveAbsent', 'announceService']);
  if (decision?.kind === 'fine') await startPeriod(tx, file, 'pay', at);
  return moved;
}

/** 公告送达: nobody is served yet; thirty days run from the announcement itself, whenever it is written down. */
async function announce(tx: Tx, file: FileRow, at: number): Promise<FileRow> {
  if (file.progress.announcedAt)
    throw new Refused('transition_illegal', { fileId: file.id, event: 'decision.announced' });
  await endPeriods(tx.db, file.id, tx.at, ['serveAbsent']);
  await startPeriod(tx, file, 'announceService', at);
  const progress = { announcedAt: new Date(at).toISOString() };
  return noteFile(tx, file, 'decision.announced', { progress }, '', { at });
}

/** The thirty days of an announcement are over: the decision counts as served, and the time to pay begins. */
export async function serveByAnnouncement(tx: Tx, file: FileRow, endsAt: number): Promise<void> {
  if (file.state !== 'decided') return;
  const decision = await findDecision(tx.db, file.id);
  const servedAt = new Date(endsAt).toISOString();
  await stepFile(
    tx,
    file,
    'decision.served',
    { service: 'announcement', announcementOver: true },
    { progress: { servedAt, serviceMode: 'announcement' } },
  );
  // the last of the thirty days is the day of service
  if (decision?.kind === 'fine') await startPeriod(tx, file, 'pay', endsAt - 1);
}

/** The signed consent (61②) is a piece of documentary evidence of this incident. */
async function consentGiven(tx: Tx, incidentId: number, id: string | undefined): Promise<boolean> {
  if (id === undefined) return false;
  const known = await evidenceOfIncidents(tx.db, await familyOf(tx.db, incidentId));
  return known.some((one) => one.id === id && one.kind === 'documentary');
}
