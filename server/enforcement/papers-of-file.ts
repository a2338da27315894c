import type { z } from 'zod';
import type { Party, PartyKind, Proposal } from '../../shared/contract/enforcement.ts';
import type { Matter } from '../../shared/contract/matters.ts';
import type { MakePaperSchema, Paper } from '../../shared/contract/papers.ts';
import { remedyTextKey } from '../../shared/rules/penalties/payment.ts';
import { findIncident, findMatterVersion, type IncidentRow } from '../incidents/store.ts';
import { familyOf } from '../incidents/store-field.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { partyOf } from './case-of-file.ts';
import { amountInWords, dateInWords, instantInWords } from './chinese.ts';
import { citation } from './citation.ts';
import { crewAt, type Officer } from './crew.ts';
import type { Judged } from './judge.ts';
import { spendNumber, statusPathOf } from './numbers.ts';
import type { Hand, PaperContent } from './paper-content.ts';
import { makePaper } from './papers.ts';
import { findDecision } from './store-amounts.ts';
import { evidenceOfIncidents } from './store-evidence.ts';
import { readSettings } from './store-settings.ts';
import { signaturesOf, type SignaturePurpose } from './store-signatures.ts';
import { findFile, type FileRow } from './store.ts';
import { paperFields } from './templates/fields.ts';

const partyKinds: Readonly<Record<PartyKind, string>> = {
  individual: '公民',
  organisation: '法人或者其他组织',
};
const idKinds: Readonly<Record<NonNullable<Party['idKind']>, string>> = {
  identity_card: '居民身份证',
  passport: '护照',
  credit_code: '统一社会信用代码',
  driving_licence: '驾驶证',
  other: '其他证件',
};
const plateColours: Readonly<Record<string, string>> = {
  blue: '蓝',
  green: '绿',
  yellow: '黄',
  white: '白',
  black: '黑',
};

const given = (fields: Record<string, string | null | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).filter((pair): pair is [string, string] => pair[1] != null && pair[1] !== ''),
  );

/** What stands on every paper about an incident: the organ, the place, the matter. */
async function groundOf(tx: Tx, incident: IncidentRow, versionId: number | null, at: number, actAt: number) {
  const settings = await readSettings(tx.db);
  const row = versionId === null ? undefined : await findMatterVersion(tx.db, versionId);
  const matter = row?.body as unknown as Matter | undefined;
  const place = incident.address || `${incident.lng.toFixed(5)}, ${incident.lat.toFixed(5)}`;
  return {
    settings,
    fields: given({
      organ: settings.organ,
      organAddress: settings.address,
      contact: settings.contact,
      date: dateInWords(at),
      matter: matter && `涉嫌${matter.nameZh}`,
      basis: matter && citation(matter.basis),
      penaltyBasis: matter && citation(matter.basis),
      facts: matter?.nameZh,
      actAt: instantInWords(actAt),
      place,
      cell: incident.cell_code,
      overlays: incident.overlays.join('、'),
    }),
  };
}

const partyFields = (party: Party | null) =>
  given({
    partyName: party?.name,
    partyKind: party && partyKinds[party.kind],
    idKind: party?.idKind && idKinds[party.idKind],
    idNumber: party?.idNumber,
    birthDate: party?.birthDate,
    representative: party?.representative ?? (party ? '—' : null),
    partyAddress: party?.address,
    partyPhone: party?.phone,
    plate: party?.plate ?? (party ? '—' : null),
  });

const crewFields = (crew: readonly Officer[]) =>
  given({
    officers: crew.map(({ name }) => name).join('、'),
    licences: crew.map(({ licenceNumber }) => licenceNumber ?? '—').join('、'),
  });

