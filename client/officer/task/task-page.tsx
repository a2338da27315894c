import { useState } from 'react';
import { useWords } from '../../words/use-words.ts';
import { useDesk } from '../desk/desk.ts';
import { foldTasks, openTasks } from '../desk/fold.ts';
import { DutyCard } from '../me/duty-card.tsx';
import classes from '../shell/phone.module.css';
import { go } from '../shell/route.ts';
import { TaskCard } from './task-card.tsx';
import { useMatterName } from './matter-name.ts';
import { Reworks } from './reworks.tsx';

/** The task in hand; without one, what the team is waiting for. */
export function TaskPage() {
  const words = useWords().officer;
  const name = useMatterName();
  const phone = useDesk((desk) => desk.phone);
  const acts = useDesk((desk) => desk.acts);
  const [chosen, setChosen] = useState<number | null>(null);
  const folded = foldTasks(phone?.tasks ?? [], acts);
  const open = openTasks(folded).filter(({ assignment }) => assignment.state !== 'offered');
  const shown = open.find(({ assignment }) => assignment.id === chosen) ?? open[0];
  const done = folded.filter((task) => task.waiting.length > 0 && !open.includes(task));
  return (
    <>
      {!phone?.duty.on && <DutyCard />}
      <Reworks />
      {open.length > 1 && (
        <div className={classes['row']} role="group" aria-label={words.tasks}>
          {open.map((task) => (
            <button
              key={task.assignment.id}
              type="button"
              className={classes['choice']}
              aria-pressed={task === shown}
              onClick={() => setChosen(task.assignment.id)}
            >
              P{task.incident.priority} · {name(task.incident.matterCode)}
            </button>
          ))}
        </div>
      )}
      {shown && <TaskCard key={shown.assignment.id} task={shown} />}
      {!shown && phone?.duty.on && (
        <section className={classes['card']}>
          <h1 className={classes['title']}>{words.idle.title}</h1>
          <p className={classes['text']}>{words.idle.text}</p>
          <div className={classes['grid']}>
            <button type="button" className={classes['tile']} onClick={() => go('report')}>
              {words.nav.report}
            </button>
            <button type="button" className={classes['tile']} onClick={() => go('patrol')}>
              {words.nav.patrol}
            </button>
          </div>
        </section>
      )}
      {done.map((task) => (
        <section key={task.assignment.id} className={`${classes['card']} ${classes['waiting']}`}>
          <p className={classes['subtitle']}>{name(task.incident.matterCode)}</p>
          <p className={classes['note']}>{words.doneWaiting({ acts: task.waiting.length })}</p>
        </section>
      ))}
    </>
  );
}
