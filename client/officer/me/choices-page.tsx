import { Button } from '@mantine/core';
import type { QueuedAct } from '../desk/act.ts';
import { formatClock } from '../../words/format.ts';
import { labelOf } from '../../words/label.ts';
import { useWords, type Words } from '../../words/use-words.ts';
import { dropPhoto } from '../desk/capture.ts';
import { useDesk } from '../desk/desk.ts';
import { foldTasks } from '../desk/fold.ts';
import { dropLane, noteLane, retryLane } from '../desk/outbox.ts';
import classes from '../shell/phone.module.css';
import { useMatterName } from '../task/matter-name.ts';

/** What came back with a "no": both versions side by side, and the officer chooses. Nothing is lost in silence. */
export function ChoicesPage() {
  const words = useWords();
  const acts = useDesk((desk) => desk.acts);
  const photos = useDesk((desk) => desk.photos).filter(({ refused }) => refused);
  const lanes = [...new Set(acts.filter(({ refused }) => refused).map(({ lane }) => lane))];
  return (
    <>
      <h1 className={classes['title']}>{words.officer.choices.title}</h1>
      {lanes.length + photos.length === 0 && <p className={classes['note']}>{words.officer.choices.none}</p>}
      {lanes.map((lane) => (
        <Conflict key={lane} lane={lane} acts={acts.filter((act) => act.lane === lane)} />
      ))}
      {photos.map((photo) => (
        <section key={photo.key} className={classes['card']}>
          <p className={classes['text']}>
            {words.officer.choices.photo({
              clock: formatClock(Date.parse(photo.capturedAt)).slice(0, 5),
              why: words.refusals[photo.refused!.code],
            })}
          </p>
          <Button variant="default" onClick={() => void dropPhoto(photo.key)}>
            {words.officer.choices.dropPhoto}
          </Button>
        </section>
      ))}
    </>
  );
}

function Conflict({ lane, acts }: { readonly lane: string; readonly acts: readonly QueuedAct[] }) {
  const words = useWords();
  const own = words.officer.choices;
  const name = useMatterName();
  const phone = useDesk((desk) => desk.phone);
  const refused = acts.find((act) => act.refused)!;
  const incidentId = /^incident\/(\d+)$/.exec(lane)?.[1] ?? null;
  const task = foldTasks(phone?.tasks ?? [], []).find(({ incident }) => String(incident.id) === incidentId);
  const mine = acts.map((act) => lineOf(act, words));
  const clock = formatClock(refused.refused!.atMs).slice(0, 5);
  return (
    <section className={classes['card']} data-loud="true" aria-label={own.one({ id: incidentId ?? '' })}>
      <h2 className={classes['subtitle']}>
        {own.one({ id: incidentId ?? '' })}
        {task && ` · ${name(task.incident.matterCode)}`}
      </h2>
      <p className={classes['text']}>{words.refusals[refused.refused!.code]}</p>
      <div className={classes['versions']}>
        <div>
          <strong>{own.mine}</strong>
          {mine.map((line) => (
            <span key={line}>{line}</span>
          ))}
        </div>
        <div>
          <strong>{own.theirs({ clock })}</strong>
          <span>{theirs(refused, words, task?.assignment.state ?? null)}</span>
        </div>
      </div>
      {incidentId !== null && (
        <Button
          onClick={() => void noteLane(lane, Number(incidentId), own.noteText({ lines: mine.join(';') }))}
        >
          {own.keepAsNote}
        </Button>
      )}
      <Button variant="default" onClick={() => void retryLane(lane)}>
        {own.retry}
      </Button>
      <Button variant="default" onClick={() => void dropLane(lane)}>
        {own.drop}
      </Button>
    </section>
  );
}

/** One tap in words: when, what, and what was said with it. */
function lineOf(act: QueuedAct, words: Words): string {
  const body = act.body as {
    readonly disposition?: string;
    readonly text?: string;
    readonly reason?: string;
  };
  const said = body.disposition ?? body.text ?? body.reason ?? '';
  return words.officer.choices.line({
    clock: formatClock(act.tappedAtMs).slice(0, 5),
    act: words.officer.actNames[act.name],
    said,
  });
}

/** What the server holds: how the task ended, who has it, or the state it is in. */
function theirs(act: QueuedAct, words: Words, state: string | null): string {
  const { detail } = act.refused!;
  const own = words.officer.choices;
  const states: Readonly<Record<string, string>> = {
    ...words.codes.incidentState,
    ...words.codes.assignmentState,
  };
  const ended = typeof detail['state'] === 'string' ? detail['state'] : state;
  const takenBy = detail['takenBy'] as
    { readonly team?: string; readonly teamCode?: string } | null | undefined;
  const parts = [
    ended === null ? own.gone : (states[ended] ?? ended),
    typeof detail['endedAt'] === 'string'
      ? own.endedAt({ clock: formatClock(Date.parse(detail['endedAt'])).slice(0, 5) })
      : null,
    typeof detail['reason'] === 'string' && detail['reason'] !== ''
      ? labelOf(words.codes.withdrawReason, detail['reason'])
      : null,
    takenBy ? own.takenBy({ team: takenBy.team ?? takenBy.teamCode ?? '' }) : null,
    typeof detail['articles'] === 'string' ? detail['articles'] : null,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}
