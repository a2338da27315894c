import { lazy, Suspense, useState } from 'react';
import {
  IconArrowBackUp,
  IconClockPause,
  IconMap2,
  IconMessage2,
  IconNavigation,
  IconPhone,
  IconSwitchHorizontal,
  IconUserOff,
  IconUsersPlus,
} from '@tabler/icons-react';
import { useWords } from '../../words/use-words.ts';
import { serverNow } from '../desk/clock.ts';
import { useDesk } from '../desk/desk.ts';
import { laneOf, type FoldedTask } from '../desk/fold.ts';
import { tap } from '../desk/outbox.ts';
import classes from '../shell/phone.module.css';
import { CallSheet } from './call-sheet.tsx';
import { NavigationSheet } from './navigation-sheet.tsx';
import { mayStep } from './next-step.ts';
import { SayingSheet } from './saying-sheet.tsx';
import { TimeSheet } from './time-sheet.tsx';

const TaskMap = lazy(async () => ({ default: (await import('./task-map.tsx')).TaskMap }));

type Open = 'navigate' | 'call' | 'note' | 'backup' | 'transfer' | 'time' | 'recuse' | 'return' | null;

/** The other acts on a task: the way there, words to the room, help, more time, giving back, the map. */
export function TaskActs({ task }: { readonly task: FoldedTask }) {
  const words = useWords().officer.acts;
  const [open, setOpen] = useState<Open>(null);
  const [map, setMap] = useState(false);
  const role = useDesk((desk) => desk.me?.role ?? 'public');
  const { assignment, incident } = task;
  const callable = useDesk((desk) => desk.phone?.callable?.includes(incident.id) ?? false);
  const lane = laneOf(incident.id);
  const params = { assignmentId: assignment.id };
  const close = () => setOpen(null);
  const said = (tapped: Promise<unknown>) => {
    void tapped;
    close();
  };
  const ask = (want: 'backup' | 'transfer') => (text: string) =>
    said(tap({ name: 'requestHelp', lane, params, body: { want, text } }));
  const tiles = [
    { name: 'navigate', Icon: IconNavigation, on: () => setOpen('navigate') },
    { name: 'map', Icon: IconMap2, on: () => setMap(!map) },
    ...(callable ? [{ name: 'call', Icon: IconPhone, on: () => setOpen('call') } as const] : []),
    { name: 'note', Icon: IconMessage2, on: () => setOpen('note') },
    { name: 'backup', Icon: IconUsersPlus, on: () => setOpen('backup') },
    { name: 'transfer', Icon: IconSwitchHorizontal, on: () => setOpen('transfer') },
    { name: 'time', Icon: IconClockPause, on: () => setOpen('time') },
    ...(role === 'officer' || role === 'leader'
      ? [{ name: 'recuse', Icon: IconUserOff, on: () => setOpen('recuse') } as const]
      : []),
    ...(mayStep(assignment, 'return', role)
      ? [{ name: 'return', Icon: IconArrowBackUp, on: () => setOpen('return') } as const]
      : []),
  ] as const;
  return (
    <>
      <div className={classes['grid']}>
        {tiles.map(({ name, Icon, on }) => (
          <button key={name} type="button" className={classes['tile']} onClick={on}>
            <Icon size={22} aria-hidden="true" />
            {words[name]}
          </button>
        ))}
      </div>
      {map && (
        <Suspense fallback={<p className={classes['note']}>{words.mapOpening}</p>}>
          <TaskMap incident={incident} />
        </Suspense>
      )}
      <NavigationSheet
        opened={open === 'navigate'}
        onClose={close}
        point={incident.point}
        name={incident.address || String(incident.id)}
      />
      {open === 'call' && <CallSheet assignmentId={assignment.id} onClose={close} />}
      <SayingSheet
        title={words.note}
        opened={open === 'note'}
        onClose={close}
        onSay={(text) =>
          said(tap({ name: 'noteIncident', lane, params: { incidentId: incident.id }, body: { text } }))
        }
      />
      <SayingSheet
        title={words.backup}
        note={words.backupNote}
        choices={words.backupReasons}
        opened={open === 'backup'}
        onClose={close}
        onSay={ask('backup')}
      />
      <SayingSheet
        title={words.transfer}
        note={words.transferNote}
        choices={words.transferReasons}
        opened={open === 'transfer'}
        onClose={close}
        onSay={ask('transfer')}
      />
      <SayingSheet
        title={words.return}
        note={words.returnNote}
        choices={words.returnReasons}
        opened={open === 'return'}
        onClose={close}
        onSay={(reason) =>
          said(tap({ name: 'returnAssignment', lane, params, body: { reason, doneAt: serverNow() } }))
        }
      />
      <SayingSheet
        title={words.recuse}
        note={words.recuseNote}
        choices={words.recuseReasons}
        opened={open === 'recuse'}
        onClose={close}
        onSay={(reason) =>
          said(
            tap({
              name: 'declareRecusal',
              lane,
              params: { incidentId: incident.id },
              body: { reason, doneAt: serverNow() },
            }),
          )
        }
      />
      <TimeSheet opened={open === 'time'} onClose={close} incidentId={incident.id} />
    </>
  );
}
