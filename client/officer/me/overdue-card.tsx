import { Button } from '@mantine/core';
import { useState } from 'react';
import type { MyDay } from '../../../shared/contract/phone.ts';
import { formatInstant } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import { useDesk } from '../desk/desk.ts';
import { laneOf } from '../desk/fold.ts';
import { tap } from '../desk/outbox.ts';
import classes from '../shell/phone.module.css';
import { useMatterName } from '../task/matter-name.ts';
import { SayingSheet } from '../task/saying-sheet.tsx';

type Late = MyDay['overdue'][number];

const minuteOf = (instant: string): string => formatInstant(Date.parse(instant)).slice(5, 16);

/** Closed incidents that the own team handled late, and the one appeal that its leader has against each mark. */
export function OverdueCard({ overdue }: { readonly overdue: readonly Late[] }) {
  const words = useWords().officer;
  const own = words.overdue;
  const name = useMatterName();
  const leads = useDesk((desk) => desk.me?.role === 'leader');
  const acts = useDesk((desk) => desk.acts);
  const [asked, setAsked] = useState<number | null>(null);
  if (overdue.length === 0) return null;
  const sent = new Set(acts.filter((act) => act.name === 'submitAppeal').map(({ lane }) => lane));
  return (
    <section className={classes['card']}>
      <h2 className={classes['subtitle']}>{own.title}</h2>
      <ul className={classes['list']}>
        {overdue.map((late) => (
          <li key={late.incidentId} className={classes['text']}>
            {own.line({
              id: late.incidentId,
              matter: name(late.matterCode),
              due: minuteOf(late.deadlineAt),
              done: minuteOf(late.handledAt),
            })}
            {late.appeal ? (
              <p className={classes['note']}>
                {late.appeal.result === null
                  ? own.waiting({ clock: minuteOf(late.appeal.answerBy) })
                  : own.results[late.appeal.result]}
              </p>
            ) : (
              leads && (
                <Button
                  variant="default"
                  style={{ minHeight: 48 }}
                  disabled={sent.has(laneOf(late.incidentId))}
                  onClick={() => setAsked(late.incidentId)}
                >
                  {own.appeal}
                </Button>
              )
            )}
          </li>
        ))}
      </ul>
      {!leads && <p className={classes['note']}>{own.leaderOnly}</p>}
      <SayingSheet
        title={own.appeal}
        note={own.note}
        opened={asked !== null}
        onClose={() => setAsked(null)}
        onSay={(text) => {
          void tap({
            name: 'submitAppeal',
            lane: laneOf(asked!),
            params: { incidentId: asked! },
            body: { text },
          });
          setAsked(null);
        }}
      />
    </section>
  );
}
