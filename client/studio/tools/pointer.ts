import { desk, setDesk, type Tool } from '../desk.ts';
import type { MapPointer, StudioMap } from '../map/studio-map.ts';
import { borderAt, borderFeatures, grabVertex, openBorder, placeVertex, useBorder } from './border.ts';
import { addLinePoint, cutCell, lineFeatures, useLine } from './line.ts';
import { areaPointer, brushPointer, selectPointer, villagePointer } from './strokes.ts';

const reachPixels = 12;
/** A press that moves less than this is a click. */
const clickPixels = 5;

let pressed: MapPointer | null = null;
let grabbed: number | null = null;

/** True while Space makes a drag move the picture. */
let panning = false;

export function setSpaceHeld(held: boolean, map: StudioMap | null): void {
  panning = held;
  map?.setPanning(held || isPanTool(desk().tool));
}

/** Tools under which a drag moves the picture and only a click acts. */
export const isPanTool = (tool: Tool): boolean => tool === 'select' || tool === 'village' || tool === 'cut';

/** One event of the pointer, by the tool in hand. */
export function onPointer(map: StudioMap, pointer: MapPointer): void {
  const { tool, finder, ground } = desk();
  if (!finder || !ground) return;
  const cell = pointer.what === 'leave' ? -1 : finder.at(pointer.lng, pointer.lat);
  map.setHover(cell);
  if (cell !== desk().hover) setDesk({ hover: cell });
  if (panning) return;
  const startedAt = performance.now();
  const reach = reachPixels * map.degreesPerPixel();
  const clicked = isClick(map, pointer);
  if (tool === 'brush') brushPointer(pointer, cell);
  else if (tool === 'rectangle' || tool === 'lasso')
    map.setOver('drawing', areaPointer(pointer, tool === 'lasso'));
  else if (tool === 'select' && clicked) selectPointer(pointer, cell);
  else if (tool === 'village' && clicked) villagePointer(cell);
  else if (tool === 'cut') cutPointer(map, pointer, clicked);
  else if (tool === 'border') borderPointer(map, pointer, reach);
  if (pointer.pressed || pointer.what === 'up')
    performance.measure('studio-pointer', { start: startedAt, end: performance.now() });
}

function isClick(map: StudioMap, pointer: MapPointer): boolean {
  if (pointer.what === 'down') pressed = pointer;
  if (pointer.what !== 'up' || !pressed) return false;
  const from = map.project(pressed.lng, pressed.lat);
  const to = map.project(pointer.lng, pointer.lat);
  pressed = null;
  return Math.hypot(from.x - to.x, from.y - to.y) < clickPixels;
}

function cutPointer(map: StudioMap, pointer: MapPointer, clicked: boolean): void {
  if (pointer.what === 'double') return void cutCell();
  if (clicked) addLinePoint(pointer.lng, pointer.lat);
  map.setOver('drawing', lineFeatures(useLine.getState().line));
}

function borderPointer(map: StudioMap, pointer: MapPointer, reach: number): void {
  const { ground } = desk();
  if (!ground) return;
  const { arc } = useBorder.getState();
  if (pointer.what === 'down') {
    grabbed = arc === null ? null : grabVertex(pointer.lng, pointer.lat, reach);
    const found = grabbed === null ? borderAt(ground, pointer.lng, pointer.lat, reach) : -1;
    if (found >= 0) openBorder(ground, found);
  } else if (pointer.what === 'move' && pointer.pressed && grabbed !== null)
    placeVertex(grabbed, pointer.lng, pointer.lat);
  else if (pointer.what === 'up') grabbed = null;
  map.setOver('drawing', borderFeatures(useBorder.getState().after));
}
