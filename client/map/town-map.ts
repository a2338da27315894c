import * as maplibregl from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { FeatureCollection, LineString, Point } from 'geojson';
import type { Frame } from '../../shared/contract/frame.ts';
import type { LngLat } from '../../shared/contract/geo.ts';
import { tokens, type ThemeName } from '../ui/tokens.ts';
import type { Basemap } from './basemap.ts';
import { drawIncidentImages, imagePixelRatio } from './images.ts';
import {
  diffOf,
  featureOf,
  incidentHitLayers,
  incidentSources,
  sourceOf,
  type IncidentSource,
  type MapIncident,
} from './layers/incidents.ts';
import { UnitLabels } from './layers/unit-labels.ts';
import { UnitLayer } from './layers/units.ts';
import { styleOf, switchableLayers, unitsBelow, type SourceName, type SwitchableLayer } from './style.ts';
import { colouredZones, labelPoints, type TownShapes } from './town-shapes.ts';
import { mercatorX, mercatorY, unitKey, UnitTrack, type FreshLimits } from './unit-track.ts';

maplibregl.setWorkerUrl(workerUrl);

/** What lies under a point of the map. `units` are keys such as `team:3`, nearest first. */
export interface MapHit {
  readonly point: LngLat;
  /** Pixels from the map's upper left corner. */
  readonly at: { readonly x: number; readonly y: number };
  readonly incidentIds: readonly number[];
  readonly units: readonly string[];
  readonly cellId: number | null;
}

/** What a map needs from its owner. */
export interface TownMapOptions {
  readonly container: HTMLElement;
  readonly theme: ThemeName;
  /** Accessible name of the map. */
  readonly label: string;
  readonly limits: FreshLimits;
  readonly basemap?: Basemap | null;
  readonly onClick?: (hit: MapHit) => void;
  readonly onContext?: (hit: MapHit) => void;
  readonly onHover?: (hit: MapHit | null) => void;
  /** False while the graphics card is lost; true when the picture is back. */
  readonly onGraphics?: (present: boolean) => void;
}

const empty: FeatureCollection = { type: 'FeatureCollection', features: [] };
const incidentBatchMs = 1000;
const teamReachPixels = 18;
const officerReachPixels = 12;

