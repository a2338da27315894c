/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a line of state, not the result of a form */
import { VisuallyHidden } from '@mantine/core';
import { useEffect, useState } from 'react';
import { onTold } from '../say.ts';

const mergeMs = 500;

/** Reads out what strokes did; sentences of half a second are one announcement. */
export function Announcer() {
  const [text, setText] = useState('');
  useEffect(() => {
    let waiting: string[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = onTold((sentence) => {
      waiting = [...waiting, sentence].slice(-4);
      timer ??= setTimeout(() => {
        setText(waiting.join('\n'));
        waiting = [];
        timer = undefined;
      }, mergeMs);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, []);
  return (
    <VisuallyHidden aria-live="polite" role="status" data-told>
      {text}
    </VisuallyHidden>
  );
}
