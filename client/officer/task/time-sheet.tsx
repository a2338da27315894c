import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../../words/use-words.ts';
import { laneOf } from '../desk/fold.ts';
import { tap } from '../desk/outbox.ts';
import classes from '../shell/phone.module.css';
import { Sheet } from '../shell/sheet.tsx';

const holds = [60, 240, 1440, 4320] as const;

/** 挂账 or 延期 is asked for; the room or the head decides. */
export function TimeSheet(props: {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly incidentId: number;
}) {
  const words = useWords().officer.time;
  const [reason, setReason] = useState('');
  const [minutes, setMinutes] = useState<number | null>(null);
  const send = () => {
    const said = reason.trim();
    void tap({
      name: 'requestTime',
      lane: laneOf(props.incidentId),
      params: { incidentId: props.incidentId },
      body: minutes === null ? { kind: 'extension', reason: said } : { kind: 'hold', reason: said, minutes },
    });
    setReason('');
    props.onClose();
  };
  return (
    <Sheet title={words.title} opened={props.opened} onClose={props.onClose}>
      <p className={classes['note']}>{words.note}</p>
      <div className={classes['grid']} role="group" aria-label={words.what}>
        <button
          type="button"
          className={classes['choice']}
          aria-pressed={minutes === null}
          onClick={() => setMinutes(null)}
        >
          {words.extension}
        </button>
        {holds.map((each) => (
          <button
            key={each}
            type="button"
            className={classes['choice']}
            aria-pressed={minutes === each}
            onClick={() => setMinutes(each)}
          >
            {words.hold({ hours: each / 60 })}
          </button>
        ))}
      </div>
      <Textarea
        label={words.reason}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        autosize
        minRows={2}
        maxLength={500}
      />
      <Button disabled={reason.trim() === ''} onClick={send}>
        {words.send}
      </Button>
    </Sheet>
  );
}
