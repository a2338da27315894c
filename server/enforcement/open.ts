import type { CircumstancesAnswered, Party, PenaltyFileView } from '../../shared/contract/enforcement.ts';
import type { OpenFile } from '../../shared/contract/file-acts.ts';
import { limitationEnd } from '../../shared/rules/deadlines/statutory.ts';
import { findIncident, findMatter, lockIncident, type IncidentRow } from '../incidents/store.ts';
import { familyOf } from '../incidents/store-field.ts';
import { plan } from '../kernel/due.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { articlesOf, simpleArticles } from './articles.ts';
import { crewAt, signersOf } from './crew.ts';
import { askFile, dueKinds, instantOf, sentAt, startPeriod, tellFile } from './file-steps.ts';
import { answerSimple, findLaw, refuseUnlawful, type Case } from './judge.ts';
import { spendNumber, tokenHashOf, tokenOf } from './numbers.ts';
import { makeNoticePaper } from './papers-of-file.ts';
import { sealOf } from './seal.ts';
import { saveProposal } from './store-amounts.ts';
import { evidenceOfIncidents } from './store-evidence.ts';
import { insertFile, insertNotice, insertParty, type FileRow } from './store.ts';
import { viewFile } from './view.ts';

/** Answers of nobody: what is not known yet is unanswered, and an unanswered question forbids the simple procedure. */
export const unanswered: CircumstancesAnswered = {
  partyPresent: false,
  capable: true,
  guardianPresent: false,
  grave: false,
  minorHarmless: null,
  firstMinor: null,
  faultless: null,
  mitigated: false,
  level: null,
};

export function matterOf(incident: IncidentRow, wanted: string | undefined): string {
  const code = wanted ?? incident.matter_code;
  if (code === null) throw new Refused('matter_missing', { incidentId: incident.id });
  return code;
}

/** The act lies before now; absent, the instant of the report stands for it. */
function actOf(tx: Tx, incident: IncidentRow, actAt: string | undefined, at: number): number {
  const instant = actAt === undefined ? Math.min(Date.parse(incident.reported_at), at) : Date.parse(actAt);
  if (instant > tx.at) throw new Refused('done_at_invalid', { actAt });
  return instant;
}

async function holdLive(tx: Tx, incidentId: number): Promise<IncidentRow> {
  const incident = await lockIncident(tx.db, incidentId);
  if (!incident) throw new Refused('incident_unknown', { incidentId });
  if (['rejected', 'merged', 'transferred'].includes(incident.state))
    throw new Refused('incident_ended', { incidentId, state: incident.state });
  return incident;
}

/** May we penalise on the spot? Asked by the phone before anything is written; computed, never chosen. */
export async function askSimple(
  tx: Pick<Tx, 'db' | 'deps' | 'actor' | 'at'>,
  incidentId: number,
  body: {
    matterCode?: string | undefined;
    party: Party | null;
    partyKind: Party['kind'];
    partnerId: number | null;
    circumstances: CircumstancesAnswered;
    proposal: Case['proposal'];
    actAt?: string | undefined;
  },
) {
  const incident = await findIncident(tx.db, incidentId);
  if (!incident) throw new Refused('incident_unknown', { incidentId });
  const judged = await findLaw(tx, {
    incident,
    matterCode: matterOf(incident, body.matterCode),
    versionAtAct: null,
    fileId: null,
    party: body.party,
    partyKind: body.partyKind,
    circumstances: body.circumstances,
    proposal: body.proposal,
    crew: await crewAt(tx, incidentId, [tx.actor.id, body.partnerId], tx.at),
    actAt: body.actAt === undefined ? Date.parse(incident.reported_at) : Date.parse(body.actAt),
    at: tx.at,
    stage: 'open',
    lawChosen: null,
    thingIds: [],
    told: false,
    statement: null,
  });
  const answer = answerSimple(judged);
  return answer.ok
    ? { allowed: true as const, maxAmountYuan: answer.maxAmountYuan, articles: simpleArticles }
    : { allowed: false as const, code: answer.refusal, articles: articlesOf(answer.refusal) };
}

/** Opens a penalty file on an incident. */
export async function openFile(tx: Tx, incidentId: number, body: OpenFile): Promise<PenaltyFileView> {
  const incident = await holdLive(tx, incidentId);
  switch (body.open) {
    case 'simple':
      return viewFile(tx, await openSimple(tx, incident, body));
    case 'notice':
      return viewFile(tx, await postNotice(tx, incident, body));
    default:
      return viewFile(tx, await registerFile(tx, incident, body));
  }
}

