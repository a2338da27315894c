import * as maplibregl from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { FeatureCollection } from 'geojson';
import { tokens, type ThemeName } from '../../ui/tokens.ts';
import type { Ground } from '../core/ground.ts';
import { drawPatterns } from './patterns.ts';
import { PlanLayers, type CellFlag } from './plan-layers.ts';
import { arcFeatures, barrierLines, boxOf, cellFeatures, cellLabels } from './shapes.ts';
import { studioStyle, type StudioSource } from './style.ts';

maplibregl.setWorkerUrl(workerUrl);

/** A pointer on the map in WGS-84 degrees. */
export interface MapPointer {
  readonly what: 'down' | 'move' | 'up' | 'leave' | 'double';
  readonly lng: number;
  readonly lat: number;
  readonly shift: boolean;
  /** The main button is held. */
  readonly pressed: boolean;
}

/** What the studio's map needs from its owner. */
export interface StudioMapOptions {
  readonly container: HTMLElement;
  readonly theme: ThemeName;
  readonly label: string;
  readonly onPointer?: (pointer: MapPointer) => void;
  readonly onView?: (bbox: readonly [number, number, number, number]) => void;
  readonly onGraphics?: (present: boolean) => void;
}

/** The planner's map: owns MapLibre. Strokes change feature-state only. Throws when the browser has no WebGL 2. */
export class StudioMap {
  readonly #options: StudioMapOptions;
  readonly #map: maplibregl.Map;
  readonly #data = new Map<StudioSource, FeatureCollection>();
  readonly #plan: PlanLayers;
  #theme: ThemeName;
  #styled = false;
  #ground: Ground | null = null;
  #following = false;
  /** The whole town is in view and nobody has moved the picture since. */
  #whole = false;

  constructor(options: StudioMapOptions) {
    this.#options = options;
    this.#theme = options.theme;
    const map = new maplibregl.Map({
      container: options.container,
      style: studioStyle(options.theme),
      center: [121.45, 29.99],
      zoom: 11.5,
      minZoom: 8,
      maxZoom: 19,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: 0,
      boxZoom: false,
      doubleClickZoom: false,
      locale: { 'Map.Title': options.label },
    });
    this.#map = map;
    this.#plan = new PlanLayers(map);
    // Arrow keys walk from cell to cell; the map itself is moved by mouse, buttons or zoom-to.
    map.keyboard.disable();
    map.touchZoomRotate.disableRotation();
    map.addControl(new maplibregl.ScaleControl({ maxWidth: 120, unit: 'metric' }), 'bottom-left');
    map.on('style.load', () => this.#fill());
    map.on('webglcontextlost', () => {
      this.#unstyle();
      options.onGraphics?.(false);
    });
    map.on('webglcontextrestored', () => options.onGraphics?.(true));
    map.on('movestart', ({ originalEvent }) => {
      if (originalEvent) this.#whole = false;
    });
    map.on('moveend', () => options.onView?.(this.view()));
    map.on('idle', () => options.container.setAttribute('aria-busy', 'false'));
    this.#listen();
  }

  #listen(): void {
    const { onPointer } = this.#options;
    if (!onPointer) return;
    const tell = (what: MapPointer['what'], event: MouseEvent | PointerEvent): void => {
      const box = this.#map.getCanvas().getBoundingClientRect();
      const { lng, lat } = this.#map.unproject([event.clientX - box.left, event.clientY - box.top]);
      onPointer({ what, lng, lat, shift: event.shiftKey, pressed: (event.buttons & 1) === 1 });
    };
    const canvas = this.#map.getCanvasContainer();
    canvas.addEventListener('pointerdown', (event) => {
      if (event.button === 0) tell('down', event);
    });
    canvas.addEventListener('pointermove', (event) => tell('move', event));
    canvas.addEventListener('pointerleave', (event) => tell('leave', event));
    canvas.addEventListener('dblclick', (event) => tell('double', event));
    window.addEventListener('pointerup', this.#released);
  }

  readonly #released = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const box = this.#map.getCanvas().getBoundingClientRect();
    const { lng, lat } = this.#map.unproject([event.clientX - box.left, event.clientY - box.top]);
    this.#options.onPointer?.({ what: 'up', lng, lat, shift: event.shiftKey, pressed: false });
  };

  /** True while a drag moves the picture instead of painting. */
  setPanning(panning: boolean): void {
    if (panning) this.#map.dragPan.enable();
    else this.#map.dragPan.disable();
    this.#map.getCanvas().style.cursor = panning ? 'grab' : 'crosshair';
  }

  /** Another set of cells. `first` shows the whole town. */
  setGround(ground: Ground): void {
    const first = this.#ground === null;
    this.#ground = ground;
    this.#set('cells', cellFeatures(ground));
    this.#set('arcs', arcFeatures(ground));
    this.#set('cell-labels', cellLabels(ground));
    this.#set('barriers', barrierLines(ground));
    this.#set('zone-labels', empty);
    this.#plan.setGround(ground);
    if (first) this.showTown(false);
  }

