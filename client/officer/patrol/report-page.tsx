import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { usePreferences } from '../../ui/preferences.ts';
import { useWords } from '../../words/use-words.ts';
import { madeBy } from '../desk/act.ts';
import { waitingPhotos } from '../desk/capture.ts';
import { useDesk } from '../desk/desk.ts';
import { laneOf } from '../desk/fold.ts';
import { tap } from '../desk/outbox.ts';
import { useDraft } from '../desk/use-draft.ts';
import { useWhere } from '../desk/where.ts';
import classes from '../shell/phone.module.css';
import { Primary } from '../shell/primary.tsx';
import { EvidencePanel } from '../task/evidence-panel.tsx';
import { MatterStep } from '../papers/penalty/matter-step.tsx';

interface Draft {
  /** The key of the act that reports it: photos name the incident by it before it has a number. */
  readonly key: string;
  readonly matterCode: string | null;
  readonly address: string;
  readonly text: string;
  readonly settle: boolean;
  readonly disposition: string;
  readonly sent: boolean;
}

const fresh = (): Draft => ({
  key: crypto.randomUUID(),
  matterCode: null,
  address: '',
  text: '',
  settle: false,
  disposition: '',
  sent: false,
});

/** What an officer finds on patrol: matter, own place, words, photos; works without a network. */
export function ReportPage() {
  const words = useWords().officer;
  const own = words.patrol.report;
  const draft = useDraft<Draft>('report', useState(fresh)[0]);
  const online = useDesk((desk) => desk.online);
  const language = usePreferences((state) => state.language);
  const matter = useDesk((desk) => desk.matters.find(({ code }) => code === draft.value.matterCode));
  const where = useWhere();
  const [problem, setProblem] = useState<string | null>(null);
  const [choosing, setChoosing] = useState(false);
  if (!draft.ready) return null;
  const { key, matterCode, address, text, settle, disposition, sent } = draft.value;
  const incidentId = madeBy(key);
  const report = async () => {
    if (matterCode === null) return setProblem(own.matterNone);
    if (!where.point) return setProblem(own.placeMissing);
    setProblem(null);
    await tap({
      name: 'createIncident',
      key,
      lane: laneOf(incidentId),
      body: {
        matterCode,
        text: text.trim(),
        address: address.trim(),
        point: { lng: where.point.lng, lat: where.point.lat },
        crs: 'wgs84',
        source: 'patrol',
        file: !settle,
      },
    });
    if (settle) {
      await tap({
        name: 'settleIncident',
        lane: laneOf(incidentId),
        params: { incidentId },
        body: { disposition: disposition.trim() || own.settle, liability: 'education' },
        needs: waitingPhotos(incidentId),
      });
    }
    draft.change({ sent: true });
  };
  if (sent)
    return (
      <>
        <h1 className={classes['title']}>{settle ? own.settled : online ? own.sentOnline : own.sent}</h1>
        {!settle && (
          <EvidencePanel incidentId={incidentId} matterCode={matterCode} only={['far', 'near', 'before']} />
        )}
        <Primary onClick={() => void draft.clear().then(() => draft.change(fresh()))}>{own.another}</Primary>
      </>
    );
  return (
    <>
      <h1 className={classes['title']}>{own.title}</h1>
      {matter && !choosing ? (
        <button type="button" className={classes['choice']} onClick={() => setChoosing(true)}>
          {own.matter}: {language === 'en' ? matter.nameEn : matter.nameZh}
        </button>
      ) : (
        <MatterStep
          chosen={matterCode}
          own={null}
          onChoose={(code) => {
            draft.change({ matterCode: code });
            setChoosing(false);
          }}
        />
      )}
      <p className={classes['note']}>
        {own.where}:{' '}
        {where.point ? own.here({ accuracy: Math.round(where.accuracyMetres ?? 0) }) : own.placeMissing}
      </p>
      <TextInput
        label={own.address}
        value={address}
        maxLength={200}
        onChange={(event) => draft.change({ address: event.currentTarget.value })}
      />
      <Textarea
        label={own.text}
        value={text}
        autosize
        minRows={2}
        maxLength={2000}
        onChange={(event) => draft.change({ text: event.currentTarget.value })}
      />
      <EvidencePanel
        incidentId={incidentId}
        matterCode={matterCode}
        only={settle ? ['before', 'after'] : ['far', 'near', 'before']}
      />
      <button
        type="button"
        className={classes['choice']}
        aria-pressed={settle}
        onClick={() => draft.change({ settle: !settle })}
      >
        {own.settle}
      </button>
      {settle && (
        <>
          <p className={classes['note']}>{own.settleNote}</p>
          <TextInput
            label={own.disposition}
            value={disposition}
            maxLength={500}
            onChange={(event) => draft.change({ disposition: event.currentTarget.value })}
          />
        </>
      )}
      {problem !== null && (
        <p className={classes['text']} role="alert">
          {problem}
        </p>
      )}
      <Primary onClick={() => void report()}>{own.send}</Primary>
    </>
  );
}
