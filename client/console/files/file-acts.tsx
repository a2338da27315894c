import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import type { PenaltyFileView } from '../../../shared/contract/enforcement.ts';
import type { FileActName } from '../../../shared/contract/file-acts.ts';
import { call } from '../../live/call.ts';
import { useServerNow } from '../../live/now.ts';
import { useMay, useSession } from '../../live/session.ts';
import { useWords, type Words } from '../../words/words.tsx';
import { say } from '../perform.tsx';
import { Section } from '../section.tsx';
import { actFields, actNames, bodyOf } from './act-table.ts';
import { FieldsForm } from './fields-form.tsx';
import classes from './files.module.css';
import { notNow, type NotNow } from './possible.ts';
import { readFilesAgain, useEvidence } from './reads.ts';
import { RecusalForm } from './recusal-form.tsx';
import { RecordForm } from './record-form.tsx';

const records: readonly string[] = ['inspection_record', 'interview_record', 'party_statement'];

/** Every act on a file: what may be done now as buttons, the rest with the reason and the article. */
export function FileActs({ file }: { readonly file: PenaltyFileView }) {
  const words = useWords();
  const labels = words.files;
  const me = useSession((session) => session.me);
  const acts = useMay('penalty.act');
  const nowMs = useServerNow();
  const { data } = useEvidence(file.incidentId);
  const [open, setOpen] = useState<FileActName | 'record' | 'recuse' | null>(null);
  if (!me || !acts) return null;
  const recordsMade = [...file.papers, ...(data?.evidence ?? [])].some(({ kind }) => records.includes(kind));
  const looker = { role: me.role, personId: me.personId, nowMs, recordsMade };
  const asked = actNames.map((act) => ({ act, no: notNow(act, file, looker) }));
  const possible = asked.filter(({ no }) => no === null);
  const ended = ['no_penalty', 'transferred', 'revoked'].includes(file.state);
  const writes = !ended && (me.role === 'officer' || me.role === 'leader' || me.role === 'head');
  const close = () => setOpen(null);
  return (
    <Section title={labels.can}>
      {possible.length === 0 && <p className={classes['muted']}>{labels.canNone}</p>}
      <div className={classes['acts']}>
        {possible.map(({ act }) => (
          <Button
            key={act}
            size="compact-md"
            variant="default"
            title={labels.articles[act]}
            onClick={() => setOpen(act)}
          >
            {labels.acts[act]}
          </Button>
        ))}
        {writes && (
          <Button size="compact-md" variant="default" onClick={() => setOpen('record')}>
            {labels.makePaper}
          </Button>
        )}
        {writes && (
          <Button size="compact-md" variant="default" onClick={() => setOpen('recuse')}>
            {labels.recuse}
          </Button>
        )}
      </div>
      <details>
        <summary>{labels.cannot}</summary>
        <ul className={classes['barred']}>
          {asked.map(
            ({ act, no }) =>
              no && (
                <li key={act}>
                  <Button size="compact-sm" variant="default" disabled aria-describedby={`no-${act}`}>
                    {labels.acts[act]}
                  </Button>
                  <span id={`no-${act}`} className={classes['muted']}>
                    {reasonOf(no, words)} · {labels.articles[act]}
                  </span>
                </li>
              ),
          )}
        </ul>
      </details>
      <Modal
        opened={open !== null}
        onClose={close}
        title={open === null ? '' : titleOf(open, labels)}
        size="min(680px, 95vw)"
        closeButtonProps={{ 'aria-label': labels.cancel }}
        transitionProps={{ duration: 0 }}
      >
        {open === 'record' ? (
          <RecordForm file={file} close={close} />
        ) : open === 'recuse' ? (
          <RecusalForm file={file} role={me.role} personId={me.personId} close={close} />
        ) : (
          open !== null && <ActForm key={open} act={open} file={file} personId={me.personId} close={close} />
        )}
      </Modal>
    </Section>
  );
}

const titleOf = (open: FileActName | 'record' | 'recuse', labels: Words['files']): string =>
  open === 'record' ? labels.makePaper : open === 'recuse' ? labels.recuse : labels.acts[open];

function ActForm(props: {
  readonly act: FileActName;
  readonly file: PenaltyFileView;
  readonly personId: number;
  readonly close: () => void;
}) {
  const words = useWords().files;
  const { act, file } = props;
  const text = words.texts[act];
  return (
    <FieldsForm
      title={words.acts[act]}
      note={words.articles[act]}
      fields={actFields[act]}
      file={file}
      {...(text !== undefined && { labels: { text } })}
      close={props.close}
      send={async (values) => {
        const body = bodyOf(act, values, props.personId, file.procedure === 'simple');
        await call('actOnFile', { params: { fileId: file.id }, body: body as never });
        say(words.done({ id: file.id, act: words.acts[act] }), 'done');
        props.close();
        await readFilesAgain();
      }}
    />
  );
}

/** Why not, in words. */
export function reasonOf(no: NotNow, { files, officer, signIn }: Words): string {
  if (no.why === 'condition') return files.conditions[no.condition];
  if (no.why === 'procedure') return files.because.procedure;
  if (no.why === 'role')
    return files.because.role({
      roles: no.roles.map((role) => signIn.roles[role]).join(files.because.and),
    });
  const states = [...new Set(no.states)].map((state) => officer.papers.states[state]);
  return files.because.state({ states: states.join(files.because.and) });
}
