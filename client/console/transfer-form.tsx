/* oxlint-disable jsx-a11y/no-autofocus -- whoever asks for a form goes on in its first field */
import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { IncidentView } from '../../shared/contract/incidents.ts';
import { useWords } from '../words/words.tsx';
import { transfer } from './acts.ts';
import { finish, FormFrame } from './form-frame.tsx';

const grounds = ['other_organ', 'out_of_list', 'matter_recalled', 'suspected_crime'] as const;

/** Another organ takes the incident over: to whom, on what ground, with which receipt. */
export function TransferForm({ incident }: { readonly incident: IncidentView }) {
  const words = useWords().detail.acts;
  const [body, setBody] = useState({
    to: '',
    ground: 'other_organ' as (typeof grounds)[number],
    reason: '',
    receipt: '',
  });
  const write = (name: 'to' | 'reason' | 'receipt') => ({
    value: body[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      setBody({ ...body, [name]: event.currentTarget.value }),
  });
  return (
    <FormFrame title={words.transfer} submit={() => void finish(transfer(incident.id, body))}>
      <TextInput label={words.to} required autoFocus maxLength={120} {...write('to')} />
      <NativeSelect
        label={words.ground}
        value={body.ground}
        onChange={(event) => setBody({ ...body, ground: event.currentTarget.value as typeof body.ground })}
        data={grounds.map((code) => ({ value: code, label: words.grounds[code] }))}
      />
      <TextInput label={words.reason} required maxLength={2000} {...write('reason')} />
      <TextInput label={words.receipt} required maxLength={120} {...write('receipt')} />
    </FormFrame>
  );
}