/** The hands on a paper: officers of the crew and the party, for a purpose. */
export async function handsOf(
  tx: Pick<Tx, 'db'>,
  subject: string,
  purpose: SignaturePurpose,
  crew: readonly Officer[],
  partyName: string,
): Promise<{ officers: Hand[]; party: Hand | null }> {
  const signed = (await signaturesOf(tx.db, subject)).filter((one) => one.purpose === purpose);
  const party = signed.find(({ person_id }) => person_id === null);
  return {
    officers: crew.map((officer) => ({
      name: officer.name,
      licence: officer.licenceNumber,
      image:
        signed.find(({ person_id }) => person_id === officer.personId)?.image?.toString('base64') ?? null,
      refusalNote: null,
    })),
    party: party
      ? {
          name: partyName,
          licence: null,
          image: party.image?.toString('base64') ?? null,
          refusalNote: party.refusal_note,
        }
      : null,
  };
}

/** 《协助调查通知书》 with the QR of its public page. */
export async function makeNoticePaper(
  tx: Tx,
  one: {
    incident: IncidentRow;
    file: FileRow;
    crew: readonly Officer[];
    number: string;
    photos: number;
    at: number;
    dueAt: number;
    place: string;
    plate: string;
    plateColour: string;
    vehicle: string;
  },
): Promise<Paper> {
  const { incident, file, crew, number } = one;
  const ground = await groundOf(tx, incident, file.version_at_act, one.at, Date.parse(file.act_at));
  const { address, organ } = ground.settings;
  const content: Omit<PaperContent, 'title'> = {
    number,
    organ,
    date: dateInWords(one.at),
    officers: [],
    party: null,
    qr: publicAddress(tx, statusPathOf(tx.deps, number)),
    fields: {
      ...ground.fields,
      ...crewFields(crew),
      ...given({
        number,
        partyName: '车主（驾驶人）',
        plate: one.plate.toUpperCase(),
        plateColour: plateColours[one.plateColour],
        vehicle: one.vehicle || '—',
        place: one.place,
        photos: `现场照片 ${one.photos} 张，已附卷`,
        bring: '居民身份证、驾驶证、行驶证（委托他人的，另带授权委托书）',
        come: address,
        comeUntil: instantInWords(one.dueAt),
        consequence: '逾期不接受调查的，本机关将依法继续调查处理。',
      }),
    },
  };
  return makePaper(tx, { kind: 'inquiry_notice', incidentId: incident.id, fileId: file.id, content });
}

/** Absolute address of a public page when the operator named one, else its path. */
const publicAddress = (tx: Pick<Tx, 'deps'>, path: string): string =>
  `${tx.deps.config.PUBLIC_URL?.replace(/\/$/, '') ?? ''}${path}`;

const penaltyText = (proposal: Proposal): string =>
  proposal.kind === 'warning'
    ? '警告。'
    : `罚款人民币${amountInWords(proposal.amountYuan)}（¥${proposal.amountYuan.toFixed(2)}）。`;

const benchmarkText = (judged: Judged, level: string | null): string =>
  judged.benchmark ? `和裁量基准(${level}：${judged.benchmark[0]}元至${judged.benchmark[1]}元)` : '';

const statements: Readonly<Record<string, string>> = {
  heard: '本机关听取并复核了你（单位）的陈述和申辩。',
  waived: '你（单位）明确表示放弃陈述和申辩。',
  period_over: '你（单位）在规定期限内未提出陈述、申辩，也未要求听证。',
};

