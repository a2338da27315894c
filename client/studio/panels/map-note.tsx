import { useWords } from '../../words/words.tsx';
import { useDesk } from '../desk.ts';
import { useSession } from '../../live/session.ts';
import classes from './map-panel.module.css';

/** What lies under the pointer, and where the others are. */
export function MapNote() {
  const words = useWords().studio.map;
  const hover = useDesk((state) => state.hover);
  const ground = useDesk((state) => state.ground);
  const picture = useDesk((state) => state.picture);
  const zones = useDesk((state) => state.zones);
  const people = useDesk((state) => state.people);
  const mine = useSession((session) => session.me?.personId);
  const id = ground?.graph.cellIds[hover];
  if (!ground || !picture || hover < 0 || id === undefined) return null;
  const zone = picture.assignment[hover]!;
  const others = people.filter((one) => one.personId !== mine && one.cellIds.includes(id));
  return (
    <div className={classes['note']} data-hover={ground.graph.codes[hover]!} aria-hidden>
      <strong>{ground.graph.codes[hover]!.slice(-6)}</strong>{' '}
      {ground.villageNames.get(ground.graph.villages[hover]!)}
      {' · '}
      {zone === 0 ? words.unassigned : words.zone({ number: zones.get(zone as never)?.number ?? '' })}
      {' · '}
      {words.hours({ hours: ground.graph.workloadHours[hover]!.toFixed(1) })}
      {others.map((one) => (
        <span key={one.personId}> · {words.alsoHere({ name: one.name })}</span>
      ))}
    </div>
  );
}
