import { Button, Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { CorrectionOrder } from '../../../shared/contract/enforcement.ts';
import type { IncidentView } from '../../../shared/contract/incidents.ts';
import { call } from '../../live/call.ts';
import { formatInstant } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import { serverNowMs } from '../desk/clock.ts';
import { useDesk } from '../desk/desk.ts';
import { foldTasks } from '../desk/fold.ts';
import { ensureNumbers, takeNumber } from '../desk/numbers.ts';
import { keep, kept } from '../desk/shelf.ts';
import { useDraft } from '../desk/use-draft.ts';
import classes from '../shell/phone.module.css';
import { Primary } from '../shell/primary.tsx';
import { go } from '../shell/route.ts';
import { EvidencePanel } from '../task/evidence-panel.tsx';
import { useCrew } from './crew.ts';
import { useFiles } from './paper-tiles.tsx';
import { handOf, PartyHandField } from './party-hand.tsx';
import { decide, serve, tellAndHear } from './penalty/acts.ts';
import { AmountStep } from './penalty/amount-step.tsx';
import { DecisionPrint } from './penalty/decision-print.tsx';
import { emptyDraft, steps, type PenaltyDraft } from './penalty/draft.ts';
import { correctionOf, judgeOnPhone } from './penalty/judge.ts';
import { MatterStep } from './penalty/matter-step.tsx';
import { PartyStep } from './penalty/party-step.tsx';
import { Refused } from './penalty/refused.tsx';
import { RightsStep } from './penalty/rights-step.tsx';
import { TimeBudget } from './penalty/time-budget.tsx';
import { SignaturePad } from './signature-pad.tsx';

/** 当场处罚: eight steps in five minutes, computed from the law, without a network from any step on. */
export function PenaltyPage({ id }: { readonly id: string }) {
  const words = useWords().officer;
  const phone = useDesk((desk) => desk.phone);
  const task = foldTasks(phone?.tasks ?? [], []).find(({ incident }) => String(incident.id) === id);
  const draft = useDraft<PenaltyDraft>(`penalty/${id}`, emptyDraft);
  if (!draft.ready) return null;
  if (!task) return <p className={classes['text']}>{words.work.over}</p>;
  return <Penalty incident={task.incident} draft={draft.value} change={draft.change} clear={draft.clear} />;
}

/** Orders to correct on an incident; the second step of a two-step matter hangs on the last. */
function useOrders(incidentId: number): readonly CorrectionOrder[] {
  const [orders, setOrders] = useState<readonly CorrectionOrder[]>([]);
  useEffect(() => {
    let current = true;
    const name = `orders/${incidentId}`;
    const show = (next: readonly CorrectionOrder[] | undefined) => {
      if (current && next) setOrders(next);
    };
    void kept<readonly CorrectionOrder[]>(name).then(show);
    call('readFieldFile', { params: { incidentId: incidentId as never } }).then(
      (read) => {
        show(read.orders);
        void keep(name, read.orders);
      },
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [incidentId]);
  return orders;
}

const photosNeeded = 2;

function Penalty(props: {
  readonly incident: IncidentView;
  readonly draft: PenaltyDraft;
  readonly change: (some: Partial<PenaltyDraft>) => void;
  readonly clear: () => Promise<void>;
}) {
  const words = useWords().officer;
  const own = words.papers.penalty;
  const { incident, draft, change } = props;
  const me = useDesk((desk) => desk.me);
  const matters = useDesk((desk) => desk.matters);
  const settings = useDesk((desk) => desk.settings);
  const photos = useDesk((desk) => desk.photos).filter(
    (photo) => photo.incidentId === incident.id && photo.originalId !== null && photo.refused === null,
  );
  const orders = useOrders(incident.id);
  const { self, partners } = useCrew();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const openedAtMs = useRef(0);
  const toldAtMs = useRef(0);
  const personId = me?.personId ?? 0;
  const code = draft.matterCode ?? incident.matterCode;
  const matter = matters.find((one) => one.code === code);
  const partner = partners.find((one) => one.personId === draft.partnerId);
  const step = steps[Math.min(draft.step, steps.length - 1)]!;
  useEffect(() => {
    void ensureNumbers(personId);
  }, [personId]);
  useEffect(() => {
    if (draft.startedAtMs === null) change({ startedAtMs: serverNowMs() });
    // oxlint-disable-next-line react/exhaustive-deps -- the clock starts once
  }, []);
  useEffect(() => {
    document.getElementById('main')?.scrollTo(0, 0);
    setProblem(null);
  }, [draft.step]);
  if (!matter && draft.step > 0) return <p className={classes['text']}>{words.matterNone}</p>;
  const judged =
    matter &&
    judgeOnPhone({
      draft,
      matter,
      incident,
      orders,
      crew: [self, partner ?? partners.find(({ licensed }) => licensed)].flatMap((one) => one ?? []),
      atMs: serverNowMs(),
      early: step.name !== 'amount',
    });
  // the template puts time and place before it: "于…在…实施了{facts}的行为"
  const factsText = draft.facts ?? matter?.nameZh ?? '';
  const next = async () => {
    setBusy(true);
    try {
      setProblem(await leave());
    } finally {
      setBusy(false);
    }
  };
  const forward = (some: Partial<PenaltyDraft> = {}) => {
    change({ step: draft.step + 1, ...some });
    return null;
  };
  /** What is missing on this step; null when the next one is there. */
  async function leave(): Promise<string | null> {
    switch (step.name) {
      case 'matter':
        return matter ? forward({ matterCode: matter.code }) : own.missing.matter;
      case 'party':
        if (draft.party.name.trim() === '') return own.missing.name;
        return forward();
      case 'photos':
        return photos.length < photosNeeded
          ? own.missing.photos({ count: photosNeeded - photos.length })
          : forward();
      case 'facts':
        return factsText.trim() === '' ? own.missing.facts : forward({ facts: factsText.trim() });
      case 'amount':
        if (draft.proposal === null) return own.missing.amount;
        if (!judged?.ok) return own.notAllowed;
        if (!partner) return own.missing.partner;
        openedAtMs.current = serverNowMs();
        toldAtMs.current = serverNowMs();
        return forward();
      case 'rights': {
        if (!draft.licenceShown || !draft.rightsTold) return own.missing.rights;
        if (draft.statement === null) return own.missing.statement;
        if (draft.statement === 'heard' && draft.statementText.trim() === '')
          return own.missing.statementText;
        if (!handOf(draft.statementHand)) return own.missing.hand;
        const heardAtMs = serverNowMs();
        const fileKey = await tellAndHear(
          incident,
          draft,
          {
            openedAtMs: openedAtMs.current || heardAtMs,
            toldAtMs: toldAtMs.current || heardAtMs,
            heardAtMs,
          },
          [],
        );
        return forward({ fileKey });
      }
      case 'signing': {
        if (draft.ownImage === null || draft.partnerImage === null) return own.missing.officers;
        const number = draft.number ?? (await takeNumber(personId, 'onspot_decision'));
        if (!number) return own.missing.number;
        const decidedAtMs = serverNowMs();
        const signed = { ...draft, number, decidedAtMs };
        await decide(incident, signed, personId, decidedAtMs);
        return forward({ number, decidedAtMs });
      }
      case 'delivery': {
        if (!handOf(draft.receipt)) return own.missing.hand;
        const servedAtMs = serverNowMs();
        await serve(incident, draft, servedAtMs);
        change({ step: steps.length, endedAtMs: servedAtMs });
        return null;
      }
    }
  }
  if (draft.step >= steps.length)
    return (
      <Served incident={incident} draft={draft} clear={props.clear}>
        {matter && <DecisionPrint draft={draft} incident={incident} matter={matter} />}
      </Served>
    );
  return (
    <>
      <TimeBudget step={draft.step} startedAtMs={draft.startedAtMs} endedAtMs={draft.endedAtMs} />
      <h1 className={classes['title']}>{own.steps[step.name]}</h1>
      {step.name === 'matter' && (
        <MatterStep
          chosen={code}
          own={incident.matterCode}
          onChoose={(matterCode) => change({ matterCode, proposal: null })}
        />
      )}
      {step.name === 'party' && <PartyStep draft={draft} change={change} />}
      {step.name === 'photos' && (
        <EvidencePanel incidentId={incident.id} matterCode={code} only={['far', 'near', 'reference']} />
      )}
      {step.name === 'facts' && (
        <Textarea
          label={own.facts}
          value={factsText}
          autosize
          minRows={4}
          maxLength={2000}
          onChange={(event) => change({ facts: event.currentTarget.value })}
        />
      )}
      {step.name === 'amount' && matter && (
        <AmountStep draft={draft} change={change} matter={matter} correction={correctionOf(orders)} />
      )}
      {step.name === 'rights' && (
        <RightsStep
          draft={draft}
          change={change}
          told={own.toldText({
            party: draft.party.name,
            instant: formatInstant(Date.parse(incident.reportedAt)).slice(0, 16),
            place: incident.address,
            facts: factsText,
            basis: matter?.basis ?? '',
            decision:
              draft.proposal?.kind === 'fine'
                ? words.papers.amount.yuan({ yuan: draft.proposal.amountYuan })
                : words.papers.amount.warning,
          })}
        />
      )}
      {step.name === 'signing' && matter && (
        <>
          <DecisionPrint draft={draft} incident={incident} matter={matter} />
          <SignaturePad
            label={own.ownHand({ name: self?.displayName ?? '' })}
            value={draft.ownImage}
            onChange={(ownImage) => change({ ownImage })}
          />
          <SignaturePad
            label={own.partnerHand({ name: partner?.displayName ?? '' })}
            value={draft.partnerImage}
            onChange={(partnerImage) => change({ partnerImage })}
          />
        </>
      )}
      {step.name === 'delivery' && matter && (
        <>
          <DecisionPrint draft={draft} incident={incident} matter={matter} />
          <Button variant="default" style={{ minHeight: 56 }} onClick={() => print()}>
            {words.papers.print}
          </Button>
          <PartyHandField
            label={own.receiptHand}
            hand={draft.receipt}
            onChange={(receipt) => change({ receipt })}
          />
        </>
      )}
      {draft.step <= 4 && judged && !judged.ok && (
        <Refused refusal={judged.refusal} incidentId={incident.id} final={step.name === 'amount'} />
      )}
      {settings === null && <p className={classes['note']}>{own.settingsMissing}</p>}
      {problem !== null && (
        <p className={classes['text']} role="alert">
          {problem}
        </p>
      )}
      {draft.step > 0 && draft.step <= 5 && (
        <Button variant="default" style={{ minHeight: 52 }} onClick={() => change({ step: draft.step - 1 })}>
          {own.before}
        </Button>
      )}
      <Primary
        onClick={() => void next()}
        busy={busy}
        disabled={step.name === 'amount' && judged?.ok !== true}
      >
        {own.primary[step.name]}
      </Primary>
    </>
  );
}

/** The paper is handed over: time used, print, and the PDF as soon as the server has made it. */
function Served(props: {
  readonly incident: IncidentView;
  readonly draft: PenaltyDraft;
  readonly clear: () => Promise<void>;
  readonly children: React.ReactNode;
}) {
  const words = useWords().officer.papers;
  const { draft, incident } = props;
  const files = useFiles(incident.id);
  const paper = files
    .flatMap((file) => file.papers)
    .find(({ number }) => number !== null && number === draft.number?.number);
  const waiting = useDesk((desk) => desk.acts.filter((act) => act.lane === `incident/${incident.id}`).length);
  return (
    <>
      <TimeBudget step={steps.length - 1} startedAtMs={draft.startedAtMs} endedAtMs={draft.endedAtMs} />
      <h1 className={classes['title']}>{words.penalty.served({ number: draft.number?.number ?? '' })}</h1>
      {waiting > 0 && <p className={classes['note']}>{words.penalty.waiting({ acts: waiting })}</p>}
      {paper && (
        <a className={classes['choice']} href={`/papers/${paper.id}.pdf`} target="_blank" rel="noreferrer">
          {words.pdf({ number: paper.number ?? '' })}
        </a>
      )}
      {props.children}
      <Button variant="default" style={{ minHeight: 56 }} onClick={() => print()}>
        {words.print}
      </Button>
      <Primary
        onClick={() => {
          void props.clear();
          go('work', incident.id);
        }}
      >
        {words.back}
      </Primary>
    </>
  );
}
