/* oxlint-disable jsx-a11y/no-autofocus -- whoever asks for a form goes on in its first field */
import { Select, type ComboboxItem, type OptionsFilter } from '@mantine/core';
import { useMemo, useState } from 'react';
import { usePreferences } from '../ui/preferences.ts';
import { useAliases } from './aliases.ts';
import { useRoom } from './room.ts';

/** The list of matters by name, code or pinyin; what is typed narrows it, Enter takes the first. */
export function MatterField(props: {
  readonly label: string;
  readonly description?: string;
  readonly value: string | null;
  readonly onChange: (code: string | null) => void;
  readonly autoFocus?: boolean;
}) {
  const matters = useRoom((state) => state.matters);
  const language = usePreferences((state) => state.language);
  const aliases = useAliases();
  const data = useMemo(
    () =>
      [...matters.values()].map(({ code, nameZh, nameEn }) => ({
        value: code,
        label: `${language === 'en' ? nameEn : nameZh} · ${code}`,
      })),
    [matters, language],
  );
  const [search, setSearch] = useState(() => data.find(({ value }) => value === props.value)?.label ?? '');
  const filter: OptionsFilter = ({ options, search }) => {
    const wanted = search.trim().toLowerCase();
    const found = (options as ComboboxItem[]).filter(
      ({ value, label }) =>
        label.toLowerCase().includes(wanted) ||
        value.toLowerCase().startsWith(wanted) ||
        (aliases.matters.get(value) ?? []).some((alias) => alias.includes(wanted)),
    );
    // Whoever types a code or initials means the matter that begins with them.
    const begins = ({ value }: ComboboxItem) =>
      value.toLowerCase().startsWith(wanted) ||
      (aliases.matters.get(value) ?? []).some((alias) => alias.startsWith(wanted));
    return found.sort((a, b) => Number(begins(b)) - Number(begins(a)));
  };
  return (
    <Select
      label={props.label}
      description={props.description}
      data={data}
      value={props.value}
      onChange={props.onChange}
      searchable
      searchValue={search}
      onSearchChange={setSearch}
      onKeyDown={(event) => {
        // What was typed names no matter yet: Enter must not send the form without one.
        const chosen = data.find(({ value }) => value === props.value)?.label ?? '';
        if (event.key === 'Enter' && search !== chosen) event.preventDefault();
      }}
      // Over a list that opens by itself, Enter would take its first row instead of the matter that stands there.
      openOnFocus={props.value === null}
      allowDeselect={false}
      selectFirstOptionOnChange
      filter={filter}
      limit={60}
      maxDropdownHeight={280}
      autoFocus={props.autoFocus ?? false}
      nothingFoundMessage="—"
      comboboxProps={{ transitionProps: { duration: 0 } }}
    />
  );
}
