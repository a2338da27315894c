import { NumberInput, SegmentedControl } from '@mantine/core';
import type { Proposal } from '../../../shared/contract/enforcement.ts';
import { useWords } from '../../words/words.tsx';
import { companionLine, CompanionsField } from './companions-field.tsx';
import type { InputProps } from './field-input.tsx';
import classes from './files.module.css';

/** A warning, or a fine with its amount; what was told before stands beside it. */
export function ProposalField({ label, file, needed, value, change }: InputProps<Proposal | null>) {
  const words = useWords().files;
  const { proposal } = file;
  const kinds = ['warning', 'fine', ...(needed ? [] : ['none'])] as const;
  return (
    <fieldset className={classes['group']}>
      <legend>{label}</legend>
      <SegmentedControl
        size="sm"
        aria-label={label}
        value={value?.kind ?? (needed ? '' : 'none')}
        onChange={(kind) =>
          change(
            kind === 'warning'
              ? { kind }
              : kind === 'fine'
                ? { ...(proposal?.kind === 'fine' ? proposal : { kind, amountYuan: 0 }) }
                : null,
          )
        }
        data={kinds.map((kind) => ({
          value: kind,
          label: words.options[kind as 'warning' | 'fine' | 'none'],
        }))}
      />
      {value?.kind === 'fine' && (
        <NumberInput
          label={words.fields.amountYuan}
          required
          min={0.01}
          decimalScale={2}
          value={value.amountYuan === 0 ? '' : value.amountYuan}
          onChange={(amount) => change({ ...value, amountYuan: Number(amount) })}
        />
      )}
      {value?.kind === 'fine' && file.procedure === 'ordinary' && (
        <CompanionsField
          file={file}
          value={value.companions ?? {}}
          change={(companions) => change({ ...value, companions })}
        />
      )}
      {proposal !== null && file.progress.toldAt !== undefined && (
        <p className={classes['muted']}>
          {words.told({
            what:
              proposal.kind === 'warning'
                ? words.options.warning
                : words.fineOf({ yuan: proposal.amountYuan.toFixed(2) }),
          })}
          {proposal.companions && ` · ${companionLine(proposal.companions, file, words)}`}
        </p>
      )}
    </fieldset>
  );
}
