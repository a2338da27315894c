/* oxlint-disable jsx-a11y/prefer-tag-over-role -- the question before a publication stands where it was asked */
import { Button, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { EditionDetail } from '../../../shared/contract/editions.ts';
import { call } from '../../live/call.ts';
import { useServerNow } from '../../live/now.ts';
import { useWords } from '../../words/words.tsx';
import { useDesk } from '../desk.ts';
import { wordsNow } from '../say.ts';
import { instantOf, localText } from '../../ui/local-time.ts';
import { allowed, goBack, perform } from './review-acts.ts';
import classes from './side-panel.module.css';

/** A reason and the act that needs it. */
function ReasonForm(props: {
  readonly label: string;
  readonly act: string;
  readonly ready?: boolean;
  readonly quiet?: boolean;
  readonly onSend: (reason: string) => Promise<void>;
}) {
  const [reason, setReason] = useState('');
  return (
    <>
      <Textarea
        label={props.label}
        value={reason}
        autosize
        minRows={2}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button
        {...(props.quiet && { variant: 'default' })}
        disabled={props.ready === false || reason.trim() === ''}
        onClick={() => void props.onSend(reason.trim())}
      >
        {props.act}
      </Button>
    </>
  );
}

/** A date and time on the town's clock; by itself it is the lead time and five minutes ahead. */
function EffectiveField(props: { readonly text: string | null; readonly onText: (text: string) => void }) {
  const words = useWords().studio.review;
  const lead = useLead();
  return (
    <TextInput
      type="datetime-local"
      label={words.effectiveAt}
      description={words.lead({ minutes: Math.round(lead / 60) })}
      value={useProposed(props.text)}
      onChange={(event) => props.onText(event.currentTarget.value)}
    />
  );
}

const useLead = (): number => useDesk((state) => state.ground?.studio.settings.leadSeconds ?? 900);

function useProposed(text: string | null): string {
  const lead = useLead();
  const now = useServerNow();
  return text ?? localText(now + (lead + 300) * 1000);
}

/** The approver's word on a draft that was sent to review. */
export function Decide({ detail }: { readonly detail: EditionDetail }) {
  const words = useWords().studio.review;
  if (!allowed('plan.approve')) return <p className={classes['muted']}>{words.waiting}</p>;
  return (
    <div className={classes['form']}>
      {detail.submittedReport === null && <p className={classes['box']}>{words.withoutReport}</p>}
      <Button
        onClick={() =>
          void perform(
            (editionId) => call('approveEdition', { params: { editionId }, body: {} }),
            wordsNow().studio.review.approved,
          )
        }
      >
        {words.approve}
      </Button>
      <ReasonForm
        quiet
        label={words.whyBack}
        act={words.giveBack}
        onSend={(reason) =>
          perform(
            (editionId) => call('returnEdition', { params: { editionId }, body: { reason } }),
            wordsNow().studio.review.returned,
          )
        }
      />
    </div>
  );
}

/** Gives an approved edition its time, asked twice. */
export function Publish() {
  const words = useWords().studio.review;
  const [text, setText] = useState<string | null>(null);
  const [sure, setSure] = useState(false);
  const shown = useProposed(text);
  if (!allowed('plan.approve')) return <p className={classes['muted']}>{words.waitingPublish}</p>;
  const at = instantOf(shown);
  return (
    <div className={classes['form']}>
      <EffectiveField text={text} onText={setText} />
      <Button disabled={at === null} onClick={() => setSure(true)}>
        {words.publish}
      </Button>
      {sure && at !== null && (
        <div className={classes['box']} role="alertdialog" aria-label={words.publish}>
          <p>{words.sure({ at: shown.replace('T', ' ') })}</p>
          <div className={classes['row']}>
            <Button
              onClick={() => {
                setSure(false);
                void perform(
                  (editionId) => call('publishEdition', { params: { editionId }, body: { effectiveAt: at } }),
                  wordsNow().studio.review.published,
                );
              }}
            >
              {words.yes}
            </Button>
            <Button variant="default" onClick={() => setSure(false)}>
              {words.no}
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}

/** Takes a publication back before its time. */
export function Withdraw() {
  const words = useWords().studio.review;
  if (!allowed('plan.approve')) return null;
  return (
    <div className={classes['form']}>
      <ReasonForm
        quiet
        label={words.whyWithdraw}
        act={words.withdraw}
        onSend={(reason) =>
          perform(
            (editionId) => call('withdrawEdition', { params: { editionId }, body: { reason } }),
            wordsNow().studio.review.withdrawn,
          )
        }
      />
    </div>
  );
}

/** An earlier edition comes back as a new one; the running one can only be replaced. */
export function RollBack({ detail }: { readonly detail: EditionDetail }) {
  const words = useWords().studio.review;
  const running = useDesk((state) => state.runningEditionId);
  const [text, setText] = useState<string | null>(null);
  const at = instantOf(useProposed(text));
  if (detail.edition.id === running) return <p className={classes['muted']}>{words.inForce}</p>;
  if (!allowed('plan.approve')) return null;
  return (
    <div className={classes['form']}>
      <h2>{words.rollBack}</h2>
      <p className={classes['muted']}>{words.rollBackHow}</p>
      <EffectiveField text={text} onText={setText} />
      <ReasonForm
        label={words.whyRollBack}
        act={words.rollBackTo({ name: detail.edition.name })}
        ready={at !== null}
        onSend={(reason) => goBack(detail.edition.id, at ?? '', reason)}
      />
    </div>
  );
}
