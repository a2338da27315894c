import { Anchor, Button } from '@mantine/core';
import type { LedgerEvent } from '../../../shared/contract/events.ts';
import type { PenaltyFileView } from '../../../shared/contract/enforcement.ts';
import { useMay } from '../../live/session.ts';
import { formatInstant } from '../../words/format.ts';
import { labelOf } from '../../words/label.ts';
import { useWords } from '../../words/words.tsx';
import { factSentence } from '../fact-sentence.ts';
import { FileFacts } from '../file-facts.tsx';
import { openIncident } from '../room.ts';
import { Section } from '../section.tsx';
import { actorName } from '../timeline.tsx';
import { FileActs } from './file-acts.tsx';
import classes from './files.module.css';
import { Measures } from './measures.tsx';
import { useFile, useFileNames, useFileStory } from './reads.ts';

const minuteOf = (instant: string): string => formatInstant(Date.parse(instant)).slice(0, 16);

/** One penalty file: what can be done, the case, the periods, the money, the papers, the story. */
export function FileSheet({ fileId }: { readonly fileId: number }) {
  const words = useWords();
  const { data: file, isError, refetch } = useFile(fileId);
  const watches = useMay('room.watch');
  if (isError && !file)
    return (
      <p role="alert">
        {words.files.readFailed}{' '}
        <Button size="compact-sm" variant="default" onClick={() => void refetch()}>
          {words.files.again}
        </Button>
      </p>
    );
  if (!file) return null;
  const { procedures, states } = words.officer.papers;
  return (
    <>
      <h2>
        {words.work.file.line({
          id: file.id,
          procedure: procedures[file.procedure],
          state: states[file.state],
        })}
      </h2>
      <p className={classes['muted']}>
        {words.files.incident({ id: file.incidentId })}{' '}
        {watches && (
          <Anchor href="#" onClick={() => openIncident(file.incidentId)}>
            {words.files.toIncident}
          </Anchor>
        )}
      </p>
      <FileActs file={file} />
      <div className={classes['columns']}>
        <div>
          <Case file={file} />
          <Story file={file} />
        </div>
        <div>
          <Periods file={file} />
          <Measures file={file} />
          <Payments file={file} />
          <Papers file={file} />
          <Signatures file={file} />
        </div>
      </div>
    </>
  );
}

function Case({ file }: { readonly file: PenaltyFileView }) {
  const words = useWords();
  const names = useFileNames();
  return (
    <Section title={words.files.facts}>
      <FileFacts file={file} names={names} />
    </Section>
  );
}

function Story({ file }: { readonly file: PenaltyFileView }) {
  const words = useWords();
  const names = useFileNames();
  const { data = [], isError, refetch } = useFileStory(file.incidentId, file.id);
  return (
    <Section title={words.files.story} failed={isError} again={() => void refetch()}>
      <ol className={classes['story']}>
        {data.map((event) => (
          <li key={event.seq}>
            <span className={classes['muted']}>
              {minuteOf(event.at)} {actorName(event.actor, words)}
            </span>
            <span>{factSentence(event as unknown as LedgerEvent, words, names)}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Periods({ file }: { readonly file: PenaltyFileView }) {
  const words = useWords();
  const labels = words.work.file;
  return (
    <Section title={words.files.periods}>
      {file.periods.length === 0 && <p className={classes['muted']}>{words.files.periodsNone}</p>}
      <ul className={classes['story']}>
        {file.periods.map((one) => (
          <li key={`${one.period}${one.startedAt}`}>
            <span>{labelOf(labels.periods, one.period)}</span>
            <span className={one.endedAt === null ? classes['soon'] : classes['muted']}>
              {one.endedAt === null
                ? one.lastDate
                : one.endedAt < one.endsAt
                  ? words.files.periodEnded({ date: one.lastDate })
                  : words.files.periodOver({ date: one.lastDate })}
              {one.provisional && one.endedAt === null && ` · ${labels.provisional}`}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Payments({ file }: { readonly file: PenaltyFileView }) {
  const words = useWords().files;
  const { decision, payment } = file;
  if (decision?.kind !== 'fine' || payment === null) return null;
  const lastDay = file.periods.findLast(({ period }) => period === 'pay')?.lastDate;
  return (
    <Section title={words.payments}>
      <p>{words.paid({ paid: payment.paidYuan.toFixed(2), fine: (decision.amountYuan ?? 0).toFixed(2) })}</p>
      {payment.gainsYuan > 0 && <p>{words.gains({ yuan: payment.gainsYuan.toFixed(2) })}</p>}
      {lastDay !== undefined && <p className={classes['muted']}>{words.payBy({ clock: lastDay })}</p>}
      {payment.lateYuan > 0 && (
        <p className={classes['late']}>{words.late({ yuan: payment.lateYuan.toFixed(2) })}</p>
      )}
    </Section>
  );
}

function Papers({ file }: { readonly file: PenaltyFileView }) {
  const words = useWords();
  const labels = words.work.file;
  return (
    <Section title={words.files.papers}>
      {file.papers.length === 0 && <p className={classes['muted']}>{words.files.papersNone}</p>}
      <ul className={classes['story']}>
        {file.papers.map((paper) => (
          <li key={paper.id}>
            <span>
              {labelOf(words.officer.papers.kinds, paper.kind)} {paper.number ?? ''}
            </span>
            <span>
              <Anchor href={`/papers/${paper.id}.pdf`}>{labels.pdf}</Anchor>{' '}
              <Anchor href={`/papers/${paper.id}`} target="_blank" rel="noreferrer">
                {labels.view}
              </Anchor>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Signatures({ file }: { readonly file: PenaltyFileView }) {
  const words = useWords().files;
  const names = useFileNames();
  if (file.signatures.length === 0) return null;
  return (
    <Section title={words.signatures}>
      <ul className={classes['rows']}>
        {file.signatures.map((one) => (
          <li key={`${one.purpose}${one.personId ?? ''}${one.at}`}>
            {words.signed({
              who: one.personId === null ? words.party : names.person(one.personId),
              purpose: labelOf(words.purposes, one.purpose),
              clock: minuteOf(one.at),
            })}
            {one.refusalNote !== null && ` · ${one.refusalNote}`}
          </li>
        ))}
      </ul>
    </Section>
  );
}
