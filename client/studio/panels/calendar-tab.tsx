import { Button, MultiSelect, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { may } from '../../../shared/rules/permissions.ts';
import { call } from '../../live/call.ts';
import { queries } from '../../live/queries.ts';
import { useSession } from '../../live/session.ts';
import { formatInstant } from '../../words/format.ts';
import { useWords } from '../../words/words.tsx';
import { useDesk } from '../desk.ts';
import { studioMap } from '../map-handle.ts';
import { say, sayRefused, wordsNow } from '../say.ts';
import { instantOf } from '../../ui/local-time.ts';
import classes from './side-panel.module.css';

const again = (key: string): Promise<void> => queries.invalidateQueries({ queryKey: [key] });

async function perform(run: () => Promise<unknown>, key: string): Promise<boolean> {
  try {
    await run();
    say(wordsNow().studio.calendar.done);
    await again(key);
    return true;
  } catch (error) {
    sayRefused(error);
    return false;
  }
}

/** Editions of market days and school hours, and roads that are closed for a time. */
export function CalendarTab() {
  return (
    <>
      <Rules />
      <Closures />
    </>
  );
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

function useHoursText() {
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

const instantText = (at: string): string => formatInstant(Date.parse(at)).slice(0, 16);

function Rules() {
  const words = useWords().studio.calendar;
  const hoursText = useHoursText();
  const me = useSession((session) => session.me);
  const editions = useDesk((state) => state.editions);
  const rules = useQuery({ queryKey: ['calendar-rules'], queryFn: () => call('listCalendarRules') });
  const approves = me !== null && may(me, 'plan.approve') === null;
  return (
    <>
      <h2>{words.rules}</h2>
      {(rules.data?.rules ?? []).length === 0 && <p className={classes['muted']}>{words.noRules}</p>}
      <ul className={classes['list']} aria-label={words.rules}>
        {(rules.data?.rules ?? []).map((rule) => (
          <li key={rule.id}>
            <strong>{rule.name}</strong> {rule.active && words.active}
            <br />
            {editions.find(({ id }) => id === rule.editionId)?.name} · {hoursText(rule)} ·{' '}
            {instantText(rule.from)}
            {rule.to !== null && ` – ${instantText(rule.to)}`}{' '}
            {approves && (
              <Button
                size="compact-xs"
                variant="default"
                onClick={() =>
                  void perform(
                    () => call('endCalendarRule', { params: { ruleId: rule.id }, body: {} }),
                    'calendar-rules',
                  )
                }
              >
                {words.end}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {approves && <NewRule />}
    </>
  );
}

/** The fields that a rule and a closure share. */
function useSpan() {
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

function SpanFields({ fields }: { readonly fields: ReturnType<typeof useSpan>['fields'] }) {
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

function NewRule() {
  const words = useWords().studio.calendar;
  const editions = useDesk((state) => state.editions);
  const [editionId, setEditionId] = useState<string | null>(null);
  const span = useSpan();
  const approved = editions.filter(({ status }) => status === 'approved' || status === 'published');
  return (
    <details>
      <summary>{words.newRule}</summary>
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          const { value } = span;
          if (!value || editionId === null) return;
          void perform(
            () => call('createCalendarRule', { body: { ...value, editionId: Number(editionId) } }),
            'calendar-rules',
          ).then((done) => done && span.clear());
        }}
      >
        <Select
          label={words.edition}
          data={approved.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={editionId}
          onChange={setEditionId}
        />
        <SpanFields fields={span.fields} />
        <Button type="submit" disabled={!span.value || editionId === null}>
          {words.set}
        </Button>
      </form>
    </details>
  );
}

function Closures() {
  const words = useWords().studio.calendar;
  const hoursText = useHoursText();
  const me = useSession((session) => session.me);
  const closures = useQuery({ queryKey: ['closures'], queryFn: () => call('listClosures') });
  const sets = me !== null && may(me, 'closure.set') === null;
  const list = closures.data?.closures ?? [];
  useEffect(() => {
    studioMap()?.setOver('closures', {
      type: 'FeatureCollection',
      features: (closures.data?.closures ?? []).flatMap(({ area }) =>
        area ? [{ type: 'Feature', geometry: { type: 'Polygon', coordinates: [area] }, properties: {} }] : [],
      ),
    });
    return () => studioMap()?.setOver('closures', { type: 'FeatureCollection', features: [] });
  }, [closures.data]);
  return (
    <>
      <h2>{words.closures}</h2>
      {list.length === 0 && <p className={classes['muted']}>{words.noClosures}</p>}
      <ul className={classes['list']} aria-label={words.closures}>
        {list.map((closure) => (
          <li key={closure.id}>
            <strong>{closure.name}</strong> {closure.active && words.active}
            <br />
            {words.roads({ roads: closure.roadIds.length })} · {hoursText(closure)} ·{' '}
            {instantText(closure.from)}
            {closure.to !== null && ` – ${instantText(closure.to)}`}
            <br />
            {closure.reason}{' '}
            {sets && (
              <Button
                size="compact-xs"
                variant="default"
                onClick={() =>
                  void perform(
                    () => call('endClosure', { params: { closureId: closure.id }, body: {} }),
                    'closures',
                  )
                }
              >
                {words.end}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sets && <NewClosure />}
    </>
  );
}

/** A closure over the selected cells: every road that meets them. */
function NewClosure() {
  const words = useWords().studio.calendar;
  const ground = useDesk((state) => state.ground);
  const cursor = useDesk((state) => state.cursor);
  const span = useSpan();
  const id = cursor === null ? undefined : ground?.graph.cellIds[cursor];
  const ring = id === undefined ? undefined : ground?.coverage.cells.get(id)?.rings[0];
  return (
    <details>
      <summary>{words.newClosure}</summary>
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          const { value } = span;
          if (!value || !ring) return;
          const area = [...ring, ring[0]!].map(([x, y]): [number, number] => [x / 1e7, y / 1e7]);
          void perform(() => call('createClosure', { body: { ...value, area } }), 'closures').then(
            (done) => done && span.clear(),
          );
        }}
      >
        <p>
          {ring && ground && cursor !== null
            ? words.area({ code: ground.graph.codes[cursor]!.slice(-6) })
            : words.chooseArea}
        </p>
        <SpanFields fields={span.fields} />
        <Button type="submit" disabled={!span.value || !ring}>
          {words.close}
        </Button>
      </form>
    </details>
  );
}
