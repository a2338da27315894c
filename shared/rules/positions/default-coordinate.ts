import type { LngLat } from '../../contract/geo.ts';
import { distanceMetres } from '../distance.ts';

/** A report's place as one source gave it, over the window that is judged. */
export interface ReportPlace {
  readonly point: LngLat;
  readonly community: string | null;
  readonly address: string;
}

/** A place that geocoders fall back to: a registered office, a community office, the centre of a cell. */
export interface Landmark {
  readonly name: string;
  readonly point: LngLat;
}

/** Settings with their defaults. In a year of Boston's 311 reports any share from 0.2 to 10 % isolates the one bad point. */
export const defaultCoordinate = {
  windowDays: 90,
  roundDegrees: 1e-4,
  rows: 20,
  share: 0.005,
  communities: 3,
  addresses: 5,
  landmarkMetres: 20,
} as const;

/** A point on which reports pile up, with the evidence. */
export interface PiledPoint {
  readonly lng: number;
  readonly lat: number;
  readonly rows: number;
  readonly share: number;
  readonly communities: number;
  readonly addresses: number;
}

const cellOf = (point: LngLat): string =>
  `${Math.round(point.lng / defaultCoordinate.roundDegrees)} ${Math.round(point.lat / defaultCoordinate.roundDegrees)}`;

/**
 * Points that a failing geocoder answers with: many reports of one source on one rounded point, and either too large a
 * share of all, or texts that speak of different places. Most rows first.
 */
export function defaultPoints(reports: readonly ReportPlace[]): PiledPoint[] {
  const piles = new Map<string, ReportPlace[]>();
  for (const report of reports) {
    const cell = cellOf(report.point);
    const pile = piles.get(cell);
    if (pile) pile.push(report);
    else piles.set(cell, [report]);
  }
  return [...piles.values()]
    .map((pile) => describe(pile, reports.length))
    .filter(
      (p) =>
        p.rows >= defaultCoordinate.rows &&
        (p.share >= defaultCoordinate.share ||
          p.communities >= defaultCoordinate.communities ||
          p.addresses >= defaultCoordinate.addresses),
    )
    .sort((a, b) => b.rows - a.rows);
}

function describe(pile: readonly ReportPlace[], all: number): PiledPoint {
  const { lng, lat } = pile[0]?.point ?? { lng: 0, lat: 0 };
  const named = (texts: (string | null)[]): number => new Set(texts.filter((text) => text?.trim())).size;
  return {
    lng,
    lat,
    rows: pile.length,
    share: pile.length / all,
    communities: named(pile.map((report) => report.community)),
    addresses: named(pile.map((report) => report.address)),
  };
}

/** Why one report's place is doubted at once. */
export type PlaceSuspicion = 'zero' | 'coarse' | 'piled' | 'landmark';

/**
 * Doubts about a single place: (0, 0), three decimals or fewer, a known default point, or a landmark within 20 m that
 * the address does not name. The report is kept; a person confirms its place before filing.
 */
export function placeSuspicion(
  point: LngLat,
  address: string,
  piled: readonly PiledPoint[],
  landmarks: readonly Landmark[],
): PlaceSuspicion | null {
  if (point.lng === 0 && point.lat === 0) return 'zero';
  if (isCoarse(point.lng) && isCoarse(point.lat)) return 'coarse';
  const cell = cellOf(point);
  if (piled.some((pile) => cellOf({ ...point, lng: pile.lng, lat: pile.lat }) === cell)) return 'piled';
  const near = landmarks.filter((l) => distanceMetres(point, l.point) <= defaultCoordinate.landmarkMetres);
  const somewhereElse =
    near.length > 0 && address.trim() !== '' && !near.some((l) => address.includes(l.name));
  return somewhereElse ? 'landmark' : null;
}

/** At most three decimals: 100 m steps are a label of an area, not a place. */
const isCoarse = (degrees: number): boolean => Math.abs(degrees * 1000 - Math.round(degrees * 1000)) < 1e-7;
