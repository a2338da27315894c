import { NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../../words/words.tsx';
import classes from './side-panel.module.css';

/** Spans of local hours that a planner asks for most; the night goes over midnight. */
const spans = { whole: [0, 24], day: [8, 20], night: [20, 8] } as const;
type Span = keyof typeof spans | 'other';

interface Hours {
  readonly hourFrom: number;
  readonly hourTo: number;
}

const spanOf = ({ hourFrom, hourTo }: Hours): Span =>
  (['whole', 'day', 'night'] as const).find(
    (name) => spans[name][0] === hourFrom && spans[name][1] === hourTo,
  ) ?? 'other';

/** All day, day, night, or any hours [from, to). */
export function HoursField(props: Hours & { readonly onChange: (hours: Hours) => void }) {
  const words = useWords().studio.hours;
  const { hourFrom, hourTo, onChange } = props;
  const [typed, setTyped] = useState(false);
  const span = typed ? 'other' : spanOf(props);
  return (
    <>
      <Select
        size="xs"
        label={words.title}
        data={(['whole', 'day', 'night', 'other'] as const).map((value) => ({
          value,
          label: words.spans[value],
        }))}
        value={span}
        allowDeselect={false}
        onChange={(value) => {
          setTyped(value === 'other');
          if (value === null || value === 'other') return;
          const [from, to] = spans[value];
          onChange({ hourFrom: from, hourTo: to });
        }}
      />
      {span === 'other' && (
        <div className={classes['row']}>
          <NumberInput
            size="xs"
            w={100}
            label={words.from}
            min={0}
            max={23}
            value={hourFrom}
            onChange={(value) =>
              typeof value === 'number' && value !== hourTo && onChange({ hourFrom: value, hourTo })
            }
          />
          <NumberInput
            size="xs"
            w={100}
            label={words.to}
            min={1}
            max={24}
            value={hourTo}
            onChange={(value) =>
              typeof value === 'number' && value !== hourFrom && onChange({ hourFrom, hourTo: value })
            }
          />
        </div>
      )}
    </>
  );
}
