/* oxlint-disable jsx-a11y/prefer-tag-over-role -- what changed is told as it comes; the parts inside are lists */
import { Button, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { call } from '../../live/call.ts';
import { useWords } from '../../words/words.tsx';
import { useDesk } from '../desk.ts';
import { wordsNow } from '../say.ts';
import { problemSentence } from './problem-words.ts';
import { useReportTitle } from './report-title.ts';
import { allowed, perform } from './review-acts.ts';
import classes from './side-panel.module.css';

/** Sends a draft to review with its report, or with the reason why there is none. */
export function Submit() {
  const words = useWords().studio.review;
  const picture = useDesk((state) => state.picture);
  const detail = useDesk((state) => state.detail);
  const unsent = useDesk((state) => state.sync?.pending.length ?? 0);
  const pending = useDesk((state) => state.pending.size);
  const reportTitle = useReportTitle();
  const [reason, setReason] = useState('');
  const [report, setReport] = useState<string | null | undefined>(undefined);
  if (!picture || !detail || !allowed('plan.draft')) return null;
  const errors = picture.problems.filter(({ severity }) => severity === 'error');
  const reports = detail.reports.map((one) => ({ value: String(one.replayId), label: reportTitle(one) }));
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
      <Discard />
    </div>
  );
}

/** Gives the draft up, asked twice: hours of work leave the list with it. */
function Discard() {
  const words = useWords().studio.review;
  const [sure, setSure] = useState(false);
  if (!sure)
    return (
      <Button variant="default" onClick={() => setSure(true)}>
        {words.discard}
      </Button>
    );
  return (
    <div className={classes['box']} role="alertdialog" aria-label={words.discard}>
      <p>{words.discardSure}</p>
      <div className={classes['row']}>
        <Button
          onClick={() =>
            void perform(
              (editionId) => call('discardDraft', { params: { editionId }, body: {} }),
              wordsNow().studio.review.discarded,
            )
          }
        >
          {words.discardYes}
        </Button>
        <Button variant="default" onClick={() => setSure(false)}>
          {words.no}
        </Button>
      </div>
    </div>
  );
}
