import { useCallback, useEffect, useRef, useState } from 'react';
import { forget, keep, kept } from './shelf.ts';

/**
 * What is being filled in, kept on the phone while it is typed: a reload or a call in between loses nothing. `ready` is
 * false until the shelf was read. `change` merges; `clear` forgets.
 */
export function useDraft<T extends object>(name: string, empty: T) {
  const [value, setValue] = useState(empty);
  const [ready, setReady] = useState(false);
  const latest = useRef(empty);
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
      void keep(stored, latest.current);
    },
    [stored],
  );
  const clear = useCallback(async () => {
    await forget(stored);
  }, [stored]);
  return { value, ready, change, clear };
}
