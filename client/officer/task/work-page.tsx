import { Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Liability } from '../../../shared/contract/incidents.ts';
import { useWords } from '../../words/use-words.ts';
import { serverNow } from '../desk/clock.ts';
import { waitingPhotos } from '../desk/capture.ts';
import { useDesk } from '../desk/desk.ts';
import { foldTasks, laneOf, type FoldedTask } from '../desk/fold.ts';
import { tap } from '../desk/outbox.ts';
import { useDraft } from '../desk/use-draft.ts';
import classes from '../shell/phone.module.css';
import { Primary } from '../shell/primary.tsx';
import { go } from '../shell/route.ts';
import { PaperTiles } from '../papers/paper-tiles.tsx';
import { Reinspect, reinspects } from '../papers/reinspect.tsx';
import { CheckPanel, VerifyPanel } from './answer-panels.tsx';
import { Asked } from './asked.tsx';
import { EvidencePanel } from './evidence-panel.tsx';
import { useMatterName } from './matter-name.ts';

/** 处置: photos, papers, and what came of it. Its primary act hands the incident back as handled. */
export function WorkPage({ id }: { readonly id: string }) {
  const words = useWords().officer;
  const phone = useDesk((desk) => desk.phone);
  const acts = useDesk((desk) => desk.acts);
  const task = foldTasks(phone?.tasks ?? [], acts).find(({ incident }) => String(incident.id) === id);
  if (!task || task.assignment.state !== 'on_scene')
    return (
      <>
        <p className={classes['text']}>{words.work.over}</p>
        <Primary onClick={() => go('task')}>{words.nav.task}</Primary>
      </>
    );
  return <Work task={task} />;
}

/** Dispositions that one tap says; the room reads them in Chinese whatever the officer's screen speaks. */
const liabilities: readonly Liability[] = ['education', 'order_only', 'notice', 'simple', 'ordinary', 'none'];

function Work({ task }: { readonly task: FoldedTask }) {
  const words = useWords();
  const own = words.officer.work;
  const name = useMatterName();
  const { assignment, incident } = task;
  const settings = useDesk((desk) => desk.settings);
  const draft = useDraft<{ disposition: string; liability: Liability | null }>(`work/${assignment.id}`, {
    disposition: '',
    liability: null,
  });
  const [missing, setMissing] = useState(false);
  const { disposition, liability } = draft.value;
  const done = async () => {
    if (disposition.trim() === '' || liability === null) return setMissing(true);
    // where the town demands the checklist, the photos go before the word that all is done
    const needs = settings?.evidenceForHandling ? waitingPhotos(incident.id) : [];
    await tap({
      name: 'handleAssignment',
      lane: laneOf(incident.id),
      params: { assignmentId: assignment.id },
      body: { disposition: disposition.trim(), liability, doneAt: serverNow() },
      needs,
    });
    await draft.clear();
    go('task');
  };
  if (reinspects(assignment)) return <Reinspect incidentId={incident.id} matterCode={incident.matterCode} />;
  // to look is a task of its own: it ends with what was seen, nothing is handled; whoever fills a line handles
  if (assignment.line === null && (assignment.kind === 'verify' || assignment.kind === 'check'))
    return (
      <>
        <h1 className={classes['title']}>{name(incident.matterCode)}</h1>
        <p className={classes['note']}>{incident.address || words.officer.addressNone}</p>
        <EvidencePanel
          incidentId={incident.id}
          matterCode={incident.matterCode}
          only={assignment.kind === 'verify' ? ['far', 'near', 'before'] : ['far', 'near', 'after']}
        />
        {assignment.kind === 'verify' ? (
          <VerifyPanel incident={incident} />
        ) : (
          <CheckPanel incident={incident} />
        )}
      </>
    );
  return (
    <>
      <h1 className={classes['title']}>{name(incident.matterCode)}</h1>
      <p className={classes['note']}>{incident.address || words.officer.addressNone}</p>
      <Asked incidentId={incident.id} />
      <EvidencePanel incidentId={incident.id} matterCode={incident.matterCode} />
      <PaperTiles incident={incident} />
      <section className={classes['card']}>
        <h2 className={classes['subtitle']}>{own.result}</h2>
        <div className={classes['grid']}>
          {own.usual.map((sentence) => (
            <button
              key={sentence}
              type="button"
              className={classes['tile']}
              onClick={() => draft.change({ disposition: sentence })}
            >
              {sentence}
            </button>
          ))}
        </div>
        <Textarea
          label={own.disposition}
          value={disposition}
          onChange={(event) => draft.change({ disposition: event.currentTarget.value })}
          error={missing && disposition.trim() === '' ? own.dispositionMissing : null}
          autosize
          minRows={2}
          maxLength={500}
        />
        <h3 className={classes['subtitle']} id="liability">
          {own.liability}
        </h3>
        <div className={classes['grid']} role="group" aria-labelledby="liability">
          {liabilities.map((each) => (
            <button
              key={each}
              type="button"
              className={classes['choice']}
              aria-pressed={liability === each}
              onClick={() => draft.change({ liability: each })}
            >
              {words.codes.liability[each]}
            </button>
          ))}
        </div>
        {missing && liability === null && (
          <p className={classes['text']} role="alert">
            {own.liabilityMissing}
          </p>
        )}
      </section>
      <Primary onClick={() => void done()}>{words.officer.steps.done}</Primary>
    </>
  );
}
