import { Button } from '@mantine/core';
import { useHash } from '@mantine/hooks';
import { lazy, Suspense, useEffect, type ReactNode } from 'react';
import { may } from '../../shared/rules/permissions.ts';
import { signOut, useSession } from '../live/session.ts';
import { useWords } from '../words/words.tsx';
import { AlarmStrip } from './alarm-strip.tsx';
import { poppedPanel } from './pop-button.tsx';
import { PoppedRoom, useSharedSelection } from './pop-out.tsx';
import { Shell } from './shell.tsx';
import { startRoom } from './start.ts';
import classes from '../ui/panes.module.css';

const FilesPage = lazy(() =>
  import('./files/files-page.tsx').then((module) => ({ default: module.FilesPage })),
);

/** The console on the live picture of the server, for whoever may watch the room; officers have their files here. */
export function LiveRoom() {
  const me = useSession((session) => session.me);
  if (me !== null && may(me, 'room.watch') === null) return <Watching key={me.personId} />;
  if (me !== null && may(me, 'penalty.read') === null) return <Files />;
  return <NotHere />;
}

/** The penalty files, below the alarms where there are any. */
function Files({ alarms }: { readonly alarms?: ReactNode }) {
  return (
    <div className={classes['room']}>
      {alarms}
      <Suspense>
        <FilesPage />
      </Suspense>
    </div>
  );
}

function Watching() {
  useEffect(() => startRoom(), []);
  useSharedSelection();
  const [hash] = useHash({ getInitialValueInEffect: false });
  const popped = poppedPanel();
  if (/^#files\b/.test(hash)) return <Files alarms={<AlarmStrip />} />;
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
