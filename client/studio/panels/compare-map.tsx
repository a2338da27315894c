import { Slider } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { FeatureCollection } from 'geojson';
import { usePreferences } from '../../ui/preferences.ts';
import { useWords } from '../../words/words.tsx';
import { useBaselineName } from '../compare.ts';
import { useDesk, zoneNumber } from '../desk.ts';
import { StudioMap } from '../map/studio-map.ts';
import classes from './map-panel.module.css';
import { fillsOf } from './use-map-picture.ts';

/** The compared edition over the plan on the table, up to a line that a slider moves. */
export function CompareMap({ main }: { readonly main: StudioMap }) {
  const words = useWords().studio.map;
  const holder = useRef<HTMLDivElement>(null);
  const [share, setShare] = useState(50);
  const theme = usePreferences((state) => state.theme);
  const name = useBaselineName();
  const published = useDesk((state) => state.published);
  useEffect(() => {
    const { ground, colours, town } = useDesk.getState();
    if (!holder.current || !ground || !published) return undefined;
    const other = new StudioMap({ container: holder.current, theme, label: name });
    other.setGround(ground);
    if (town)
      for (const name of ['outline', 'roads', 'places', 'terrain'] as const)
        other.setStill(name, town[name] as unknown as FeatureCollection);
    const { assignment, shapes } = published;
    other.setPlan(assignment, fillsOf(assignment, colours), shapes, zoneNumber);
    const stop = other.follow(main);
    return () => {
      stop();
      other.destroy();
    };
  }, [main, theme, name, published]);
  return (
    <>
      <div
        ref={holder}
        className={classes['other']}
        style={{ clipPath: `inset(0 ${100 - share}% 0 0)` }}
        aria-hidden
        aria-busy="true"
      />
      <div className={classes['swipe']} style={{ left: `${share}%` }} aria-hidden />
      <div className={classes['swipeBar']}>
        <span>{name}</span>
        <Slider
          className={classes['swipeSlider'] ?? ''}
          min={0}
          max={100}
          value={share}
          label={null}
          thumbLabel={words.swipe}
          onChange={setShare}
        />
        <span>{words.draft}</span>
      </div>
    </>
  );
}
