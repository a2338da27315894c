import { VisuallyHidden } from '@mantine/core';
import { useEffect, useState } from 'react';
import { onFact } from '../live/store.ts';
import { usePreferences } from '../ui/preferences.ts';
import { alarmSentence } from './alarm-sentence.ts';
import { wordsNow } from './perform.tsx';
import { useRoom } from './room.ts';

const batchMs = 5000;

/** Tells people who do not look: urgent incidents at once, everything else gathered every five seconds. */
export function Announcer() {
  const [urgent, setUrgent] = useState('');
  const [calm, setCalm] = useState('');
  useEffect(() => {
    let newIncidents = 0;
    let waiting: string[] = [];
    const stop = onFact((event) => {
      if (event?.type === 'alarm.raised') waiting.push(alarmSentence(event.data.alarm));
      if (event?.type !== 'incident.reported') return;
      const { incident } = event.data;
      if (incident.priority > 2) {
        newIncidents += 1;
        return;
      }
      const matter = useRoom.getState().matters.get(incident.matterCode ?? '');
      const name = usePreferences.getState().language === 'en' ? matter?.nameEn : matter?.nameZh;
      setUrgent(
        wordsNow().console.alarms.newUrgent({
          priority: incident.priority,
          matter: name ?? incident.text,
          place: incident.address || (incident.cellCode ?? ''),
        }),
      );
    });
    const timer = setInterval(() => {
      if (newIncidents > 0) waiting.push(wordsNow().console.alarms.newIncidents({ incidents: newIncidents }));
      if (waiting.length > 0) setCalm(waiting.join(' · '));
      newIncidents = 0;
      waiting = [];
    }, batchMs);
    return () => {
      stop();
      clearInterval(timer);
    };
  }, []);
  return (
    <VisuallyHidden>
      <div aria-live="assertive">{urgent}</div>
      <div aria-live="polite">{calm}</div>
    </VisuallyHidden>
  );
}
