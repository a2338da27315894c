import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PenaltyFileView } from '../../../shared/contract/enforcement.ts';
import { call } from '../../live/call.ts';
import { queries } from '../../live/queries.ts';
import { formatInstant } from '../../words/format.ts';
import { labelOf } from '../../words/label.ts';
import { useWords } from '../../words/words.tsx';
import { say } from '../perform.tsx';
import { Section } from '../section.tsx';
import type { Field } from './act-table.ts';
import { FieldsForm } from './fields-form.tsx';
import classes from './files.module.css';

const reason: readonly Field[] = [{ name: 'reason', kind: 'line', needed: true }];

/** Blocks of paper numbers: what became of each; a spoilt or lost number is voided with its reason, never given out again. */
export function Numbers({ voids }: { readonly voids: boolean }) {
  const words = useWords();
  const labels = words.files.numbers;
  const { data, isError, refetch } = useQuery({ queryKey: ['numbers'], queryFn: () => call('listNumbers') });
  const [asked, setAsked] = useState<string | null>(null);
  const close = () => setAsked(null);
  return (
    <>
      <h2>{labels.title}</h2>
      <p className={classes['muted']}>{labels.note}</p>
      {data?.blocks.length === 0 && <p className={classes['none']}>{labels.none}</p>}
      {isError && <Section title={labels.title} failed again={() => void refetch()} />}
      {data?.blocks.map((block) => {
        const of = (state: 'free' | 'used' | 'void') =>
          block.numbers.filter((one) => one.state === state).length;
        return (
          <Section
            key={block.id}
            title={labelOf(words.officer.papers.kinds, block.kind)}
            aside={
              <span className={classes['muted']}>
                {labels.block({
                  device: block.device,
                  clock: formatInstant(Date.parse(block.takenAt)).slice(0, 16),
                  free: of('free'),
                  used: of('used'),
                  voided: of('void'),
                })}
              </span>
            }
          >
            <ul className={classes['barred']}>
              {block.numbers.map(({ number, state }) => (
                <li key={number}>
                  <span>{number}</span>
                  <span className={classes['muted']}>{labels.states[state]}</span>
                  {voids && state === 'free' && (
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-label={labels.voidOf({ number })}
                      onClick={() => setAsked(number)}
                    >
                      {labels.void}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </Section>
        );
      })}
      <Modal
        opened={asked !== null}
        onClose={close}
        title={asked === null ? '' : labels.voidOf({ number: asked })}
        closeButtonProps={{ 'aria-label': words.files.cancel }}
        transitionProps={{ duration: 0 }}
      >
        {asked !== null && (
          <FieldsForm
            title={labels.voidOf({ number: asked })}
            note={labels.note}
            fields={reason}
            file={{} as PenaltyFileView}
            close={close}
            send={async (values) => {
              await call('voidNumber', { body: { number: asked, reason: values['reason'] as string } });
              say(labels.voided({ number: asked }), 'done');
              close();
              await queries.invalidateQueries({ queryKey: ['numbers'] });
            }}
          />
        )}
      </Modal>
    </>
  );
}
