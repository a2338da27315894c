import type { GeoJSONSourceDiff, LayerSpecification } from 'maplibre-gl';
import type { Feature, Point } from 'geojson';
import type { LngLat } from '../../../shared/contract/geo.ts';
import type { IncidentClass } from '../../ui/glyph-shapes.ts';
import type { Tokens } from '../../ui/tokens.ts';
import { boldLabelFont } from '../font.ts';
import { incidentImage } from '../images.ts';

/** What the map needs to know of an incident. */
export interface MapIncident {
  readonly id: number;
  readonly point: LngLat;
  readonly class: IncidentClass;
  readonly priority: 1 | 2 | 3 | 4 | 5;
  /** A team is on it: drawn hollow. */
  readonly taken: boolean;
}

/** Sources of incidents: the calm ones may gather into clusters, P1 and P2 never do. */
export const incidentSources = ['incidents-calm', 'incidents-urgent'] as const;
export type IncidentSource = (typeof incidentSources)[number];

export const sourceOf = (incident: MapIncident): IncidentSource =>
  incident.priority <= 2 ? 'incidents-urgent' : 'incidents-calm';

/** Layers that answer a click on an incident. */
export const incidentHitLayers = ['incidents-calm', 'incidents-urgent'];

/** Clusters, then calm incidents; the urgent ones are added above by `urgentLayers`. */
export function incidentLayers({ surface }: Tokens): LayerSpecification[] {
  return [
    {
      id: 'incident-clusters',
      source: 'incidents-calm',
      type: 'circle',
      filter: ['has', 'point_count'],
      paint: {
        'circle-color': surface.raised,
        'circle-stroke-color': surface.text,
        'circle-stroke-width': 1.6,
        'circle-radius': ['step', ['get', 'point_count'], 13, 10, 16, 50, 20],
      },
    },
    {
      id: 'incident-cluster-counts',
      source: 'incidents-calm',
      type: 'symbol',
      filter: ['has', 'point_count'],
      layout: {
        'text-field': ['get', 'point_count_abbreviated'],
        'text-font': boldLabelFont,
        'text-size': 13,
        'text-allow-overlap': true,
      },
      paint: { 'text-color': surface.text },
    },
    symbols('incidents-calm', ['!', ['has', 'point_count']]),
  ];
}

/** P1 and P2, above everything but the units. */
export function urgentLayers(): LayerSpecification[] {
  return [symbols('incidents-urgent', true)];
}

function symbols(source: IncidentSource, filter: unknown): LayerSpecification {
  return {
    id: source,
    source,
    type: 'symbol',
    filter: filter as never,
    layout: {
      'icon-image': ['get', 'image'],
      'icon-anchor': 'bottom',
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
      'symbol-sort-key': ['-', ['get', 'priority']],
    },
  };
}

/** An incident as a feature of its source. */
export function featureOf(incident: MapIncident): Feature<Point> {
  return {
    type: 'Feature',
    id: incident.id,
    geometry: { type: 'Point', coordinates: [incident.point.lng, incident.point.lat] },
    properties: { id: incident.id, priority: incident.priority, image: incidentImage(incident) },
  };
}

/** What turns the picture `before` of one source into `after`; null when nothing differs. */
export function diffOf(
  before: ReadonlyMap<number, MapIncident>,
  after: ReadonlyMap<number, MapIncident>,
): GeoJSONSourceDiff | null {
  const remove = [...before.keys()].filter((id) => !after.has(id));
  const add: Feature[] = [];
  for (const [id, incident] of after) {
    const old = before.get(id);
    if (old && alike(old, incident)) continue;
    if (old) remove.push(id);
    add.push(featureOf(incident));
  }
  return remove.length + add.length > 0 ? { remove, add } : null;
}

const alike = (a: MapIncident, b: MapIncident) =>
  incidentImage(a) === incidentImage(b) && a.point.lng === b.point.lng && a.point.lat === b.point.lat;
