import { Select } from '@mantine/core';
import type { Crs } from '../../../shared/contract/datums.ts';
import { useWords } from '../../words/words.tsx';

const datums: readonly Crs[] = ['wgs84', 'cgcs2000', 'gcj02', 'bd09'];

/** Which datum: always said, never guessed. */
export function DatumSelect(props: {
  readonly value: Crs | null;
  readonly label: string;
  readonly onChange: (crs: Crs) => void;
}) {
  const words = useWords().studio.files;
  return (
    <Select
      label={props.label}
      data={datums.map((crs) => ({ value: crs, label: words.datums[crs as keyof typeof words.datums] }))}
      value={props.value}
      allowDeselect={false}
      onChange={(value) => value !== null && props.onChange(value)}
    />
  );
}