/** 当场处罚决定书 or 行政处罚决定书. */
export async function makeDecisionPaper(
  tx: Tx,
  one: {
    incident: IncidentRow;
    file: FileRow;
    crew: readonly Officer[];
    judged: Judged;
    proposal: Proposal;
    number: string;
    text: string;
    at: number;
  },
): Promise<Paper> {
  const { incident, file, judged, proposal, number } = one;
  const simple = file.procedure === 'simple';
  const crew = one.crew;
  const party = await partyOf(tx, file.party_id);
  const version = judged.lawApplied === 'act' ? file.version_at_act : file.version_at_decision;
  const ground = await groundOf(tx, incident, version, one.at, Date.parse(file.act_at));
  const evidence = (await evidenceOfIncidents(tx.db, await familyOf(tx.db, incident.id))).length;
  const { settings } = ground;
  const fine = proposal.kind === 'fine';
  const free = remedyTextKey(simple ? 'simple' : 'ordinary') === 'remedy_free_choice';
  const hands = await handsOf(tx, `file/${file.id}`, 'decision', crew, party?.name ?? '');
  const kind = simple ? 'onspot_decision' : 'penalty_decision';
  return makePaper(tx, {
    kind,
    incidentId: incident.id,
    fileId: file.id,
    content: {
      number,
      organ: settings.organ,
      date: dateInWords(one.at),
      officers: hands.officers,
      party: (await handsOf(tx, `file/${file.id}`, 'statement', [], party?.name ?? '')).party,
      qr: null,
      fields: {
        ...ground.fields,
        ...partyFields(party),
        ...crewFields(crew),
        number,
        facts: one.text,
        decision: penaltyText(proposal),
        benchmark: benchmarkText(judged, file.circumstances.level),
        told: '作出本决定前，本机关已告知你（单位）拟作出行政处罚的内容、事实、理由、依据以及依法享有的陈述、申辩等权利。',
        statement: statements[file.progress.statement ?? ''] ?? '',
        evidence: evidence > 0 ? `现场照片等证据 ${evidence} 份` : '现场检查记录、当事人陈述',
        correction: '同时责令你（单位）立即改正上述违法行为。',
        payment: fine
          ? `罚款应当自收到本决定书之日起十五日内，通过${settings.payAt}缴纳。`
          : '本处罚为警告，无需缴款。',
        latePayment: fine
          ? '到期不缴纳罚款的，每日按罚款数额的百分之三加处罚款，加处罚款的数额不超过罚款的数额。'
          : '',
        remedy: free
          ? `如不服本决定，可以自收到本决定书之日起六十日内向${settings.reconsiderationBody}申请行政复议，也可以自收到本决定书之日起六个月内直接向${settings.court}提起行政诉讼。复议、诉讼期间本决定不停止执行，法律另有规定的除外。`
          : `如不服本决定，应当先自收到本决定书之日起六十日内向${settings.reconsiderationBody}申请行政复议；对复议决定不服的，可以自收到复议决定书之日起十五日内向${settings.court}提起行政诉讼。`,
        reconsiderationBody: settings.reconsiderationBody,
        court: settings.court,
        grounds:
          file.version_at_act === file.version_at_decision
            ? ''
            : `违法行为发生后规定有修改，依照《中华人民共和国行政处罚法》第三十七条适用${judged.lawApplied === 'act' ? '行为时' : '作出决定时'}的规定。`,
        amountWords: fine ? amountInWords(proposal.amountYuan) : '',
      },
    },
  });
}

/** 行政处罚事先告知书: what is going to be decided, why, and what the party may do about it (44, 45, 63, 64). */
export async function makePriorNotice(
  tx: Tx,
  one: {
    incident: IncidentRow;
    file: FileRow;
    crew: readonly Officer[];
    judged: Judged;
    proposal: Proposal;
    hearingRight: boolean;
    at: number;
  },
): Promise<Paper> {
  const { incident, file, crew, judged, proposal } = one;
  const party = await partyOf(tx, file.party_id);
  const ground = await groundOf(tx, incident, file.version_at_act, one.at, Date.parse(file.act_at));
  const number = await spendNumber(tx, 'prior_notice', `file/${file.id}`, undefined, one.at);
  return makePaper(tx, {
    kind: 'prior_notice',
    incidentId: incident.id,
    fileId: file.id,
    content: {
      number,
      organ: ground.settings.organ,
      date: dateInWords(one.at),
      officers: crew.map(({ name, licenceNumber }) => ({
        name,
        licence: licenceNumber,
        image: null,
        refusalNote: null,
      })),
      party: null,
      qr: null,
      fields: {
        ...ground.fields,
        ...partyFields(party),
        ...crewFields(crew),
        number,
        decision: penaltyText(proposal),
        benchmark: benchmarkText(judged, file.circumstances.level),
        told: '你（单位）有权进行陈述和申辩。请自收到本告知书之日起五个工作日内提出；逾期未提出的，视为未行使该权利。本机关不因陈述、申辩而给予更重的处罚。',
        hearing: one.hearingRight
          ? '根据《中华人民共和国行政处罚法》第六十三条、第六十四条的规定，你（单位）有权要求听证。要求听证的，应当自收到本告知书之日起五个工作日内向本机关提出。'
          : '本案不属于《中华人民共和国行政处罚法》第六十三条规定的听证范围。',
      },
    },
  });
}

