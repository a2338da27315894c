import type * as maplibregl from 'maplibre-gl';
import type { ZoneId } from '../../../shared/contract/ids.ts';
import type { Assignment } from '../../../shared/rules/zones/assignment.ts';
import type { ZoneShape } from '../../../shared/rules/zones/shapes.ts';
import type { Ground } from '../core/ground.ts';
import { labelPlace, zoneLabel, type LabelPlace } from './shapes.ts';

/** Marks of a cell besides its colour; each is one feature-state. */
export const cellFlags = ['pending', 'trouble', 'changed', 'locked', 'selected'] as const;
export type CellFlag = (typeof cellFlags)[number];

/** Marks that fill a cell with a pattern; the others are lines, which cost nothing where they have no width. */
const patterned: ReadonlySet<CellFlag> = new Set(['pending', 'trouble', 'changed', 'locked']);

const none: ReadonlySet<number> = new Set();

/**
 * What a plan changes on the map. Colours and marks of cells and the borders between zones are feature-state, numbers
 * of zones are sent again where they must move: no stroke cuts geometry into tiles.
 */
export class PlanLayers {
  readonly #map: maplibregl.Map;
  readonly #flags = new Map<CellFlag, ReadonlySet<number>>();
  #styled = false;
  #ground: Ground | null = null;
  #colours = new Int8Array(0);
  #drawnColours = new Int8Array(0);
  #edges = new Uint8Array(0);
  #drawnEdges = new Uint8Array(0);
  #labels: ReadonlyMap<ZoneId, LabelPlace> = new Map();
  #drawnLabels: ReadonlyMap<ZoneId, LabelPlace> = new Map();
  #cursor: number | null = null;
  #hover = -1;

  constructor(map: maplibregl.Map) {
    this.#map = map;
  }

  /** Another set of cells: nothing of the plan before holds. */
  setGround(ground: Ground): void {
    this.#ground = ground;
    this.#flags.clear();
    this.#cursor = null;
    this.#hover = -1;
    this.#colours = new Int8Array(ground.graph.cellIds.length).fill(-1);
    this.#edges = new Uint8Array(ground.topology.arcs.length);
    this.#labels = new Map();
    if (this.#styled) for (const source of ['cells', 'arcs']) this.#map.removeFeatureState({ source });
    this.#nothingDrawn();
  }

  /** Which zone each cell is in; `colours` are the indices of the cells' fills, -1 for none. */
  setPlan(
    assignment: Assignment,
    colours: Int8Array<ArrayBuffer>,
    shapes: ReadonlyMap<ZoneId, ZoneShape>,
    numberOf: (zoneId: ZoneId) => string,
  ): void {
    if (!this.#ground) return;
    this.#colours = colours;
    this.#edges = Uint8Array.from(this.#ground.topology.arcs, ({ left, right }) =>
      assignment[left] === (right < 0 ? 0 : assignment[right]) ? 0 : 1,
    );
    const before = this.#labels;
    this.#labels = new Map(
      [...shapes].map(([zone, shape]) => [zone, labelPlace(shape, numberOf(zone), before.get(zone))]),
    );
    if (this.#styled) this.#drawPlan();
  }

  /** Cells with a mark; the set is compared with the one before. */
  setFlag(flag: CellFlag, cells: ReadonlySet<number>): void {
    const before = this.#flags.get(flag) ?? none;
    this.#flags.set(flag, cells);
    if (!this.#styled) return;
    this.#showPattern(flag, cells.size > 0);
    for (const cell of before) if (!cells.has(cell)) this.#state(cell, { [flag]: false });
    for (const cell of cells) if (!before.has(cell)) this.#state(cell, { [flag]: true });
  }

  /** The cell that the arrow keys stand on. */
  setCursor(cell: number | null): void {
    if (cell === this.#cursor) return;
    if (this.#cursor !== null) this.#state(this.#cursor, { cursor: false });
    this.#cursor = cell;
    if (cell !== null) this.#state(cell, { cursor: true });
  }

  /** The cell under the pointer, -1 for none. */
  setHover(cell: number): void {
    if (cell === this.#hover) return;
    if (this.#hover >= 0) this.#state(this.#hover, { hover: false });
    this.#hover = cell;
    if (cell >= 0) this.#state(cell, { hover: true });
  }

  /** The style is gone or not there yet. */
  unstyle(): void {
    this.#styled = false;
  }

  /** Puts everything into a fresh style. */
  fill(): void {
    this.#styled = true;
    this.#nothingDrawn();
    this.#drawPlan();
    for (const [flag, cells] of this.#flags) {
      this.#showPattern(flag, cells.size > 0);
      for (const cell of cells) this.#state(cell, { [flag]: true });
    }
    if (this.#cursor !== null) this.#state(this.#cursor, { cursor: true });
  }

  #nothingDrawn(): void {
    this.#drawnColours = new Int8Array(this.#colours.length).fill(-1);
    this.#drawnEdges = new Uint8Array(this.#edges.length);
    this.#drawnLabels = new Map();
  }

  #drawPlan(): void {
    const [colours, edges, labels] = [this.#colours, this.#edges, this.#labels];
    for (let cell = 0; cell < colours.length; cell++)
      if (colours[cell] !== this.#drawnColours[cell]) this.#state(cell, { colour: colours[cell]! });
    for (let arc = 0; arc < edges.length; arc++)
      if (edges[arc] !== this.#drawnEdges[arc])
        this.#map.setFeatureState({ source: 'arcs', id: arc + 1 }, { edge: edges[arc] === 1 });
    const moved = [...labels].filter(([zone, place]) => this.#drawnLabels.get(zone) !== place);
    const gone = [...this.#drawnLabels.keys()].filter((zone) => !labels.has(zone));
    if (moved.length + gone.length > 0)
      void this.#map
        .getSource<maplibregl.GeoJSONSource>('zone-labels')
        ?.updateData({ remove: gone, add: moved.map(([zone, place]) => zoneLabel(zone, place)) });
    this.#drawnColours = colours;
    this.#drawnEdges = edges;
    this.#drawnLabels = labels;
  }

  #showPattern(flag: CellFlag, shown: boolean): void {
    if (!patterned.has(flag)) return;
    const layer = `cells-${flag}`;
    const wanted = shown ? 'visible' : 'none';
    if (this.#map.getLayer(layer) && this.#map.getLayoutProperty(layer, 'visibility') !== wanted)
      this.#map.setLayoutProperty(layer, 'visibility', wanted);
  }

  #state(cell: number, state: Record<string, boolean | number>): void {
    const id = this.#ground?.graph.cellIds[cell];
    if (this.#styled && id !== undefined) this.#map.setFeatureState({ source: 'cells', id }, state);
  }
}
