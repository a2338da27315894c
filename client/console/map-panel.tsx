import { ActionIcon, Checkbox, Popover, Button } from '@mantine/core';
import { IconMinus, IconPlus, IconStack2, IconZoomScan } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { freshnessLimits } from '../../shared/rules/positions/freshness.ts';
import { onFrame, useLive } from '../live/store.ts';
import { switchableLayers, type SwitchableLayer } from '../map/style.ts';
import { TownMap } from '../map/town-map.ts';
import { unitKey } from '../map/unit-track.ts';
import { usePreferences } from '../ui/preferences.ts';
import { useWords } from '../words/words.tsx';
import classes from './map-panel.module.css';
import { classOf, isOpen, isPending } from './queue-order.ts';
import { useRoom } from './room.ts';

const layerNames = Object.keys(switchableLayers) as SwitchableLayer[];

/** Owns the map's life: React hands over data, the map draws. */
export function MapPanel() {
  const words = useWords().console.map;
  const container = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<TownMap | null>(null);
  const [broken, setBroken] = useState(false);
  const label = words.label;
  useEffect(() => {
    if (!container.current) return undefined;
    try {
      const made = new TownMap({
        container: container.current,
        theme: usePreferences.getState().theme,
        label,
        limits: freshnessLimits,
        onClick: (hit) => {
          const [incidentId] = hit.incidentIds;
          const team = hit.units.find((key) => key.startsWith('team:'));
          const { set } = useRoom.getState();
          if (team) set({ selectedTeam: Number(team.slice(5)) });
          else if (incidentId !== undefined) set({ cursor: incidentId, opened: incidentId });
        },
        onGraphics: (present) => setBroken(!present),
      });
      setMap(made);
      return () => {
        setMap(null);
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
      {/* Empty on purpose: MapLibre wants the container for itself. */}
      <div ref={container} className={classes['map']} />
      {broken && <output className={classes['broken']}>{words.noWebgl}</output>}
      {map && <Controls map={map} />}
      <Attributions />
    </>
  );
}

function useMapData(map: TownMap | null): void {
  const town = useRoom((state) => state.town);
  const theme = usePreferences((state) => state.theme);
  const { incidents, teams } = useLive((state) => state.picture);
  const opened = useRoom((state) => state.opened);
  const selectedTeam = useRoom((state) => state.selectedTeam);
  useEffect(() => {
    if (town) map?.setTown(town);
  }, [map, town]);
  useEffect(() => map?.setTheme(theme), [map, theme]);
  useEffect(() => {
    const shown = [...incidents.values()].filter(isOpen);
    map?.setIncidents(
      shown.map((incident) => ({
        id: incident.id,
        point: incident.point,
        class: classOf(incident.matterCode),
        priority: incident.priority,
        taken: !isPending(incident),
      })),
    );
  }, [map, incidents]);
  useEffect(() => {
    map?.setUnitLabels(new Map([...teams.values()].map((team) => [unitKey('team', team.id), team.code])));
  }, [map, teams]);
  useEffect(() => (map ? onFrame((frame) => map.applyFrame(frame)) : undefined), [map]);
  useEffect(() => {
    if (!map) return undefined;
    const timer = setInterval(() => map.tick(useLive.getState().offsetMs), 1000);
    return () => clearInterval(timer);
  }, [map]);
  useEffect(() => {
    if (opened !== null) map?.select({ incidentId: opened });
    else if (selectedTeam !== null) map?.select({ unit: unitKey('team', selectedTeam) });
    else map?.select(null);
  }, [map, opened, selectedTeam]);
}

function Controls({ map }: { readonly map: TownMap }) {
  const words = useWords().console.map;
  const [shown, setShown] = useState<readonly SwitchableLayer[]>(
    layerNames.filter((name) => name !== 'heat'),
  );
  const toggle = (layer: SwitchableLayer, on: boolean) => {
    map.setLayerShown(layer, on);
    setShown(on ? [...shown, layer] : shown.filter((name) => name !== layer));
  };
  return (
    <div className={classes['controls']}>
      <ActionIcon
        variant="default"
        aria-label={words.zoomIn}
        title={words.zoomIn}
        onClick={() => map.zoomBy(1)}
      >
        <IconPlus size={16} />
      </ActionIcon>
      <ActionIcon
        variant="default"
        aria-label={words.zoomOut}
        title={words.zoomOut}
        onClick={() => map.zoomBy(-1)}
      >
        <IconMinus size={16} />
      </ActionIcon>
      <ActionIcon
        variant="default"
        aria-label={words.wholeTown}
        title={words.wholeTown}
        onClick={() => map.showTown()}
      >
        <IconZoomScan size={16} />
      </ActionIcon>
      <Popover position="left-start" withArrow>
        <Popover.Target>
          <Button variant="default" size="compact-sm" leftSection={<IconStack2 size={16} />}>
            {words.layers}
          </Button>
        </Popover.Target>
        <Popover.Dropdown className={classes['layers'] ?? ''}>
          {layerNames.map((layer) => (
            <Checkbox
              key={layer}
              label={words.layer[layer]}
              checked={shown.includes(layer)}
              onChange={(event) => toggle(layer, event.currentTarget.checked)}
            />
          ))}
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}

/** Where the data come from; a map without its sources is not shown. */
function Attributions() {
  const town = useRoom((state) => state.town);
  if (!town || town.attributions.length === 0) return null;
  return <p className={classes['attributions']}>{town.attributions.join(' · ')}</p>;
}