  /** The still part of the town: outline, roads, places, terrain. */
  setStill(name: 'outline' | 'roads' | 'places' | 'terrain', data: FeatureCollection): void {
    this.#set(name, data);
  }

  /** What is drawn over the cells: lines of tools, other planners, the replay's gains, closures. */
  setOver(name: 'drawing' | 'people' | 'gains' | 'closures' | 'film', data: FeatureCollection): void {
    this.#set(name, data);
  }

  /** Zones, colours, borders and numbers of a plan; only what differs is touched. */
  setPlan(...plan: Parameters<PlanLayers['setPlan']>): void {
    this.#plan.setPlan(...plan);
  }

  /** Cells with a mark. */
  setFlag(flag: CellFlag, cells: ReadonlySet<number>): void {
    this.#plan.setFlag(flag, cells);
  }

  /** The cell that the arrow keys stand on. */
  setCursor(cell: number | null): void {
    this.#plan.setCursor(cell);
  }

  /** The cell under the pointer, -1 for none. */
  setHover(cell: number): void {
    this.#plan.setHover(cell);
  }

  /** Moves the picture to some cells. */
  showCells(cells: Iterable<number>): void {
    const box = this.#ground && boxOf(this.#ground, cells);
    this.#whole = false;
    if (box) this.#map.fitBounds(box, { padding: 120, maxZoom: 14.5, duration: 500 });
  }

  /** Moves the picture to one place, as near as a border between two cells needs. */
  showPlace(lng: number, lat: number): void {
    this.#whole = false;
    this.#map.easeTo({ center: [lng, lat], zoom: Math.max(this.#map.getZoom(), 15), duration: 500 });
  }

  /** Moves the picture only when a cell lies outside of it. */
  reveal(cell: number): void {
    const box = this.#ground && boxOf(this.#ground, [cell]);
    if (!box) return;
    const [west, south, east, north] = box;
    const middle: [number, number] = [(west + east) / 2, (south + north) / 2];
    if (this.#map.getBounds().contains(middle)) return;
    this.#whole = false;
    this.#map.easeTo({ center: middle, duration: 300 });
  }

  /** Shows the whole town. */
  showTown(animate = true): void {
    const box = this.#ground && boxOf(this.#ground, this.#ground.graph.cellIds.keys());
    if (!box) return;
    this.#map.fitBounds(box, { padding: 24, animate });
    this.#whole = true;
  }

  zoomBy(steps: number): void {
    this.#whole = false;
    this.#map.zoomTo(this.#map.getZoom() + steps);
  }

  view(): [number, number, number, number] {
    const bounds = this.#map.getBounds();
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  }

  /** Metres that one pixel covers at the middle of the picture: how near is near. */
  degreesPerPixel(): number {
    const [west, , east] = this.view();
    return (east - west) / Math.max(1, this.#map.getCanvas().clientWidth);
  }

  /** Where a place is drawn, in CSS pixels from the corner of the map. */
  project(lng: number, lat: number): { readonly x: number; readonly y: number } {
    return this.#map.project([lng, lat]);
  }

  /** Moves together with another map from now on; the answer ends it. */
  follow(other: StudioMap): () => void {
    const copy = (from: maplibregl.Map, to: StudioMap) => () => {
      if (to.#following) return;
      to.#following = true;
      to.#map.jumpTo({ center: from.getCenter(), zoom: from.getZoom() });
      to.#following = false;
    };
    const there = copy(other.#map, this);
    const back = copy(this.#map, other);
    there();
    other.#map.on('move', there);
    this.#map.on('move', back);
    return () => {
      other.#map.off('move', there);
      this.#map.off('move', back);
    };
  }

  setTheme(theme: ThemeName): void {
    if (theme === this.#theme) return;
    this.#theme = theme;
    this.#unstyle();
    this.#map.setStyle(studioStyle(theme), { diff: false });
  }

  /** The box has another size: the whole town stays in view where it was. */
  resize(): void {
    this.#map.resize();
    if (this.#whole) this.showTown(false);
  }

  destroy(): void {
    window.removeEventListener('pointerup', this.#released);
    this.#map.remove();
  }

  /** Puts everything back into a fresh style: at the start, after a change of theme, after a lost context. */
  #fill(): void {
    this.#styled = true;
    this.#options.container.setAttribute('aria-busy', 'true');
    const t = tokens[this.#theme];
    for (const [name, image] of drawPatterns(t.surface.text, t.surface.text))
      if (!this.#map.hasImage(name)) this.#map.addImage(name, image, { pixelRatio: 1.5 });
    for (const [name, data] of this.#data) void this.#source(name)?.setData(data);
    this.#plan.fill();
  }

  #unstyle(): void {
    this.#styled = false;
    this.#plan.unstyle();
  }

  #set(name: StudioSource, data: FeatureCollection): void {
    this.#data.set(name, data);
    void this.#source(name)?.setData(data);
  }

  #source(name: StudioSource): maplibregl.GeoJSONSource | undefined {
    return this.#styled ? this.#map.getSource<maplibregl.GeoJSONSource>(name) : undefined;
  }
}

const empty: FeatureCollection = { type: 'FeatureCollection', features: [] };
