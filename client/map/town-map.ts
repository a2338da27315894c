import * as maplibregl from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { Frame } from '../../shared/contract/frame.ts';
import type { LngLat } from '../../shared/contract/geo.ts';
import type { Basemap } from '../../shared/contract/town.ts';
import type { FreshnessLimits } from '../../shared/rules/positions/freshness.ts';
import { tokens, type ThemeName } from '../ui/tokens.ts';
import { groundOf, type Ground } from './basemap.ts';
import { DrawnData } from './drawn-data.ts';
import { lines, points } from './features.ts';
import type { MapHit } from './hits.ts';
import { drawIncidentImages, imagePixelRatio } from './images.ts';
import type { MapIncident } from './layers/incidents.ts';
import { UnitLabels } from './layers/unit-labels.ts';
import { UnitLayer } from './layers/units.ts';
import { IncidentSources } from './incident-source.ts';
import { Pointer } from './pointer.ts';
import { styleOf, switchableLayers, unitsBelow, type SourceName, type SwitchableLayer } from './style.ts';
import { labelPoints, type TownShapes } from './town-shapes.ts';
import { mercatorX, mercatorY, unitKey, UnitTrack, type Unit } from './unit-track.ts';

maplibregl.setWorkerUrl(workerUrl);

/** What a map needs from its owner. */
export interface TownMapOptions {
  readonly container: HTMLElement;
  readonly theme: ThemeName;
  /** Accessible name of the map. */
  readonly label: string;
  readonly limits: FreshnessLimits;
  readonly onClick?: (hit: MapHit) => void;
  readonly onContext?: (hit: MapHit) => void;
  /** The picture has come to rest over another part of the town. */
  readonly onView?: (view: MapView) => void;
  /** False while the graphics card is lost; true when the picture is back. */
  readonly onGraphics?: (present: boolean) => void;
}

/** The part of the world in view: west, south, east, north, and how near. */
export interface MapView {
  readonly bbox: readonly [number, number, number, number];
  readonly zoom: number;
}

/** The town's map: owns MapLibre and everything drawn. Throws when the browser has no WebGL 2. */
export class TownMap {
  readonly #options: TownMapOptions;
  readonly #map: maplibregl.Map;
  readonly #track = new UnitTrack();
  readonly #labels = new UnitLabels();
  readonly #motion = matchMedia('(prefers-reduced-motion: reduce)');
  readonly #data = new DrawnData((name) => this.#source(name));
  readonly #pointer: Pointer;
  /** The heat is asked for: it is no part of the live picture. */
  readonly #hidden = new Set<SwitchableLayer>(['heat']);
  #units: UnitLayer | null = null;
  #theme: ThemeName;
  #ground: Ground | null = null;
  #town: TownShapes | null = null;
  #origin: readonly [number, number] = [mercatorX(121.45), mercatorY(29.99)];
  readonly #incidents = new IncidentSources((name) => this.#source(name as SourceName));
  #selectedIncident: number | null = null;
  #selectedUnit: string | null = null;
  #selectedCell: number | null = null;
  #serverOffsetMs = 0;
  #styled = false;
  #gone = false;
  #whole = true;
  #officersShown = true;

