/* oxlint-disable jsx-a11y/prefer-tag-over-role -- what changed is told as it comes; the parts inside are lists and tables */
import { Button, Textarea, TextInput, Select } from '@mantine/core';
import { useState } from 'react';
import type { Action } from '../../../shared/contract/actions.ts';
import type { EditionDetail } from '../../../shared/contract/editions.ts';
import { may } from '../../../shared/rules/permissions.ts';
import { call } from '../../live/call.ts';
import { useServerNow } from '../../live/now.ts';
import { useSession } from '../../live/session.ts';
import { formatInstant } from '../../words/format.ts';
import { useWords } from '../../words/words.tsx';
import { desk, useDesk } from '../desk.ts';
import { say, sayRefused, wordsNow } from '../say.ts';
import { listEditions, openEdition, readAgain } from '../session.ts';
import { problemSentence } from './problem-words.ts';
import { instantOf, localText } from '../../ui/local-time.ts';
import classes from './side-panel.module.css';

const allowed = (action: Action): boolean => {
  const { me } = useSession.getState();
  return me !== null && may(me, action) === null;
};

/** Runs an act on the opened edition, says the outcome, reads everything again. */
async function perform(
  run: (editionId: EditionDetail['edition']['id']) => Promise<unknown>,
  done: string,
): Promise<void> {
  const { detail } = desk();
  if (!detail) return;
  try {
    await run(detail.edition.id);
    say(done);
  } catch (error) {
    sayRefused(error);
  }
  await readAgain();
}

/** The way of a plan from draft to the street and back. */
export function ReviewTab() {
  const words = useWords().studio.review;
  const detail = useDesk((state) => state.detail);
  const running = useDesk((state) => state.runningEditionId);
  if (!detail) return null;
  const { edition } = detail;
  return (
    <>
      <h2>{words.title}</h2>
      <Story detail={detail} />
      {edition.status === 'draft' && !edition.discarded && <Submit />}
      {edition.status === 'in_review' && <Decide detail={detail} />}
      {edition.status === 'approved' && <Publish />}
      {edition.status === 'published' && edition.id !== running && <Withdraw />}
      {(edition.status === 'retired' || (edition.status === 'published' && edition.id === running)) && (
        <RollBack detail={detail} />
      )}
      <Reports detail={detail} />
    </>
  );
}

function Story({ detail }: { readonly detail: EditionDetail }) {
  const words = useWords().studio;
  const { edition } = detail;
  const at = (instant: string | null): string =>
    instant ? formatInstant(Date.parse(instant)).slice(0, 16) : '—';
  return (
    <dl className={classes['pairs']}>
      <dt>{words.review.status}</dt>
      <dd>{words.status[edition.status]}</dd>
      <dt>{words.review.made}</dt>
      <dd>{at(edition.createdAt)}</dd>
      <dt>{words.review.effective}</dt>
      <dd>{at(edition.effectiveAt)}</dd>
      {edition.retiredAt !== null && (
        <>
          <dt>{words.review.retired}</dt>
          <dd>{at(edition.retiredAt)}</dd>
        </>
      )}
      {detail.reviewReason !== null && (
        <>
          <dt>{words.review.reason}</dt>
          <dd>{detail.reviewReason}</dd>
        </>
      )}
      {edition.contentHash !== null && (
        <>
          <dt>{words.review.hash}</dt>
          <dd>{edition.contentHash.slice(0, 12)}</dd>
        </>
      )}
    </dl>
  );
}

function Submit() {
  const words = useWords().studio.review;
  const picture = useDesk((state) => state.picture);
  const detail = useDesk((state) => state.detail);
  const unsent = useDesk((state) => state.sync?.pending.length ?? 0);
  const pending = useDesk((state) => state.pending.size);
  const [reason, setReason] = useState('');
  const [report, setReport] = useState<string | null | undefined>(undefined);
  if (!picture || !detail || !allowed('plan.draft')) return null;
  const errors = picture.problems.filter(({ severity }) => severity === 'error');
  const reports = detail.reports.map(({ replayId, title }) => ({ value: String(replayId), label: title }));
  // Untouched, the newest report goes along; cleared, none does.
  const chosen = report === undefined ? (reports[0]?.value ?? null) : report;
  const blocked = errors.length > 0 || unsent > 0 || pending > 0 || (chosen === null && reason.trim() === '');
  return (
    <div className={classes['form']}>
      {errors.length > 0 && (
        <div className={classes['box']} data-bad="true" role="status">
          <strong>{words.blocked({ problems: errors.length })}</strong>
          <ul>
            {errors.slice(0, 8).map((problem) => (
              <li
                key={`${problem.name}-${problem.zoneId ?? problem.teamId ?? ''}-${problem.cellIds[0] ?? ''}`}
              >
                {problemSentence(problem)}
              </li>
            ))}
          </ul>
        </div>
      )}
      {(unsent > 0 || pending > 0) && <p className={classes['box']}>{words.unfinished}</p>}
      <Select
        label={words.report}
        placeholder={words.noReport}
        data={reports}
        value={chosen}
        clearable
        disabled={reports.length === 0}
        onChange={setReport}
      />
      <Textarea
        label={words.whyNoReport}
        value={reason}
        autosize
        minRows={2}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button
        disabled={blocked}
        onClick={() =>
          void perform(
            (editionId) =>
              call('submitEdition', {
                params: { editionId },
                body: {
                  ...(chosen !== null && { replayId: Number(chosen) }),
                  ...(reason.trim() !== '' && { reason: reason.trim() }),
                },
              }),
            wordsNow().studio.review.submitted,
          )
        }
      >
        {words.submit}
      </Button>
      <Button
        variant="default"
        onClick={() =>
          void perform(
            (editionId) => call('discardDraft', { params: { editionId }, body: {} }),
            wordsNow().studio.review.discarded,
          )
        }
      >
        {words.discard}
      </Button>
    </div>
  );
}

