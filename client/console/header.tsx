import { Button, UnstyledButton } from '@mantine/core';
import { useMemo } from 'react';
import { useServerNow } from '../live/now.ts';
import { useLive } from '../live/store.ts';
import { usePreferences } from '../ui/preferences.ts';
import { formatClock, formatInstant } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import classes from './header.module.css';
import { deadlineLeft, isOpen, isPending } from './queue-order.ts';
import { useRoom } from './room.ts';

const amberSeconds = 5;
const redSeconds = 10;

/** What the whole room must know at a glance. */
export function Header() {
  const words = useWords().console;
  const nowMs = useServerNow();
  const synthetic = useRoom((state) => state.synthetic);
  return (
    <header className={classes['bar']} aria-label={words.panels.header}>
      <h1 className={classes['title']}>{words.title}</h1>
      <time className={classes['clock']} dateTime={new Date(nowMs).toISOString()} title={words.header.clock}>
        {formatInstant(nowMs)}
      </time>
      <Line />
      <Counts nowMs={nowMs} />
      <span className={classes['space']} />
      {synthetic && <strong className={classes['synthetic']}>{words.synthetic}</strong>}
      <Choices />
    </header>
  );
}

/** Socket and heartbeat: how old the picture is, said in words and not by colour alone. */
function Line() {
  const words = useWords().console.header;
  const connection = useLive((state) => state.connection);
  const heardAtMs = useLive((state) => state.heardAtMs);
  const offsetMs = useLive((state) => state.offsetMs);
  const nowMs = useServerNow();
  const seconds = heardAtMs === null ? null : Math.max(0, Math.round((nowMs - offsetMs - heardAtMs) / 1000));
  const late = seconds !== null && seconds > redSeconds;
  const slow = seconds !== null && seconds > amberSeconds;
  if (connection === 'lost' && heardAtMs !== null)
    return (
      <output className={classes['lost']}>
        {words.lostSince({ clock: formatClock(heardAtMs + offsetMs) })}
      </output>
    );
  const socket = connection === 'resyncing' ? words.resyncing : words.socket[connection];
  return (
    <span className={classes['group']} data-tone={late ? 'late' : slow ? 'soon' : 'calm'}>
      <span>{socket}</span>
      <span className={classes['figure']}>
        {seconds === null ? words.dataNever : words.dataAge({ seconds })}
      </span>
    </span>
  );
}

function Counts({ nowMs }: { readonly nowMs: number }) {
  const words = useWords().console.header;
  const { incidents, teams, dispatchMode } = useLive((state) => state.picture);
  const counts = useMemo(() => {
    const list = [...incidents.values()];
    return {
      onDuty: [...teams.values()].filter((team) => team.status !== 'off_duty').length,
      pending: list.filter(isPending).length,
      open: list.filter(isOpen),
    };
  }, [incidents, teams]);
  const overdue = counts.open.filter((incident) => deadlineLeft(incident, nowMs)?.step === 'overdue').length;
  return (
    <ul className={classes['counts']}>
      <li>{words.onDuty({ teams: counts.onDuty })}</li>
      <li>{words.pending({ incidents: counts.pending })}</li>
      <li data-tone={overdue > 0 ? 'late' : 'calm'}>{words.overdue({ incidents: overdue })}</li>
      <li>{words.mode[dispatchMode]}</li>
    </ul>
  );
}

function Choices() {
  const words = useWords().console.header;
  const { theme, language, choose } = usePreferences();
  const other = language === 'zh-CN' ? 'en' : 'zh-CN';
  return (
    <span className={classes['group']}>
      <UnstyledButton
        className={classes['choice']}
        onClick={() => choose({ theme: theme === 'dark' ? 'light' : 'dark' })}
      >
        {theme === 'dark' ? words.theme.toLight : words.theme.toDark}
      </UnstyledButton>
      <Button
        size="compact-sm"
        variant="default"
        lang={other}
        aria-label={words.language.label}
        onClick={() => choose({ language: other })}
      >
        {words.language.next}
      </Button>
    </span>
  );
}
