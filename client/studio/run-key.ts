import { closestZone, unassignedPocket } from '../../shared/rules/zones/brush.ts';
import {
  accept,
  editCells,
  halveZone,
  paintCells,
  propose,
  reject,
  toggleAllLocks,
  toggleCell,
  toggleLock,
  turnBack,
} from './acts.ts';
import { desk, setDesk, type Tool } from './desk.ts';
import { studioMap } from './map-handle.ts';
import type { StudioAct } from './keys.ts';
import { nextProblem } from './problem-acts.ts';
import { saveBorder, dropBorder, useBorder } from './tools/border.ts';
import { cutCell, dropLine, useLine } from './tools/line.ts';
import { dropStroke, underBrush, villagePointer } from './tools/strokes.ts';
import { focusNextPanel } from './panels/focus.ts';

/** Takes another tool in hand; what the old one was drawing is dropped. */
export function takeTool(tool: Tool): void {
  dropStroke();
  dropLine();
  dropBorder();
  setDesk({ tool });
}

const toolActs: ReadonlySet<string> = new Set<Tool>([
  'select',
  'brush',
  'rectangle',
  'lasso',
  'village',
  'cut',
  'border',
]);

/** Does what a key asks for. */
export function runKey(act: StudioAct): void {
  const { brushSize, comparing, zoneId, tool } = desk();
  if (toolActs.has(act)) return takeTool(act as Tool);
  switch (act) {
    case 'smaller':
      return setDesk({ brushSize: Math.max(1, brushSize - 1) });
    case 'larger':
      return setDesk({ brushSize: Math.min(5, brushSize + 1) });
    case 'joinCells':
      return void joinPending();
    case 'joinZones':
      return setDesk({ dialog: 'merge' });
    case 'exchangeZones':
      return desk().sync ? setDesk({ dialog: 'exchange' }) : undefined;
    case 'takeZone':
      return desk().sync ? setDesk({ dialog: 'take' }) : undefined;
    case 'halveZone':
      return zoneId === null ? undefined : void halveZone(zoneId);
    case 'lock':
      return toggleLock();
    case 'lockAll':
      return toggleAllLocks();
    case 'accept':
      return accept();
    case 'reject':
      return reject();
    case 'fillPocket':
      return fillPocket();
    case 'nextProblem':
      return nextProblem(1);
    case 'compare':
      return setDesk({ comparing: !comparing });
    case 'undo':
      return turnBack(false);
    case 'redo':
      return turnBack(true);
    case 'takeCell':
      return takeCell(tool);
    case 'back':
      return goBack();
    case 'nextPanel':
      return focusNextPanel();
    case 'keySheet':
      return setDesk({ dialog: 'keys' });
    default:
      return undefined;
  }
}

/** Enter on the map: the tool in hand acts on the cell that the arrow keys stand on. */
function takeCell(tool: Tool): void {
  const { cursor, ground, zoneId } = desk();
  if (tool === 'cut' && useLine.getState().line.length > 1) return void cutCell();
  if (tool === 'border' && useBorder.getState().arc !== null) return void saveBorder();
  if (cursor === null || !ground) return;
  if (tool === 'brush') return void paintCells(underBrush(cursor), zoneId);
  if (tool === 'village') return villagePointer(cursor);
  toggleCell(ground.graph.cellIds[cursor]!);
}

function goBack(): void {
  dropStroke();
  dropLine();
  dropBorder();
  setDesk({ dialog: null, comparing: false });
  studioMap()?.setOver('drawing', { type: 'FeatureCollection', features: [] });
  if (desk().pending.size > 0) reject();
}

/** Makes one cell of the selected ones; `village` is asked for when they belong to several. */
export async function joinPending(village?: string): Promise<void> {
  const { pending } = desk();
  const cellIds = [...pending.keys()];
  if (cellIds.length < 2) return;
  if (await editCells({ kind: 'merge', cellIds, ...(village && { village }) }))
    setDesk({ pending: new Map() });
}

/** The pocket of cells without a zone around the cursor goes to the neighbour with the longest border. */
function fillPocket(): void {
  const { cursor, hover, ground, picture, sync } = desk();
  const cell = cursor ?? (hover >= 0 ? hover : null);
  if (cell === null || !ground || !picture || !sync) return;
  const pocket = unassignedPocket(ground.graph, picture.assignment, ground.graph.cellIds[cell]!);
  const cells = pocket.flatMap((id) => ground.graph.indexOf.get(id) ?? []);
  const zoneId = closestZone(ground.graph, picture.assignment, cells, sync.view.locked);
  if (zoneId !== undefined)
    propose(
      pocket.map((cellId) => ({ cellId, zoneId })),
      'suggestion',
    );
}
