/* oxlint-disable jsx-a11y/no-autofocus -- whoever asks for a form goes on in its first field */
import { Button, Checkbox, Modal, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AssignmentView } from '../../shared/contract/assignments.ts';
import type { IncidentView, Priority } from '../../shared/contract/incidents.ts';
import { useWords } from '../words/words.tsx';
import * as acts from './acts.ts';
import classes from './detail.module.css';
import { finish, FormFrame } from './form-frame.tsx';
import { MatterField } from './matter-field.tsx';
import { PlaceForm } from './place-form.tsx';
import { NeedsForm } from './needs-form.tsx';
import { useRoom, type OpenForm } from './room.ts';
import { TransferForm } from './transfer-form.tsx';

interface FormProps {
  readonly incident: IncidentView;
  readonly lead: AssignmentView | undefined;
}

const holdMinutes = [30, 60, 240, 1440] as const;
const rejectReasons = ['not_exists', 'out_of_list', 'unclear', 'test', 'other'] as const;
const liabilities = [
  'none',
  'education',
  'order_only',
  'simple',
  'notice',
  'ordinary',
  'transferred',
] as const;
type Liability = (typeof liabilities)[number];
/** Results that are a penalty: the only ones that ask twice. */
const penalties: readonly Liability[] = ['simple', 'notice', 'ordinary'];

/** The words that an act needs, below the bar; Enter does it, Escape leaves it. */
export function ActForm({ incident, lead }: FormProps) {
  const form = useRoom((state) => state.form);
  if (form === null || form === 'reassign') return null;
  if (form === 'priority') return <PriorityForm incident={incident} />;
  if (form === 'place') return <PlaceForm key={incident.version} incident={incident} />;
  if (form === 'file') return <FileForm incident={incident} />;
  if (form === 'transfer') return <TransferForm incident={incident} />;
  if (form === 'needs') return <NeedsForm incident={incident} />;
  if (form === 'close') return <CloseForm incident={incident} />;
  return <ReasonForm key={form} form={form} incident={incident} lead={lead} />;
}

function ReasonForm({
  form,
  incident,
  lead,
}: FormProps & {
  readonly form: Exclude<
    OpenForm,
    'reassign' | 'needs' | 'priority' | 'file' | 'place' | 'close' | 'transfer'
  >;
}) {
  const words = useWords();
  const labels = words.detail.acts;
  const [reason, setReason] = useState('');
  const [minutes, setMinutes] = useState('30');
  const [unsatisfied, setUnsatisfied] = useState(false);
  const [why, setWhy] = useState<(typeof rejectReasons)[number]>('not_exists');
  const silent = form === 'recall' && lead?.state === 'offered';
  const submit = () => {
    if (form === 'hold') void finish(acts.hold(incident.id, Number(minutes), reason));
    else if (form === 'resume') void finish(acts.resume(incident.id, reason));
    else if (form === 'escalate') void finish(acts.escalate(incident.id, reason));
    else if (form === 'rework') void finish(acts.sendBack(incident.id, reason));
    else if (form === 'extend') void finish(acts.extend(incident.id, reason));
    else if (form === 'reopen') void finish(acts.reopen(incident.id, reason, unsatisfied));
    else if (form === 'reject') void finish(acts.reject(incident.id, why, reason));
    else if (lead) void finish(acts.recall(lead, reason));
  };
  return (
    <FormFrame submit={submit} title={labels[form]}>
      {form === 'hold' && (
        <SegmentedControl
          size="xs"
          aria-label={labels.minutes}
          value={minutes}
          onChange={setMinutes}
          data={holdMinutes.map((value, i) => ({ value: String(value), label: labels.holdFor[i] ?? '' }))}
        />
      )}
      {form === 'reject' && (
        <NativeSelect
          label={labels.reason}
          value={why}
          onChange={(event) => setWhy(event.currentTarget.value as typeof why)}
          data={rejectReasons.map((code) => ({ value: code, label: words.timeline.rejectReason[code] }))}
        />
      )}
      {form === 'reopen' && (
        <Checkbox
          label={labels.unsatisfied}
          description={labels.unsatisfiedHint}
          checked={unsatisfied}
          onChange={(event) => setUnsatisfied(event.currentTarget.checked)}
        />
      )}
      <TextInput
        label={form === 'reject' ? labels.text : labels.reason}
        description={form === 'recall' && !silent ? labels.recallReason : undefined}
        required={form !== 'reject' && !silent}
        autoFocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormFrame>
  );
}

function PriorityForm({ incident }: { readonly incident: IncidentView }) {
  const words = useWords();
  const [priority, setPriority] = useState(String(incident.priority));
  return (
    <FormFrame
      title={words.detail.acts.priority}
      submit={() => void finish(acts.prioritise(incident, Number(priority) as Priority))}
    >
      <SegmentedControl
        size="xs"
        aria-label={words.detail.acts.priority}
        value={priority}
        onChange={setPriority}
        data={['1', '2', '3', '4'].map((value) => ({ value, label: `P${value}` }))}
      />
    </FormFrame>
  );
}

function FileForm({ incident }: { readonly incident: IncidentView }) {
  const words = useWords().detail.acts;
  const [matter, setMatter] = useState(incident.matterCode);
  return (
    <FormFrame
      title={words.file}
      submit={() => {
        if (matter !== null) void finish(acts.file(incident.id, matter));
      }}
    >
      <MatterField label={words.matter} value={matter} onChange={setMatter} autoFocus />
    </FormFrame>
  );
}

function CloseForm({ incident }: { readonly incident: IncidentView }) {
  const words = useWords();
  const labels = words.detail.acts;
  const [text, setText] = useState('');
  const [liability, setLiability] = useState<Liability>(incident.liability ?? 'none');
  const [asking, setAsking] = useState(false);
  const close = () => void finish(acts.close(incident.id, text, liability));
  return (
    <FormFrame
      title={labels.close}
      submit={() => (penalties.includes(liability) ? setAsking(true) : close())}
    >
      <NativeSelect
        label={labels.liability}
        autoFocus
        value={liability}
        onChange={(event) => setLiability(event.currentTarget.value as Liability)}
        data={liabilities.map((code) => ({ value: code, label: words.codes.liability[code] }))}
      />
      <TextInput label={labels.text} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={labels.close}
        closeButtonProps={{ 'aria-label': labels.cancel }}
        transitionProps={{ duration: 0 }}
      >
        <p>{labels.confirmPenalty({ liability: words.codes.liability[liability] })}</p>
        <div className={classes['formButtons']}>
          <Button
            autoFocus
            onClick={() => {
              setAsking(false);
              close();
            }}
          >
            {labels.confirm}
          </Button>
          <Button variant="default" onClick={() => setAsking(false)}>
            {labels.cancel}
          </Button>
        </div>
      </Modal>
    </FormFrame>
  );
}
