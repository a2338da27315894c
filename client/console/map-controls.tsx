import { ActionIcon, Button, Checkbox, Popover } from '@mantine/core';
import {
  IconEraser,
  IconExternalLink,
  IconList,
  IconMinus,
  IconPlus,
  IconStack2,
  IconZoomScan,
} from '@tabler/icons-react';
import { useState } from 'react';
import { switchableLayers, type SwitchableLayer } from '../map/style.ts';
import type { MapView, TownMap } from '../map/town-map.ts';
import { call } from '../live/call.ts';
import { useWords } from '../words/words.tsx';
import { InView } from './in-view.tsx';
import classes from './map-panel.module.css';
import { sayRefused } from './perform.tsx';
import { popOut, poppedPanel } from './pop-button.tsx';
import { useRoom } from './room.ts';

const layerNames = Object.keys(switchableLayers) as SwitchableLayer[];

/** Zoom, layers, and the list of what is in view for people who do not point. */
export function MapControls({ map, view }: { readonly map: TownMap; readonly view: MapView | null }) {
  const { map: words, popOut: popWords, panels } = useWords().console;
  const [shown, setShown] = useState<readonly SwitchableLayer[]>(
    layerNames.filter((layer) => layer !== 'heat'),
  );
  const [officers, setOfficers] = useState(true);
  const trail = useRoom((state) => state.trail);
  const set = useRoom((state) => state.set);
  const toggle = (layer: SwitchableLayer, on: boolean) => {
    map.setLayerShown(layer, on);
    setShown((before) => (on ? [...before, layer] : before.filter((name) => name !== layer)));
    if (layer !== 'heat' || !on) return;
    call('readHeat').then(
      ({ points }) => map.setHeat(points),
      (error: unknown) => {
        // a layer that could not be read does not stand there as if nothing had happened anywhere
        sayRefused(error);
        toggle('heat', false);
      },
    );
  };
  const button = (label: string, icon: React.ReactNode, onClick: () => void) => (
    <ActionIcon variant="default" aria-label={label} title={label} onClick={onClick}>
      {icon}
    </ActionIcon>
  );
  return (
    <div className={classes['controls']}>
      {button(words.zoomIn, <IconPlus size={16} />, () => map.zoomBy(1))}
      {button(words.zoomOut, <IconMinus size={16} />, () => map.zoomBy(-1))}
      {button(words.wholeTown, <IconZoomScan size={16} />, () => map.showTown())}
      <Popover position="left-start" withArrow transitionProps={{ duration: 0 }}>
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
          <Checkbox
            label={words.officers}
            checked={officers}
            onChange={(event) => {
              map.setOfficersShown(event.currentTarget.checked);
              setOfficers(event.currentTarget.checked);
            }}
          />
        </Popover.Dropdown>
      </Popover>
      <Popover position="left-start" withArrow trapFocus transitionProps={{ duration: 0 }}>
        <Popover.Target>
          <Button variant="default" size="compact-sm" leftSection={<IconList size={16} />}>
            {words.inView}
          </Button>
        </Popover.Target>
        <Popover.Dropdown className={classes['inView'] ?? ''}>
          <InView view={view ?? map.view()} />
        </Popover.Dropdown>
      </Popover>
      {poppedPanel() === null &&
        button(popWords({ panel: panels.map }), <IconExternalLink size={16} />, () => popOut('map'))}
      {trail && button(words.clearTrail, <IconEraser size={16} />, () => set({ trail: null }))}
    </div>
  );
}
