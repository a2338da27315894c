import { Checkbox, NativeSelect } from '@mantine/core';
import { useEffect } from 'react';
import type { CircumstancesAnswered } from '../../../shared/contract/enforcement.ts';
import { useWords } from '../../words/words.tsx';
import type { InputProps } from './field-input.tsx';
import classes from './files.module.css';
import { useBenchmarks } from './reads.ts';

const facts = ['partyPresent', 'capable', 'guardianPresent', 'grave', 'mitigated'] as const;
const questions = ['minorHarmless', 'faultless'] as const;

/** The questions that the law puts before a penalty (行政处罚法 30 to 33, 36); unanswered ones forbid the decision on the spot. */
export function CircumstancesField({ label, file, value, change }: InputProps<CircumstancesAnswered>) {
  const words = useWords().files;
  const labels = words.circumstances;
  const ranges = useBenchmarks(file.matterCode, file.party?.kind ?? 'individual');
  const published = useWords().officer.papers.amount;
  const set = (some: Partial<CircumstancesAnswered>) => change({ ...value, ...some });
  useEffect(() => {
    change(value);
    // oxlint-disable-next-line react/exhaustive-deps -- what stands in the file is sent unless it is changed
  }, []);
  return (
    <fieldset className={classes['group']}>
      <legend>{label}</legend>
      {facts.map((name) => (
        <Checkbox
          key={name}
          label={labels[name]}
          checked={value[name]}
          onChange={(event) => set({ [name]: event.currentTarget.checked })}
        />
      ))}
      {questions.map((name) => (
        <NativeSelect
          key={name}
          label={labels[name]}
          value={value[name] === null ? '' : value[name] ? 'yes' : 'no'}
          onChange={({ currentTarget: { value: chosen } }) =>
            set({ [name]: chosen === '' ? null : chosen === 'yes' })
          }
          data={[
            { value: '', label: words.options.unknown },
            { value: 'no', label: words.options.no },
            { value: 'yes', label: words.options.yes },
          ]}
        />
      ))}
      <NativeSelect
        label={labels.firstMinor}
        value={value.firstMinor ?? ''}
        onChange={({ currentTarget: { value: chosen } }) =>
          set({ firstMinor: chosen === '' ? null : (chosen as 'no') })
        }
        data={[
          { value: '', label: words.options.unknown },
          ...(['no', 'penalised', 'spared'] as const).map((one) => ({
            value: one,
            label: labels.firstMinorChoices[one],
          })),
        ]}
      />
      {ranges.length > 0 && (
        <NativeSelect
          label={labels.level}
          value={value.level ?? ''}
          onChange={(event) => set({ level: event.currentTarget.value || null })}
          data={[
            { value: '', label: words.options.none },
            ...ranges.map(({ level, leastYuan, mostYuan }) => ({
              value: level,
              label: published.level({ level, least: leastYuan, most: mostYuan }),
            })),
          ]}
        />
      )}
    </fieldset>
  );
}
