declare const wgs84: unique symbol;

/** A point in WGS-84 degrees, longitude first. Only `rules/datum.ts` and trusted stores make one. */
export interface LngLat {
  readonly lng: number;
  readonly lat: number;
  readonly [wgs84]: true;
}

/** A point as a foreign source gave it: without its datum it means nothing. */
export interface RawPoint {
  readonly lng: number;
  readonly lat: number;
  readonly crs: Crs;
}

/**
 * Coordinate reference systems accepted at the edge; everything stored is WGS-84 (EPSG:4326). Free of zod, so that
 * pages may convert a typed point before they show it.
 */
export const crsNames = ['wgs84', 'cgcs2000', 'gcj02', 'bd09', 'bd09mc'] as const;
export type Crs = (typeof crsNames)[number];

/** [west, south, east, north] in WGS-84 degrees. */
export type Bbox = readonly [west: number, south: number, east: number, north: number];

/** Marks two numbers as WGS-84; the caller vouches for the datum. */
export const lngLat = (lng: number, lat: number): LngLat => ({ lng, lat }) as unknown as LngLat;
