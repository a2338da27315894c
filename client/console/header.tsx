import { Button, Menu, Slider, UnstyledButton } from '@mantine/core';
import {
  IconFileText,
  IconKeyboard,
  IconLogout,
  IconUsers,
  IconVolume,
  IconVolumeOff,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { signOut, useSession } from '../live/session.ts';
import { call } from '../live/call.ts';
import { useServerNow } from '../live/now.ts';
import { useLive } from '../live/store.ts';
import { usePreferences } from '../ui/preferences.ts';
import { LanguageSwitch, ThemeSwitch } from '../ui/switches.tsx';
import { formatInstant, formatTimer } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import { feedOf } from './feed.ts';
import classes from './header.module.css';
import { deadlineLeft, isOpen, isPending } from './queue-order.ts';
import { useRoom } from './room.ts';

const wrongClockMs = 120_000;

/** What the whole room must know at a glance. */
export function Header() {
  const words = useWords().console;
  const nowMs = useServerNow();
  const offsetMs = useLive((state) => state.offsetMs);
  const synthetic = useRoom((state) => state.synthetic);
  return (
    <header className={classes['bar']} aria-label={words.panels.header}>
      <h1 className={classes['title']}>{words.title}</h1>
      <time className={classes['clock']} dateTime={new Date(nowMs).toISOString()} title={words.header.clock}>
        {formatInstant(nowMs)}
      </time>
      {Math.abs(offsetMs) > wrongClockMs && (
        <span className={classes['chip']}>
          {words.header.clockWrong({ minutes: Math.round(Math.abs(offsetMs) / 60_000) })}
        </span>
      )}
      <Line />
      <Counts nowMs={nowMs} />
      <span className={classes['space']} />
      {synthetic && <strong className={classes['synthetic']}>{words.synthetic}</strong>}
      <Sound />
      <ThemeSwitch />
      <LanguageSwitch />
      <Person />
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
  const { seconds, tone } = feedOf(heardAtMs, nowMs - offsetMs);
  const socket = connection === 'resyncing' ? words.resyncing : words.socket[connection];
  return (
    <span className={classes['group']} data-tone={connection === 'lost' ? 'late' : tone}>
      <span>{socket}</span>
      <span className={classes['figure']}>
        {seconds === null ? words.dataNever : words.dataAge({ seconds })}
      </span>
    </span>
  );
}

function Counts({ nowMs }: { readonly nowMs: number }) {
  const words = useWords().console.header;
  const { incidents, teams, alarms, dispatchMode } = useLive((state) => state.picture);
  const counts = useMemo(() => {
    const list = [...incidents.values()];
    return {
      onDuty: [...teams.values()].filter((team) => team.status !== 'off_duty').length,
      pending: list.filter(isPending).length,
      open: list.filter(isOpen),
    };
  }, [incidents, teams]);
  const overdue = counts.open.filter((incident) => deadlineLeft(incident, nowMs)?.step === 'overdue').length;
  const shelved = [...alarms.values()].filter(
    ({ shelvedUntil }) => shelvedUntil !== null && Date.parse(shelvedUntil) > nowMs,
  ).length;
  return (
    <ul className={classes['counts']}>
      <li>{words.onDuty({ teams: counts.onDuty })}</li>
      <li>{words.pending({ incidents: counts.pending })}</li>
      <li data-tone={overdue > 0 ? 'late' : 'calm'}>{words.overdue({ incidents: overdue })}</li>
      <Speed />
      <li>{words.mode[dispatchMode]}</li>
      {shelved > 0 && <li>{words.shelved({ alarms: shelved })}</li>}
    </ul>
  );
}

const figuresEveryMs = 60_000;

/** How fast somebody is sent today: nine of ten incidents within this time. */
function Speed() {
  const words = useWords().console.header;
  const { data } = useQuery({
    queryKey: ['figures'],
    queryFn: () => call('readFigures'),
    refetchInterval: figuresEveryMs,
    staleTime: 0,
  });
  if (!data || data.dispatchP90Seconds === null) return null;
  return (
    <li className={classes['speed']} title={words.p90Of({ incidents: data.dispatched })}>
      {words.p90({ timer: formatTimer(data.dispatchP90Seconds) })}
    </li>
  );
}

function Sound() {
  const words = useWords().console.header;
  const { sound, choose } = usePreferences();
  const name = sound.muted ? words.unmute : words.mute;
  return (
    <Button
      size="compact-sm"
      variant="default"
      aria-label={name}
      aria-pressed={sound.muted}
      title={name}
      onClick={() => choose({ sound: { ...sound, muted: !sound.muted } })}
    >
      {sound.muted ? <IconVolumeOff size={16} /> : <IconVolume size={16} />}
    </Button>
  );
}

/** Who sits here, and what is theirs: loudness, keys, the way out. */
function Person() {
  const words = useWords();
  const me = useSession((session) => session.me);
  const { sound, choose } = usePreferences();
  const set = useRoom((state) => state.set);
  if (!me) return null;
  return (
    <Menu width={260} position="bottom-end" transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <UnstyledButton className={classes['choice']} aria-label={words.console.header.menu}>
          {me.displayName} <span className={classes['role']}>{words.signIn.roles[me.role]}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes['volume']}>
          <span>{words.console.header.volume}</span>
          <Slider
            thumbLabel={words.console.header.volume}
            min={0}
            max={1}
            step={0.1}
            label={null}
            value={sound.volume}
            onChange={(volume) => choose({ sound: { ...sound, volume } })}
          />
          <small>{words.console.header.sosFloor}</small>
        </div>
        <Menu.Item leftSection={<IconUsers size={16} />} onClick={() => set({ operationsShown: true })}>
          {words.work.operation.all}
        </Menu.Item>
        <Menu.Item leftSection={<IconFileText size={16} />} component="a" href="#files">
          {words.files.all}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={() => set({ keySheetShown: true })}>
          {words.console.header.keys}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          {words.console.header.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
