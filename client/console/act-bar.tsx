import { Button } from '@mantine/core';
import type { IncidentView } from '../../shared/contract/incidents.ts';
import { useServerNow } from '../live/now.ts';
import { useSession } from '../live/session.ts';
import { useLive } from '../live/store.ts';
import { useWords } from '../words/words.tsx';
import { acknowledge, redispatch, requestCheck } from './acts.ts';
import classes from './detail.module.css';
import { say } from './perform.tsx';
import { possibleActs, type IncidentAct, type PossibleAct } from './possible-acts.ts';
import { useRoom } from './room.ts';

/** Starts an act; those that need words open their form. */
function start(act: IncidentAct, incidentId: number): void {
  const { form, set } = useRoom.getState();
  if (act === 'acknowledge') void acknowledge(incidentId);
  else if (act === 'requestCheck') void requestCheck(incidentId);
  else if (act === 'redispatch') void redispatch(incidentId);
  else set({ form: form === act ? null : act });
}

/** The acts that this person has on an incident, with the reason where one is not possible now. */
export function ActBar({ incident }: { readonly incident: IncidentView }) {
  const words = useWords();
  const labels = words.detail.acts;
  const me = useSession((session) => session.me);
  const nowMs = useServerNow();
  const offline = useLive((state) => state.connection === 'lost');
  const form = useRoom((state) => state.form);
  if (!me) return null;
  const whyNot = ({ why }: PossibleAct): string | null => {
    if (offline) return labels.offline;
    if (why === 'forbidden') return labels.forbidden;
    if (why === 'held') return labels.heldNow;
    if (why === 'state') return labels.notNow({ state: words.codes.incidentState[incident.state] });
    return null;
  };
  const acts = possibleActs(incident, me, nowMs);
  if (acts.length === 0) return null;
  return (
    <section className={classes['acts']} aria-label={labels.title}>
      {acts.map((one) => {
        const why = whyNot(one);
        return (
          <Button
            key={one.act}
            size="compact-sm"
            variant={form === one.act ? 'filled' : 'default'}
            aria-disabled={why !== null}
            {...(why !== null && { 'data-disabled': true })}
            {...(why !== null && { title: why })}
            onClick={() => (why === null ? start(one.act, incident.id) : say(why, 'refused'))}
          >
            {labels[one.act]}
          </Button>
        );
      })}
    </section>
  );
}
