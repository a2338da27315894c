import type { EditionDetail } from '../../../shared/contract/editions.ts';
import { formatInstant } from '../../words/format.ts';
import { useWords } from '../../words/words.tsx';
import { useDesk } from '../desk.ts';
import { Decide, Publish, RollBack, Withdraw } from './review-forms.tsx';
import { Submit } from './submit-form.tsx';
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
