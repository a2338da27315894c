import { Anchor } from '@mantine/core';
import type { PenaltyFileView } from '../../shared/contract/enforcement.ts';
import { useBeside } from '../live/beside.ts';
import { useServerNow } from '../live/now.ts';
import { useSession } from '../live/session.ts';
import { labelOf } from '../words/label.ts';
import { useWords } from '../words/words.tsx';
import { FileFacts } from './file-facts.tsx';
import { useNames } from './names.ts';
import { Section } from './section.tsx';
import classes from './section.module.css';

/** The penalty files behind an incident, each with the way to its page; a head may file one. They live on when it is closed. */
export function FilePanel({ incidentId }: { readonly incidentId: number }) {
  const words = useWords();
  const files = useSession(({ me }) => me?.role === 'head');
  const { data, isError, refetch } = useBeside('files', incidentId);
  if (!isError && !files && !data?.files.length) return null;
  return (
    <Section
      title={words.work.file.title}
      failed={isError}
      again={() => void refetch()}
      aside={files && <Anchor href={`#files/new/${incidentId}`}>{words.files.newFile}</Anchor>}
    >
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
  const next = nextPeriod(file);
  return (
    <article>
      <strong>
        {labels.line({
          id: file.id,
          procedure: papers.procedures[file.procedure],
          state: papers.states[file.state],
        })}
      </strong>
      <FileFacts file={file} names={names}>
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
      </FileFacts>
      <Anchor href={`#files/${file.id}`}>{words.files.openOf({ id: file.id })}</Anchor>
    </article>
  );
}
