import { NativeSelect, TagsInput, TextInput } from '@mantine/core';
import type { Person } from '../../shared/contract/people.ts';
import { roles, type Role } from '../../shared/contract/roles.ts';
import { useWords } from '../words/words.tsx';

/** What stands in both forms of a person. */
export interface PersonDraft {
  readonly displayName: string;
  readonly role: Exclude<Role, 'system' | 'public'>;
  readonly skills: readonly string[];
}

export const emptyPerson: PersonDraft = { displayName: '', role: 'officer', skills: [] };
export const draftOf = ({ displayName, role, skills }: Person): PersonDraft => ({
  displayName,
  role: role as PersonDraft['role'],
  skills,
});

const personRoles = roles.filter((role) => role !== 'system' && role !== 'public');

/** Name, role and skills. */
export function PersonFields(props: {
  readonly draft: PersonDraft;
  readonly set: (draft: PersonDraft) => void;
}) {
  const all = useWords();
  const words = all.admin.people;
  const { draft, set } = props;
  return (
    <>
      <TextInput
        label={words.displayName}
        required
        maxLength={64}
        value={draft.displayName}
        onChange={(event) => set({ ...draft, displayName: event.currentTarget.value })}
      />
      <NativeSelect
        label={words.role}
        value={draft.role}
        onChange={(event) => set({ ...draft, role: event.currentTarget.value as PersonDraft['role'] })}
        data={personRoles.map((role) => ({ value: role, label: all.signIn.roles[role] }))}
      />
      <TagsInput
        label={words.skills}
        description={words.skillsHint}
        value={[...draft.skills]}
        onChange={(skills) => set({ ...draft, skills })}
      />
    </>
  );
}
