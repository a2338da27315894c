import { Button } from '@mantine/core';
import { useState } from 'react';
import type { WatchReason } from '../../../shared/contract/assignments.ts';
import { useWords } from '../../words/use-words.ts';
import { useDesk } from '../desk/desk.ts';
import { laneOf, type FoldedTask } from '../desk/fold.ts';
import { tap } from '../desk/outbox.ts';
import { useCallOnce } from '../shell/call-once.ts';
import classes from '../shell/phone.module.css';
import { SayingSheet } from './saying-sheet.tsx';

/** Why the team does not come nearer: one question, one tap to answer; the answer goes to the room. */
export function Question({ task }: { readonly task: FoldedTask }) {
  const { officer } = useWords();
  const words = officer.question;
  const { assignment, incident } = task;
  const [saying, setSaying] = useState<'held_up' | 'cannot' | null>(null);
  const lane = laneOf(incident.id);
  const asked = useDesk((desk) =>
    desk.phone?.questions.find(({ assignmentId }) => assignmentId === assignment.id),
  );
  const said = useDesk((desk) => desk.acts.some((act) => act.name === 'answerQuestion' && act.lane === lane));
  useCallOnce(asked?.askedAt);
  if (!asked || said) return null;
  const state = assignment.state === 'accepted' ? 'not_started' : asked.state;
  const usual: Partial<Readonly<Record<WatchReason, string>>> =
    saying === 'cannot' ? words.cannotReasons : words.heldUpReasons;
  const say = (word: 'on_the_way' | 'held_up' | 'cannot', text = '') => {
    // a usual reason travels as its code, so that whoever reads it reads it in his own language
    const reason = (Object.keys(usual) as WatchReason[]).find((code) => usual[code] === text);
    const body = reason === undefined ? { word, text } : { word, reason };
    void tap({ name: 'answerQuestion', lane, params: { assignmentId: assignment.id }, body });
    setSaying(null);
  };
  return (
    <section className={classes['card']} data-loud role="alert" aria-label={words.title}>
      <p className={classes['text']}>{words.asks[state as keyof typeof words.asks] ?? words.asks.stalled}</p>
      <div className={classes['sheet']}>
        <Button style={{ minHeight: 52 }} onClick={() => say('on_the_way')}>
          {words.answers.on_the_way}
        </Button>
        <Button style={{ minHeight: 52 }} variant="default" onClick={() => setSaying('held_up')}>
          {words.answers.held_up}
        </Button>
        <Button style={{ minHeight: 52 }} variant="default" onClick={() => setSaying('cannot')}>
          {words.answers.cannot}
        </Button>
      </div>
      <SayingSheet
        title={saying === 'cannot' ? words.answers.cannot : words.answers.held_up}
        choices={Object.values(usual)}
        opened={saying !== null}
        onClose={() => setSaying(null)}
        onSay={(text) => saying && say(saying, text)}
      />
    </section>
  );
}
