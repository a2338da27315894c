import { UnstyledButton } from '@mantine/core';
import { unitStatusOf } from '../../shared/contract/frame.ts';
import { useLive } from '../live/store.ts';
import type { MapView } from '../map/town-map.ts';
import { PriorityGlyph, StatusGlyph } from '../ui/glyphs.tsx';
import { useWords } from '../words/words.tsx';
import classes from './map-panel.module.css';
import { useNames } from './names.ts';
import { isOpen, queueOrder } from './queue-order.ts';
import { openIncident, useRoom } from './room.ts';

const inside = (
  [west, south, east, north]: MapView['bbox'],
  { lng, lat }: { readonly lng: number; readonly lat: number },
) => lng >= west && lng <= east && lat >= south && lat <= north;

/** What the map shows as a list: each entry does what a click on its mark does. */
export function InView({ view }: { readonly view: MapView }) {
  const words = useWords();
  const labels = words.console.map;
  const names = useNames();
  const { incidents, teams } = useLive((state) => state.picture);
  const fixes = useLive((state) => state.fixes);
  const rows = queueOrder(incidents.values()).filter((one) => isOpen(one) && inside(view.bbox, one.point));
  const units = [...teams.values()].filter((team) => {
    const point = fixes.get(team.id)?.point;
    return team.status !== 'off_duty' && point && inside(view.bbox, point);
  });
  if (rows.length + units.length === 0) return <p>{labels.inViewEmpty}</p>;
  return (
    <>
      <h3 className={classes['listTitle']}>{labels.inViewIncidents}</h3>
      <ul className={classes['list']}>
        {rows.map((incident) => (
          <li key={incident.id}>
            <UnstyledButton className={classes['entry']} onClick={() => openIncident(incident.id)}>
              <PriorityGlyph
                priority={incident.priority}
                size={18}
                label={words.console.queue.priorityLabel({ priority: incident.priority })}
              />
              {incident.id} {names.matter(incident.matterCode)} · {incident.address}
            </UnstyledButton>
          </li>
        ))}
      </ul>
      <h3 className={classes['listTitle']}>{labels.inViewTeams}</h3>
      <ul className={classes['list']}>
        {units.map((team) => (
          <li key={team.id}>
            <UnstyledButton
              className={classes['entry']}
              onClick={() => useRoom.getState().set({ selectedTeam: team.id })}
            >
              <StatusGlyph status={unitStatusOf[team.status]} />
              {team.name} · {words.codes.teamStatus[team.status]}
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </>
  );
}
