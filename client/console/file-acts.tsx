/* oxlint-disable jsx-a11y/no-autofocus -- whoever asks for a form goes on in its first field */
import { Button, Group, Radio, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { PenaltyFileView } from '../../shared/contract/enforcement.ts';
import type { Role } from '../../shared/contract/roles.ts';
import { useBeside } from '../live/beside.ts';
import { call } from '../live/call.ts';
import { useSession } from '../live/session.ts';
import { useWords } from '../words/words.tsx';
import { perform } from './perform.tsx';

type Act = 'pass' | 'refuse' | 'decide' | 'register' | 'close';

/** Steps of a file that are taken at a desk: the reviewer's word and the head's. The state machine says the rest. */
export function deskActs(role: Role, { state, procedure, progress, proposal }: PenaltyFileView): Act[] {
  if (role === 'legalReviewer')
    return state === 'legal_review' && progress.reviewPassed !== true ? ['pass', 'refuse'] : [];
  if (role !== 'head') return [];
  if (state === 'notice_expired') return ['register'];
  if (procedure !== 'ordinary') return [];
  if (state === 'opened' && progress.filedAt === undefined) return ['register'];
  if (state === 'served' || state === 'enforcing') return ['close'];
  const decidable =
    (state === 'heard' && progress.reviewCompulsory !== true) ||
    (state === 'legal_review' && progress.reviewPassed === true);
  return decidable && proposal !== null ? ['decide'] : [];
}

/** What this person may do with the file now, each with what the law wants in writing. */
export function FileActs({ file }: { readonly file: PenaltyFileView }) {
  const labels = useWords().work.file.acts;
  const role = useSession((session) => session.me?.role ?? 'public');
  const [open, setOpen] = useState<Act | null>(null);
  const acts = deskActs(role, file);
  if (acts.length === 0) return null;
  if (open !== null && acts.includes(open))
    return <FileForm key={open} file={file} act={open} close={() => setOpen(null)} />;
  return (
    <Group gap={6} mt={6}>
      {acts.map((act) => (
        <Button key={act} size="compact-sm" variant="default" onClick={() => setOpen(act)}>
          {labels[act]}
        </Button>
      ))}
    </Group>
  );
}

function FileForm(props: { readonly file: PenaltyFileView; readonly act: Act; readonly close: () => void }) {
  const words = useWords();
  const labels = words.work.file.acts;
  const { file, act } = props;
  const { data } = useBeside('evidence', file.incidentId);
  const [text, setText] = useState('');
  const [discussion, setDiscussion] = useState('');
  const [law, setLaw] = useState<'act' | 'decision'>('act');
  const bodyOf = () => {
    if (act === 'pass' || act === 'refuse') {
      const chosen = file.progress.lawUnclear === true && act === 'pass' ? { lawApplied: law } : {};
      return { act: 'review', passed: act === 'pass', text, ...chosen } as const;
    }
    if (act === 'register') return { act, grounds: text } as const;
    if (act === 'close') return { act } as const;
    const evidenceIds = (data?.evidence ?? []).map(({ id }) => id).slice(0, 50);
    return { act, proposal: file.proposal!, text, discussion, evidenceIds } as const;
  };
  async function save() {
    const done = await perform({
      label: labels.done({ id: file.id, act: labels[act] }),
      run: () => call('actOnFile', { params: { fileId: file.id }, body: bodyOf() }),
    });
    if (done) props.close();
  }
  return (
    <form
      aria-label={labels[act]}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {act === 'decide' && file.proposal && (
        <p>
          {file.proposal.kind === 'warning'
            ? labels.warning
            : labels.fine({ yuan: file.proposal.amountYuan.toFixed(2) })}
        </p>
      )}
      {act !== 'close' && (
        <Textarea
          label={labels.texts[act]}
          required
          autoFocus
          autosize
          minRows={2}
          maxLength={2000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      {act === 'pass' && file.progress.lawUnclear === true && (
        <Radio.Group label={labels.law} value={law} onChange={(value) => setLaw(value)}>
          <Radio value="act" label={labels.laws.act} />
          <Radio value="decision" label={labels.laws.decision} />
        </Radio.Group>
      )}
      {act === 'decide' && (file.progress.complex === true || file.circumstances.grave) && (
        <Textarea
          label={labels.discussion}
          required
          autosize
          minRows={2}
          maxLength={2000}
          value={discussion}
          onChange={(event) => setDiscussion(event.currentTarget.value)}
        />
      )}
      <Group gap={6} mt={6}>
        <Button size="compact-sm" type="submit">
          {labels[act]}
        </Button>
        <Button size="compact-sm" variant="default" onClick={props.close}>
          {words.detail.acts.cancel}
        </Button>
      </Group>
    </form>
  );
}
