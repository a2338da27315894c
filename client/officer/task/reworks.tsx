import { Button } from '@mantine/core';
import { incidentTransition } from '../../../shared/rules/lifecycle/incident.ts';
import { useWords } from '../../words/use-words.ts';
import { useDesk } from '../desk/desk.ts';
import { laneOf } from '../desk/fold.ts';
import { tap } from '../desk/outbox.ts';
import classes from '../shell/phone.module.css';
import { Asked } from './asked.tsx';
import { useMatterName } from './matter-name.ts';

/** Incidents that a check sent back to this team and that it has not taken up again. */
export function Reworks() {
  const words = useWords().officer;
  const name = useMatterName();
  const reworks = useDesk((desk) => desk.phone?.reworks) ?? [];
  const acts = useDesk((desk) => desk.acts);
  const role = useDesk((desk) => desk.me?.role ?? 'public');
  const mayTake = incidentTransition('rework', 'rework.accepted', role, { held: false }).ok;
  const taken = new Set(acts.filter((act) => act.name === 'acceptRework').map(({ lane }) => lane));
  return reworks
    .filter(({ id }) => !taken.has(laneOf(id)))
    .map((incident) => (
      <section key={incident.id} className={classes['card']} data-loud="true" aria-label={words.rework.title}>
        <div className={classes['row']}>
          <span className={classes['priority']} data-level={incident.priority}>
            P{incident.priority}
          </span>
          <span className={classes['state']}>{words.rework.title}</span>
        </div>
        <h2 className={classes['subtitle']}>{name(incident.matterCode)}</h2>
        <p className={classes['text']}>{incident.address || words.addressNone}</p>
        <Asked incidentId={incident.id} />
        <p className={classes['note']}>{mayTake ? words.rework.note : words.rework.leaderOnly}</p>
        <Button
          disabled={!mayTake}
          onClick={() =>
            void tap({
              name: 'acceptRework',
              lane: laneOf(incident.id),
              params: { incidentId: incident.id },
            })
          }
        >
          {words.rework.take}
        </Button>
      </section>
    ));
}
