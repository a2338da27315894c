import { Button, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconBell } from '@tabler/icons-react';
import type { AlarmView } from '../../shared/contract/alarms.ts';
import { useServerNow } from '../live/now.ts';
import { useMay } from '../live/session.ts';
import { useLive } from '../live/store.ts';
import { formatClock, formatTimer } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import { acknowledgeAlarm, shelveAlarm } from './alarm-acts.ts';
import { callingAlarms } from './alarm-order.ts';
import { alarmPoint, alarmSentence, incidentOf } from './alarm-sentence.ts';
import classes from './alarm-strip.module.css';
import { mapHandle } from './map-handle.ts';
import { useNames } from './names.ts';
import { openIncident, useRoom } from './room.ts';
import { useAlarmSounds } from './use-alarm-sounds.ts';

/** Standing alarms, the most pressing first. A acknowledges the first. */
export function AlarmStrip() {
  const words = useWords();
  useAlarmSounds();
  const alarms = useLive((state) => state.picture.alarms);
  const nowMs = useServerNow();
  const names = useNames();
  const answers = useMay('alarm.answer');
  const wide = useMediaQuery('(min-width: 1700px)', true);
  const shown = wide ? 3 : 2;
  const calling = callingAlarms(alarms.values(), nowMs);
  const standing = [...alarms.values()].filter(
    ({ kind, acknowledgedAt, clearedAt }) => kind === 'sos' && acknowledgedAt !== null && clearedAt === null,
  );
  if (calling.length + standing.length === 0) return null;
  return (
    <ul className={classes['strip']} aria-label={words.console.alarms.title}>
      {calling.slice(0, shown).map((alarm) => (
        <li key={alarm.id} className={classes['alarm']} data-sos={alarm.kind === 'sos'}>
          <About alarm={alarm} nowMs={nowMs} />
          {answers && (
            <>
              <Button size="compact-sm" variant="default" onClick={() => void acknowledgeAlarm(alarm)}>
                {words.console.alarms.acknowledge}
              </Button>
              <Button size="compact-sm" variant="default" onClick={() => void shelveAlarm(alarm)}>
                {words.console.alarms.shelve}
              </Button>
            </>
          )}
        </li>
      ))}
      {standing.map((alarm) => (
        <li key={alarm.id} className={classes['alarm']} data-sos="taken">
          <About alarm={alarm} nowMs={nowMs} />
          <span>
            {words.console.alarms.taken({
              clock: formatClock(Date.parse(alarm.acknowledgedAt!)),
              by: alarm.acknowledgedBy === null ? '' : names.person(alarm.acknowledgedBy),
            })}
          </span>
        </li>
      ))}
      {calling.length > shown && <li>{words.console.alarms.more({ alarms: calling.length - shown })}</li>}
    </ul>
  );
}

/** What it is about and since when; a press opens the incident and shows the place. */
function About({ alarm, nowMs }: { readonly alarm: AlarmView; readonly nowMs: number }) {
  const words = useWords();
  const point = alarmPoint(alarm);
  return (
    <>
      <IconBell size={16} aria-hidden="true" />
      <UnstyledButton
        className={classes['about']}
        onClick={() => {
          const incident = incidentOf(alarm);
          if (incident !== null) openIncident(incident);
          if (alarm.teamId !== null) useRoom.getState().set({ selectedTeam: alarm.teamId });
          if (point) mapHandle()?.flyTo(point);
        }}
      >
        {alarmSentence(alarm, words)}
      </UnstyledButton>
      <span className={classes['age']}>{formatTimer((nowMs - Date.parse(alarm.raisedAt)) / 1000)}</span>
    </>
  );
}
