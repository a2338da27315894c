import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { may } from '../../shared/rules/permissions.ts';
import { signOut, useSession } from '../live/session.ts';
import { useWords } from '../words/words.tsx';
import { poppedPanel } from './pop-button.tsx';
import { PoppedRoom, useSharedSelection } from './pop-out.tsx';
import { Shell } from './shell.tsx';
import { startRoom } from './start.ts';
import classes from '../ui/panes.module.css';

/** The console on the live picture of the server, for whoever may watch the room. */
export function LiveRoom() {
  const me = useSession((session) => session.me);
  const watches = me !== null && may(me, 'room.watch') === null;
  return watches ? <Watching key={me.personId} /> : <NotHere />;
}

function Watching() {
  useEffect(() => startRoom(), []);
  useSharedSelection();
  const popped = poppedPanel();
  return popped === null ? <Shell /> : <PoppedRoom panel={popped} />;
}

/** Somebody of the street is signed in: this is not their door. */
function NotHere() {
  const words = useWords();
  return (
    <main className={classes['alone']}>
      <p>{words.refusals.action_forbidden}</p>
      <Button onClick={() => void signOut()}>{words.console.header.signOut}</Button>
    </main>
  );
}
