import { Button, NumberInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PositionSettings } from '../../shared/contract/positions.ts';
import { call } from '../live/call.ts';
import { useMay } from '../live/session.ts';
import { useWords } from '../words/words.tsx';
import classes from './administration.module.css';
import { Refused } from './page.tsx';
import { useAct } from './reads.ts';

/** How many days the history of positions is kept; fewer delete what is older. */
export function HistoryDays() {
  const changes = useMay('policy.change');
  const { data } = useQuery({
    queryKey: ['position-settings'],
    queryFn: () => call('readPositionSettings'),
    enabled: changes,
  });
  return changes && data ? <DaysForm key={data.historyDays} was={data} /> : null;
}

function DaysForm({ was }: { readonly was: PositionSettings }) {
  const all = useWords();
  const words = all.admin.devices;
  const [days, setDays] = useState(was.historyDays);
  const save = useAct(
    () => call('changePositionSettings', { body: { historyDays: days } }),
    ['position-settings'],
  );
  return (
    <form
      className={classes['bar']}
      aria-label={words.history}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined);
      }}
    >
      <NumberInput
        label={words.history}
        description={words.historyNote}
        min={30}
        max={90}
        allowDecimal={false}
        value={days}
        onChange={(value) => setDays(Number(value))}
      />
      <Button type="submit" variant="default" disabled={days === was.historyDays} loading={save.isPending}>
        {all.admin.save}
      </Button>
      <Refused error={save.error} />
    </form>
  );
}
