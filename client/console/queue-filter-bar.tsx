import { Button, TextInput, UnstyledButton } from '@mantine/core';
import { useWords } from '../words/words.tsx';
import { isOff, noFilter } from './queue-filter.ts';
import classes from './queue.module.css';
import { useRoom } from './room.ts';

/** Narrows the queue, and says at once how much it hides. */
export function QueueFilterBar({ hidden }: { readonly hidden: number }) {
  const words = useWords().console.queue;
  const filter = useRoom((state) => state.filter);
  const set = useRoom((state) => state.set);
  const toggle = (show: 'pending' | 'overdue') =>
    set({ filter: { ...filter, show: filter.show === show ? 'all' : show } });
  return (
    <div className={classes['filter']}>
      <TextInput
        size="xs"
        className={classes['filterText'] ?? ''}
        aria-label={words.filterText}
        placeholder={words.filterShort}
        value={filter.text}
        onChange={(event) => set({ filter: { ...filter, text: event.currentTarget.value } })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      {(['pending', 'overdue'] as const).map((show) => (
        <UnstyledButton
          key={show}
          className={classes['chip']}
          aria-pressed={filter.show === show}
          onClick={() => toggle(show)}
        >
          {show === 'pending' ? words.onlyPending : words.onlyOverdue}
        </UnstyledButton>
      ))}
      {!isOff(filter) && (
        <output className={classes['hidden']}>
          {words.filtered({ hidden })}
          <Button size="compact-xs" variant="default" onClick={() => set({ filter: noFilter })}>
            {words.clearFilter}
          </Button>
        </output>
      )}
    </div>
  );
}
