import type { AlarmView } from '../../shared/contract/alarms.ts';
import { call } from '../live/call.ts';
import { useLive } from '../live/store.ts';
import { callingAlarms } from './alarm-order.ts';
import { perform, say, wordsNow } from './perform.tsx';

const params = ({ id }: AlarmView) => ({ alarmId: id });

/** An urgent incident is acknowledged itself, which ends its alarm on every console; any other alarm by its number. */
export async function acknowledgeAlarm(alarm: AlarmView): Promise<boolean> {
  const words = wordsNow();
  const { incidentId, kind } = alarm;
  const label = `${words.console.alarms.acknowledge} · ${words.codes.alarm[kind]}`;
  if (kind === 'incident_urgent' && incidentId !== null)
    return perform({
      label: words.console.toasts.acknowledged({ incident: incidentId }),
      run: () => call('acknowledgeIncident', { params: { incidentId } }),
    });
  return perform({ label, run: () => call('acknowledgeAlarm', { params: params(alarm) }) });
}

/** Silent for five minutes, then it calls again. */
export function shelveAlarm(alarm: AlarmView): Promise<boolean> {
  const words = wordsNow();
  return perform({
    label: `${words.console.alarms.shelve} · ${words.codes.alarm[alarm.kind]}`,
    run: () => call('shelveAlarm', { params: params(alarm), body: { minutes: 5 } }),
  });
}

/** Acknowledges the most pressing alarm. */
export function acknowledgeFirst(): void {
  const { picture, offsetMs } = useLive.getState();
  const [first] = callingAlarms(picture.alarms.values(), Date.now() + offsetMs);
  if (first) void acknowledgeAlarm(first);
  else say(wordsNow().console.alarms.nothing, 'done');
}
