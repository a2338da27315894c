import type { AlarmView } from '../../shared/contract/alarms.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { alarmView, lockAlarm, updateAlarm, type AlarmRow } from './store-alarms.ts';

async function holdAlarm(tx: Tx, id: number): Promise<AlarmRow> {
  const row = await lockAlarm(tx.db, id);
  if (!row) throw new Refused('alarm_unknown', { alarmId: id });
  return row;
}

/** Kinds that only ask to be seen: seen, they are over. The others stand until their cause ends. */
const momentary: readonly AlarmRow['kind'][] = [
  'offer_unseen',
  'offer_unanswered',
  'team_not_answering',
  'file_period_over',
];

/** A dispatcher has seen it: it falls silent on every console. Said twice it changes nothing. */
export async function acknowledgeAlarm(tx: Tx, id: number): Promise<AlarmView> {
  const row = await holdAlarm(tx, id);
  if (row.acknowledged_at !== null || row.cleared_at !== null) return alarmView(row);
  const alarm = alarmView(
    await updateAlarm(tx.db, id, {
      acknowledged_at: new Date(tx.at),
      acknowledged_by: tx.actor.id,
      ...(momentary.includes(row.kind) && { cleared_at: new Date(tx.at) }),
    }),
  );
  tx.announce('alarm.acknowledged', `alarm/${id}`, { alarm });
  return alarm;
}

/** Silent for some minutes, then it sounds again. */
export async function shelveAlarm(tx: Tx, id: number, minutes: number): Promise<AlarmView> {
  const row = await holdAlarm(tx, id);
  if (row.cleared_at !== null) return alarmView(row);
  const alarm = alarmView(
    await updateAlarm(tx.db, id, { shelved_until: new Date(tx.at + minutes * 60_000) }),
  );
  tx.announce('alarm.shelved', `alarm/${id}`, { alarm });
  return alarm;
}