function Decide({ detail }: { readonly detail: EditionDetail }) {
  const words = useWords().studio.review;
  const [reason, setReason] = useState('');
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
      <Textarea
        label={words.whyBack}
        value={reason}
        autosize
        minRows={2}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button
        variant="default"
        disabled={reason.trim() === ''}
        onClick={() =>
          void perform(
            (editionId) => call('returnEdition', { params: { editionId }, body: { reason: reason.trim() } }),
            wordsNow().studio.review.returned,
          )
        }
      >
        {words.giveBack}
      </Button>
    </div>
  );
}

/** A date and time on the town's clock, at least the lead time ahead. */
function useEffectiveAt() {
  const lead = useDesk((state) => state.ground?.studio.settings.leadSeconds ?? 900);
  const now = useServerNow();
  const [text, setText] = useState<string | null>(null);
  const proposed = localText(now + (lead + 300) * 1000);
  return { text: text ?? proposed, setText, lead };
}

function Publish() {
  const words = useWords().studio.review;
  const { text, setText, lead } = useEffectiveAt();
  const [sure, setSure] = useState(false);
  if (!allowed('plan.approve')) return <p className={classes['muted']}>{words.waitingPublish}</p>;
  const at = instantOf(text);
  return (
    <div className={classes['form']}>
      <TextInput
        type="datetime-local"
        label={words.effectiveAt}
        description={words.lead({ minutes: Math.round(lead / 60) })}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button disabled={at === null} onClick={() => setSure(true)}>
        {words.publish}
      </Button>
      {sure && at !== null && (
        <div className={classes['box']} role="alertdialog" aria-label={words.publish}>
          <p>{words.sure({ at: text.replace('T', ' ') })}</p>
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

function Withdraw() {
  const words = useWords().studio.review;
  const [reason, setReason] = useState('');
  if (!allowed('plan.approve')) return null;
  return (
    <div className={classes['form']}>
      <Textarea
        label={words.whyWithdraw}
        value={reason}
        autosize
        minRows={2}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button
        variant="default"
        disabled={reason.trim() === ''}
        onClick={() =>
          void perform(
            (editionId) =>
              call('withdrawEdition', { params: { editionId }, body: { reason: reason.trim() } }),
            wordsNow().studio.review.withdrawn,
          )
        }
      >
        {words.withdraw}
      </Button>
    </div>
  );
}

/** An earlier edition comes back as a new one; the running one can only be replaced. */
function RollBack({ detail }: { readonly detail: EditionDetail }) {
  const words = useWords().studio.review;
  const running = useDesk((state) => state.runningEditionId);
  const { text, setText, lead } = useEffectiveAt();
  const [reason, setReason] = useState('');
  if (detail.edition.id === running) return <p className={classes['muted']}>{words.inForce}</p>;
  if (!allowed('plan.approve')) return null;
  const at = instantOf(text);
  return (
    <div className={classes['form']}>
      <h2>{words.rollBack}</h2>
      <p className={classes['muted']}>{words.rollBackHow}</p>
      <TextInput
        type="datetime-local"
        label={words.effectiveAt}
        description={words.lead({ minutes: Math.round(lead / 60) })}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Textarea
        label={words.whyRollBack}
        value={reason}
        autosize
        minRows={2}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button
        disabled={at === null || reason.trim() === ''}
        onClick={() => void goBack(detail.edition.id, at ?? '', reason.trim())}
      >
        {words.rollBackTo({ name: detail.edition.name })}
      </Button>
    </div>
  );
}

async function goBack(
  editionId: EditionDetail['edition']['id'],
  effectiveAt: string,
  reason: string,
): Promise<void> {
  try {
    const made = await call('rollBackEdition', { params: { editionId }, body: { effectiveAt, reason } });
    say(wordsNow().studio.review.rolledBack);
    await listEditions();
    await openEdition(made.id);
  } catch (error) {
    sayRefused(error);
  }
}

function Reports({ detail }: { readonly detail: EditionDetail }) {
  const words = useWords().studio.review;
  if (detail.reports.length === 0) return null;
  return (
    <>
      <h2>{words.reports}</h2>
      <ul className={classes['list']}>
        {detail.reports.map((one) => (
          <li key={one.replayId}>
            <a href={`/studio/report?replay=${one.replayId}`} target="_blank" rel="noreferrer">
              {one.title}
            </a>{' '}
            {formatInstant(Date.parse(one.madeAt)).slice(0, 16)}
          </li>
        ))}
      </ul>
    </>
  );
}
