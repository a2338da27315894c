import { MultiSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { queries } from '../../live/queries.ts';
import { formatInstant } from '../../words/format.ts';
import { useWords } from '../../words/words.tsx';
import { say, sayRefused, wordsNow } from '../say.ts';
import { instantOf } from '../../ui/local-time.ts';
import classes from './side-panel.module.css';

/** Does an act of the calendar, says the outcome, reads its list again; true when it was done. */
export async function perform(run: () => Promise<unknown>, key: string): Promise<boolean> {
  try {
    await run();
    say(wordsNow().studio.calendar.done);
    await queries.invalidateQueries({ queryKey: [key] });
    return true;
  } catch (error) {
    sayRefused(error);
    return false;
  }
}

interface Hours {
  readonly weekdays: readonly number[];
  readonly minuteFrom: number;
  readonly minuteTo: number;
}

const clockText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Minutes of the day of `HH:mm`; 24:00 is the end of the day. */
function minuteOf(text: string): number | null {
  const found = /^(\d{1,2})[:：](\d{2})$/.exec(text.normalize('NFKC').trim());
  const minute = found ? Number(found[1]) * 60 + Number(found[2]) : NaN;
  return minute >= 0 && minute <= 1440 ? minute : null;
}

/** Days and hours of a span in words. */
export function useHoursText() {
  const words = useWords().studio.calendar;
  return (hours: Hours): string =>
    words.hours({
      days:
        hours.weekdays.length === 0
          ? words.everyDay
          : hours.weekdays.map((day) => words.days[day - 1]).join(' '),
      from: clockText(hours.minuteFrom),
      to: clockText(hours.minuteTo),
    });
}

/** An instant to the minute. */
export const instantText = (at: string): string => formatInstant(Date.parse(at)).slice(0, 16);

/** The fields that a rule and a closure share. */
export function useSpan() {
  const [name, setName] = useState('');
  const [reason, setReason] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [weekdays, setWeekdays] = useState<string[]>([]);
  const [hourFrom, setHourFrom] = useState('00:00');
  const [hourTo, setHourTo] = useState('24:00');
  const [start, end] = [instantOf(from), to === '' ? null : instantOf(to)];
  const [minuteFrom, minuteTo] = [minuteOf(hourFrom), minuteOf(hourTo)];
  const complete =
    name.trim() !== '' && reason.trim() !== '' && start !== null && minuteFrom !== null && minuteTo !== null;
  return {
    fields: {
      name,
      setName,
      reason,
      setReason,
      from,
      setFrom,
      to,
      setTo,
      weekdays,
      setWeekdays,
      hourFrom,
      setHourFrom,
      hourTo,
      setHourTo,
    },
    value: complete
      ? {
          name: name.trim(),
          reason: reason.trim(),
          from: start,
          to: end,
          weekdays: weekdays.map(Number),
          minuteFrom,
          minuteTo,
        }
      : null,
    clear: () => {
      setName('');
      setReason('');
    },
  };
}

/** Name, reason, from and to, days and hours. */
export function SpanFields({ fields }: { readonly fields: ReturnType<typeof useSpan>['fields'] }) {
  const words = useWords().studio.calendar;
  return (
    <>
      <TextInput
        label={words.name}
        value={fields.name}
        onChange={(e) => fields.setName(e.currentTarget.value)}
      />
      <TextInput
        label={words.reason}
        value={fields.reason}
        onChange={(e) => fields.setReason(e.currentTarget.value)}
      />
      <TextInput
        type="datetime-local"
        label={words.from}
        value={fields.from}
        onChange={(e) => fields.setFrom(e.currentTarget.value)}
      />
      <TextInput
        type="datetime-local"
        label={words.to}
        value={fields.to}
        onChange={(e) => fields.setTo(e.currentTarget.value)}
      />
      <MultiSelect
        label={words.weekdays}
        data={words.days.map((label, i) => ({ value: String(i + 1), label }))}
        value={fields.weekdays}
        onChange={fields.setWeekdays}
      />
      <div className={classes['row']}>
        <TextInput
          w={110}
          label={words.hourFrom}
          value={fields.hourFrom}
          onChange={(e) => fields.setHourFrom(e.currentTarget.value)}
        />
        <TextInput
          w={110}
          label={words.hourTo}
          value={fields.hourTo}
          onChange={(e) => fields.setHourTo(e.currentTarget.value)}
        />
      </div>
    </>
  );
}
