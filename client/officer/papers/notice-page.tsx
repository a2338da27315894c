import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { dayOf, startOfDay } from '../../../shared/rules/calendar.ts';
import { formatInstant } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import { serverNowMs } from '../desk/clock.ts';
import { useDesk } from '../desk/desk.ts';
import { foldTasks, laneOf } from '../desk/fold.ts';
import { takeNumber, type FreeNumber } from '../desk/numbers.ts';
import { tap } from '../desk/outbox.ts';
import { useDraft } from '../desk/use-draft.ts';
import classes from '../shell/phone.module.css';
import { Primary } from '../shell/primary.tsx';
import { go } from '../shell/route.ts';
import { SelectField } from '../shell/select-field.tsx';
import { EvidencePanel } from '../task/evidence-panel.tsx';
import { useMatterName } from '../task/matter-name.ts';
import { NoticePrint } from './notice-print.tsx';
import { PartnerChoice } from './partner-choice.tsx';
import { PlateKeys } from './plate-keys.tsx';

const colours = ['blue', 'green', 'yellow', 'white', 'black'] as const;
/** Photos of the car, its plate and its place that a notice needs. */
const photosNeeded = 3;

/** Days until the party should come, and the hour (assumed; the organ's template says where). */
const daysToCome = 7;
const hourToCome = 17;

interface Draft {
  readonly plate: string;
  readonly colour: (typeof colours)[number];
  readonly vehicle: string;
  readonly place: string | null;
  readonly partnerId: number | null;
  readonly number: FreeNumber | null;
  readonly postedAtMs: number | null;
}

/** 《协助调查通知书》: the paper on the windscreen, with photos, a number of this phone and the QR of its public page. */
export function NoticePage({ id }: { readonly id: string }) {
  const words = useWords();
  const own = words.officer.papers.notice;
  const name = useMatterName();
  const phone = useDesk((desk) => desk.phone);
  const personId = useDesk((desk) => desk.me?.personId ?? 0);
  const task = foldTasks(phone?.tasks ?? [], []).find(({ incident }) => String(incident.id) === id);
  const photos = useDesk((desk) => desk.photos).filter(
    (photo) => photo.incidentId === Number(id) && photo.originalId !== null && photo.refused === null,
  );
  const draft = useDraft<Draft>(`notice/${id}`, {
    plate: '浙B',
    colour: 'blue',
    vehicle: '',
    place: null,
    partnerId: null,
    number: null,
    postedAtMs: null,
  });
  const [asked, setAsked] = useState(false);
  const [numberless, setNumberless] = useState(false);
  if (!task || !draft.ready) return <p className={classes['text']}>{words.officer.work.over}</p>;
  const { incident } = task;
  const { plate, colour, vehicle, place, partnerId, number, postedAtMs } = draft.value;
  const dueAtMs = (from: number) => startOfDay(dayOf(from) + daysToCome) + hourToCome * 3_600_000;
  const where = place ?? incident.address;
  const whatIsMissing = (): string | null => {
    if (plate.length < 7) return own.plateMissing;
    if (photos.length < photosNeeded) return own.photosMissing({ count: photosNeeded - photos.length });
    return where.trim() === '' ? own.placeMissing : null;
  };
  const missing = whatIsMissing();
  const problem = missing ?? (numberless ? own.numbersGone : null);
  const post = async () => {
    setAsked(true);
    if (missing !== null) return;
    const taken = number ?? (await takeNumber(personId, 'inquiry_notice'));
    setNumberless(!taken);
    if (!taken && !useDesk.getState().online) return;
    const nowMs = serverNowMs() - 1000;
    const keys = photos.map(({ key }) => key).slice(0, 12);
    draft.change({ number: taken, postedAtMs: nowMs });
    await tap({
      name: 'openFile',
      lane: laneOf(incident.id),
      params: { incidentId: incident.id },
      body: {
        open: 'notice',
        partnerId: partnerId as never,
        plate,
        plateColour: colour,
        vehicle: vehicle.trim(),
        photoIds: keys,
        place: where.trim(),
        ...(taken && { number: taken.number }),
        dueAt: new Date(dueAtMs(nowMs)).toISOString(),
        doneAt: new Date(nowMs).toISOString(),
      },
      needs: keys,
    });
  };
  if (postedAtMs !== null)
    return (
      <>
        <h1 className={classes['title']}>{own.posted}</h1>
        <NoticePrint
          incident={incident}
          matter={name(incident.matterCode)}
          plate={plate}
          place={where}
          number={number}
          foundAtMs={postedAtMs}
          dueAtMs={dueAtMs(postedAtMs)}
        />
        <Button variant="default" style={{ minHeight: 56 }} onClick={() => print()}>
          {words.officer.papers.print}
        </Button>
        <EvidencePanel incidentId={incident.id} matterCode={incident.matterCode} only={['after']} />
        <Primary onClick={() => go('work', incident.id)}>{words.officer.papers.back}</Primary>
      </>
    );
  return (
    <>
      <h1 className={classes['title']}>{own.title}</h1>
      <p className={classes['note']}>{own.note}</p>
      <PlateKeys value={plate} onChange={(next) => draft.change({ plate: next })} />
      <SelectField
        label={own.colour}
        value={colour}
        choices={colours.map((value) => ({ value, label: own.colours[value] }))}
        onChange={(next) => draft.change({ colour: next })}
      />
      <TextInput
        label={own.vehicle}
        value={vehicle}
        maxLength={40}
        onChange={(event) => draft.change({ vehicle: event.currentTarget.value })}
      />
      <TextInput
        label={own.place}
        value={where}
        maxLength={200}
        onChange={(event) => draft.change({ place: event.currentTarget.value })}
      />
      <EvidencePanel
        incidentId={incident.id}
        matterCode={incident.matterCode}
        only={['far', 'near', 'reference']}
      />
      <PartnerChoice partnerId={partnerId} onChange={(next) => draft.change({ partnerId: next })} />
      <p className={classes['note']}>
        {own.due({ instant: formatInstant(dueAtMs(serverNowMs())).slice(0, 16) })}
      </p>
      {asked && problem !== null && (
        <p className={classes['text']} role="alert">
          {problem}
        </p>
      )}
      <Primary onClick={() => void post()}>{own.post}</Primary>
    </>
  );
}
