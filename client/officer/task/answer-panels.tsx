import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { IncidentView } from '../../../shared/contract/incidents.ts';
import { useWords } from '../../words/use-words.ts';
import { laneOf } from '../desk/fold.ts';
import { tap } from '../desk/outbox.ts';
import { waitingPhotos } from '../desk/capture.ts';
import classes from '../shell/phone.module.css';
import { go } from '../shell/route.ts';

const results = ['exists', 'not_exists', 'unclear'] as const;

/** 核实: is it there? An empty place needs its photo. */
export function VerifyPanel({ incident }: { readonly incident: IncidentView }) {
  const words = useWords().officer.verify;
  const [text, setText] = useState('');
  const say = async (result: (typeof results)[number]) => {
    await tap({
      name: 'completeVerification',
      lane: laneOf(incident.id),
      params: { incidentId: incident.id },
      body: { result, text: text.trim() },
      needs: waitingPhotos(incident.id),
    });
    go('task');
  };
  return (
    <section className={classes['card']}>
      <h2 className={classes['subtitle']}>{words.title}</h2>
      <p className={classes['note']}>{words.note}</p>
      <Textarea
        label={words.text}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autosize
        minRows={2}
        maxLength={500}
      />
      {results.map((result) => (
        <button key={result} type="button" className={classes['choice']} onClick={() => void say(result)}>
          {words.results[result]}
        </button>
      ))}
    </section>
  );
}

/** 核查: was it handled? By somebody else than the handler. */
export function CheckPanel({ incident }: { readonly incident: IncidentView }) {
  const words = useWords().officer.check;
  const [text, setText] = useState('');
  const report = async (passed: boolean) => {
    await tap({
      name: 'reportCheck',
      lane: laneOf(incident.id),
      params: { incidentId: incident.id },
      body: { passed, text: text.trim() },
      needs: waitingPhotos(incident.id),
    });
    go('task');
  };
  return (
    <section className={classes['card']}>
      <h2 className={classes['subtitle']}>{words.title}</h2>
      <Textarea
        label={words.text}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autosize
        minRows={2}
        maxLength={500}
      />
      <Button variant="default" onClick={() => void report(true)}>
        {words.passed}
      </Button>
      <Button variant="default" onClick={() => void report(false)}>
        {words.failed}
      </Button>
    </section>
  );
}
