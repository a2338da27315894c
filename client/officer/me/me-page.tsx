import { Button, Switch } from '@mantine/core';
import type { Crs } from '../../../shared/contract/geo.ts';
import type { MyDay } from '../../../shared/contract/phone.ts';
import { signOut } from '../../live/session.ts';
import { usePreferences } from '../../ui/preferences.ts';
import { formatClock, formatTimer } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import { useDesk } from '../desk/desk.ts';
import { eachPicture, useServed } from '../desk/use-served.ts';
import { setDatum, useWhere } from '../desk/where.ts';
import { setBig, useLook } from '../shell/look.ts';
import classes from '../shell/phone.module.css';
import { SelectField } from '../shell/select-field.tsx';
import { useMatterName } from '../task/matter-name.ts';
import { DevicesCard } from './devices-card.tsx';
import { DutyCard } from './duty-card.tsx';
import { OverdueCard } from './overdue-card.tsx';
import { turnPushOff } from './push.ts';
import { PushCard } from './push-card.tsx';

/** 我的: duty, the day with its load and answers, who looked at the track, and how this phone looks. */
export function MePage() {
  const words = useWords().officer;
  const me = useDesk((desk) => desk.me);
  const acts = useDesk((desk) => desk.acts.length);
  const day = useServed('readMyDay', {}, eachPicture);
  const penalises = me?.role === 'officer' || me?.role === 'leader';
  return (
    <>
      <h1 className={classes['title']}>{me?.displayName}</h1>
      <DutyCard />
      {day && <Day day={day} />}
      {day && <OverdueCard overdue={day.overdue} />}
      {day && <Viewers day={day} />}
      <DevicesCard />
      <PushCard />
      <Look />
      {penalises && (
        <Button component="a" href="/console#files" variant="default" style={{ minHeight: 52 }}>
          {words.files}
        </Button>
      )}
      <Button
        variant="default"
        style={{ minHeight: 52 }}
        onClick={() => {
          // somebody who is not signed in here is not told of offers here
          void turnPushOff()
            .catch(() => undefined)
            .then(() => signOut())
            .catch(() => undefined);
        }}
      >
        {words.signOut}
      </Button>
      {acts > 0 && <p className={classes['note']}>{words.signOutWaiting({ acts })}</p>}
    </>
  );
}

function Day({ day }: { readonly day: MyDay }) {
  const words = useWords();
  const own = words.officer.day;
  const name = useMatterName();
  const timer = (seconds: number | null) => (seconds === null ? '—' : formatTimer(seconds));
  return (
    <section className={classes['card']}>
      <h2 className={classes['subtitle']}>{own.title}</h2>
      <dl className={classes['facts']}>
        <dt>{own.load}</dt>
        <dd>
          {day.active}/{day.capacity ?? '—'}
        </dd>
        <dt>{own.handled}</dt>
        <dd>{day.handled}</dd>
        <dt>{own.offered}</dt>
        <dd>
          {own.answers({
            offered: day.offered,
            accepted: day.accepted,
            declined: day.declined,
            expired: day.expired,
          })}
        </dd>
        <dt>{own.answer}</dt>
        <dd>{timer(day.answerSeconds)}</dd>
        <dt>{own.arrival}</dt>
        <dd>{timer(day.arrivalSeconds)}</dd>
        <dt>{own.rest}</dt>
        <dd>{timer(day.restSeconds)}</dd>
      </dl>
      <ul className={classes['list']}>
        {day.tasks.map(({ assignment, matterCode, address }) => (
          <li key={assignment.id} className={classes['text']}>
            {formatClock(Date.parse(assignment.offeredAt)).slice(0, 5)} {name(matterCode)} ·{' '}
            {words.codes.assignmentState[assignment.state]}
            {address && ` · ${address}`}
          </li>
        ))}
      </ul>
      <p className={classes['note']}>{own.noFines}</p>
    </section>
  );
}

function Viewers({ day }: { readonly day: MyDay }) {
  const words = useWords().officer.viewers;
  return (
    <section className={classes['card']}>
      <h2 className={classes['subtitle']}>{words.title}</h2>
      {day.viewers.length === 0 && <p className={classes['note']}>{words.none}</p>}
      <ul className={classes['list']}>
        {day.viewers.map(({ at, name, purpose }) => (
          <li key={at} className={classes['text']}>
            {words.line({ clock: formatClock(Date.parse(at)).slice(0, 5), name, purpose })}
          </li>
        ))}
      </ul>
    </section>
  );
}

const datums = ['wgs84', 'cgcs2000', 'gcj02', 'bd09'] as const satisfies readonly Crs[];
const datumNames = { wgs84: 'WGS-84', cgcs2000: 'CGCS2000', gcj02: 'GCJ-02', bd09: 'BD-09' };

/** Theme, letters, language and the datum of this phone. */
function Look() {
  const words = useWords();
  const own = words.officer.look;
  const { theme, language, choose } = usePreferences();
  const big = useLook((look) => look.big);
  const crs = useWhere((where) => where.crs);
  return (
    <section className={classes['card']}>
      <h2 className={classes['subtitle']}>{own.title}</h2>
      <div className={classes['grid']} role="group" aria-label={own.theme}>
        <button
          type="button"
          className={classes['choice']}
          aria-pressed={theme === 'light'}
          onClick={() => choose({ theme: 'light' })}
        >
          ☀ {own.sun}
        </button>
        <button
          type="button"
          className={classes['choice']}
          aria-pressed={theme === 'dark'}
          onClick={() => choose({ theme: 'dark' })}
        >
          ☾ {own.night}
        </button>
      </div>
      <Switch
        size="lg"
        checked={big}
        onChange={(event) => setBig(event.currentTarget.checked)}
        label={own.big}
        styles={{ body: { minHeight: 48, alignItems: 'center' }, label: { fontSize: '1.0625rem' } }}
      />
      <button
        type="button"
        className={classes['choice']}
        lang={language === 'zh-CN' ? 'en' : 'zh-CN'}
        aria-label={words.shared.language.label}
        onClick={() => choose({ language: language === 'zh-CN' ? 'en' : 'zh-CN' })}
      >
        {words.shared.language.next}
      </button>
      <SelectField
        label={own.datum}
        note={own.datumNote}
        value={crs as (typeof datums)[number]}
        choices={datums.map((value) => ({ value, label: datumNames[value] }))}
        onChange={(value) => void setDatum(value)}
      />
    </section>
  );
}
