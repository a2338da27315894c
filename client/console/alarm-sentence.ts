import type { AlarmView } from '../../shared/contract/alarms.ts';
import { useLive } from '../live/store.ts';
import type { Words } from '../words/words.tsx';
import { wordsNow } from './perform.tsx';

/** What an alarm is about, in one line. */
export function alarmSentence(alarm: AlarmView, words: Words = wordsNow()): string {
  const team = alarm.teamId === null ? undefined : useLive.getState().picture.teams.get(alarm.teamId);
  return words.console.alarms.about({
    kind: words.codes.alarm[alarm.kind],
    incident: alarm.incidentId === null ? '' : String(alarm.incidentId),
    team: team?.name ?? '',
  });
}
