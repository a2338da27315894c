import type { FileAct } from '../../shared/contract/file-acts.ts';
import { familyOf } from '../incidents/store-field.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { lawOf, partyOf } from './case-of-file.ts';
import { crewAt, signersOf } from './crew.ts';
import { endMeasure } from './acts-measures.ts';
import { noteFile, startPeriod, stepFile, type Held } from './file-steps.ts';
import { identityOf } from '../../shared/rules/penalties/identity.ts';
import { answerSimple } from './judge.ts';
import { mayFile } from './open.ts';
import { makeNoPenaltyDecision, makeTransferLetter } from './papers-endings.ts';
import { sealOf } from './seal.ts';
import { findProposal, saveProposal } from './store-amounts.ts';
import { addCustody, evidenceOfIncidents } from './store-evidence.ts';
import { inHand } from './store-measures.ts';
import { papersOfFile } from './store-papers.ts';
import { readSettings } from './store-settings.ts';
import { endPeriods, insertParty, setPublicNote, type FileRow } from './store.ts';

type Act<N extends FileAct['act']> = Extract<FileAct, { act: N }>;

/**
 * The party appeared, or a registry named it: on the spot if the law allows it then, else the ordinary procedure, which
 * waits for the head to file it (54②).
 */
export async function identify(tx: Tx, held: Held, act: Act<'identify'>): Promise<FileRow> {
  const { file, incident } = held;
  const crew = await crewAt(tx, incident.id, [tx.actor.id, act.partnerId], tx.at);
  const { party, circumstances, proposal } = act;
  const judged = await lawOf(tx, held, { crew, at: tx.at, stage: 'open', proposal, party, circumstances });
  const { simpleAfterNotice } = await readSettings(tx.db);
  const simpleAllowed = simpleAfterNotice && file.state === 'notice_posted' && answerSimple(judged).ok;
  const moved = await stepFile(
    tx,
    file,
    'party.identified',
    { partyIdentified: identityOf(party, Date.parse(file.act_at)).identified, simpleAllowed },
    {
      party_id: await insertParty(tx.db, sealOf(tx.deps), party, tx.at),
      circumstances,
      by: crew.filter(({ licensed }) => licensed).map(({ personId }) => personId),
    },
  );
  if (proposal) await saveProposal(tx.db, file.id, proposal, circumstances.level);
  return moved;
}

/** The questions of 30 to 33 are answered, or answered anew, before the party is told. */
export async function answerQuestions(tx: Tx, { file }: Held, act: Act<'answer'>): Promise<FileRow> {
  if (!['opened', 'investigated'].includes(file.state))
    throw new Refused('transition_illegal', { fileId: file.id, state: file.state, event: 'file.answered' });
  return noteFile(tx, file, 'file.answered', { circumstances: act.circumstances });
}

/** The line that a stranger reads under the QR of a notice. */
export async function notePublic(tx: Tx, { file }: Held, act: Act<'note_public'>): Promise<FileRow> {
  if ((await setPublicNote(tx.db, file.id, act.text)) === 0)
    throw new Refused('transition_illegal', { fileId: file.id, event: 'notice.noted' });
  return noteFile(tx, file, 'notice.noted', {}, act.text);
}

/** 立案 by the head (54②) of a file that was not opened by the head; the 90 days of 60 start. */
export async function register(tx: Tx, { file }: Held, act: Act<'register'>): Promise<FileRow> {
  const filingStandardMet = await mayFile(tx, file.matter_code, Date.parse(file.act_at));
  const facts = { filingStandardMet, filed: file.progress.filedAt !== undefined };
  const progress = { filedAt: new Date(tx.at).toISOString() };
  const moved = await stepFile(tx, file, 'file.registered', facts, { progress }, act.grounds);
  await startPeriod(tx, moved, 'decideOrdinary', tx.at);
  return moved;
}

