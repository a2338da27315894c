import { Anchor, Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Party, PenaltyFileView } from '../../shared/contract/enforcement.ts';
import { call } from '../live/call.ts';
import { useMay } from '../live/session.ts';
import { formatInstant } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import { companionLine } from './files/companions-field.tsx';
import type { Names } from './fact-sentence.ts';
import { RevealAsk } from './reveal-ask.tsx';
import classes from './section.module.css';

/**
 * What a penalty file is about: matter, officers, party, its decision and its notice; more rows may follow. A masked
 * party is shown in full to whoever may and says why.
 */
export function FileFacts(props: {
  readonly file: PenaltyFileView;
  readonly names: Names;
  readonly children?: ReactNode;
}) {
  const words = useWords();
  const labels = words.work.file;
  const { file, names } = props;
  const { decision, notice } = file;
  const reveals = useMay('person.reveal');
  const [whole, setWhole] = useState<Party | null>(null);
  const [asking, setAsking] = useState(false);
  const party = whole ?? file.party;
  return (
    <>
      <dl className={classes['facts']}>
        <dt>{labels.matter}</dt>
        <dd>{names.matter(file.matterCode)}</dd>
        <dt>{labels.officers}</dt>
        <dd>{file.officers.map((id) => names.person(id)).join(', ')}</dd>
        <dt>{labels.party}</dt>
        <dd>
          {party === null ? labels.partyNone : <PartyLines party={party} />}
          {file.party !== null && file.partyMasked && reveals && (
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => (whole ? setWhole(null) : setAsking(true))}
            >
              {whole ? words.work.reveal.hide : labels.reveal}
            </Button>
          )}
        </dd>
        {decision && (
          <>
            <dt>{labels.number}</dt>
            <dd>
              {labels.decision({
                number: decision.number,
                kind: labels.decisionKind[decision.kind],
                date: formatInstant(Date.parse(decision.decidedAt)).slice(0, 10),
              })}
              {file.decisionCompanions && ` · ${companionLine(file.decisionCompanions, file, words.files)}`}
              {decision.revokedAt !== null && ` · ${labels.revoked}`}
            </dd>
          </>
        )}
        {file.procedure === 'ordinary' && file.state === 'opened' && !file.progress.filedAt && (
          <>
            <dt>{words.files.acts.register}</dt>
            <dd>{labels.filing}</dd>
          </>
        )}
        {file.evidenceIds.length > 0 && (
          <>
            <dt>{labels.evidence}</dt>
            <dd>{labels.evidenceCount({ pieces: file.evidenceIds.length })}</dd>
          </>
        )}
        <AfterDecision file={file} />
        {notice && (
          <>
            <dt>{labels.number}</dt>
            <dd>
              {labels.notice({ number: notice.number, clock: formatInstant(Date.parse(notice.dueAt)) })}{' '}
              <Anchor href={notice.statusPath} target="_blank" rel="noreferrer">
                {labels.noticePage}
              </Anchor>
            </dd>
          </>
        )}
        {props.children}
      </dl>
      {asking && (
        <RevealAsk
          close={() => setAsking(false)}
          read={async (purpose) =>
            setWhole(await call('revealParty', { params: { fileId: file.id }, body: { purpose } }))
          }
        />
      )}
    </>
  );
}

/** What became of the decision: the minutes behind it, late service, remedies, cash. */
function AfterDecision({ file }: { readonly file: PenaltyFileView }) {
  const words = useWords();
  const labels = words.work.file;
  const day = (instant: string) => formatInstant(Date.parse(instant)).slice(0, 10);
  const { minutes, remedies, payment, progress } = file;
  return (
    <>
      {minutes && (
        <>
          <dt>{labels.minutes}</dt>
          <dd style={{ whiteSpace: 'pre-wrap' }}>
            {minutes.text === null
              ? labels.minutesHidden({ date: day(minutes.at) })
              : labels.minutesLine({ date: day(minutes.at), text: minutes.text })}
          </dd>
        </>
      )}
      {progress.announcedAt && !progress.servedAt && (
        <>
          <dt>{labels.service}</dt>
          <dd>
            {labels.announced({
              date: file.periods.findLast(({ period }) => period === 'announceService')?.lastDate ?? '',
            })}
          </dd>
        </>
      )}
      {progress.servedLate && (
        <>
          <dt>{labels.service}</dt>
          <dd>{labels.servedLate}</dd>
        </>
      )}
      {remedies.length > 0 && (
        <>
          <dt>{labels.remedies}</dt>
          <dd>
            {remedies
              .map(({ remedy, startedAt, endedAt }) =>
                labels.remedy({
                  kind: words.timeline.remedy[remedy],
                  from: day(startedAt),
                  to: endedAt === null ? '' : day(endedAt),
                }),
              )
              .join(' · ')}
          </dd>
        </>
      )}
      {payment?.cash && (
        <>
          <dt>{labels.cash}</dt>
          <dd>{labels.cashAt[payment.cash]}</dd>
        </>
      )}
    </>
  );
}

const parts = ['idNumber', 'birthDate', 'phone', 'address', 'plate', 'representative'] as const;

/** What is known about the party, in the order of the form. */
function PartyLines({ party }: { readonly party: Party }) {
  const words = useWords().work.reveal;
  return (
    <ul className={classes['list']}>
      <li>{party.name}</li>
      {parts.map((part) =>
        party[part] ? (
          <li key={part}>
            <span className={classes['muted']}>{words[part]}</span> {party[part]}
          </li>
        ) : null,
      )}
    </ul>
  );
}
