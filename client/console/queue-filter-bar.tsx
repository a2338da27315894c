import { Button, TextInput, UnstyledButton } from '@mantine/core';
import { useServerNow } from '../live/now.ts';
import { useLive } from '../live/store.ts';
import { useWords } from '../words/words.tsx';
import { belongs, isOff, noFilter, shownParts, type Shown } from './queue-filter.ts';
import classes from './queue.module.css';
import { useRoom } from './room.ts';

/** Shows this part of the queue alone, or all again. */
export function toggleShow(part: Shown): void {
  const { filter, set } = useRoom.getState();
  set({ filter: { ...filter, show: filter.show === part ? 'all' : part } });
}

/** Narrows the queue, and says at once how much it hides. */
export function QueueFilterBar({ hidden }: { readonly hidden: number }) {
  const words = useWords().console.queue;
  const filter = useRoom((state) => state.filter);
  const set = useRoom((state) => state.set);
  const incidents = useLive((state) => state.picture.incidents);
  const nowMs = useServerNow();
  const counts = Object.fromEntries(
    shownParts.map((part) => [
      part,
      [...incidents.values()].filter((one) => belongs(one, part, nowMs)).length,
    ]),
  ) as Record<Shown, number>;
  return (
    <div className={classes['filter']}>
      <div className={classes['chips']}>
        {shownParts.map((part) => (
          <UnstyledButton
            key={part}
            className={classes['chip']}
            aria-pressed={filter.show === part}
            onClick={() => toggleShow(part)}
          >
            {words.only[part]} {counts[part]}
          </UnstyledButton>
        ))}
      </div>
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
