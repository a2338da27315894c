import * as maplibregl from 'maplibre-gl';
import type { LngLat } from '../../shared/contract/geo.ts';
import { incidentHitLayers } from './layers/incidents.ts';
import type { Unit, UnitTrack } from './unit-track.ts';

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
  map: maplibregl.Map,
  track: UnitTrack,
  shown: (unit: Unit) => boolean,
  event: maplibregl.MapMouseEvent,
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
    units: unitsAt(map, track, shown, x, y),
    cellId: cell?.id === undefined ? null : Number(cell.id),
    clusterId: cluster ? Number(cluster.properties.cluster_id) : null,
  };
}

/** Units whose marker covers a pixel, where they are drawn now. */
function unitsAt(
  map: maplibregl.Map,
  track: UnitTrack,
  shown: (unit: Unit) => boolean,
  x: number,
  y: number,
): string[] {
  const nowMs = performance.now();
  const near: { key: string; pixels: number }[] = [];
  for (const unit of track.units.values()) {
    if (!shown(unit)) continue;
    const [mercX, mercY] = track.placeOf(unit, nowMs);
    const at = map.project(new maplibregl.MercatorCoordinate(mercX, mercY).toLngLat());
    const pixels = Math.hypot(at.x - x, at.y - y);
    if (pixels <= reachPixels[unit.kind]) near.push({ key: unit.key, pixels });
  }
  return near.toSorted((a, b) => a.pixels - b.pixels).map(({ key }) => key);
}
