import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useWords } from '../../words/use-words.ts';
import classes from '../shell/phone.module.css';
import { readPush, turnPushOff, turnPushOn, type PushState } from './push.ts';

/** Offers while the page is closed: what it does, where it does not reach, and one button. */
export function PushCard() {
  const words = useWords().officer.push;
  const [state, setState] = useState<PushState | null>(null);
  const [failed, setFailed] = useState(false);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    let current = true;
    void readPush().then((now) => current && setState(now));
    return () => {
      current = false;
    };
  }, []);
  const change = async () => {
    setBusy(true);
    setFailed(false);
    try {
      setState(await (state === 'on' ? turnPushOff() : turnPushOn()));
    } catch {
      // the push service of the browser cannot be reached, or the server is away
      setFailed(true);
    } finally {
      setBusy(false);
    }
  };
  if (state === null) return null;
  return (
    <section className={classes['card']}>
      <h2 className={classes['subtitle']}>{words.title}</h2>
      <p className={classes['text']}>{words.states[state]}</p>
      <p className={classes['note']}>{words.note}</p>
      {failed && (
        <p className={classes['text']} role="alert">
          {words.failed}
        </p>
      )}
      {(state === 'off' || state === 'on') && (
        <Button variant="default" style={{ minHeight: 52 }} loading={busy} onClick={() => void change()}>
          {state === 'on' ? words.turnOff : words.turnOn}
        </Button>
      )}
    </section>
  );
}
