import { useEffect, useRef, useState } from 'react';
import { useServerNow } from '../../live/now.ts';
import { formatClock, formatMetres } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import { serverNow } from '../desk/clock.ts';
import { useDesk } from '../desk/desk.ts';
import { laneOf, type FoldedTask } from '../desk/fold.ts';
import { tap } from '../desk/outbox.ts';
import { sendFixes, useWhere } from '../desk/where.ts';
import classes from '../shell/phone.module.css';
import { Primary } from '../shell/primary.tsx';
import { go } from '../shell/route.ts';
import { nearness } from './arrival.ts';
import { ArriveSheet } from './arrive-sheet.tsx';
import { Asked } from './asked.tsx';
import { CheckIn } from './check-in.tsx';
import { Deadline } from './deadline.tsx';
import { useMatterName } from './matter-name.ts';
import { mayStep, stepOf } from './next-step.ts';
import { Question } from './question.tsx';
import { ScenePhoto } from './scene-photo.tsx';
import { TaskActs } from './task-acts.tsx';

/** The task in hand: what, where, by when, and the one act that comes next. */
export function TaskCard({ task }: { readonly task: FoldedTask }) {
  const words = useWords();
  const name = useMatterName();
  const { assignment, incident, waiting } = task;
  const role = useDesk((desk) => desk.me?.role ?? 'public');
  const radius = useDesk((desk) => desk.phone?.arrivalMetres ?? 80);
  const where = useWhere();
  const nowMs = useServerNow();
  const near = nearness(incident.point, where, radius, nowMs);
  const insideAt = useFirstInside(assignment.state === 'en_route' && near?.inside === true);
  const [asking, setAsking] = useState(false);
  const seen = useDesk((desk) =>
    desk.phone?.arrivals.find(({ assignmentId }) => assignmentId === assignment.id),
  );
  const own = stepOf(assignment.state);
  // a phone at the scene says more than the step that was not tapped on the way
  const step = own === 'depart' && seen ? 'arrive' : own;
  const arrive = async (reason: string, doneAt: string | null) => {
    setAsking(false);
    // the place goes first, so that the server can see the arrival itself
    if (useDesk.getState().online && (await Promise.race([sendFixes(), pause(1500)]))) await pause(writtenMs);
    const lane = laneOf(incident.id);
    const params = { assignmentId: assignment.id };
    if (own === 'depart')
      await tap({ name: 'departAssignment', lane, params, body: { doneAt: doneAt ?? serverNow() } });
    await tap({
      name: 'arriveAssignment',
      lane,
      params,
      body: { reason, doneAt: doneAt ?? serverNow() },
    });
  };
  const act = () => {
    const lane = laneOf(incident.id);
    const params = { assignmentId: assignment.id };
    if (step === 'accept') void tap({ name: 'acceptAssignment', lane, params });
    if (step === 'depart')
      void tap({ name: 'departAssignment', lane, params, body: { doneAt: serverNow() } });
    if (step === 'work') go('work', incident.id);
    if (step !== 'arrive') return;
    if (near?.inside)
      void arrive(
        words.officer.arrive.byPlace({
          metres: Math.round(near.metres),
          accuracy: Math.round(near.accuracyMetres),
        }),
        insideAt,
      );
    else if (seen)
      void arrive(
        words.officer.arrive.byTracker({ clock: formatClock(Date.parse(seen.seenAt)).slice(0, 5) }),
        seen.seenAt,
      );
    else setAsking(true);
  };
  return (
    <>
      {assignment.state === 'en_route' && near?.inside && (
        <p className={classes['strip']} role="status">
          {words.officer.arrive.suggested({
            metres: Math.round(near.metres),
            accuracy: Math.round(near.accuracyMetres),
            clock: formatClock(insideAt ? Date.parse(insideAt) : nowMs).slice(0, 5),
          })}
        </p>
      )}
      {step === 'arrive' && seen && !near?.inside && (
        <p className={classes['strip']} role="status">
          {words.officer.arrive.seen({
            clock: formatClock(Date.parse(seen.seenAt)).slice(0, 5),
            metres: seen.metres,
          })}
        </p>
      )}
      {(assignment.state === 'accepted' || assignment.state === 'en_route') && <Question task={task} />}
      <article
        className={classes['card']}
        data-loud={incident.priority === 1}
        aria-label={String(incident.id)}
      >
        <div className={classes['row']}>
          <span className={classes['priority']} data-level={incident.priority}>
            P{incident.priority}
          </span>
          <span className={classes['state']}>{words.codes.assignmentState[assignment.state]}</span>
          <span className={classes['note']}>{words.codes.taskKind[assignment.kind]}</span>
          {waiting.length > 0 && (
            <span className={`${classes['state']} ${classes['waiting']}`}>
              {words.officer.waiting({ acts: waiting.length })}
            </span>
          )}
        </div>
        <h1 className={classes['title']}>{name(incident.matterCode)}</h1>
        {assignment.supervisor && (
          <p className={classes['note']}>{words.officer.supervisor(assignment.supervisor)}</p>
        )}
        <Deadline incident={incident} />
        <p className={classes['subtitle']}>{incident.address || words.officer.addressNone}</p>
        <p className={classes['note']}>
          {[
            words.officer.number({ id: incident.id }),
            near && words.officer.distance({ metres: formatMetres(near.metres) }),
            incident.cellCode && words.officer.cell({ code: incident.cellCode }),
            words.codes.source[incident.source],
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {incident.text !== '' && <p className={classes['text']}>{incident.text}</p>}
        <Asked incidentId={incident.id} />
        <ScenePhoto incidentId={incident.id} />
      </article>
      {assignment.state === 'on_scene' && <CheckIn assignmentId={assignment.id} lane={laneOf(incident.id)} />}
      <TaskActs task={task} />
      {step && (
        <Primary onClick={act} disabled={own !== null && own !== 'work' && !mayStep(assignment, own, role)}>
          {words.officer.steps[step]}
        </Primary>
      )}
      <ArriveSheet
        opened={asking}
        onClose={() => setAsking(false)}
        near={near}
        radius={radius}
        onArrive={(reason) => void arrive(reason, null)}
      />
    </>
  );
}

/** The server has a fix on its disk this long after it took it. */
const writtenMs = 400;

const pause = (ms: number) => new Promise<number>((done) => setTimeout(() => done(0), ms));

/** When the phone first stood at the scene: that is the arrival, not the tap. */
function useFirstInside(inside: boolean): string | null {
  const first = useRef<string | null>(null);
  const [at, setAt] = useState<string | null>(null);
  useEffect(() => {
    if (inside && first.current === null) {
      first.current = serverNow();
      setAt(first.current);
    }
  }, [inside]);
  return at;
}
