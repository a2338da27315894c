import { Anchor, Button } from '@mantine/core';
import { useState } from 'react';
import type { Party, PenaltyFileView } from '../../shared/contract/enforcement.ts';
import { useBeside } from '../live/beside.ts';
import { call } from '../live/call.ts';
import { useServerNow } from '../live/now.ts';
import { useMay } from '../live/session.ts';
import { formatInstant } from '../words/format.ts';
import { labelOf } from '../words/label.ts';
import { useWords } from '../words/words.tsx';
import { FileActs } from './file-acts.tsx';
import { useNames } from './names.ts';
import { RevealAsk } from './reveal-ask.tsx';
import { Section } from './section.tsx';
import classes from './section.module.css';

/** The penalty files behind an incident: state, papers, the next legal deadline. They live on when it is closed. */
export function FilePanel({ incidentId }: { readonly incidentId: number }) {
  const words = useWords();
  const { data, isError, refetch } = useBeside('files', incidentId);
  if (!isError && !data?.files.length) return null;
  return (
    <Section title={words.work.file.title} failed={isError} again={() => void refetch()}>
      {data?.files.map((file) => (
        <File key={file.id} file={file} />
      ))}
    </Section>
  );
}

const dayMs = 86_400_000;

/** The period that ends first of those that run. */
const nextPeriod = ({ periods }: PenaltyFileView) =>
  periods
    .filter(({ endedAt }) => endedAt === null)
    .toSorted((a, b) => Date.parse(a.endsAt) - Date.parse(b.endsAt))[0];

function File({ file }: { readonly file: PenaltyFileView }) {
  const words = useWords();
  const labels = words.work.file;
  const papers = words.officer.papers;
  const names = useNames();
  const nowMs = useServerNow();
  const reveals = useMay('person.reveal');
  const [whole, setWhole] = useState<Party | null>(null);
  const [asking, setAsking] = useState(false);
  const next = nextPeriod(file);
  const { decision, notice } = file;
  const party = whole ?? file.party;
  return (
    <article>
      <strong>
        {labels.line({
          id: file.id,
          procedure: papers.procedures[file.procedure],
          state: papers.states[file.state],
        })}
      </strong>
      <dl className={classes['facts']}>
        <dt>{labels.matter}</dt>
        <dd>{names.matter(file.matterCode)}</dd>
        <dt>{labels.officers}</dt>
        <dd>{file.officers.map((id) => names.person(id)).join(', ')}</dd>
        <dt>{labels.party}</dt>
        <dd>
          {party === null ? labels.partyNone : <PartyLines party={party} />}
          {party !== null && file.partyMasked && reveals && (
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
              {decision.revokedAt !== null && ` · ${labels.revoked}`}
            </dd>
          </>
        )}
        {file.procedure === 'ordinary' && file.state === 'opened' && !file.progress.filedAt && (
          <>
            <dt>{labels.acts.register}</dt>
            <dd>{labels.filing}</dd>
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
        <dt>{labels.next}</dt>
        <dd>
          {next
            ? labels.period({
                name: labelOf(labels.periods, next.period),
                date: next.lastDate,
                left: labels.left({ days: Math.floor((Date.parse(next.endsAt) - nowMs) / dayMs) }),
              })
            : labels.periodNone}
          {next?.provisional && ` · ${labels.provisional}`}
        </dd>
        {file.papers.length > 0 && (
          <>
            <dt>{labels.papers}</dt>
            <dd>
              <ul className={classes['list']}>
                {file.papers.map((paper) => (
                  <li key={paper.id}>
                    {labels.paper({
                      kind: labelOf(papers.kinds, paper.kind),
                      number: paper.number ?? '',
                      version: paper.templateVersion,
                    })}{' '}
                    <Anchor href={`/papers/${paper.id}.pdf`}>{labels.pdf}</Anchor>{' '}
                    <Anchor href={`/papers/${paper.id}`} target="_blank" rel="noreferrer">
                      {labels.view}
                    </Anchor>
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
      </dl>
      <FileActs file={file} />
      {asking && (
        <RevealAsk
          close={() => setAsking(false)}
          read={async (purpose) =>
            setWhole(await call('revealParty', { params: { fileId: file.id }, body: { purpose } }))
          }
        />
      )}
    </article>
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
