import { TextInput } from '@mantine/core';
import type { Party } from '../../../../shared/contract/enforcement.ts';
import { identityOf, idKindsOf } from '../../../../shared/rules/penalties/identity.ts';
import { useWords } from '../../../words/use-words.ts';
import { serverNowMs } from '../../desk/clock.ts';
import classes from '../../shell/phone.module.css';
import { SelectField } from '../../shell/select-field.tsx';
import type { PenaltyDraft } from './draft.ts';

/** Who it is, whether present, and that the number checks. */
export function PartyStep(props: {
  readonly draft: PenaltyDraft;
  readonly change: (some: Partial<PenaltyDraft>) => void;
}) {
  const words = useWords().officer.papers.party;
  const { draft, change } = props;
  const { party, circumstances } = draft;
  const set = (some: Partial<Party>) => change({ party: { ...party, ...some } });
  const text = (value: string) => (value === '' ? null : value);
  const identity = identityOf(party, serverNowMs());
  return (
    <>
      <div className={classes['grid']} role="group" aria-label={words.kind}>
        {(['individual', 'organisation'] as const).map((kind) => (
          <button
            key={kind}
            type="button"
            className={classes['choice']}
            aria-pressed={party.kind === kind}
            onClick={() => set({ kind, idKind: idKindsOf[kind][0] })}
          >
            {words.kinds[kind]}
          </button>
        ))}
      </div>
      <div className={classes['grid']} role="group" aria-label={words.presence}>
        {([true, false] as const).map((present) => (
          <button
            key={String(present)}
            type="button"
            className={classes['choice']}
            aria-pressed={circumstances.partyPresent === present}
            onClick={() => change({ circumstances: { ...circumstances, partyPresent: present } })}
          >
            {present ? words.present : words.absent}
          </button>
        ))}
      </div>
      <TextInput
        label={party.kind === 'individual' ? words.name : words.organisationName}
        value={party.name}
        maxLength={120}
        autoComplete="off"
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <SelectField
        label={words.idKind}
        value={party.idKind ?? 'other'}
        choices={idKindsOf[party.kind].map((value) => ({ value, label: words.idKinds[value] }))}
        onChange={(idKind) => set({ idKind })}
      />
      <TextInput
        label={words.idNumber}
        value={party.idNumber ?? ''}
        maxLength={32}
        autoComplete="off"
        autoCapitalize="characters"
        description={
          party.idNumber === null
            ? null
            : identity.identified
              ? words.checks({ age: identity.ageYears })
              : words.checksNot
        }
        onChange={(event) => set({ idNumber: text(event.currentTarget.value.trim().toUpperCase()) })}
        styles={{ description: { color: 'var(--surface-text)', fontSize: '0.9375rem' } }}
      />
      {party.kind === 'individual' && (party.idKind === 'passport' || party.idKind === 'other') && (
        <TextInput
          type="date"
          label={words.birthDate}
          value={party.birthDate ?? ''}
          onChange={(event) => set({ birthDate: text(event.currentTarget.value) })}
        />
      )}
      {party.kind === 'organisation' && (
        <TextInput
          label={words.representative}
          value={party.representative ?? ''}
          maxLength={64}
          onChange={(event) => set({ representative: text(event.currentTarget.value) })}
        />
      )}
      <TextInput
        label={words.address}
        value={party.address ?? ''}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => set({ address: text(event.currentTarget.value) })}
      />
      <TextInput
        label={words.phone}
        type="tel"
        value={party.phone ?? ''}
        maxLength={20}
        autoComplete="off"
        onChange={(event) => set({ phone: text(event.currentTarget.value) })}
      />
    </>
  );
}
