import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useServerNow } from '../../live/now.ts';
import { formatTimer } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import { useDesk } from '../desk/desk.ts';
import { tap } from '../desk/outbox.ts';
import { callOfficer } from '../shell/alert-tone.ts';
import classes from '../shell/phone.module.css';

/** On a scene the officer is asked every ten minutes; two prompts without an answer call the room. */
export function CheckIn({ assignmentId, lane }: { readonly assignmentId: number; readonly lane: string }) {
  const words = useWords().officer.checkIn;
  const nowMs = useServerNow();
  const due = useDesk((desk) => desk.phone?.checkIns.find((one) => one.assignmentId === assignmentId));
  const said = useDesk((desk) => desk.acts.some((act) => act.name === 'checkIn' && act.lane === lane));
  const leftMs = due ? Date.parse(due.dueAt) - nowMs : Infinity;
  const asks = leftMs <= 0 && !said;
  useEffect(() => (asks ? callOfficer() : undefined), [asks]);
  if (!due) return null;
  return (
    <section className={classes['card']} data-loud={asks} role={asks ? 'alert' : undefined}>
      <div className={classes['spread']}>
        <span className={classes['text']}>
          {asks ? words.asks : words.next({ timer: formatTimer(leftMs / 1000) })}
        </span>
        <Button
          variant={asks ? 'filled' : 'default'}
          style={{ minHeight: 52, flex: 'none' }}
          onClick={() => void tap({ name: 'checkIn', lane, params: { assignmentId } })}
        >
          {words.button}
        </Button>
      </div>
      {due.missed > 0 && <p className={classes['note']}>{words.missed({ count: due.missed })}</p>}
    </section>
  );
}
