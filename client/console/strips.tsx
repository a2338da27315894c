import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useAway } from '../live/call.ts';
import { useServerNow } from '../live/now.ts';
import { useLive } from '../live/store.ts';
import { usePreferences } from '../ui/preferences.ts';
import { play, unlockSound } from '../ui/sound.ts';
import { formatClock } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import { degradedParts, feedOf } from './feed.ts';
import { useRoom } from './room.ts';
import classes from './strips.module.css';

/** What is not as it should be, each by its name, above everything else. */
export function Strips() {
  return (
    <div className={classes['strips']}>
      <ShiftStrip />
      <LineStrip />
      <DegradedStrip />
    </div>
  );
}

/** Browsers let a page sound and notify only after a gesture: the start of the shift is that gesture. */
function ShiftStrip() {
  const words = useWords().console.strips;
  const onShift = useRoom((state) => state.onShift);
  const set = useRoom((state) => state.set);
  if (onShift) return null;
  async function startShift() {
    await unlockSound();
    play('once', usePreferences.getState().sound.volume);
    set({ onShift: true });
    if ('Notification' in window && Notification.permission === 'default')
      await Notification.requestPermission();
  }
  return (
    <div className={classes['strip']} data-tone="late">
      <strong>{words.soundOff}</strong>
      <Button size="compact-sm" variant="white" onClick={() => void startShift()}>
        {words.startShift}
      </Button>
      <span>{words.startShiftHint}</span>
    </div>
  );
}

/** The line is down, or the server asked for patience. */
function LineStrip() {
  const words = useWords().console.strips;
  const connection = useLive((state) => state.connection);
  const heardAtMs = useLive((state) => state.heardAtMs);
  const offsetMs = useLive((state) => state.offsetMs);
  const nowMs = useServerNow();
  const retryAtMs = useAway((state) => state.retryAtMs);
  const { tone } = feedOf(heardAtMs, nowMs - offsetMs);
  const late = tone === 'late';
  useEffect(() => {
    const { sound } = usePreferences.getState();
    if (late && !sound.muted) play('once', sound.volume);
  }, [late]);
  if (connection === 'lost')
    return (
      <output className={classes['strip']} data-tone="late">
        {heardAtMs === null ? words.notYet : words.lost({ clock: formatClock(heardAtMs + offsetMs) })}
      </output>
    );
  if (retryAtMs === null) return null;
  const seconds = Math.max(0, Math.ceil((retryAtMs - (nowMs - offsetMs)) / 1000));
  return (
    <output className={classes['strip']} data-tone="soon">
      {words.retryIn({ seconds })}
    </output>
  );
}

function DegradedStrip() {
  const words = useWords().console.strips;
  const { teams } = useLive((state) => state.picture);
  const fixes = useLive((state) => state.fixes);
  const behindSinceMs = useLive((state) => state.behindSinceMs);
  const connection = useLive((state) => state.connection);
  const offsetMs = useLive((state) => state.offsetMs);
  const serverNowMs = useServerNow();
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), 2000);
    return () => clearTimeout(timer);
  }, []);
  const onDuty = [...teams.values()].filter((team) => team.status !== 'off_duty').map(({ id }) => id);
  const parts = degradedParts({
    fixes,
    onDuty,
    serverNowMs,
    machineNowMs: serverNowMs - offsetMs,
    behindSinceMs,
    connection,
  });
  const nobody = settled && connection === 'live' && onDuty.length === 0;
  if (parts.length === 0 && !nobody) return null;
  return (
    <output className={classes['strip']} data-tone="soon">
      {nobody && <span>{words.noTeams}</span>}
      {parts.map((part) =>
        part.part === 'source' ? (
          <span key={part.source}>{words.sourceDark(part)}</span>
        ) : (
          <span key="facts">{words.behind(part)}</span>
        ),
      )}
    </output>
  );
}
