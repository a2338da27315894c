import type { StudioMap } from './map/studio-map.ts';

let map: StudioMap | null = null;

/** The map of this page, while it is shown. */
export const studioMap = (): StudioMap | null => map;

export function setStudioMap(made: StudioMap | null): void {
  map = made;
}
