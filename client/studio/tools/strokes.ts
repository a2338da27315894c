import type { Feature, FeatureCollection } from 'geojson';
import type { CellId } from '../../../shared/contract/ids.ts';
import type { Vertex } from '../../../shared/rules/cells/ring.ts';
import { vertexAt } from '../../../shared/rules/cells/ring.ts';
import { brush, cellsInside, rectangle, wholeVillage } from '../../../shared/rules/zones/brush.ts';
import { editable, paintCells, propose, toggleCell } from '../acts.ts';
import { desk, setDesk } from '../desk.ts';
import { degrees } from '../map/shapes.ts';
import type { MapPointer } from '../map/studio-map.ts';
import { redraw } from '../redraw.ts';

/** A line that a tool is drawing, in degrees of the integer grid. */
let path: Vertex[] = [];
let startedAt: MapPointer | null = null;

/** Forgets what a tool was drawing. */
export function dropStroke(): void {
  path = [];
  startedAt = null;
  if (desk().stroke.size > 0) {
    setDesk({ stroke: new Set() });
    redraw();
  }
}

/** Cells under the brush about a cell number. */
export function underBrush(cell: number): readonly CellId[] {
  const { ground, brushSize } = desk();
  if (!ground || cell < 0) return [];
  return brush(ground.graph, ground.graph.cellIds[cell]!, brushSize - 1);
}

/** The brush: a drag collects cells, the release makes one operation of them. */
export function brushPointer(pointer: MapPointer, cell: number): void {
  const { ground, stroke, zoneId } = desk();
  if (!ground) return;
  if (pointer.what === 'down') {
    if (!editable()) return;
    startedAt = pointer;
  }
  if (startedAt && (pointer.what === 'down' || pointer.what === 'move') && cell >= 0) {
    const fresh = underBrush(cell).flatMap((id) => ground.graph.indexOf.get(id) ?? []);
    if (fresh.some((one) => !stroke.has(one))) {
      setDesk({ stroke: new Set([...stroke, ...fresh]) });
      redraw();
    }
  }
  if (pointer.what === 'up' && startedAt) {
    startedAt = null;
    const cells = [...stroke].map((one) => ground.graph.cellIds[one]!);
    // the operation leaves first; what it changes is drawn by it, with the stroke still on the table
    const done = cells.length > 0 && paintCells(cells, zoneId);
    setDesk({ stroke: new Set() });
    if (!done) redraw();
  }
}

/** Rectangle and lasso: the cells whose inner point lies in the drawn ring wait as a selection. */
export function areaPointer(pointer: MapPointer, lasso: boolean): FeatureCollection {
  const { ground, zoneId } = desk();
  if (pointer.what === 'down') {
    startedAt = pointer;
    path = [vertexAt(pointer.lng, pointer.lat)];
  } else if (pointer.what === 'move' && startedAt && pointer.pressed)
    path.push(vertexAt(pointer.lng, pointer.lat));
  else if (pointer.what === 'up' && startedAt && ground) {
    const ring = ringOf(startedAt, pointer, lasso);
    startedAt = null;
    path = [];
    const cells = ground.graph.cellIds.map((id, i) => ({ id, point: ground.points[i]! }));
    const inside = cellsInside(cells, ring);
    if (inside.length > 0)
      propose(
        inside.map((cellId) => ({ cellId, zoneId })),
        'selection',
      );
    return empty;
  }
  return startedAt ? ringFeature(ringOf(startedAt, pointer, lasso)) : empty;
}

function ringOf(from: MapPointer, to: MapPointer, lasso: boolean): readonly Vertex[] {
  return lasso ? path : rectangle(from.lng, from.lat, to.lng, to.lat);
}

/** A click takes the whole village of the cell as a selection. */
export function villagePointer(cell: number): void {
  const { ground, zoneId } = desk();
  if (!ground || cell < 0) return;
  const cells = wholeVillage(ground.graph, ground.graph.cellIds[cell]!);
  propose(
    cells.map((cellId) => ({ cellId, zoneId })),
    'selection',
  );
}

/** A click puts the cursor on a cell and selects it; with Shift it is added. */
export function selectPointer(pointer: MapPointer, cell: number): void {
  const { ground, sync } = desk();
  if (!ground || cell < 0) return;
  setDesk({ cursor: cell });
  if (sync) toggleCell(ground.graph.cellIds[cell]!, pointer.shift);
}

const empty: FeatureCollection = { type: 'FeatureCollection', features: [] };

function ringFeature(ring: readonly Vertex[]): FeatureCollection {
  if (ring.length < 2) return empty;
  const closed = [...ring, ring[0]!].map(degrees);
  const features: Feature[] = [
    { type: 'Feature', geometry: { type: 'LineString', coordinates: closed }, properties: {} },
  ];
  if (ring.length > 2)
    features.push({ type: 'Feature', geometry: { type: 'Polygon', coordinates: [closed] }, properties: {} });
  return { type: 'FeatureCollection', features };
}
