import { Button, NumberInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../live/call.ts';
import { useMay } from '../live/session.ts';
import { useWords } from '../words/words.tsx';
import classes from './administration.module.css';
import { Refused } from './page.tsx';
import { useAct } from './reads.ts';

/** After how many seconds an offer that nobody has seen goes to the next channel. */
export function PushWait() {
  const changes = useMay('policy.change');
  const { data } = useQuery({ queryKey: ['push-settings'], queryFn: () => call('readPushSettings') });
  if (!changes || !data) return null;
  return <WaitForm key={data.unseenSeconds} was={data.unseenSeconds} />;
}

function WaitForm({ was }: { readonly was: number }) {
  const all = useWords();
  const words = all.admin.robots;
  const [seconds, setSeconds] = useState(was);
  const save = useAct(
    () => call('changePushSettings', { body: { unseenSeconds: seconds } }),
    ['push-settings'],
  );
  return (
    <form
      className={classes['bar']}
      aria-label={words.wait}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined);
      }}
    >
      <NumberInput
        label={words.wait}
        description={words.waitNote}
        min={5}
        max={300}
        allowDecimal={false}
        value={seconds}
        onChange={(value) => setSeconds(Number(value))}
      />
      <Button type="submit" variant="default" disabled={seconds === was} loading={save.isPending}>
        {all.admin.save}
      </Button>
      <Refused error={save.error} />
    </form>
  );
}
