import { useEffect, useRef } from 'react';
import type { AlarmView } from '../../shared/contract/alarms.ts';
import { useServerNow } from '../live/now.ts';
import { useLive } from '../live/store.ts';
import { usePreferences } from '../ui/preferences.ts';
import { play } from '../ui/sound.ts';
import { callingAlarms, soundOf } from './alarm-order.ts';
import { alarmSentence } from './alarm-sentence.ts';
import { wordsNow } from './perform.tsx';
import { useRoom } from './room.ts';

const urgentEveryMs = 5000;
const sosEveryMs = 1000;
const sosFloor = 0.2;

function volumeOf(sos: boolean): number {
  const { muted, volume } = usePreferences.getState().sound;
  if (sos) return Math.max(sosFloor, muted ? 0 : volume);
  return muted ? 0 : volume;
}

/** Lets standing alarms sound by their kind, and tells the desktop when the window is hidden. */
export function useAlarmSounds(): void {
  const onShift = useRoom((state) => state.onShift);
  const alarms = useLive((state) => state.picture.alarms);
  const nowMs = useServerNow();
  const calling = callingAlarms(alarms.values(), nowMs);
  const urgent = calling.some(({ kind }) => soundOf(kind) === 'urgent');
  const sos = calling.some(({ kind }) => soundOf(kind) === 'sos');
  useRepeated('urgent', onShift && urgent && !sos, urgentEveryMs);
  useRepeated('sos', onShift && sos, sosEveryMs);
  useNewAlarms(onShift, calling);
}

function useRepeated(sound: 'urgent' | 'sos', on: boolean, everyMs: number): void {
  useEffect(() => {
    if (!on) return undefined;
    const sounding = () => play(sound, volumeOf(sound === 'sos'));
    sounding();
    const timer = setInterval(sounding, everyMs);
    return () => clearInterval(timer);
  }, [sound, on, everyMs]);
}

/** What is new since the last picture: sounds once where its kind does, and becomes a notification when hidden. */
function useNewAlarms(onShift: boolean, calling: readonly AlarmView[]): void {
  const known = useRef<ReadonlySet<number> | null>(null);
  const ids = calling.map(({ id }) => id).join(' ');
  useEffect(() => {
    const before = known.current;
    known.current = new Set(calling.map(({ id }) => id));
    // The first picture of a shift is no news.
    if (before === null || !onShift) return;
    const fresh = calling.filter(({ id }) => !before.has(id));
    if (fresh.some(({ kind }) => soundOf(kind) === 'once')) play('once', volumeOf(false));
    if (document.hidden && 'Notification' in window && Notification.permission === 'granted')
      for (const alarm of fresh)
        void new Notification(wordsNow().console.title, {
          body: alarmSentence(alarm),
          tag: `alarm-${alarm.id}`,
        });
    // oxlint-disable-next-line react/exhaustive-deps -- the numbers say when the list has changed
  }, [ids, onShift]);
}