  constructor(options: TownMapOptions) {
    this.#options = options;
    this.#theme = options.theme;
    this.#map = new maplibregl.Map({
      container: options.container,
      style: styleOf(options.theme, null),
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
      this.#unstyle();
      options.onGraphics?.(false);
    });
    this.#map.on('webglcontextrestored', () => options.onGraphics?.(true));
    this.#pointer = new Pointer(this.#map, this.#track, (unit) => this.#shows(unit), {
      onClick: options.onClick,
      onContext: options.onContext,
      onCell: (before, now) => {
        this.#cellState(before, { hover: false });
        this.#cellState(now, { hover: true });
      },
    });
    this.#map.on('moveend', () => options.onView?.(this.view()));
    // Until a person moves the picture, it holds the whole town, whatever room the panels leave.
    this.#map.on('movestart', (event) => {
      if (event.originalEvent) this.#whole = false;
    });
    this.#map.on('resize', () => {
      if (this.#whole) this.showTown(false);
    });
    this.#map.on('idle', () => options.container.setAttribute('aria-busy', 'false'));
  }

  /** Draws the still town and, the first time, shows all of it. */
  setTown(town: TownShapes): void {
    const first = this.#town === null;
    this.#town = town;
    this.#data.setTown(town, tokens[this.#theme].map.zones.length);
    const [west, south, east, north] = town.bbox;
    this.#origin = [mercatorX((west + east) / 2), mercatorY((south + north) / 2)];
    this.#units?.refresh();
    if (first) this.showTown(false);
    if (first && town.basemap) void this.#layGround(town.basemap);
  }

  /** Puts the configured base map under the town; without an answer from it the town's own layers stay. */
  async #layGround(basemap: Basemap): Promise<void> {
    this.#ground = await groundOf(basemap).catch(() => null);
    if (this.#ground && !this.#gone) this.#restyle();
  }

  #restyle(): void {
    this.#unstyle();
    this.#map.setStyle(styleOf(this.#theme, this.#ground), { diff: false });
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
    this.#data.set('trails', lines(trails));
  }

  /** The way that a team is about to take; null clears. */
  setRoute(route: readonly LngLat[] | null): void {
    this.#data.set('route', lines(route ? [route] : []));
  }

  /** Where incidents were reported lately, with how many at each place. */
  setHeat(places: readonly (readonly [lng: number, lat: number, count: number])[]): void {
    this.#data.set('heat', {
      type: 'FeatureCollection',
      features: places.map(([lng, lat, count]) => ({
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [lng, lat] },
        properties: { count },
      })),
    });
  }

  /** Marks cells that nobody reaches in time, those that are lost by a team's leaving stronger; null clears. */
  setCoverage(cells: { readonly lost: readonly number[]; readonly beyond: readonly number[] } | null): void {
    const features = (this.#town?.cells.features ?? []).flatMap((cell) => {
      const lost = cells?.lost.includes(Number(cell.id)) ?? false;
      const marked = lost || (cells?.beyond.includes(Number(cell.id)) ?? false);
      return marked ? [{ ...cell, properties: { lost } }] : [];
    });
    this.#data.set('coverage', { type: 'FeatureCollection', features });
  }

  /** A measured way with its corners; null clears. */
  setMeasure(way: readonly LngLat[] | null): void {
    this.#data.set('measure', {
      type: 'FeatureCollection',
      features: [...lines(way ? [way] : []).features, ...points(way ?? []).features],
    });
  }

  /** Where an incident would be that is still being typed; null clears. */
  setDraft(point: LngLat | null): void {
    this.#data.set('draft', points(point ? [point] : []));
  }

  /** Shows or hides a group of layers. */
  setLayerShown(layer: SwitchableLayer, shown: boolean): void {
    if (shown) this.#hidden.delete(layer);
    else this.#hidden.add(layer);
    if (this.#styled) this.#showLayers();
  }

  /** Moves the picture; jumps when the person asked for less motion. */
  flyTo(point: LngLat, zoom = 15): void {
    this.#whole = false;
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
    this.#whole = true;
    const [west, south, east, north] = this.#town.bbox;
    this.#map.fitBounds([west, south, east, north], { padding: 24, animate });
  }

  /** One step nearer or farther. */
  zoomBy(steps: number): void {
    this.#whole = false;
    this.#map.zoomTo(this.#map.getZoom() + steps);
  }

  /** What is in view: what the server needs to send positions for. */
  view(): MapView {
    const bounds = this.#map.getBounds();
    return {
      bbox: [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()],
      zoom: this.#map.getZoom(),
    };
  }

  /** The middle of the picture, for acts by keyboard. */
  middle(): LngLat {
    const { lng, lat } = this.#map.getCenter();
    return { lng, lat } as LngLat;
  }

  setTheme(theme: ThemeName): void {
    if (theme === this.#theme) return;
    this.#theme = theme;
    this.#restyle();
  }

  resize(): void {
    this.#map.resize();
  }

  destroy(): void {
    this.#gone = true;
    this.#incidents.stop();
    this.#map.remove();
  }

  /** Puts everything back into a fresh style: at the start, after a change of theme, after a lost context. */
  #fill(): void {
    this.#styled = true;
    this.#options.container.setAttribute('aria-busy', 'true');
    for (const [name, image] of drawIncidentImages(tokens[this.#theme]))
      if (!this.#map.hasImage(name)) this.#map.addImage(name, image, { pixelRatio: imagePixelRatio });
    this.#data.refill();
    this.#pointer.ready = true;
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

  /** The style is gone until the next one is loaded. */
  #unstyle(): void {
    this.#styled = false;
    this.#pointer.ready = false;
  }

  #source(name: SourceName): maplibregl.GeoJSONSource | undefined {
    return this.#styled ? this.#map.getSource<maplibregl.GeoJSONSource>(name) : undefined;
  }

  #showSelection(): void {
    const incident =
      this.#selectedIncident === null ? undefined : this.#incidents.get(this.#selectedIncident);
    this.#data.set('selection', points(incident ? [incident.point] : []));
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

  #shows(unit: Unit): boolean {
    return this.#officersShown || unit.kind === 'team' || unit.status === 'emergency';
  }
}