async function openSimple(
  tx: Tx,
  incident: IncidentRow,
  body: Extract<OpenFile, { open: 'simple' }>,
): Promise<FileRow> {
  const at = instantOf(tx, body.doneAt, await sentAt(tx, incident));
  const actAt = actOf(tx, incident, body.actAt, at);
  const crew = await crewAt(tx, incident.id, [tx.actor.id, body.partnerId], at);
  const judged = await findLaw(tx, {
    incident,
    matterCode: matterOf(incident, body.matterCode),
    versionAtAct: null,
    fileId: null,
    party: body.party,
    partyKind: body.party.kind,
    circumstances: body.circumstances,
    proposal: body.proposal,
    crew,
    actAt,
    at,
    stage: 'open',
    lawChosen: null,
    thingIds: [],
    told: false,
    statement: null,
  });
  const answer = answerSimple(judged);
  refuseUnlawful(answer, { incidentId: incident.id });
  const { to, procedure } = askFile(tx, null, 'file.opened', {
    signers: signersOf(crew),
    simpleAllowed: answer.ok,
  });
  const file = await insertFile(tx.db, {
    incidentId: incident.id,
    procedure,
    state: to,
    matterCode: judged.atAct.matter_code,
    versionAtAct: judged.atAct.id,
    partyId: await insertParty(tx.db, sealOf(tx.deps), body.party, tx.at),
    actAt,
    openedAt: at,
    officers: crew.map(({ personId }) => personId),
    circumstances: body.circumstances,
    progress: {},
  });
  await saveProposal(tx.db, file.id, body.proposal, body.circumstances.level);
  tellFile(tx, 'file.opened', file, '', { at });
  return file;
}

/** 《协助调查通知书》 on the windscreen: an inquiry that fines nobody. */
async function postNotice(
  tx: Tx,
  incident: IncidentRow,
  body: Extract<OpenFile, { open: 'notice' }>,
): Promise<FileRow> {
  const at = instantOf(tx, body.doneAt, await sentAt(tx, incident));
  const actAt = actOf(tx, incident, body.actAt, at);
  const dueAt = Date.parse(body.dueAt);
  // by the instant of the posting: a notice that ran out before the phone had a network was posted all the same
  if (dueAt <= at) throw new Refused('due_at_invalid', { dueAt: body.dueAt });
  const matter = await findMatter(tx.db, matterOf(incident, body.matterCode), actAt);
  if (!matter) throw new Refused('matter_unknown', { matterCode: body.matterCode ?? incident.matter_code });
  const crew = await crewAt(tx, incident.id, [tx.actor.id, body.partnerId], at);
  const known = await evidenceOfIncidents(tx.db, await familyOf(tx.db, incident.id));
  const photos = [...new Set(body.photoIds)].filter((id) => known.some((one) => one.id === id));
  const facts = { signers: signersOf(crew), noticePhotos: photos.length, plateRead: true, numberTaken: true };
  const { to, procedure } = askFile(tx, null, 'notice.posted', facts);
  const party: Party = {
    kind: 'individual',
    name: '车主（驾驶人）',
    idKind: null,
    idNumber: null,
    birthDate: null,
    representative: null,
    address: null,
    phone: null,
    plate: body.plate.toUpperCase(),
  };
  const officers = crew.filter(({ licensed }) => licensed).map(({ personId }) => personId);
  const file = await insertFile(tx.db, {
    incidentId: incident.id,
    procedure,
    state: to,
    matterCode: matter.matter_code,
    versionAtAct: matter.id,
    partyId: await insertParty(tx.db, sealOf(tx.deps), party, tx.at),
    actAt,
    openedAt: at,
    officers,
    circumstances: unanswered,
    progress: {},
  });
  const number = await spendNumber(tx, 'inquiry_notice', `file/${file.id}`, body.number, at);
  await insertNotice(tx.db, {
    fileId: file.id,
    number,
    tokenHash: tokenHashOf(tokenOf(tx.deps, number)),
    place: body.place,
    foundAt: actAt,
    postedAt: at,
    dueAt,
    photos,
    postedBy: crew.map(({ personId }) => personId),
  });
  await plan(tx.db, dueKinds.notice, `file/${file.id}`, dueAt);
  tellFile(tx, 'notice.posted', file, '', { at });
  await makeNoticePaper(tx, { ...body, incident, file, crew, number, photos: photos.length, at, dueAt });
  return file;
}

/** 立案 of an ordinary file: the head approves, the 90 days start (行政处罚法 54, 60). */
async function registerFile(
  tx: Tx,
  incident: IncidentRow,
  body: Extract<OpenFile, { open: 'ordinary' }>,
): Promise<FileRow> {
  const actAt = actOf(tx, incident, body.actAt, tx.at);
  const matterCode = matterOf(incident, body.matterCode);
  const atAct = await findMatter(tx.db, matterCode, actAt);
  if (!atAct) throw new Refused('matter_unknown', { matterCode });
  const { to, procedure } = askFile(tx, null, 'file.registered', {
    filingStandardMet: await mayFile(tx, matterCode, actAt),
  });
  const file = await insertFile(tx.db, {
    incidentId: incident.id,
    procedure,
    state: to,
    matterCode,
    versionAtAct: atAct.id,
    partyId: body.party && (await insertParty(tx.db, sealOf(tx.deps), body.party, tx.at)),
    actAt,
    openedAt: tx.at,
    officers: [],
    circumstances: unanswered,
    progress: { filedAt: new Date(tx.at).toISOString() },
  });
  await startPeriod(tx, file, 'decideOrdinary', tx.at);
  tellFile(tx, 'file.registered', file, body.grounds);
  return file;
}

/** 54②: the town holds the power today and the act is not out of time. */
export async function mayFile(
  tx: Pick<Tx, 'db' | 'at'>,
  matterCode: string,
  actAt: number,
): Promise<boolean> {
  const now = await findMatter(tx.db, matterCode, tx.at);
  // an act that harmed life or health has five years; whether it did is found in the inquiry
  return now?.status === 'delegated' && tx.at < limitationEnd(actAt, true);
}
