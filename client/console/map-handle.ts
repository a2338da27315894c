import type { TownMap } from '../map/town-map.ts';

let shown: TownMap | null = null;

/** The map on the screen, for acts outside of it; null while there is none. */
export const mapHandle = (): TownMap | null => shown;

/** Called by the panel that owns the map. */
export function holdMap(map: TownMap | null): void {
  shown = map;
}
