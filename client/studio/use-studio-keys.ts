import { useEffect } from 'react';
import { usePreferences } from '../ui/preferences.ts';
import { directions, stepFrom, type Direction } from './core/steps.ts';
import { desk, setDesk, zoneNumber } from './desk.ts';
import { askedFor } from './keys.ts';
import { studioMap } from './map-handle.ts';
import { runKey } from './run-key.ts';
import { tell, wordsNow } from './say.ts';
import { setSpaceHeld } from './tools/pointer.ts';
import { typeDigit } from './zone-digits.ts';

/** Keys of the whole screen: tools, digits of zones, arrows from cell to cell, Space to move the picture. */
export function useStudioKeys(): void {
  useEffect(() => {
    const down = (event: KeyboardEvent): void => {
      const onMap = document.activeElement?.closest('[data-panel="map"]') !== null;
      if (event.code === 'Space' && onMap && !event.repeat) {
        event.preventDefault();
        return setSpaceHeld(true, studioMap());
      }
      if (onMap && (directions as readonly string[]).includes(event.code) && !isControl(event.target)) {
        event.preventDefault();
        return walk(event.code as Direction);
      }
      const asked = askedFor(event, usePreferences.getState().keys);
      if (asked === null) return;
      event.preventDefault();
      if (typeof asked === 'number') typeDigit(asked);
      else runKey(asked);
    };
    const up = (event: KeyboardEvent): void => {
      if (event.code === 'Space') setSpaceHeld(false, studioMap());
    };
    addEventListener('keydown', down);
    addEventListener('keyup', up);
    return () => {
      removeEventListener('keydown', down);
      removeEventListener('keyup', up);
    };
  }, []);
}

const isControl = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('input, button, [role="slider"], [role="separator"]') !== null;

/** From cell to cell over shared borders; tells where it stands. */
function walk(direction: Direction): void {
  const { ground, cursor, picture } = desk();
  if (!ground || !picture || ground.graph.cellIds.length === 0) return;
  const next = cursor === null ? 0 : stepFrom(ground, cursor, direction);
  setDesk({ cursor: next });
  studioMap()?.reveal(next);
  const words = wordsNow().studio.told;
  tell(
    words.cell({
      code: ground.graph.codes[next]!.slice(-6),
      zone: zoneNumber(picture.assignment[next] ?? null),
      village: ground.villageNames.get(ground.graph.villages[next]!) ?? '',
    }),
  );
}
