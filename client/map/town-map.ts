import * as maplibregl from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { FeatureCollection, LineString, Point } from 'geojson';
import type { Frame } from '../../shared/contract/frame.ts';
import type { LngLat } from '../../shared/contract/geo.ts';
import type { FreshnessLimits } from '../../shared/rules/positions/freshness.ts';
import { tokens, type ThemeName } from '../ui/tokens.ts';
import type { Basemap } from './basemap.ts';
import { hitOf, type MapHit } from './hits.ts';
import { drawIncidentImages, imagePixelRatio } from './images.ts';
import type { MapIncident } from './layers/incidents.ts';
import { UnitLabels } from './layers/unit-labels.ts';
import { UnitLayer } from './layers/units.ts';
import { IncidentSources } from './incident-source.ts';
import { styleOf, switchableLayers, unitsBelow, type SourceName, type SwitchableLayer } from './style.ts';
import { colouredZones, labelPoints, type TownShapes } from './town-shapes.ts';
import { mercatorX, mercatorY, unitKey, UnitTrack, type Unit } from './unit-track.ts';

maplibregl.setWorkerUrl(workerUrl);

/** What a map needs from its owner. */
export interface TownMapOptions {
  readonly container: HTMLElement;
  readonly theme: ThemeName;
  /** Accessible name of the map. */
  readonly label: string;
  readonly limits: FreshnessLimits;
  readonly basemap?: Basemap | null;
  readonly onClick?: (hit: MapHit) => void;
  readonly onContext?: (hit: MapHit) => void;
  readonly onHover?: (hit: MapHit | null) => void;
  /** False while the graphics card is lost; true when the picture is back. */
  readonly onGraphics?: (present: boolean) => void;
}

const empty: FeatureCollection = { type: 'FeatureCollection', features: [] };

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
  readonly #incidents = new IncidentSources((name) =>
    this.#styled ? this.#map.getSource<maplibregl.GeoJSONSource>(name) : undefined,
  );
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
    this.#map.on('click', (event) => void this.#click(event));
    this.#map.on('contextmenu', (event) => {
      const hit = this.#hit(event);
      if (hit) options.onContext?.(hit);
    });
    this.#map.on('idle', () => options.container.setAttribute('aria-busy', 'false'));
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
    this.#incidents.set(incidents);
    this.#showSelection();
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
    this.#incidents.stop();
    this.#map.remove();
  }

  /** Puts everything back into a fresh style: at the start, after a change of theme, after a lost context. */
  #fill(): void {
    this.#styled = true;
    this.#options.container.setAttribute('aria-busy', 'true');
    for (const [name, image] of drawIncidentImages(tokens[this.#theme]))
      if (!this.#map.hasImage(name)) this.#map.addImage(name, image, { pixelRatio: imagePixelRatio });
    for (const [name, data] of this.#data) this.#set(name, data);
    this.#incidents.refill();
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
          shown: (unit) => this.#shows(unit),
        }),
    });
    this.#map.addLayer(this.#units, unitsBelow);
    this.#showLayers();
    this.#cellState(this.#selectedCell, { selected: true });
    this.#showSelection();
  }

  #set(name: SourceName, data: FeatureCollection): void {
    this.#data.set(name, data);
    if (this.#styled) void this.#source(name)?.setData(data);
  }

  #source(name: SourceName): maplibregl.GeoJSONSource | undefined {
    return this.#map.getSource<maplibregl.GeoJSONSource>(name);
  }

  #showSelection(): void {
    const incident =
      this.#selectedIncident === null ? undefined : this.#incidents.get(this.#selectedIncident);
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

  /** A click on a cluster opens it; any other click is the owner's. */
  async #click(event: maplibregl.MapMouseEvent): Promise<void> {
    const hit = this.#hit(event);
    if (!hit) return;
    if (hit.clusterId === null || hit.units.length + hit.incidentIds.length > 0) {
      this.#options.onClick?.(hit);
      return;
    }
    const zoom = await this.#source('incidents-calm')?.getClusterExpansionZoom(hit.clusterId);
    if (zoom !== undefined) this.#map.easeTo({ center: event.lngLat, zoom });
  }

  #hover(event: maplibregl.MapMouseEvent | null): void {
    const hit = event ? this.#hit(event) : null;
    const cell = hit?.cellId ?? null;
    if (cell !== this.#hoverCell) {
      this.#cellState(this.#hoverCell, { hover: false });
      this.#hoverCell = cell;
      this.#cellState(cell, { hover: true });
    }
    const touchable =
      hit !== null && (hit.clusterId !== null || hit.incidentIds.length + hit.units.length > 0);
    this.#map.getCanvas().style.cursor = touchable ? 'pointer' : '';
    this.#options.onHover?.(hit);
  }

  #hit(event: maplibregl.MapMouseEvent): MapHit | null {
    return this.#styled ? hitOf(this.#map, this.#track, (unit) => this.#shows(unit), event) : null;
  }

  #shows(unit: Unit): boolean {
    return this.#officersShown || unit.kind === 'team' || unit.status === 'emergency';
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
