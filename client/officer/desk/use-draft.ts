import { useCallback, useEffect, useRef, useState } from 'react';
import { forget, keep, kept } from './shelf.ts';

const pauseMs = 250;

/**
 * What is being filled in, kept on the phone while it is typed: a reload or a call in between loses nothing. `ready` is
 * false until the shelf was read. `change` merges; `clear` forgets.
 */
export function useDraft<T extends object>(name: string, empty: T) {
  const [value, setValue] = useState(empty);
  const [ready, setReady] = useState(false);
  const latest = useRef(empty);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const stored = `draft/${name}`;
  useEffect(() => {
    let current = true;
    void kept<T>(stored).then((found) => {
      if (!current) return;
      if (found) {
        latest.current = { ...latest.current, ...found };
        setValue(latest.current);
      }
      setReady(true);
    });
    return () => {
      current = false;
    };
  }, [stored]);
  const change = useCallback(
    (some: Partial<T>) => {
      latest.current = { ...latest.current, ...some };
      setValue(latest.current);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void keep(stored, latest.current), pauseMs);
    },
    [stored],
  );
  const clear = useCallback(async () => {
    clearTimeout(timer.current);
    await forget(stored);
  }, [stored]);
  return { value, ready, change, clear };
}
