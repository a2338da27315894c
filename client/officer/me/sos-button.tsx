import { useRef, useState } from 'react';
import { call } from '../../live/call.ts';
import { useWords } from '../../words/use-words.ts';
import { refresh, useDesk } from '../desk/desk.ts';
import { placeNow } from '../desk/where.ts';
import classes from '../shell/phone.module.css';
import { callForHelp } from './sos.ts';

const holdMs = 2000;

/** Held for two seconds, by finger or by the space bar, it calls for help; a tap only says how. */
export function SosButton() {
  const words = useWords().officer.sos;
  const [held, setHeld] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const personId = useDesk((desk) => desk.me?.personId);
  const standing = useDesk((desk) => desk.phone?.sos.some((sos) => sos.personId === personId) ?? false);
  const begin = () => {
    if (timer.current !== undefined) return;
    setHeld(true);
    timer.current = setTimeout(() => {
      end();
      if ('vibrate' in navigator) navigator.vibrate([200, 100, 200, 100, 600]);
      void callForHelp(placeNow());
    }, holdMs);
  };
  const end = () => {
    clearTimeout(timer.current);
    timer.current = undefined;
    setHeld(false);
  };
  return (
    <button
      type="button"
      data-sos
      className={classes['sos']}
      aria-label={words.hold}
      onPointerDown={begin}
      onPointerUp={end}
      onPointerLeave={end}
      onPointerCancel={end}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.code === 'Space' || event.code === 'Enter') {
          event.preventDefault();
          if (!event.repeat) begin();
        }
      }}
      onKeyUp={end}
      onBlur={end}
    >
      {held && <span className={classes['held']} aria-hidden="true" />}
      SOS
      <small aria-hidden="true">{standing ? words.sent : words.short}</small>
    </button>
  );
}

/** The officer is safe again: the call ends. */
export async function endCall(): Promise<void> {
  await call('endSos', { body: {} }).catch(() => undefined);
  await refresh();
}
