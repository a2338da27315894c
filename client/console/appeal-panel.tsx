import { Button, Group, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Appeal } from '../../shared/contract/field-steps.ts';
import { useBeside } from '../live/beside.ts';
import { useSession } from '../live/session.ts';
import { formatInstant } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import { answerAppeal } from './acts.ts';
import { useNames } from './names.ts';
import { Section } from './section.tsx';
import classes from './section.module.css';

const minuteOf = (instant: string): string => formatInstant(Date.parse(instant)).slice(0, 16);

/** 超时申诉 against the overdue mark of a closed incident: what was said, both answers, and whose turn it is. */
export function AppealPanel({ incidentId }: { readonly incidentId: number }) {
  const words = useWords().work.appeal;
  const names = useNames();
  const role = useSession((session) => session.me?.role);
  const { data } = useBeside('field', incidentId);
  const appeal = data?.appeal ?? null;
  if (!appeal) return null;
  const turn = appeal.firstReview ? 'head' : 'dispatcher';
  return (
    <Section title={words.title}>
      <p>
        {words.line({
          who: names.person(appeal.submittedBy),
          clock: minuteOf(appeal.submittedAt),
          text: appeal.text,
        })}
      </p>
      <ul className={classes['list']}>
        {[appeal.firstReview, appeal.secondReview].map(
          (review) =>
            review && (
              <li key={review.at}>
                {words.review({
                  who: names.person(review.by),
                  clock: minuteOf(review.at),
                  what: review.approved ? words.approved : words.refused,
                  text: review.text,
                })}
              </li>
            ),
        )}
      </ul>
      <p className={classes[appeal.escalatedAt === null ? 'muted' : 'warning']}>
        {appeal.result !== null
          ? words.results[appeal.result]
          : words.waits({
              who: words.levels[turn],
              clock: minuteOf(appeal.answerBy),
              late: appeal.escalatedAt !== null,
            })}
      </p>
      {appeal.result === null && role === turn && <Answer appeal={appeal} />}
    </Section>
  );
}

/** Agree or refuse, with the reason; a refusal is final and says why. */
function Answer({ appeal }: { readonly appeal: Appeal }) {
  const words = useWords().work.appeal;
  const [text, setText] = useState('');
  const said = text.trim();
  const answer = (approve: boolean) => void answerAppeal(appeal.incidentId, approve, said);
  return (
    <>
      <Textarea
        label={words.reason}
        value={text}
        autosize
        minRows={2}
        maxLength={2000}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group gap={8} mt={8}>
        <Button size="compact-sm" onClick={() => answer(true)}>
          {words.approve}
        </Button>
        <Button size="compact-sm" variant="default" disabled={said === ''} onClick={() => answer(false)}>
          {words.refuse}
        </Button>
      </Group>
    </>
  );
}
