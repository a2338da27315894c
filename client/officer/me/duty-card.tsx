import { Switch } from '@mantine/core';
import { useState } from 'react';
import { call, CallRefused } from '../../live/call.ts';
import { useServerNow } from '../../live/now.ts';
import { formatAge, formatInstant } from '../../words/format.ts';
import { labelOf } from '../../words/label.ts';
import { useWords } from '../../words/use-words.ts';
import { refresh, useDesk } from '../desk/desk.ts';
import { sendFixes, useWhere } from '../desk/where.ts';
import classes from '../shell/phone.module.css';

/** 上岗 and 下岗, and what is recorded meanwhile: team, partners and licences, end of shift, place, battery. */
export function DutyCard() {
  const words = useWords();
  const own = words.officer.duty;
  const phone = useDesk((desk) => desk.phone);
  const online = useDesk((desk) => desk.online);
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const on = phone?.duty.on ?? false;
  const change = async (next: boolean) => {
    setBusy(true);
    setRefused(null);
    try {
      if (!next) await sendFixes();
      await call('setDuty', { body: { on: next } });
      await refresh();
    } catch (error) {
      const code = error instanceof CallRefused && error.status > 0 ? error.code : null;
      setRefused(code === 'guard_unmet' ? own.rosterMissing : code ? words.refusals[code] : own.offline);
    } finally {
      setBusy(false);
    }
  };
  const nowMs = useServerNow();
  const { startsAt, endsAt } = phone?.duty ?? {};
  return (
    <section className={classes['card']}>
      <Switch
        size="xl"
        checked={on}
        disabled={busy || (!online && !on)}
        onChange={(event) => void change(event.currentTarget.checked)}
        label={on ? own.on : own.off}
        description={own.sentence}
        styles={{
          body: { minHeight: 56, alignItems: 'center' },
          label: { fontSize: '1.25rem', fontWeight: 700 },
          description: { color: 'var(--surface-text)', fontSize: '1rem' },
        }}
      />
      {refused !== null && (
        <p className={classes['text']} role="alert">
          {refused}
        </p>
      )}
      {!on && startsAt && (
        <p className={classes['note']}>
          {Date.parse(startsAt) > nowMs || !endsAt
            ? own.next({ instant: minuteOf(startsAt) })
            : own.current({ from: minuteOf(startsAt).slice(-5), until: minuteOf(endsAt).slice(-5) })}
        </p>
      )}
      {on && <OnDuty />}
    </section>
  );
}

const minuteOf = (instant: string): string => formatInstant(Date.parse(instant)).slice(0, 16);

function OnDuty() {
  const { codes, officer } = useWords();
  const words = officer.duty;
  const nowMs = useServerNow();
  const phone = useDesk((desk) => desk.phone);
  const me = useDesk((desk) => desk.me);
  const where = useWhere();
  const team = phone?.team;
  const ends = phone?.duty.endsAt;
  const fix = phone?.fix;
  return (
    <dl className={classes['facts']}>
      <dt>{words.team}</dt>
      <dd>{team?.name ?? '—'}</dd>
      <dt>{words.crew}</dt>
      <dd>
        {(team?.members ?? []).map((member) => (
          <div key={member.personId}>
            {member.personId === me?.personId ? words.self({ name: member.displayName }) : member.displayName}{' '}
            ·{' '}
            {member.kind === 'auxiliary'
              ? words.auxiliary
              : member.licensed
                ? words.licensed
                : words.unlicensed}
          </div>
        ))}
      </dd>
      <dt>{words.ends}</dt>
      <dd>{ends ? minuteOf(ends) : '—'}</dd>
      <dt>{words.place}</dt>
      <dd>
        {words.placeState[where.state]}
        {where.fixedAtMs !== null &&
          ` · ${words.fix({ age: formatAge((nowMs - where.fixedAtMs) / 1000), accuracy: Math.round(where.accuracyMetres ?? 0) })}`}
      </dd>
      <dt>{words.source}</dt>
      <dd>
        {fix
          ? words.heard({
              source: labelOf(codes.positionSource, fix.source),
              age: formatAge((nowMs - Date.parse(fix.fixAt)) / 1000),
            })
          : words.notHeard}
      </dd>
      <dt>{words.battery}</dt>
      <dd>{where.battery === null ? words.batteryUnknown : `${Math.round(where.battery * 100)} %`}</dd>
    </dl>
  );
}
