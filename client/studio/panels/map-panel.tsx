/* oxlint-disable jsx-a11y/no-noninteractive-tabindex -- the map takes arrow keys */
import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { FeatureCollection } from 'geojson';
import { usePreferences } from '../../ui/preferences.ts';
import { useWords } from '../../words/words.tsx';
import { useDesk } from '../desk.ts';
import { useGains } from '../gains.ts';
import { setStudioMap } from '../map-handle.ts';
import { gainColours } from '../map/palette.ts';
import { StudioMap } from '../map/studio-map.ts';
import { onPointer } from '../tools/pointer.ts';
import { tellLook, useMapPicture } from './use-map-picture.ts';
import classes from './map-panel.module.css';
import { CompareMap } from './compare-map.tsx';
import { MapNote } from './map-note.tsx';

/** The map with its buttons; everything on it is also in the tables below. */
export function MapPanel() {
  const words = useWords().studio.map;
  const holder = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<StudioMap | null>(null);
  const [missing, setMissing] = useState(false);
  const theme = usePreferences((state) => state.theme);
  const comparing = useDesk((state) => state.comparing);
  useEffect(() => {
    if (!holder.current) return undefined;
    let made: StudioMap;
    try {
      made = new StudioMap({
        container: holder.current,
        theme: usePreferences.getState().theme,
        label: words.label,
        onPointer: (pointer) => onPointer(made, pointer),
        onView: (view) => tellLook(view),
        onGraphics: (present) => setMissing(!present),
      });
    } catch {
      setMissing(true);
      return undefined;
    }
    setStudioMap(made);
    setMap(made);
    const watch = new ResizeObserver(() => made.resize());
    watch.observe(holder.current);
    return () => {
      watch.disconnect();
      setStudioMap(null);
      setMap(null);
      made.destroy();
    };
    // oxlint-disable-next-line react/exhaustive-deps -- the map is made once; its accessible name stands in the element
  }, []);
  useEffect(() => map?.setTheme(theme), [map, theme]);
  useStill(map);
  useMapPicture(map);
  return (
    <div className={classes['box']}>
      <div className={classes['field']}>
        <div
          ref={holder}
          className={classes['map']}
          role="application"
          aria-label={words.label}
          aria-describedby="map-help"
          aria-busy="true"
          tabIndex={0}
          data-panel-focus
        />
        <p id="map-help" className={classes['help']}>
          {words.help}
        </p>
        {missing && <p className={classes['missing']}>{words.missing}</p>}
        {comparing && map && <CompareMap main={map} />}
        <MapNote />
        <div className={classes['buttons']}>
          <Button
            size="compact-md"
            variant="default"
            aria-label={words.nearer}
            onClick={() => map?.zoomBy(1)}
          >
            +
          </Button>
          <Button
            size="compact-md"
            variant="default"
            aria-label={words.farther}
            onClick={() => map?.zoomBy(-1)}
          >
            −
          </Button>
          <Button size="compact-md" variant="default" onClick={() => map?.showTown()}>
            {words.whole}
          </Button>
        </div>
      </div>
      <Legend />
    </div>
  );
}

/** The still town below the cells. */
function useStill(map: StudioMap | null): void {
  const town = useDesk((state) => state.town);
  useEffect(() => {
    if (!map || !town) return;
    for (const name of ['outline', 'roads', 'places', 'terrain'] as const)
      map.setStill(name, town[name] as unknown as FeatureCollection);
  }, [map, town]);
}

function Legend() {
  const words = useWords().studio.map;
  const replayed = useGains((state) => state.features.features.length > 0);
  const colours = gainColours[usePreferences((state) => state.theme)];
  return (
    <ul className={classes['legend']} aria-label={words.legend}>
      {(['changed', 'pending', 'trouble', 'locked'] as const).map((name) => (
        <li key={name}>
          <span className={classes['mark']} data-mark={name} aria-hidden />
          {words.marks[name]}
        </li>
      ))}
      {replayed &&
        (['gain', 'loss'] as const).map((name) => (
          <li key={name}>
            <span
              className={classes['dot']}
              style={{ borderColor: colours[name], ...(name === 'gain' && { background: colours[name] }) }}
              aria-hidden
            />
            {words.marks[name]}
          </li>
        ))}
    </ul>
  );
}
