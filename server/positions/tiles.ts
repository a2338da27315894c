import type { Bbox } from '../../shared/contract/geo.ts';

/** Frames are cut to the viewport along map tiles of this zoom: about 8 km in Ningbo. */
const zoom = 12;
const tilesAcross = 2 ** zoom;
/** A view of more tiles than this gets the whole town: cutting would save nothing. */
const mostTiles = 64;

const columnOf = (lng: number): number => Math.floor(((lng + 180) / 360) * tilesAcross);

function rowOf(lat: number): number {
  const radians = (Math.max(-85.05, Math.min(85.05, lat)) * Math.PI) / 180;
  return Math.floor(((1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2) * tilesAcross);
}

/** Number of the Web Mercator tile that holds a WGS-84 point. */
export const tileOf = (place: { readonly lng: number; readonly lat: number }): number =>
  rowOf(place.lat) * tilesAcross + columnOf(place.lng);

/** Tiles in view, ascending; null when the view is so wide that it stands for everything. */
export function tilesIn([west, south, east, north]: Bbox): number[] | null {
  const [left, right] = [columnOf(west), columnOf(east)];
  const [top, bottom] = [rowOf(north), rowOf(south)];
  if (!(right >= left && bottom >= top)) return null;
  if ((right - left + 1) * (bottom - top + 1) > mostTiles) return null;
  const tiles: number[] = [];
  for (let row = top; row <= bottom; row++)
    for (let column = left; column <= right; column++) tiles.push(row * tilesAcross + column);
  return tiles;
}
