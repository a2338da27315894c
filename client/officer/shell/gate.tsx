import { useEffect, useState, type ReactNode } from 'react';
import { askWhoIsHere, useSession } from '../../live/session.ts';
import { Door } from '../../ui/door.tsx';
import { useWords } from '../../words/use-words.ts';
import { remindTime } from '../desk/clock.ts';
import { clearPerson, openDesk, setPerson, useDesk } from '../desk/desk.ts';
import { hurry } from '../desk/outbox.ts';
import { remindDatum } from '../desk/where.ts';
import { sweepPhotos } from '../desk/capture.ts';

/** Lets in whoever is signed in, also without a network when it is the person of the last time. */
export function Gate({ children }: { readonly children: ReactNode }) {
  const words = useWords().officer;
  const ready = useDesk((desk) => desk.ready);
  const known = useDesk((desk) => desk.me !== null);
  const state = useSession((session) => session.state);
  const me = useSession((session) => session.me);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    Promise.all([openDesk(), remindTime(), remindDatum()]).then(
      () => void sweepPhotos(),
      () => setFailed(true),
    );
    void askWhoIsHere();
    const again = () => void askWhoIsHere();
    addEventListener('online', again);
    return () => removeEventListener('online', again);
  }, []);
  useEffect(() => {
    if (!ready) return;
    if (state === 'in' && me) void setPerson(me).then(hurry);
    if (state === 'out') void clearPerson();
  }, [ready, state, me]);
  if (failed) return <p role="alert">{words.shelfBroken}</p>;
  if (!ready) return null;
  if (known && state !== 'out') return children;
  return <Door title={words.title}>{known ? children : null}</Door>;
}
