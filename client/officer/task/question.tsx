import { Button } from '@mantine/core';
import { useState } from 'react';
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
  const say = (word: 'on_the_way' | 'held_up' | 'cannot', text = '') => {
    void tap({ name: 'answerQuestion', lane, params: { assignmentId: assignment.id }, body: { word, text } });
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
        choices={saying === 'cannot' ? words.cannotReasons : words.heldUpReasons}
        opened={saying !== null}
        onClose={() => setSaying(null)}
        onSay={(text) => saying && say(saying, text)}
      />
    </section>
  );
}
