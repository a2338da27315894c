import type { Feature, FeatureCollection, Geometry, LineString, MultiPolygon, Point, Polygon } from 'geojson';

/** Raised whenever the same seed would give other bytes. */
const GENERATOR_VERSION = 1;
/** Seed of the town that ships. */
export const DEFAULT_SEED = 20220601;
/** What every file says about itself. */
export const SYNTHETIC_NOTE =
  '合成示意数据 synthetic: names are real, borders, roads and inhabitants are invented';

/** A layer as it is written to a file; WGS-84, seven decimals, longitude first. */
export type Layer<G extends Geometry, P> = FeatureCollection<G, P> & {
  readonly synthetic: true;
  readonly seed: number;
  readonly generatorVersion: number;
  readonly note: string;
};

export interface TownProperties {
  readonly code: string;
  readonly name: string;
  readonly areaSquareMetres: number;
  readonly population: number;
}

export interface CommunityProperties {
  readonly code12: string;
  readonly name: string;
  readonly displayName: string;
  readonly kind: 'community' | 'village';
  readonly areaSquareMetres: number;
  readonly population: number;
}

export type LandUse = 'urban' | 'settled' | 'park' | 'farmland' | 'hill';

export interface CellProperties {
  readonly code15: string;
  readonly communityCode: string;
  readonly zoneNumber: number;
  readonly population: number;
  readonly areaSquareMetres: number;
  /** The use that most of the area has. */
  readonly landUse: LandUse;
  /** A urban, B settled, C other (DB33 and national practice: how often a cell is walked). */
  readonly level: 'A' | 'B' | 'C';
}

export interface ZoneProperties {
  readonly number: number;
  readonly name: string;
  readonly code14: string;
  readonly cells: readonly string[];
  readonly population: number;
  readonly areaSquareMetres: number;
  /** population / 350 + 0.9 per square kilometre + 0.4 per cell. */
  readonly workload: number;
}

export type RoadClass = 'primary' | 'secondary' | 'tertiary' | 'residential';

export interface RoadProperties {
  readonly id: number;
  readonly source: number;
  readonly target: number;
  readonly class: RoadClass;
  readonly name: string | null;
  readonly kmh: number;
  readonly lengthMetres: number;
  readonly oneWay: boolean;
  readonly bridge: boolean;
}

export interface OverlayProperties {
  readonly kind: string;
  readonly name: string;
  readonly legalBasis: string;
  /** Months in which it holds, 1 to 12; empty: the whole year. */
  readonly months: readonly number[];
  readonly hourFrom: number;
  readonly hourTo: number;
}

/** A line that separates land; `passable` false: only bridges connect across it. */
export interface BarrierProperties {
  readonly kind: 'river' | 'motorway';
  readonly name: string;
  readonly passable: boolean;
}

export interface WaterProperties {
  readonly kind: 'river' | 'moat' | 'lake';
  readonly name: string;
}

export interface PlaceProperties {
  readonly kind: 'office' | 'command' | 'market' | 'school' | 'hospital' | 'station';
  readonly name: string;
  readonly communityCode: string;
  /** True for the point a hotline falls back to when it cannot locate a caller. */
  readonly defaultCoordinate: boolean;
}

/** The whole synthetic town. */
export interface Town {
  readonly seed: number;
  readonly town: Layer<Polygon, TownProperties>;
  readonly communities: Layer<Polygon, CommunityProperties>;
  readonly cells: Layer<Polygon, CellProperties>;
  readonly zones: Layer<Polygon, ZoneProperties>;
  readonly roads: Layer<LineString, RoadProperties>;
  readonly overlays: Layer<Polygon | MultiPolygon | LineString, OverlayProperties>;
  readonly places: Layer<Point, PlaceProperties>;
  readonly barriers: Layer<LineString, BarrierProperties>;
  readonly waters: Layer<Polygon, WaterProperties>;
  /** Ends of the roads, indexed by `source` and `target`. */
  readonly roadNodes: readonly (readonly [lng: number, lat: number])[];
  /** Fine cells: where incidents may happen. Not a layer, not shown. */
  readonly fine: readonly FineCell[];
}

/** One fine cell with what the incident generator weighs. */
export interface FineCell {
  /** Closed ring, WGS-84 degrees. */
  readonly ring: readonly (readonly [lng: number, lat: number])[];
  readonly cell: string;
  readonly communityCode: string;
  readonly areaKm2: number;
  readonly population: number;
  readonly density: number;
  readonly landUse: LandUse;
  /** Inhabitants on ground that counts as urban management area. */
  readonly urbanManagement: boolean;
  readonly populated: boolean;
}

/** Wraps features into a layer that says that it is synthetic. */
export function layer<G extends Geometry, P>(seed: number, features: Feature<G, P>[]): Layer<G, P> {
  return {
    type: 'FeatureCollection',
    synthetic: true,
    seed,
    generatorVersion: GENERATOR_VERSION,
    note: SYNTHETIC_NOTE,
    features,
  };
}

/** A feature of a layer. */
export const feature = <G extends Geometry, P>(geometry: G, properties: P): Feature<G, P> => ({
  type: 'Feature',
  geometry,
  properties,
});
