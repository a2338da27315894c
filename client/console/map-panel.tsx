import { useEffect, useRef, useState } from 'react';
import { freshnessLimits } from '../../shared/rules/positions/freshness.ts';
import type { MapHit } from '../map/hits.ts';
import { TownMap, type MapView } from '../map/town-map.ts';
import { usePreferences } from '../ui/preferences.ts';
import { useWords } from '../words/words.tsx';
import { MapControls } from './map-controls.tsx';
import { holdMap } from './map-handle.ts';
import { MapNotes } from './map-notes.tsx';
import { MapMenu, type MenuPlace } from './map-menu.tsx';
import classes from './map-panel.module.css';
import { openIncident, useRoom } from './room.ts';
import { roomLine } from './start.ts';
import { useMapData } from './use-map-data.ts';

/** A click chooses what lies there; while an incident is being typed it sets its place. */
function choose(hit: MapHit): void {
  const { drafting, measure, set } = useRoom.getState();
  const [incidentId] = hit.incidentIds;
  const teams = hit.units.filter((key) => key.startsWith('team:')).map((key) => Number(key.slice(5)));
  // Several markers on one spot: each click goes on to the next.
  const team = teams[(teams.indexOf(useRoom.getState().selectedTeam ?? 0) + 1) % teams.length];
  if (measure) set({ measure: [...measure, hit.point] });
  else if (drafting) set({ draftPoint: hit.point });
  else if (team !== undefined) set({ selectedTeam: team });
  else if (incidentId !== undefined) openIncident(incidentId);
}

/** Owns the map's life: React hands over data, the map draws. */
export function MapPanel() {
  const words = useWords().console.map;
  const container = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<TownMap | null>(null);
  const [view, setView] = useState<MapView | null>(null);
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const [broken, setBroken] = useState(false);
  const drafting = useRoom((state) => state.drafting);
  const label = words.label;
  useEffect(() => {
    if (!container.current) return undefined;
    try {
      const made = new TownMap({
        container: container.current,
        theme: usePreferences.getState().theme,
        label,
        limits: freshnessLimits,
        onClick: choose,
        onContext: (hit) => setMenu({ point: hit.point, ...hit.at }),
        onView: (seen) => {
          setView(seen);
          roomLine()?.look(seen.bbox, seen.zoom);
        },
        onGraphics: (present) => setBroken(!present),
      });
      setMap(made);
      holdMap(made);
      return () => {
        setMap(null);
        holdMap(null);
        made.destroy();
      };
    } catch {
      setBroken(true);
      return undefined;
    }
  }, [label]);
  useMapData(map);
  return (
    <>
      {/* The key that opens a context menu means the middle of the map. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the map inside has the focus and its role */}
      <div
        className={classes['frame']}
        onKeyDown={(event) => {
          if (!map || !(event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))) return;
          event.preventDefault();
          // The menu listens at the document from now on; this key is not for it.
          event.stopPropagation();
          const box = event.currentTarget.getBoundingClientRect();
          setMenu({ point: map.middle(), x: box.width / 2, y: box.height / 2 });
        }}
      >
        {/* Empty on purpose: MapLibre wants the container for itself. */}
        <div ref={container} className={classes['map']} />
      </div>
      {broken && <output className={classes['broken']}>{words.noWebgl}</output>}
      {drafting && <output className={classes['picking']}>{words.pickPlace}</output>}
      <MapNotes />
      {map && <MapControls map={map} view={view} />}
      {menu && <MapMenu key={`${menu.x} ${menu.y}`} place={menu} close={() => setMenu(null)} />}
      <Attributions />
    </>
  );
}

/** Where the data come from; a map without its sources is not shown. */
function Attributions() {
  const words = useWords().console;
  const town = useRoom((state) => state.town);
  const synthetic = useRoom((state) => state.synthetic);
  const text = [...(synthetic ? [words.syntheticNote] : []), ...(town?.attributions ?? [])].join(' · ');
  if (text === '') return null;
  return (
    <p className={classes['attributions']} title={text}>
      {text}
    </p>
  );
}
