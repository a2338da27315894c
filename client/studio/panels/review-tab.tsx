import { Button } from '@mantine/core';
import { Fragment } from 'react';
import type { EditionDetail } from '../../../shared/contract/editions.ts';
import { call } from '../../live/call.ts';
import { formatInstant } from '../../words/format.ts';
import { useWords } from '../../words/words.tsx';
import { useDesk, zoneNumber } from '../desk.ts';
import { wordsNow } from '../say.ts';
import { DraftForm, nameOf } from './draft-form.tsx';
import { allowed, perform } from './review-acts.ts';
import { Decide, Publish, RollBack, Withdraw } from './review-forms.tsx';
import { Submit } from './submit-form.tsx';
import { useReportTitle } from './report-title.ts';
import classes from './side-panel.module.css';

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
      <Waivers detail={detail} />
      <Reports detail={detail} />
      {edition.status === 'draft' && !edition.discarded && (
        <>
          <Submit />
          <h2>{words.settings}</h2>
          <DraftForm key={edition.id} detail={detail} />
        </>
      )}
      {edition.status === 'in_review' && <Decide detail={detail} />}
      {edition.status === 'approved' && <Publish />}
      {edition.status === 'published' && edition.id !== running && <Withdraw />}
      {(edition.status === 'retired' || (edition.status === 'published' && edition.id === running)) && (
        <RollBack detail={detail} />
      )}
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
      {(
        [
          ['author', edition.author],
          ['submitter', detail.submittedBy],
          ['approver', edition.approvedBy],
        ] as const
      ).map(
        ([role, id]) =>
          id !== null && (
            <Fragment key={role}>
              <dt>{words.review[role]}</dt>
              <dd>{nameOf(detail, id)}</dd>
            </Fragment>
          ),
      )}
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
      {edition.note !== '' && (
        <>
          <dt>{words.review.note}</dt>
          <dd>{edition.note}</dd>
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

/** What the approver must see: zones that may lie in pieces, and why. */
function Waivers({ detail }: { readonly detail: EditionDetail }) {
  const words = useWords().studio.review;
  const { waivers, edition } = detail;
  const draft = edition.status === 'draft' && allowed('plan.draft');
  if (waivers.length === 0) return null;
  return (
    <details>
      <summary>
        {words.waivers} ({waivers.length})
      </summary>
      <ul className={classes['list']} aria-label={words.waivers}>
        {waivers.map(({ zoneId, reason }) => (
          <li key={zoneId}>
            {words.waiver({ zone: zoneNumber(zoneId), reason })}{' '}
            {draft && (
              <Button
                size="compact-xs"
                variant="default"
                onClick={() =>
                  void perform(
                    (editionId) =>
                      call('changeDraft', {
                        params: { editionId },
                        body: { waivers: waivers.filter((one) => one.zoneId !== zoneId) },
                      }),
                    wordsNow().studio.draft.saved,
                  )
                }
              >
                {words.waiverBack}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Reports({ detail }: { readonly detail: EditionDetail }) {
  const words = useWords().studio.review;
  const reportTitle = useReportTitle();
  if (detail.reports.length === 0) return null;
  return (
    <>
      <h2>{words.reports}</h2>
      <ul className={classes['list']}>
        {detail.reports.map((one) => (
          <li key={one.replayId}>
            <a href={`/studio/report?replay=${one.replayId}`} target="_blank" rel="noreferrer">
              {reportTitle(one)}
            </a>{' '}
            {formatInstant(Date.parse(one.madeAt)).slice(0, 16)}
            {one.replayId === detail.submittedReport && <strong> {words.attached}</strong>}
          </li>
        ))}
      </ul>
    </>
  );
}
