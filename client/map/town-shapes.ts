import type { Feature, FeatureCollection, LineString, MultiPolygon, Point, Polygon } from 'geojson';
import type { Bbox } from '../../shared/contract/geo.ts';
import type { Basemap } from '../../shared/contract/town.ts';
import { colourAreas, rewound } from './layers/zones.ts';

type Areas = FeatureCollection<Polygon | MultiPolygon>;

/**
 * The still part of the town. Features carry the ids of the database; cells have `code` and `zoneNumber`, zones
 * `number` and `name`, overlays and places `name`, roads `class` and `name`.
 */
export interface TownShapes {
  readonly bbox: Bbox;
  readonly outline: Areas;
  readonly cells: Areas;
  readonly zones: Areas;
  readonly overlays: Areas;
  readonly roads: FeatureCollection<LineString>;
  readonly places: FeatureCollection<Point>;
  /** Water, motorway, railway; `kind` and `name`. */
  readonly terrain: FeatureCollection;
  readonly attributions: readonly string[];
  readonly basemap: Basemap | null;
  readonly synthetic: boolean;
}

/** Zones with a colour index that differs from their neighbours', rings wound for the inner outline. */
export function colouredZones(zones: Areas, colours: number): Areas {
  const chosen = colourAreas(zones, colours);
  return {
    ...zones,
    features: zones.features.map((zone, i) => {
      const wound = rewound(zone);
      return { ...wound, properties: { ...wound.properties, colour: chosen[i] } };
    }),
  };
}

/** One label point inside each area; MapLibre alone would repeat a polygon's label in every tile. */
export function labelPoints(areas: Areas, text: (area: Feature) => string): FeatureCollection<Point> {
  return {
    type: 'FeatureCollection',
    features: areas.features.map((area) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: insidePoint(area) },
      properties: { ...area.properties, label: text(area) },
    })),
  };
}

/** The middle of the widest stretch of the area on the latitude of its centre: always inside. */
export function insidePoint(area: Feature<Polygon | MultiPolygon>): [lng: number, lat: number] {
  const { geometry } = area;
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const spans = polygons.map((rings) => {
    const lats = rings[0]!.map((p) => p[1]!);
    // A hair off the middle, so that the line does not run along a row of corners.
    const lat = (Math.min(...lats) + Math.max(...lats)) / 2 + 1e-7;
    const crossings = rings
      .flatMap((ring) =>
        ring.slice(0, -1).flatMap(([x, y], i) => {
          const [nextX, nextY] = ring[i + 1]!;
          if (y! > lat === nextY! > lat) return [];
          return [x! + ((lat - y!) / (nextY! - y!)) * (nextX! - x!)];
        }),
      )
      .toSorted((a, b) => a - b);
    let best = { width: -1, lng: rings[0]![0]![0]!, lat: rings[0]![0]![1]! };
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const width = crossings[i + 1]! - crossings[i]!;
      if (width > best.width) best = { width, lng: (crossings[i]! + crossings[i + 1]!) / 2, lat };
    }
    return best;
  });
  const widest = spans.reduce((a, b) => (b.width > a.width ? b : a));
  return [widest.lng, widest.lat];
}
