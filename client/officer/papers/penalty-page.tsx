import { Button, Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { CorrectionOrder } from '../../../shared/contract/enforcement.ts';
import type { IncidentView } from '../../../shared/contract/incidents.ts';
import { formatInstant } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import { serverNowMs } from '../desk/clock.ts';
import { readTables, useDesk } from '../desk/desk.ts';
import { foldTasks } from '../desk/fold.ts';
import { ensureNumbers } from '../desk/numbers.ts';
import { useDraft } from '../desk/use-draft.ts';
import { useServed } from '../desk/use-served.ts';
import classes from '../shell/phone.module.css';
import { Primary } from '../shell/primary.tsx';
import { EvidencePanel } from '../task/evidence-panel.tsx';
import { useCrew } from './crew.ts';
import { PartyHandField } from './party-hand.tsx';
import { AmountStep } from './penalty/amount-step.tsx';
import { useBenchmarks } from './penalty/benchmark.ts';
import { DecisionPrint } from './penalty/decision-print.tsx';
import { emptyDraft, steps, type PenaltyDraft } from './penalty/draft.ts';
import { correctionOf, judgeOnPhone } from './penalty/judge.ts';
import { leaving } from './penalty/leaving.ts';
import { MatterStep } from './penalty/matter-step.tsx';
import { PartyStep } from './penalty/party-step.tsx';
import { Refused } from './penalty/refused.tsx';
import { RightsStep } from './penalty/rights-step.tsx';
import { Served } from './penalty/served.tsx';
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
const useOrders = (incidentId: number): readonly CorrectionOrder[] =>
  useServed('readFieldFile', { incidentId })?.orders ?? [];

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
  const benchmarks = useBenchmarks(draft.matterCode ?? incident.matterCode ?? undefined, draft.party.kind);
  const { self, partners } = useCrew();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const personId = me?.personId ?? 0;
  const code = draft.matterCode ?? incident.matterCode;
  const matter = matters.find((one) => one.code === code);
  const partner = partners.find((one) => one.personId === draft.partnerId);
  const step = steps[Math.min(draft.step, steps.length - 1)]!;
  useEffect(() => {
    void ensureNumbers(personId);
    // a power may have been taken back since the phone was started
    void readTables();
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
      benchmarks,
      early: step.name !== 'amount',
    });
  // the template puts time and place before it: "于…在…实施了{facts}的行为"
  const factsText = draft.facts ?? matter?.nameZh ?? '';
  const next = async () => {
    setBusy(true);
    try {
      const { missing, ...some } = await leaving[step.name]({
        draft,
        incident,
        personId,
        matterCode: matter?.code ?? null,
        facts: factsText.trim(),
        photos: photos.length,
        allowed: judged?.ok === true,
        partner: partner !== undefined,
        words: own,
      });
      setProblem(missing ?? null);
      if (missing === undefined) change({ step: draft.step + 1, ...some });
    } finally {
      setBusy(false);
    }
  };
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
          onChoose={(matterCode) =>
            change({
              matterCode,
              proposal: null,
              circumstances: { ...draft.circumstances, level: null },
            })
          }
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
        <AmountStep
          draft={draft}
          change={change}
          matter={matter}
          correction={correctionOf(orders)}
          benchmarks={benchmarks}
        />
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
