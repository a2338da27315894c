import { NativeSelect, TextInput } from '@mantine/core';
import { useEffect } from 'react';
import type { Party } from '../../../shared/contract/enforcement.ts';
import { identityOf, idKindsOf, noParty } from '../../../shared/rules/penalties/identity.ts';
import { useWords } from '../../words/words.tsx';
import type { InputProps } from './field-input.tsx';
import classes from './files.module.css';

/** Who it is; the number of the document is checked while it is typed. The plate of a notice stays. */
export function PartyField({ label, file, value, change }: InputProps<Party | null>) {
  const words = useWords().officer.papers.party;
  const plateLabel = useWords().work.reveal.plate;
  const party = value ?? { ...noParty, plate: file.party?.plate ?? null };
  useEffect(() => {
    if (value === null) change(party);
    // oxlint-disable-next-line react/exhaustive-deps -- once
  }, []);
  const set = (some: Partial<Party>) => change({ ...party, ...some });
  const line = (name: 'representative' | 'address' | 'phone' | 'plate', text: string, maxLength: number) => (
    <TextInput
      label={text}
      maxLength={maxLength}
      autoComplete="off"
      value={party[name] ?? ''}
      onChange={(event) => set({ [name]: event.currentTarget.value || null })}
    />
  );
  const identity = identityOf(party, Date.parse(file.actAt));
  return (
    <fieldset className={classes['group']}>
      <legend>{label}</legend>
      <div className={classes['two']}>
        <NativeSelect
          label={words.kind}
          value={party.kind}
          onChange={({ currentTarget }) => {
            const kind = currentTarget.value as Party['kind'];
            set({ kind, idKind: idKindsOf[kind][0] });
          }}
          data={(['individual', 'organisation'] as const).map((kind) => ({
            value: kind,
            label: words.kinds[kind],
          }))}
        />
        <TextInput
          label={party.kind === 'individual' ? words.name : words.organisationName}
          required
          maxLength={120}
          autoComplete="off"
          value={party.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <NativeSelect
          label={words.idKind}
          value={party.idKind ?? 'other'}
          onChange={(event) => set({ idKind: event.currentTarget.value as Party['idKind'] })}
          data={idKindsOf[party.kind].map((kind) => ({ value: kind, label: words.idKinds[kind] }))}
        />
        <TextInput
          label={words.idNumber}
          maxLength={32}
          autoComplete="off"
          value={party.idNumber ?? ''}
          description={
            party.idNumber === null
              ? undefined
              : identity.identified
                ? words.checks({ age: identity.ageYears })
                : words.checksNot
          }
          onChange={(event) => set({ idNumber: event.currentTarget.value.trim().toUpperCase() || null })}
        />
        {party.kind === 'individual' && (party.idKind === 'passport' || party.idKind === 'other') && (
          <TextInput
            type="date"
            label={words.birthDate}
            value={party.birthDate ?? ''}
            onChange={(event) => set({ birthDate: event.currentTarget.value || null })}
          />
        )}
        {party.kind === 'organisation' && line('representative', words.representative, 64)}
        {line('address', words.address, 200)}
        {line('phone', words.phone, 20)}
        {line('plate', plateLabel, 12)}
      </div>
    </fieldset>
  );
}
