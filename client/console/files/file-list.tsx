import { Button, NativeSelect, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { OpenFileView, PenaltyFileState } from '../../../shared/contract/enforcement.ts';
import { useServerNow } from '../../live/now.ts';
import { useSession } from '../../live/session.ts';
import { labelOf } from '../../words/label.ts';
import { useWords } from '../../words/words.tsx';
import classes from './files.module.css';
import { waitsFor } from './possible.ts';
import { useFileNames, useOpenFiles } from './reads.ts';

const dayMs = 86_400_000;
const soonDays = 3;

/** Open files, the one whose period ends first on top; by state, by word, or only what waits for this person. */
export function FileList(props: { readonly opened: number; readonly beside: boolean }) {
  const words = useWords();
  const labels = words.files;
  const states = words.officer.papers.states;
  const names = useFileNames();
  const me = useSession((session) => session.me);
  const { data, isError, refetch } = useOpenFiles();
  const [state, setState] = useState('');
  const [mine, setMine] = useState(false);
  const [text, setText] = useState('');
  const all = data?.files ?? [];
  const wanted = text.trim().toLowerCase();
  const shown = all
    .filter(
      (file) =>
        (state === '' || file.state === state) &&
        (!mine || (me !== null && waitsFor(file, me))) &&
        [String(file.id), names.matter(file.matterCode), file.matterCode, file.partyName ?? ''].some((part) =>
          part.toLowerCase().includes(wanted),
        ),
    )
    .toSorted((a, b) => endOf(a) - endOf(b) || b.id - a.id);
  const here = [...new Set(all.map((file) => file.state))];
  return (
    <nav className={classes['list']} aria-label={labels.all} data-beside={props.beside || undefined}>
      <div className={classes['filters']}>
        <NativeSelect
          label={labels.filter.state}
          value={state}
          onChange={(event) => setState(event.currentTarget.value)}
          data={[
            { value: '', label: labels.filter.every },
            ...(Object.keys(states) as PenaltyFileState[])
              .filter((one) => here.includes(one))
              .map((one) => ({ value: one, label: states[one] })),
          ]}
        />
        <TextInput
          label={labels.filter.text}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Switch
          label={labels.filter.mine}
          checked={mine}
          onChange={(event) => setMine(event.currentTarget.checked)}
        />
        <span className={classes['muted']} aria-live="polite">
          {labels.count({ shown: shown.length, all: all.length })}
        </span>
      </div>
      {isError && (
        <p role="alert">
          {labels.readFailed}{' '}
          <Button size="compact-sm" variant="default" onClick={() => void refetch()}>
            {labels.again}
          </Button>
        </p>
      )}
      {data && shown.length === 0 && <p className={classes['none']}>{labels.none}</p>}
      <ul className={classes['rows']}>
        {shown.map((file) => (
          <li key={file.id}>
            <Row file={file} opened={file.id === props.opened} matter={names.matter(file.matterCode)} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Row(props: { readonly file: OpenFileView; readonly opened: boolean; readonly matter: string }) {
  const words = useWords();
  const { file } = props;
  return (
    <a
      href={`#files/${file.id}`}
      className={classes['row']}
      {...(props.opened && { 'aria-current': 'page' as const })}
    >
      <strong>
        {words.work.file.line({
          id: file.id,
          procedure: words.officer.papers.procedures[file.procedure],
          state: words.officer.papers.states[file.state],
        })}
      </strong>
      <span className={classes['muted']}>{words.files.incident({ id: file.incidentId })}</span>
      <span>{props.matter}</span>
      <span>{file.partyName ?? words.work.file.partyNone}</span>
      <NextPeriod file={file} />
    </a>
  );
}

function NextPeriod({ file }: { readonly file: OpenFileView }) {
  const words = useWords().work.file;
  const nowMs = useServerNow();
  if (file.next === null) return <span className={classes['muted']}>{words.periodNone}</span>;
  const days = Math.floor((Date.parse(file.next.endsAt) - nowMs) / dayMs);
  return (
    <>
      <span className={classes['muted']}>{labelOf(words.periods, file.next.period)}</span>
      <span className={days < soonDays ? classes['soon'] : classes['muted']}>
        {words.left({ days })} · {file.next.lastDate}
      </span>
    </>
  );
}

const endOf = ({ next }: OpenFileView): number =>
  next === null ? Number.MAX_SAFE_INTEGER : Date.parse(next.endsAt);
