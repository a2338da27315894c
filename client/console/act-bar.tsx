import { Button, Menu } from '@mantine/core';
import type { IncidentView } from '../../shared/contract/incidents.ts';
import { openDoubts } from '../../shared/rules/place-doubt.ts';
import { useServerNow } from '../live/now.ts';
import { useSession } from '../live/session.ts';
import { useLive } from '../live/store.ts';
import { defaultKeyMap, type KeyAct } from '../ui/keys.ts';
import { usePreferences } from '../ui/preferences.ts';
import { useWords } from '../words/words.tsx';
import classes from './detail.module.css';
import { say } from './perform.tsx';
import { possibleActs, type IncidentAct } from './possible-acts.ts';
import { toVerify } from './queue-order.ts';
import { useRoom } from './room.ts';
import { startAct, whyNotNow } from './start-act.ts';

/** The key that starts an act, where there is one. */
const keyOf: Partial<Record<IncidentAct, KeyAct>> = {
  requestVerification: 'verify',
  file: 'file',
  place: 'place',
  requestCheck: 'check',
  close: 'check',
  rework: 'rework',
  reject: 'reject',
  hold: 'hold',
};

/** What is wanted once a week stands behind one button. */
const seldom: readonly IncidentAct[] = ['extend', 'transfer'];

/** The step that the incident waits for, shown stronger than the others. */
function nextAct(incident: IncidentView, verified: boolean): IncidentAct | null {
  if (incident.state === 'reported') {
    if (toVerify(incident) && !verified) return 'requestVerification';
    return openDoubts(incident.doubts, incident.source).length > 0 ? 'place' : 'file';
  }
  if (incident.state === 'handled') return 'requestCheck';
  if (incident.state === 'checking') return 'close';
  return incident.state === 'returned' ? 'redispatch' : null;
}

/** The acts that this person has on an incident, with the reason where one is not possible now. */
export function ActBar({
  incident,
  verified,
}: {
  readonly incident: IncidentView;
  readonly verified: boolean;
}) {
  const words = useWords();
  const labels = words.detail.acts;
  const me = useSession((session) => session.me);
  const nowMs = useServerNow();
  const offline = useLive((state) => state.connection === 'lost');
  const form = useRoom((state) => state.form);
  const set = useRoom((state) => state.set);
  const keys = usePreferences((state) => state.keys);
  if (!me) return null;
  const acts = possibleActs(incident, me, nowMs);
  if (acts.length === 0) return null;
  const next = nextAct(incident, verified);
  /** The key as it stands on the keyboard, when it is one that a person may press alone. */
  const keyName = (act: IncidentAct): string | null => {
    const key = keyOf[act];
    if (key === undefined || !keys.singleKeys) return null;
    return (keys.remapped[key] ?? defaultKeyMap[key])[0]?.replace(/^Key/, '') ?? null;
  };
  return (
    <section className={classes['acts']} aria-label={labels.title}>
      {acts.map((one) => {
        if (seldom.includes(one.act)) return null;
        const why = whyNotNow(one, incident, words);
        const key = why === null ? keyName(one.act) : null;
        return (
          <Button
            key={one.act}
            size="compact-sm"
            variant={form === one.act || (why === null && next === one.act) ? 'filled' : 'default'}
            aria-disabled={why !== null}
            aria-pressed={form === one.act}
            {...(why !== null && { 'data-disabled': true, title: why })}
            {...(key !== null && { 'aria-keyshortcuts': key })}
            onClick={() => (why === null ? startAct(one.act, incident.id) : say(why, 'refused'))}
          >
            {labels[one.act]}
            {key !== null && (
              <kbd className={classes['key']} aria-hidden="true">
                {key}
              </kbd>
            )}
          </Button>
        );
      })}
      <Menu position="bottom-end" transitionProps={{ duration: 0 }} withinPortal>
        <Menu.Target>
          <Button size="compact-sm" variant="default">
            {labels.more}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {acts
            .filter(({ act, why }) => seldom.includes(act) && why === null)
            .map(({ act }) => (
              <Menu.Item key={act} disabled={offline} onClick={() => startAct(act, incident.id)}>
                {labels[act]}
              </Menu.Item>
            ))}
          <Menu.Item onClick={() => set({ operationsShown: true })}>{words.work.operation.title}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </section>
  );
}
