import { Checkbox } from '@mantine/core';
import { useEffect } from 'react';
import type { EvidenceKind } from '../../../shared/contract/evidence.ts';
import { formatInstant } from '../../words/format.ts';
import { useWords } from '../../words/words.tsx';
import type { InputProps } from './field-input.tsx';
import classes from './files.module.css';
import { useEvidence } from './reads.ts';

/** Evidence of the incident, shared by reference: all of it at first, each piece may be left out. */
export function EvidenceField({
  label,
  file,
  only,
  value,
  change,
}: InputProps<readonly string[] | null> & { readonly only: EvidenceKind | undefined }) {
  const words = useWords().files;
  const { data } = useEvidence(file.incidentId);
  const all = (data?.evidence ?? []).filter(({ kind }) => only === undefined || kind === only);
  const none = value === null && all.length > 0;
  useEffect(() => {
    if (none) change(all.map(({ id }) => id).slice(0, 50));
    // oxlint-disable-next-line react/exhaustive-deps -- once, when the evidence has come
  }, [none]);
  return (
    <fieldset className={classes['group']}>
      <legend>{label}</legend>
      {all.length === 0 && <p className={classes['muted']}>{words.evidenceNone}</p>}
      {all.map((piece) => (
        <Checkbox
          key={piece.id}
          label={words.evidenceOf({
            kind: words.evidenceKinds[piece.kind],
            clock: formatInstant(Date.parse(piece.capturedAt)).slice(0, 16),
            slot: piece.slot ?? '',
          })}
          checked={value?.includes(piece.id) ?? false}
          onChange={(event) =>
            change(
              event.currentTarget.checked
                ? [...(value ?? []), piece.id]
                : (value ?? []).filter((id) => id !== piece.id),
            )
          }
        />
      ))}
    </fieldset>
  );
}
