import { useEffect } from 'react';
import { callOfficer } from './alert-tone.ts';

const onceMs = 1000;

/** Calls the officer for a moment when something new is there: nothing that uses this waits for an answer in seconds. */
export function useCallOnce(newest: string | undefined): void {
  useEffect(() => {
    if (newest === undefined) return undefined;
    const stop = callOfficer();
    const timer = setTimeout(stop, onceMs);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [newest]);
}
