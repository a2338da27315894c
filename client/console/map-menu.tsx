import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { LngLat } from '../../shared/contract/geo.ts';
import { call } from '../live/call.ts';
import { useMay } from '../live/session.ts';
import { useLive } from '../live/store.ts';
import { formatMetres } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import { place as movePin } from './acts.ts';
import { ranked } from './choose-team.ts';
import { copyPoint } from './copy-point.ts';
import classes from './map-panel.module.css';
import { useNames } from './names.ts';
import { openDraft, useRoom } from './room.ts';

/** Where the menu was asked for: a point of the town, and pixels of the map. */
export interface MenuPlace {
  readonly point: LngLat;
  readonly x: number;
  readonly y: number;
}

const shown = 5;

/** What may be done at a place: a new incident, the nearest teams, its coordinates. */
export function MapMenu({ place, close }: { readonly place: MenuPlace; readonly close: () => void }) {
  const words = useWords().console.map;
  const [reports, directs] = [useMay('incident.report'), useMay('incident.direct')];
  const openedId = useRoom((state) => state.opened);
  const opened = useLive((state) => state.picture.incidents.get(openedId ?? -1));
  const [nearest, setNearest] = useState(false);
  return (
    <Menu
      opened
      onClose={close}
      closeOnItemClick={false}
      position="bottom-start"
      trapFocus
      transitionProps={{ duration: 0 }}
    >
      <Menu.Target>
        <span className={classes['menuAt']} style={{ left: place.x, top: place.y }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={words.menu}>
        {reports && (
          <>
            <Menu.Item
              onClick={() => {
                close();
                openDraft(place.point);
              }}
            >
              {words.newHere}
            </Menu.Item>
            <Menu.Item onClick={() => setNearest(true)}>{words.nearest}</Menu.Item>
          </>
        )}
        {nearest && <Nearest point={place.point} close={close} />}
        {directs && opened && (
          <Menu.Item
            onClick={() => {
              close();
              void movePin(opened, { lng: place.point.lng, lat: place.point.lat, crs: 'wgs84' });
            }}
          >
            {words.moveHere({ incident: opened.id })}
          </Menu.Item>
        )}
        <Menu.Item
          onClick={() => {
            close();
            const { measure, set } = useRoom.getState();
            set({ measure: [...(measure ?? []), place.point] });
          }}
        >
          {words.measure}
        </Menu.Item>
        <Menu.Item
          onClick={() => {
            close();
            void copyPoint(place.point);
          }}
        >
          {words.copy}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Nearest({ point, close }: { readonly point: LngLat; readonly close: () => void }) {
  const words = useWords();
  const names = useNames();
  const { data } = useQuery({
    queryKey: ['nearest', point.lng, point.lat],
    staleTime: 5000,
    queryFn: () => call('previewIncident', { query: { lng: point.lng, lat: point.lat, crs: 'wgs84' } }),
  });
  if (!data) return <Menu.Label>{words.detail.card.loading}</Menu.Label>;
  const teams = data.recommendation ? ranked(data.recommendation.candidates).slice(0, shown) : [];
  return (
    <>
      <Menu.Label>
        {data.cellCode === null
          ? words.console.map.nothingHere
          : words.console.map.cellAt({ code: data.cellCode })}
      </Menu.Label>
      {teams.length === 0 && <Menu.Label>{words.console.map.nearestNone}</Menu.Label>}
      {teams.map((candidate) => (
        <Menu.Item
          key={candidate.teamId}
          onClick={() => {
            close();
            useRoom.getState().set({ selectedTeam: candidate.teamId });
          }}
        >
          {names.team(candidate.teamId)}
          {candidate.etaSeconds !== null &&
            ` · ${words.detail.card.minutes({ minutes: Math.max(1, Math.round(candidate.etaSeconds / 60)) })}`}
          {candidate.distanceMetres !== null && ` · ${formatMetres(candidate.distanceMetres)}`}
        </Menu.Item>
      ))}
    </>
  );
}
