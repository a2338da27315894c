import { Checkbox, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core';
import type {
  CircumstancesAnswered,
  Party,
  PenaltyFileView,
  Proposal,
} from '../../../shared/contract/enforcement.ts';
import type { Role } from '../../../shared/contract/roles.ts';
import { usePeople } from '../../live/people.ts';
import { instantOf, localText } from '../../ui/local-time.ts';
import { labelOf } from '../../words/label.ts';
import { useWords } from '../../words/words.tsx';
import type { Field } from './act-table.ts';
import { CircumstancesField } from './circumstances-field.tsx';
import { EvidenceField } from './evidence-field.tsx';
import { HandField } from './hand-field.tsx';
import { PartyField } from './party-field.tsx';
import { ProposalField } from './proposal-field.tsx';
import { ThingsField, type Thing } from './things-field.tsx';
import { usePartners } from './reads.ts';

export interface InputProps<T> {
  readonly label: string;
  readonly file: PenaltyFileView;
  readonly needed: boolean;
  readonly value: T;
  readonly change: (value: T) => void;
}

/** One field of a form, by its kind. */
export function FieldInput(props: {
  readonly field: Field;
  readonly file: PenaltyFileView;
  readonly label: string;
  readonly first: boolean;
  readonly value: unknown;
  readonly change: (value: unknown) => void;
}) {
  const words = useWords().files;
  const { field, file, label, value, change } = props;
  const { needed = false } = field;
  const text = typeof value === 'string' ? value : '';
  const focus = props.first ? { 'data-autofocus': true } : {};
  const more = { label, file, needed };
  switch (field.kind) {
    case 'line':
      return (
        <TextInput
          label={label}
          required={needed}
          maxLength={200}
          value={text}
          onChange={(event) => change(event.currentTarget.value)}
          {...focus}
        />
      );
    case 'long':
      return (
        <Textarea
          label={label}
          required={needed}
          autosize
          minRows={2}
          maxLength={2000}
          value={text}
          onChange={(event) => change(event.currentTarget.value)}
          {...focus}
        />
      );
    case 'check':
      return (
        <Checkbox
          label={label}
          checked={value === true}
          onChange={(event) => change(event.currentTarget.checked)}
          {...focus}
        />
      );
    case 'choice':
      return (
        <NativeSelect
          label={label}
          required={needed}
          value={text}
          onChange={(event) => change(event.currentTarget.value)}
          data={[
            { value: '', label: '', disabled: needed },
            ...(field.options ?? []).map((option) => ({
              value: option,
              label: labelOf(words.options, field.labels?.[option] ?? option),
            })),
          ]}
          {...focus}
        />
      );
    case 'yuan':
      return (
        <NumberInput
          label={label}
          required={needed}
          min={0.01}
          decimalScale={2}
          value={typeof value === 'number' ? value : ''}
          onChange={(amount) => change(amount === '' ? undefined : Number(amount))}
          {...focus}
        />
      );
    case 'instant':
      return (
        <TextInput
          type="datetime-local"
          label={label}
          required={needed}
          value={text === '' ? '' : localText(Date.parse(text))}
          onChange={(event) => change(instantOf(event.currentTarget.value) ?? '')}
          {...focus}
        />
      );
    case 'person':
      return <PersonField {...more} roles={field.roles} value={value} change={change} />;
    case 'investigator':
      return <InvestigatorField {...more} value={value} change={change} />;
    case 'partner':
      return <PartnerField {...more} value={value} change={change} />;
    case 'proposal':
      return <ProposalField {...more} value={(value || null) as Proposal | null} change={change} />;
    case 'party':
      return <PartyField {...more} value={(value || null) as Party | null} change={change} />;
    case 'circumstances':
      return (
        <CircumstancesField
          {...more}
          value={(value || file.circumstances) as CircumstancesAnswered}
          change={change}
        />
      );
    case 'things':
      return <ThingsField {...more} value={(value || null) as readonly Thing[] | null} change={change} />;
    case 'evidence':
      return (
        <EvidenceField
          {...more}
          only={field.only}
          value={(value || null) as readonly string[] | null}
          change={change}
        />
      );
    default:
      return <HandField {...more} change={change} />;
  }
}

/** Anybody of some roles but the officers of the file: they investigated. */
function PersonField({
  roles,
  ...props
}: InputProps<unknown> & { readonly roles: readonly Role[] | undefined }) {
  const { officers } = props.file;
  const people = usePeople().filter(
    ({ personId, role }) => !officers.includes(personId) && (roles === undefined || roles.includes(role)),
  );
  return (
    <PeopleSelect
      {...props}
      people={people.map(({ personId, displayName }) => [personId, displayName] as const)}
      none=""
    />
  );
}

/** One of the officers of the file. */
function InvestigatorField(props: InputProps<unknown>) {
  const people = usePeople().filter(({ personId }) => props.file.officers.includes(personId));
  return (
    <PeopleSelect
      {...props}
      people={people.map(({ personId, displayName }) => [personId, displayName] as const)}
      none=""
    />
  );
}

/** The second officer (行政处罚法 42): a colleague of the own team on duty; asked only of whoever has a team. */
function PartnerField(props: InputProps<unknown>) {
  const words = useWords().files;
  const partners = usePartners();
  if (partners.length === 0) return props.needed ? <p role="note">{words.partnerNone}</p> : null;
  const people = partners.map(({ personId, displayName }) => [personId, displayName] as const);
  return <PeopleSelect {...props} people={people} none={words.options.none} />;
}

/** One of some people by number; `none` names the empty choice where there may be none. */
function PeopleSelect({
  label,
  needed,
  value,
  change,
  people,
  none,
}: InputProps<unknown> & {
  readonly people: readonly (readonly [id: number, name: string])[];
  readonly none: string;
}) {
  return (
    <NativeSelect
      label={label}
      required={needed}
      value={typeof value === 'number' ? String(value) : ''}
      onChange={(event) => change(event.currentTarget.value === '' ? '' : Number(event.currentTarget.value))}
      data={[
        { value: '', label: needed ? '' : none, disabled: needed },
        ...people.map(([id, name]) => ({ value: String(id), label: name })),
      ]}
    />
  );
}
