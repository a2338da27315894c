import { Button, Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { declineReasons, type DeclineReason } from '../../../shared/contract/dispatch-codes.ts';
import { distanceMetres } from '../../../shared/rules/distance.ts';
import { call } from '../../live/call.ts';
import { useServerNow } from '../../live/now.ts';
import { formatMetres } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import { laneOf, type FoldedTask } from '../desk/fold.ts';
import { useDesk } from '../desk/desk.ts';
import { tap } from '../desk/outbox.ts';
import { useWhere } from '../desk/where.ts';
import { SosButton } from '../me/sos-button.tsx';
import { SosStrips } from '../me/sos-strips.tsx';
import { callOfficer } from '../shell/alert-tone.ts';
import classes from '../shell/phone.module.css';
import { Sheet } from '../shell/sheet.tsx';
import { useMatterName } from './matter-name.ts';
import { mayStep } from './next-step.ts';
import { Ring } from './ring.tsx';
import { ScenePhoto } from './scene-photo.tsx';

/** A new task fills the screen and calls until it is answered or its time is over. */
export function OfferScreen({ task }: { readonly task: FoldedTask }) {
  const words = useWords();
  const { assignment, incident } = task;
  const nowMs = useServerNow();
  const name = useMatterName();
  const role = useDesk((desk) => desk.me?.role ?? 'public');
  const own = useWhere((where) => where.point);
  const [declining, setDeclining] = useState(false);
  const lane = laneOf(incident.id);
  const params = { assignmentId: assignment.id };
  const endsMs = assignment.answerBy === null ? null : Date.parse(assignment.answerBy);
  const over = endsMs !== null && nowMs >= endsMs;
  const may = mayStep(assignment, 'accept', role);
  useEffect(() => {
    void call('seeAssignment', { params: { assignmentId: assignment.id } }).catch(() => undefined);
  }, [assignment.id]);
  useEffect(() => (over ? undefined : callOfficer()), [over]);
  const minutes = assignment.etaSeconds === null ? null : Math.max(1, Math.round(assignment.etaSeconds / 60));
  return (
    <section className={classes['offer']} role="alertdialog" aria-labelledby="offer-title" aria-modal="true">
      <div className={classes['offerBody']}>
        <SosStrips />
        {endsMs !== null && <Ring startMs={Date.parse(assignment.offeredAt)} endMs={endsMs} nowMs={nowMs} />}
        <p className={classes['note']} style={{ textAlign: 'center' }}>
          {over ? words.officer.offer.over : words.officer.offer.answer}
        </p>
        {assignment.movingAt !== null && (
          <p className={classes['strip']} role="status">
            {words.officer.offer.moving}
          </p>
        )}
        <div className={classes['row']}>
          <span className={classes['priority']} data-level={incident.priority}>
            P{incident.priority}
          </span>
          <span className={classes['state']}>{words.codes.taskKind[assignment.kind]}</span>
        </div>
        {assignment.supervisor && (
          <p className={classes['subtitle']}>{words.officer.supervisor(assignment.supervisor)}</p>
        )}
        <h1 id="offer-title" className={classes['title']} style={{ fontSize: '1.5rem' }}>
          {name(incident.matterCode)}
        </h1>
        <p className={classes['subtitle']}>{incident.address || words.officer.addressNone}</p>
        <p className={classes['subtitle']}>
          {[
            minutes === null ? null : words.officer.offer.eta({ minutes }),
            own && words.officer.distance({ metres: formatMetres(distanceMetres(own, incident.point)) }),
          ]
            .filter((part) => part !== null)
            .join(' · ')}
        </p>
        <p className={classes['text']}>{incident.text}</p>
        <ScenePhoto incidentId={incident.id} />
        {!may && <p className={classes['note']}>{words.officer.offer.leaderOnly}</p>}
      </div>
      <div className={classes['offerFoot']}>
        <Button variant="default" disabled={!may} onClick={() => setDeclining(true)}>
          {words.officer.offer.cannot}
        </Button>
        <SosButton />
        <Button
          data-accept
          disabled={!may}
          onClick={() => void tap({ name: 'acceptAssignment', lane, params, body: {} })}
        >
          {words.officer.steps.accept}
        </Button>
      </div>
      <DeclineSheet
        opened={declining}
        onClose={() => setDeclining(false)}
        onChoose={(reason, text) =>
          void tap({ name: 'declineAssignment', lane, params, body: { reason, text } })
        }
      />
    </section>
  );
}

/** Why not: the reason is stored and counts when the next team is sought. */
function DeclineSheet(props: {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onChoose: (reason: DeclineReason, text: string) => void;
}) {
  const words = useWords();
  const [other, setOther] = useState(false);
  const [text, setText] = useState('');
  return (
    <Sheet title={words.officer.offer.cannot} opened={props.opened} onClose={props.onClose}>
      <p className={classes['note']}>{words.officer.offer.cannotNote}</p>
      {declineReasons.map((reason) => (
        <button
          key={reason}
          type="button"
          className={classes['choice']}
          onClick={() => (reason === 'other' ? setOther(true) : props.onChoose(reason, ''))}
        >
          {words.codes.declineReason[reason]}
        </button>
      ))}
      {other && (
        <form
          className={classes['sheet']}
          onSubmit={(event) => {
            event.preventDefault();
            props.onChoose('other', text.trim());
          }}
        >
          <Textarea
            label={words.officer.reason}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            required
            autosize
            minRows={2}
            maxLength={500}
          />
          <Button type="submit" disabled={text.trim() === ''}>
            {words.officer.send}
          </Button>
        </form>
      )}
    </Sheet>
  );
}