/** 调查终结: records made and evidence attached; evidence that was preserved is decided on (55, 56). */
export async function inquire(tx: Tx, { file, incident }: Held, act: Act<'inquire'>): Promise<FileRow> {
  const crew = await crewAt(tx, incident.id, [tx.actor.id, act.partnerId], tx.at);
  const known = await evidenceOfIncidents(tx.db, await familyOf(tx.db, incident.id));
  const wanted = known.filter(({ id }) => act.evidenceIds.includes(id));
  const missing = act.evidenceIds.find((id) => !wanted.some((one) => one.id === id));
  if (missing !== undefined) throw new Refused('evidence_unknown', { evidenceId: missing });
  const papers = await papersOfFile(tx.db, file.id);
  const recordsMade =
    wanted.some(({ kind }) => kind === 'inspection_record' || kind === 'party_statement') ||
    papers.some(({ kind }) => kind === 'inspection_record' || kind === 'interview_record');
  const moved = await stepFile(
    tx,
    file,
    'inquiry.completed',
    {
      filed: file.progress.filedAt !== undefined,
      signers: signersOf(crew),
      licenceShown: act.licenceShown,
      recordsMade,
      preservationPending: (await inHand(tx, file.id)).running.some(({ kind }) => kind === 'preservation'),
    },
    {
      by: crew.map(({ personId }) => personId),
      progress: {
        licenceShownAt: new Date(tx.at).toISOString(),
        recordsMadeAt: new Date(tx.at).toISOString(),
        // a complex case is one of those of 58①(3): it does not pass without the review
        reviewCompulsory: act.reviewCompulsory || act.complex || file.progress.reviewCompulsory === true,
        complex: act.complex,
      },
    },
    act.summary,
  );
  for (const { id } of wanted) await addCustody(tx.db, id, 'attached', tx.at, tx.actor.id, `file/${file.id}`);
  return moved;
}

/** The guard of the simple procedure no longer holds: an ordinary file that the head is to file (54②); nothing is lost. */
export async function convert(tx: Tx, held: Held, act: Act<'convert'>): Promise<FileRow> {
  const { file, incident } = held;
  // the crew of the file: whoever asks alone does not make it one that may not decide
  const crew = await crewAt(tx, incident.id, [...file.officers, act.partnerId], tx.at);
  const proposal = await findProposal(tx.db, file.id);
  const judged = await lawOf(tx, held, { crew, at: tx.at, stage: 'open', proposal });
  const simpleAllowed = answerSimple(judged).ok;
  const moved = await stepFile(
    tx,
    file,
    'file.converted',
    { simpleAllowed, reason: act.reason },
    { progress: { convertedBecause: act.reason } },
    act.reason,
  );
  return moved;
}

export const requestReview = (tx: Tx, { file }: Held): Promise<FileRow> =>
  stepFile(tx, file, 'review.requested', {});

/** 法制审核 (58): the reviewer is not an investigator; a refusal sends the file back to the inquiry. */
export async function review(tx: Tx, { file }: Held, act: Act<'review'>): Promise<FileRow> {
  const reviewerInvestigated = file.officers.includes(tx.actor.id!);
  const progress = {
    reviewPassed: act.passed,
    reviewerId: tx.actor.id as never,
    ...(act.lawApplied && { lawChosen: act.lawApplied }),
  };
  if (!act.passed)
    return stepFile(
      tx,
      file,
      'review.refused',
      { reviewPassed: false, reviewerInvestigated, reason: act.text },
      { progress },
      act.text,
    );
  if (file.state !== 'legal_review')
    throw new Refused('transition_illegal', { fileId: file.id, state: file.state, event: 'review.passed' });
  if (reviewerInvestigated)
    throw new Refused('guard_unmet', { fileId: file.id, guard: 'reviewer_independent' });
  if (file.progress.lawUnclear && (act.lawApplied ?? file.progress.lawChosen) === undefined)
    throw new Refused('guard_unmet', {
      fileId: file.id,
      guard: 'law_chosen',
      articles: '行政处罚法第三十七条',
    });
  return noteFile(tx, file, 'review.passed', { progress }, act.text);
}

/** 不予处罚 (30, 31, 33, 57①(2)(3)): with the ground, and with what the party was taught. */
export async function waive(tx: Tx, held: Held, act: Act<'waive'>): Promise<FileRow> {
  const { file } = held;
  const moved = await stepFile(
    tx,
    file,
    'penalty.waived',
    {
      noPenaltyGround: act.ground,
      educated: act.education !== '',
      measuresOpen: (await inHand(tx, file.id)).running.length > 0,
    },
    { progress: { noPenaltyGround: act.ground } },
    act.education,
  );
  await endPeriods(tx.db, file.id, tx.at);
  // nobody is decided on by name before it is known who it was
  if (await partyOf(tx, file.party_id)) await makeNoPenaltyDecision(tx, { ...held, file: moved }, act);
  return moved;
}

/** Another organ's matter, a suspected crime (27, 57①(4)), or a power that was taken back: with what it consists of. */
export async function transferFile(tx: Tx, held: Held, act: Act<'transfer'>): Promise<FileRow> {
  const { file } = held;
  const moved = await stepFile(
    tx,
    file,
    'file.transferred',
    { reason: act.reason },
    {},
    `${act.to}: ${act.reason}`,
  );
  await endPeriods(tx.db, file.id, tx.at);
  // things in hand go along with the case (行政强制法 21)
  for (const measure of (await inHand(tx, file.id)).running)
    await endMeasure(tx, file, measure, 'transferred');
  await makeTransferLetter(tx, { ...held, file: moved }, act);
  return moved;
}