/** 责令改正通知书. */
export async function makeOrderPaper(
  tx: Tx,
  one: {
    incident: IncidentRow;
    orderId: number;
    number: string;
    text: string;
    basis: string;
    dueAt: number;
    crew: readonly Officer[];
    partyName: string;
    at: number;
  },
): Promise<Paper> {
  const { incident, crew } = one;
  const ground = await groundOf(
    tx,
    incident,
    incident.matter_version_id,
    one.at,
    Date.parse(incident.reported_at),
  );
  const hands = await handsOf(tx, `order/${one.orderId}`, 'order', crew, one.partyName);
  return makePaper(tx, {
    kind: 'correction_order',
    incidentId: incident.id,
    fileId: null,
    content: {
      number: one.number,
      organ: ground.settings.organ,
      date: dateInWords(one.at),
      ...hands,
      qr: null,
      fields: {
        ...ground.fields,
        ...crewFields(crew),
        number: one.number,
        partyName: one.partyName,
        basis: one.basis,
        correction: one.text,
        correctBy: instantInWords(one.dueAt),
      },
    },
  });
}

/** Records, receipts and forms that an officer writes: fields beyond the fixed set are refused. */
export async function makeRecord(
  tx: Tx,
  incidentId: number,
  body: z.output<typeof MakePaperSchema>,
): Promise<Paper> {
  const incident = await findIncident(tx.db, incidentId);
  if (!incident) throw new Refused('incident_unknown', { incidentId });
  const unknown = Object.keys(body.fields).filter(
    (name) => !(paperFields as readonly string[]).includes(name),
  );
  if (unknown.length > 0) throw new Refused('field_unknown', { unknown, known: paperFields });
  const file = body.fileId === undefined ? undefined : await findFile(tx.db, body.fileId);
  const family = await familyOf(tx.db, incidentId);
  if (body.fileId !== undefined && (!file || !family.includes(file.incident_id)))
    throw new Refused('file_unknown', { fileId: body.fileId });
  const crew = await crewAt(tx, incidentId, [tx.actor.id, body.partnerId], tx.at);
  // a record of inquiry or inspection is made by two (55)
  if (body.kind !== 'service_receipt' && body.kind !== 'closing_form') refuseAlone(crew);
  const party = await partyOf(tx, file?.party_id ?? null);
  const actAt = Date.parse(file?.act_at ?? incident.reported_at);
  const ground = await groundOf(
    tx,
    incident,
    file?.version_at_act ?? incident.matter_version_id,
    tx.at,
    actAt,
  );
  const decision = file && (await findDecision(tx.db, file.id));
  const number =
    body.kind === 'prior_notice'
      ? await spendNumber(tx, 'prior_notice', `file/${file?.id ?? 0}`, undefined, tx.at)
      : null;
  return makePaper(tx, {
    kind: body.kind,
    incidentId,
    fileId: file?.id ?? null,
    content: {
      number,
      organ: ground.settings.organ,
      date: dateInWords(tx.at),
      officers: crew.map(({ name, licenceNumber }) => ({
        name,
        licence: licenceNumber,
        image: null,
        refusalNote: null,
      })),
      party: null,
      qr: null,
      fields: {
        ...ground.fields,
        ...partyFields(party),
        ...crewFields(crew),
        ...given({ number: decision?.number, receiver: party?.name, startsAt: instantInWords(tx.at) }),
        ...body.fields,
      },
    },
  });
}

function refuseAlone(crew: readonly Officer[]): void {
  const valid = crew.filter(({ licensed, recused }) => licensed && !recused);
  if (valid.length < 2)
    throw new Refused('officers_insufficient', { articles: '行政处罚法第四十二条、第五十五条' });
}
