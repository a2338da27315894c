import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { AssignmentView } from '../../../shared/contract/assignments.ts';
import { useWords } from '../../words/use-words.ts';
import { waitingPhotos } from '../desk/capture.ts';
import { laneOf } from '../desk/fold.ts';
import { serverNow } from '../desk/clock.ts';
import { tap } from '../desk/outbox.ts';
import classes from '../shell/phone.module.css';
import { Primary } from '../shell/primary.tsx';
import { go } from '../shell/route.ts';
import { EvidencePanel } from '../task/evidence-panel.tsx';

/** A task to look again at an order; once it was not obeyed the same team handles on as the lead. */
export const reinspects = ({ kind, isLead }: AssignmentView): boolean => kind === 'correct' && !isLead;

/** Looking again at an order: put right, or not. */
export function Reinspect({
  incidentId,
  matterCode,
}: {
  readonly incidentId: number;
  readonly matterCode: string | null;
}) {
  const words = useWords().officer.papers.order;
  const [text, setText] = useState('');
  const lane = laneOf(incidentId);
  const params = { incidentId };
  const fail = (outcome: 'refused' | 'expired') => {
    void tap({
      name: 'failCorrection',
      lane,
      params,
      body: { outcome, text: text.trim(), doneAt: serverNow() },
    });
    go('task');
  };
  return (
    <>
      <h1 className={classes['title']}>{words.again}</h1>
      <EvidencePanel incidentId={incidentId} matterCode={matterCode} only={['before', 'after']} />
      <Textarea
        label={words.remarks}
        value={text}
        autosize
        minRows={2}
        maxLength={500}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button variant="default" style={{ minHeight: 56 }} onClick={() => fail('expired')}>
        {words.expired}
      </Button>
      <Button variant="default" style={{ minHeight: 56 }} onClick={() => fail('refused')}>
        {words.refused}
      </Button>
      <Primary
        onClick={() => {
          void tap({
            name: 'confirmCorrection',
            lane,
            params,
            body: { liability: 'order_only', text: text.trim(), doneAt: serverNow() },
            needs: waitingPhotos(incidentId),
          });
          go('task');
        }}
      >
        {words.corrected}
      </Primary>
    </>
  );
}
