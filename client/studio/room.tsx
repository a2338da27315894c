import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { may } from '../../shared/rules/permissions.ts';
import { signOut, useSession } from '../live/session.ts';
import { useWords } from '../words/words.tsx';
import { useDesk } from './desk.ts';
import { Shell } from './panels/shell.tsx';
import classes from '../ui/panes.module.css';
import { startStudio } from './session.ts';

/** The studio for whoever may read plans; others are sent away in words. */
export function Room() {
  const words = useWords();
  const me = useSession((session) => session.me);
  const phase = useDesk((state) => state.phase);
  const reads = me !== null && may(me, 'plan.read') === null;
  const personId = me?.personId;
  useEffect(() => (reads && personId !== undefined ? startStudio() : undefined), [reads, personId]);
  if (!reads)
    return (
      <main className={classes['alone']}>
        <p>{words.refusals.action_forbidden}</p>
        <Button onClick={() => void signOut()}>{words.studio.header.signOut}</Button>
      </main>
    );
  if (phase !== 'ready')
    return (
      <main className={classes['alone']}>
        <p aria-live="polite">{phase === 'failed' ? words.studio.noTown : words.studio.loading}</p>
      </main>
    );
  return <Shell />;
}
