import { Button, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../../words/use-words.ts';
import { serverNowMs } from '../desk/clock.ts';
import { useDesk } from '../desk/desk.ts';
import { foldTasks, laneOf } from '../desk/fold.ts';
import { takeNumber } from '../desk/numbers.ts';
import { tap } from '../desk/outbox.ts';
import { useDraft } from '../desk/use-draft.ts';
import classes from '../shell/phone.module.css';
import { Primary } from '../shell/primary.tsx';
import { go } from '../shell/route.ts';
import { SelectField } from '../shell/select-field.tsx';
import { useMatterName } from '../task/matter-name.ts';
import { PartnerChoice } from './partner-choice.tsx';
import { handOf, noHand, PartyHandField, type Hand } from './party-hand.tsx';
import { Reinspect, reinspects } from './reinspect.tsx';
import { SignaturePad } from './signature-pad.tsx';

const limits = [30, 120, 1440, 4320, 10_080] as const;

interface Draft {
  readonly partyName: string;
  readonly text: string;
  readonly minutes: number;
  readonly partnerId: number | null;
  readonly ownImage: string | null;
  readonly partnerImage: string | null;
  readonly hand: Hand;
}

const empty: Draft = {
  partyName: '',
  text: '',
  minutes: 1440,
  partnerId: null,
  ownImage: null,
  partnerImage: null,
  hand: noHand,
};

/** 责令改正: an order, signed by two officers and served; at its time the re-inspection comes by itself. */
export function OrderPage({ id }: { readonly id: string }) {
  const words = useWords().officer;
  const own = words.papers.order;
  const name = useMatterName();
  const phone = useDesk((desk) => desk.phone);
  const me = useDesk((desk) => desk.me);
  const task = foldTasks(phone?.tasks ?? [], []).find(({ incident }) => String(incident.id) === id);
  const matter = useDesk((desk) => desk.matters.find(({ code }) => code === task?.incident.matterCode));
  const draft = useDraft<Draft>(`order/${id}`, empty);
  const [asked, setAsked] = useState(false);
  if (!task || !me || !draft.ready) return <p className={classes['text']}>{words.work.over}</p>;
  const { incident, assignment } = task;
  const { partyName, text, minutes, partnerId, ownImage, partnerImage, hand } = draft.value;
  if (reinspects(assignment)) return <Reinspect incidentId={incident.id} matterCode={incident.matterCode} />;
  const party = handOf(hand);
  const whatIsMissing = (): string | null => {
    if (text.trim() === '') return own.textMissing;
    if (partnerId === null || partnerImage === null) return own.officersMissing;
    return party ? null : own.handMissing;
  };
  const problem = whatIsMissing();
  const serve = async () => {
    setAsked(true);
    if (problem !== null || partnerId === null || !party) return;
    const atMs = serverNowMs();
    const number = await takeNumber(me.personId, 'correction_order');
    await tap({
      name: 'orderCorrection',
      lane: laneOf(incident.id),
      params: { incidentId: incident.id },
      body: {
        text: text.trim(),
        basis: matter?.basis.slice(0, 200) ?? own.basisUnknown,
        doneAt: new Date(atMs).toISOString(),
        dueAt: new Date(atMs + minutes * 60_000).toISOString(),
        ...(partyName.trim() !== '' && { partyName: partyName.trim() }),
        signatures: [
          { personId: me.personId, image: ownImage },
          { personId: partnerId, image: partnerImage },
        ],
        party,
        served: true,
        ...(number && { number: number.number }),
      },
    });
    await draft.clear();
    go('task');
  };
  return (
    <>
      <h1 className={classes['title']}>{own.title}</h1>
      <p className={classes['note']}>{name(incident.matterCode)}</p>
      <TextInput
        label={own.party}
        value={partyName}
        maxLength={120}
        onChange={(event) => draft.change({ partyName: event.currentTarget.value })}
      />
      <Textarea
        label={own.text}
        value={text}
        autosize
        minRows={3}
        maxLength={2000}
        onChange={(event) => draft.change({ text: event.currentTarget.value })}
      />
      <Button
        variant="default"
        style={{ minHeight: 52 }}
        onClick={() =>
          draft.change({ text: own.usual({ matter: matter?.nameZh ?? '', place: incident.address }) })
        }
      >
        {own.fill}
      </Button>
      <SelectField
        label={own.limit}
        value={String(minutes)}
        choices={limits.map((each) => ({ value: String(each), label: own.limits({ hours: each / 60 }) }))}
        onChange={(next) => draft.change({ minutes: Number(next) })}
      />
      <PartnerChoice partnerId={partnerId} onChange={(next) => draft.change({ partnerId: next })} />
      <SignaturePad
        label={own.ownHand}
        value={ownImage}
        onChange={(image) => draft.change({ ownImage: image })}
      />
      <SignaturePad
        label={own.partnerHand}
        value={partnerImage}
        onChange={(image) => draft.change({ partnerImage: image })}
      />
      <PartyHandField label={own.partyHand} hand={hand} onChange={(next) => draft.change({ hand: next })} />
      {asked && problem !== null && (
        <p className={classes['text']} role="alert">
          {problem}
        </p>
      )}
      <Primary onClick={() => void serve()}>{own.serve}</Primary>
    </>
  );
}
