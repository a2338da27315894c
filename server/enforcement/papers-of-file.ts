import type { Proposal } from '../../shared/contract/enforcement.ts';
import type { Paper } from '../../shared/contract/papers.ts';
import type { IncidentRow } from '../incidents/store.ts';
import type { Tx } from '../kernel/transact.ts';
import { partyOf } from './case-of-file.ts';
import { amountInWords, dateInWords, instantInWords } from './chinese.ts';
import { unsignedCrew, type Officer } from './crew.ts';
import type { Judged } from './judge.ts';
import { spendNumber, statusPathOf } from './numbers.ts';
import type { PaperContent } from './paper-content.ts';
import { crewFields, given, groundOf, handsOf, partyFields, plateColours } from './paper-fields.ts';
import { makePaper } from './papers.ts';
import { remedyText } from './remedy-text.ts';
import { evidenceText } from './evidence-list.ts';
import { measuresOf } from './store-measures.ts';
import { companionsOf, type DecisionRow } from './store-amounts.ts';
import type { FileRow } from './store.ts';

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

/** The penalties of a proposal one by one; several are numbered. Things are named as they stand in the list. */
export async function penaltyText(tx: Pick<Tx, 'db'>, fileId: number, proposal: Proposal): Promise<string> {
  const { gainsYuan, thingIds = [], stopBusiness } = proposal.companions ?? {};
  const things = (await measuresOf(tx.db, fileId))
    .flatMap((measure) => measure.things)
    .filter(({ id }) => thingIds.includes(id));
  const parts = [
    ...(stopBusiness === undefined ? [] : [`责令停产停业：${stopBusiness}`]),
    ...(gainsYuan === undefined || gainsYuan === 0
      ? []
      : [`没收违法所得人民币${amountInWords(gainsYuan)}（¥${gainsYuan.toFixed(2)}）`]),
    ...(things.length === 0
      ? []
      : [`没收${things.map(({ name, quantity }) => `${name}${quantity}`).join('、')}`]),
    proposal.kind === 'warning'
      ? '警告'
      : `罚款人民币${amountInWords(proposal.amountYuan)}（¥${proposal.amountYuan.toFixed(2)}）`,
  ];
  const none = gainsYuan === 0 ? '经查，没有违法所得。' : '';
  return parts.length === 1
    ? `${parts[0]}。${none}`
    : `${parts.map((part, i) => `${i + 1}. ${part}`).join('；')}。${none}`;
}

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
  const { settings } = ground;
  const fine = proposal.kind === 'fine';
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
        decision: await penaltyText(tx, file.id, proposal),
        benchmark: benchmarkText(judged, file.circumstances.level),
        told: '作出本决定前，本机关已告知你（单位）拟作出行政处罚的内容、事实、理由、依据以及依法享有的陈述、申辩等权利。',
        statement: statements[file.progress.statement ?? ''] ?? '',
        evidence: await evidenceText(tx, file),
        correction: '同时责令你（单位）立即改正上述违法行为。',
        payment: fine
          ? `罚款${(proposal.companions?.gainsYuan ?? 0) > 0 ? '和没收的违法所得' : ''}应当自收到本决定书之日起十五日内，通过${settings.payAt}缴纳。`
          : '本处罚为警告，无需缴款。',
        latePayment: fine
          ? '到期不缴纳罚款的，每日按罚款数额的百分之三加处罚款，加处罚款的数额不超过罚款的数额。'
          : '',
        remedy: remedyText(settings, simple ? 'simple' : 'ordinary'),
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
      officers: unsignedCrew(crew),
      party: null,
      qr: null,
      fields: {
        ...ground.fields,
        ...partyFields(party),
        ...crewFields(crew),
        number,
        decision: await penaltyText(tx, file.id, proposal),
        benchmark: benchmarkText(judged, file.circumstances.level),
        told: '你（单位）有权进行陈述和申辩。请自收到本告知书之日起五个工作日内提出；逾期未提出的，视为未行使该权利。本机关不因陈述、申辩而给予更重的处罚。',
        hearing: one.hearingRight
          ? '根据《中华人民共和国行政处罚法》第六十三条、第六十四条的规定，你（单位）有权要求听证。要求听证的，应当自收到本告知书之日起五个工作日内向本机关提出。'
          : '本案不属于《中华人民共和国行政处罚法》第六十三条规定的听证范围。',
      },
    },
  });
}

/** 催告书 (行政强制法 54, 35): how much is owed, how and until when it is to be paid, and what the party may say. */
export async function makeDemandLetter(
  tx: Tx,
  one: { incident: IncidentRow; file: FileRow; decision: DecisionRow; owed: number },
): Promise<Paper> {
  const { incident, file, decision, owed } = one;
  const party = await partyOf(tx, file.party_id);
  const ground = await groundOf(tx, incident, file.version_at_decision, tx.at, Date.parse(file.act_at));
  const { settings } = ground;
  return makePaper(tx, {
    kind: 'demand_letter',
    incidentId: incident.id,
    fileId: file.id,
    content: {
      number: null,
      organ: settings.organ,
      date: dateInWords(tx.at),
      officers: [],
      party: null,
      qr: null,
      fields: {
        ...ground.fields,
        ...partyFields(party),
        number: decision.number,
        servedAt: dateInWords(Date.parse(file.progress.servedAt ?? decision.decided_at)),
        decision: await penaltyText(tx, file.id, {
          kind: 'fine',
          amountYuan: decision.amount_yuan ?? 0,
          companions: companionsOf(decision) ?? {},
        }),
        payment: `自收到本催告书之日起十日内，通过${settings.payAt}缴纳罚款及加处罚款，截至本催告书作出之日共计人民币${amountInWords(owed)}（¥${owed.toFixed(2)}）。`,
        latePayment: '到期不缴纳的，每日按罚款数额的百分之三加处罚款，加处罚款的数额不超过罚款的数额。',
        told: '你（单位）有权进行陈述和申辩。',
        consequence: `逾期仍不履行的，本机关将依法向${settings.court}申请强制执行。`,
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
