import type { Map as MapLibreMap, MapMouseEvent } from 'maplibre-gl';
import type { LngLat } from '../../shared/contract/geo.ts';
import { incidentHitLayers } from './layers/incidents.ts';
import { mercatorX, mercatorY, type Unit, type UnitTrack } from './unit-track.ts';

/** What lies under a point of the map. `units` are keys such as `team:3`, nearest first. */
export interface MapHit {
  readonly point: LngLat;
  /** Pixels from the map's upper left corner. */
  readonly at: { readonly x: number; readonly y: number };
  readonly incidentIds: readonly number[];
  readonly units: readonly string[];
  readonly cellId: number | null;
  /** A cluster of calm incidents, by the id of its source. */
  readonly clusterId: number | null;
}

const reachPixels = { team: 18, officer: 12 };

/** Asks the drawn layers and the units what is under an event. */
export function hitOf(
  map: MapLibreMap,
  track: UnitTrack,
  shown: (unit: Unit) => boolean,
  event: MapMouseEvent,
): MapHit {
  const { x, y } = event.point;
  const features = map.queryRenderedFeatures(event.point, {
    layers: [...incidentHitLayers, 'incident-clusters', 'cells-fill'],
  });
  const incidents = features.filter((feature) => incidentHitLayers.includes(feature.layer.id));
  const cell = features.find((feature) => feature.layer.id === 'cells-fill');
  const cluster = features.find((feature) => feature.layer.id === 'incident-clusters');
  return {
    point: { lng: event.lngLat.lng, lat: event.lngLat.lat } as LngLat,
    at: { x, y },
    incidentIds: [...new Set(incidents.map((feature) => Number(feature.properties.id)))],
    units: unitsAt(track, shown, event.lngLat, map.getZoom(), performance.now()),
    cellId: cell?.id === undefined ? null : Number(cell.id),
    clusterId: cluster ? Number(cluster.properties.cluster_id) : null,
  };
}

/** Side of the world in pixels at zoom 0. */
const worldPixels = 512;

/**
 * Keys of the units whose marker covers a place at `nowMs`, where they are drawn then, nearest first. The map is neither
 * turned nor tilted, so that a pixel is the same everywhere: asking the map for the pixel of each of 5,000 units took most of
 * a frame.
 */
export function unitsAt(
  track: UnitTrack,
  shown: (unit: Unit) => boolean,
  { lng, lat }: { readonly lng: number; readonly lat: number },
  zoom: number,
  nowMs: number,
): string[] {
  const pixelsAcross = worldPixels * 2 ** zoom;
  const near: { key: string; pixels: number }[] = [];
  for (const unit of track.units.values()) {
    if (!shown(unit)) continue;
    const [x, y] = track.placeOf(unit, nowMs);
    const pixels = Math.hypot(x - mercatorX(lng), y - mercatorY(lat)) * pixelsAcross;
    if (pixels <= reachPixels[unit.kind]) near.push({ key: unit.key, pixels });
  }
  return near.toSorted((a, b) => a.pixels - b.pixels).map(({ key }) => key);
}