/** The town's map: owns MapLibre and everything drawn. Throws when the browser has no WebGL 2. */
export class TownMap {
  readonly #options: TownMapOptions;
  readonly #map: maplibregl.Map;
  readonly #track = new UnitTrack();
  readonly #labels = new UnitLabels();
  readonly #motion = matchMedia('(prefers-reduced-motion: reduce)');
  readonly #data = new Map<SourceName, FeatureCollection>();
  readonly #hidden = new Set<SwitchableLayer>(['heat']);
  #units: UnitLayer | null = null;
  #theme: ThemeName;
  #town: TownShapes | null = null;
  #origin: readonly [number, number] = [mercatorX(121.45), mercatorY(29.99)];
  #wanted = new Map<number, MapIncident>();
  #drawn: Record<IncidentSource, ReadonlyMap<number, MapIncident>> = {
    'incidents-calm': new Map(),
    'incidents-urgent': new Map(),
  };
  #incidentTimer: ReturnType<typeof setTimeout> | undefined;
  #incidentsAtMs = 0;
  #selectedIncident: number | null = null;
  #selectedUnit: string | null = null;
  #selectedCell: number | null = null;
  #hoverCell: number | null = null;
  #serverOffsetMs = 0;
  #styled = false;
  #officersShown = true;

  constructor(options: TownMapOptions) {
    this.#options = options;
    this.#theme = options.theme;
    this.#map = new maplibregl.Map({
      container: options.container,
      style: styleOf(options.theme, options.basemap ?? null),
      center: [121.45, 29.99],
      zoom: 11.5,
      minZoom: 8,
      maxZoom: 19,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: 0,
      locale: { 'Map.Title': options.label },
    });
    this.#map.touchZoomRotate.disableRotation();
    this.#map.keyboard.disableRotation();
    this.#map.addControl(new maplibregl.ScaleControl({ maxWidth: 120, unit: 'metric' }), 'bottom-left');
    this.#map.on('style.load', () => this.#fill());
    this.#map.on('webglcontextlost', () => {
      this.#styled = false;
      options.onGraphics?.(false);
    });
    this.#map.on('webglcontextrestored', () => options.onGraphics?.(true));
    this.#map.on('click', (event) => options.onClick?.(this.#hit(event)));
    this.#map.on('contextmenu', (event) => options.onContext?.(this.#hit(event)));
    this.#map.on('mousemove', (event) => this.#hover(event));
    this.#map.on('mouseout', () => this.#hover(null));
  }

  /** Draws the still town and, the first time, shows all of it. */
  setTown(town: TownShapes): void {
    const first = this.#town === null;
    this.#town = town;
    this.#set('outline', town.outline);
    this.#set('cells', town.cells);
    this.#set(
      'cell-labels',
      labelPoints(town.cells, (cell) => shortCode(String(cell.properties?.code ?? ''))),
    );
    this.#set('zones', colouredZones(town.zones, tokens[this.#theme].map.zones.length));
    this.#set(
      'zone-labels',
      labelPoints(town.zones, (zone) => String(zone.properties?.number ?? '')),
    );
    this.#set('overlays', town.overlays);
    this.#set('roads', town.roads);
    this.#set('places', town.places);
    const [west, south, east, north] = town.bbox;
    this.#origin = [mercatorX((west + east) / 2), mercatorY((south + north) / 2)];
    this.#units?.refresh();
    if (first) this.showTown(false);
  }

  /** Replaces the incidents. Only differences are sent to the worker, at most once a second. */
  setIncidents(incidents: readonly MapIncident[]): void {
    this.#wanted = new Map(incidents.map((incident) => [incident.id, incident]));
    this.#showSelection();
    if (this.#incidentTimer !== undefined) return;
    const waitMs = Math.max(0, this.#incidentsAtMs + incidentBatchMs - performance.now());
    this.#incidentTimer = setTimeout(() => {
      this.#incidentTimer = undefined;
      this.#incidentsAtMs = performance.now();
      this.#sendIncidents();
    }, waitMs);
  }

  /** Moves the units of a frame. */
  applyFrame(frame: Frame): void {
    this.#track.apply(frame, performance.now(), this.#motion.matches);
    this.#units?.refresh();
  }

  /** Text in each marker, by `unitKey`. */
  setUnitLabels(texts: ReadonlyMap<string, string>): void {
    if (this.#labels.set(texts)) this.#units?.refresh(true);
  }

  /** Tells how far the server's clock is ahead, and lets the ages grow when no frame comes. */
  tick(serverOffsetMs: number): void {
    this.#serverOffsetMs = serverOffsetMs;
    this.#units?.refresh();
  }

  /** Shows or hides the officers beside their teams. */
  setOfficersShown(shown: boolean): void {
    this.#officersShown = shown;
    this.#units?.refresh();
  }

  /** Marks what is open elsewhere on the screen; null clears. */
  select(
    target: { readonly incidentId: number } | { readonly unit: string } | { readonly cellId: number } | null,
  ): void {
    this.#cellState(this.#selectedCell, { selected: false });
    this.#selectedIncident = target && 'incidentId' in target ? target.incidentId : null;
    this.#selectedUnit = target && 'unit' in target ? target.unit : null;
    this.#selectedCell = target && 'cellId' in target ? target.cellId : null;
    this.#cellState(this.#selectedCell, { selected: true });
    this.#showSelection();
    this.#units?.refresh();
  }

  /** Dotted ways of the last minutes, each a list of points, oldest first. */
  setTrails(trails: readonly (readonly LngLat[])[]): void {
    this.#set('trails', lines(trails));
  }

  /** The way that a team is about to take; null clears. */
  setRoute(route: readonly LngLat[] | null): void {
    this.#set('route', lines(route ? [route] : []));
  }

  /** Past incidents as heat; `weight` 1 is an ordinary one. */
  setHeat(points: readonly { readonly point: LngLat; readonly weight: number }[]): void {
    this.#set('heat', {
      type: 'FeatureCollection',
      features: points.map(({ point, weight }) => ({
        type: 'Feature',
        geometry: pointOf(point),
        properties: { weight },
      })),
    });
  }

  /** Shows or hides a group of layers. */
  setLayerShown(layer: SwitchableLayer, shown: boolean): void {
    if (shown) this.#hidden.delete(layer);
    else this.#hidden.add(layer);
    if (this.#styled) this.#showLayers();
  }

  /** Moves the picture; jumps when the person asked for less motion. */
  flyTo(point: LngLat, zoom = 15): void {
    this.#map.flyTo({
      center: [point.lng, point.lat],
      zoom: Math.max(zoom, this.#map.getZoom()),
      duration: 700,
    });
  }

  /** Moves the picture to a unit, if it has a place. */
  flyToUnit(kind: 'officer' | 'team', id: number): boolean {
    const unit = this.#track.units.get(unitKey(kind, id));
    if (!unit) return false;
    const { lng, lat } = new maplibregl.MercatorCoordinate(unit.toX, unit.toY).toLngLat();
    this.flyTo({ lng, lat } as LngLat);
    return true;
  }

  /** Moves the picture to a cell of the database. */
  flyToCell(cellId: number): boolean {
    const cell = this.#town?.cells.features.find((feature) => feature.id === cellId);
    if (!cell) return false;
    const [lng, lat] = labelPoints({ type: 'FeatureCollection', features: [cell] }, () => '').features[0]!
      .geometry.coordinates as [number, number];
    this.flyTo({ lng, lat } as LngLat, 14.5);
    return true;
  }

  /** Shows the whole town. */
  showTown(animate = true): void {
    if (!this.#town) return;
    const [west, south, east, north] = this.#town.bbox;
    this.#map.fitBounds([west, south, east, north], { padding: 24, animate });
  }

  /** One step nearer or farther. */
  zoomBy(steps: number): void {
    this.#map.zoomTo(this.#map.getZoom() + steps);
  }

  /** West, south, east, north of what is in view: what the server needs to send positions for. */
  view(): readonly [number, number, number, number] {
    const bounds = this.#map.getBounds();
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  }

  setTheme(theme: ThemeName): void {
    if (theme === this.#theme) return;
    this.#theme = theme;
    this.#styled = false;
    this.#map.setStyle(styleOf(theme, this.#options.basemap ?? null), { diff: false });
  }

  resize(): void {
    this.#map.resize();
  }

  destroy(): void {
    clearTimeout(this.#incidentTimer);
    this.#map.remove();
  }

  /** Puts everything back into a fresh style: at the start, after a change of theme, after a lost context. */
  #fill(): void {
    this.#styled = true;
    for (const [name, image] of drawIncidentImages(tokens[this.#theme]))
      if (!this.#map.hasImage(name)) this.#map.addImage(name, image, { pixelRatio: imagePixelRatio });
    for (const [name, data] of this.#data) this.#set(name, data);
    for (const source of incidentSources) this.#drawn[source] = new Map();
    this.#sendIncidents(true);
    if (this.#map.getLayer('units')) this.#map.removeLayer('units');
    this.#units = new UnitLayer({
      track: this.#track,
      labels: this.#labels,
      tokens: () => tokens[this.#theme],
      origin: () => this.#origin,
      still: () => this.#motion.matches,
      vertices: () =>
        this.#track.vertices({
          origin: this.#origin,
          serverNowMs: Date.now() + this.#serverOffsetMs,
          limits: this.#options.limits,
          labels: this.#labels.cells,
          selected: this.#selectedUnit,
          shown: (unit) => this.#officersShown || unit.kind === 'team' || unit.status === 'emergency',
        }),
    });
    this.#map.addLayer(this.#units, unitsBelow);
    this.#showLayers();
    this.#cellState(this.#selectedCell, { selected: true });
    this.#showSelection();
  }

  #set(name: SourceName, data: FeatureCollection): void {
    this.#data.set(name, data);
    if (this.#styled) this.#source(name)?.setData(data);
  }

  #source(name: SourceName): maplibregl.GeoJSONSource | undefined {
    return this.#map.getSource<maplibregl.GeoJSONSource>(name);
  }

  /** Sends what changed; `whole` after a fresh style, whose sources are empty. */
  #sendIncidents(whole = false): void {
    if (!this.#styled) return;
    for (const name of incidentSources) {
      const after = new Map([...this.#wanted].filter(([, incident]) => sourceOf(incident) === name));
      const source = this.#source(name);
      if (whole)
        source?.setData({
          type: 'FeatureCollection',
          features: [...after.values()].map((i) => featureOf(i)),
        });
      else {
        const diff = diffOf(this.#drawn[name], after);
        if (diff) void source?.updateData(diff);
      }
      this.#drawn[name] = after;
    }
  }

  #showSelection(): void {
    const incident = this.#selectedIncident === null ? undefined : this.#wanted.get(this.#selectedIncident);
    const features = incident
      ? [{ type: 'Feature' as const, geometry: pointOf(incident.point), properties: {} }]
      : [];
    this.#set('selection', { type: 'FeatureCollection', features });
  }

  #showLayers(): void {
    for (const [group, layers] of Object.entries(switchableLayers))
      for (const layer of layers)
        this.#map.setLayoutProperty(
          layer,
          'visibility',
          this.#hidden.has(group as SwitchableLayer) ? 'none' : 'visible',
        );
  }

  #cellState(cellId: number | null, state: Record<string, boolean>): void {
    if (cellId !== null && this.#styled) this.#map.setFeatureState({ source: 'cells', id: cellId }, state);
  }

  #hover(event: maplibregl.MapMouseEvent | null): void {
    const hit = event ? this.#hit(event) : null;
    const cell = hit?.cellId ?? null;
    if (cell !== this.#hoverCell) {
      this.#cellState(this.#hoverCell, { hover: false });
      this.#hoverCell = cell;
      this.#cellState(cell, { hover: true });
    }
    const touchable = hit !== null && hit.incidentIds.length + hit.units.length > 0;
    this.#map.getCanvas().style.cursor = touchable ? 'pointer' : '';
    this.#options.onHover?.(hit);
  }

  #hit(event: maplibregl.MapMouseEvent): MapHit {
    const { x, y } = event.point;
    const features = this.#styled
      ? this.#map.queryRenderedFeatures(event.point, { layers: [...incidentHitLayers, 'cells-fill'] })
      : [];
    const incidentIds = features
      .filter((feature) => incidentHitLayers.includes(feature.layer.id))
      .map((feature) => Number(feature.properties.id));
    const cell = features.find((feature) => feature.layer.id === 'cells-fill');
    return {
      point: { lng: event.lngLat.lng, lat: event.lngLat.lat } as LngLat,
      at: { x, y },
      incidentIds: [...new Set(incidentIds)],
      units: this.#unitsAt(x, y),
      cellId: cell?.id === undefined ? null : Number(cell.id),
    };
  }

  /** Units whose marker covers a pixel, where they are drawn now. */
  #unitsAt(x: number, y: number): string[] {
    const nowMs = performance.now();
    const near: { key: string; pixels: number }[] = [];
    for (const unit of this.#track.units.values()) {
      if (unit.kind === 'officer' && !this.#officersShown) continue;
      const [mercX, mercY] = this.#track.placeOf(unit, nowMs);
      const at = this.#map.project(new maplibregl.MercatorCoordinate(mercX, mercY).toLngLat());
      const pixels = Math.hypot(at.x - x, at.y - y);
      if (pixels <= (unit.kind === 'team' ? teamReachPixels : officerReachPixels))
        near.push({ key: unit.key, pixels });
    }
    return near.toSorted((a, b) => a.pixels - b.pixels).map(({ key }) => key);
  }
}

const pointOf = ({ lng, lat }: LngLat): Point => ({ type: 'Point', coordinates: [lng, lat] });

function lines(paths: readonly (readonly LngLat[])[]): FeatureCollection<LineString> {
  return {
    ...empty,
    features: paths
      .filter((path) => path.length > 1)
      .map((path) => ({
        type: 'Feature',
        geometry: { type: 'LineString', coordinates: path.map(({ lng, lat }) => [lng, lat]) },
        properties: {},
      })),
  };
}

/** The part of a 15-digit code that tells grids of a town apart. */
function shortCode(code: string): string {
  return code.length > 6 ? code.slice(-6) : code;
}
