import type { Crs, LngLat } from '../../shared/contract/geo.ts';
import { insidePoint, type TownShapes } from '../map/town-shapes.ts';

/** A place as a person wrote it: coordinates of a named datum, or a thing of the town. */
export interface WrittenPlace {
  readonly lng: number;
  readonly lat: number;
  readonly crs: Crs;
  /** What was recognised, for the address of the incident; empty for bare coordinates. */
  readonly name: string;
}

/** One entry that the place field offers. */
export interface PlaceChoice {
  readonly value: string;
  readonly point: LngLat;
}

const pointAt = (lng: number, lat: number) => ({ lng, lat }) as LngLat;

/** Cells by code and places by name: what may be written into the place field. */
export function placeChoices(town: TownShapes | null): PlaceChoice[] {
  if (!town) return [];
  const places = town.places.features.flatMap((place) => {
    const name = String(place.properties?.['name'] ?? '');
    const [lng, lat] = place.geometry.coordinates as [number, number];
    return name === '' ? [] : [{ value: name, point: pointAt(lng, lat) }];
  });
  const cells = town.cells.features.map((cell) => {
    const [lng, lat] = insidePoint(cell);
    return { value: String(cell.properties?.['code'] ?? ''), point: pointAt(lng, lat) };
  });
  const seen = new Set<string>();
  return [...places, ...cells].filter(({ value }) => !seen.has(value) && seen.add(value));
}

/** The cells whose code ends in the digits of `g042` or `42`-like words. */
export function cellsNamed(word: string, choices: readonly PlaceChoice[]): PlaceChoice[] {
  const digits = /^g?(\d{3,15})$/.exec(word.normalize('NFKC').trim().toLowerCase())?.[1];
  if (!digits) return [];
  return choices.filter(({ value }) => /^\d{15}$/.test(value) && value.endsWith(digits));
}

const pair = /^(-?\d+(?:\.\d+)?)[\s,]+(-?\d+(?:\.\d+)?)$/;

/** Reads what stands in the place field; null when it names nothing, or more than one thing. */
export function readPlace(text: string, crs: Crs, choices: readonly PlaceChoice[]): WrittenPlace | null {
  const word = text.normalize('NFKC').trim();
  if (word === '') return null;
  const numbers = pair.exec(word);
  if (numbers) return { lng: Number(numbers[1]), lat: Number(numbers[2]), crs, name: '' };
  const cells = cellsNamed(word, choices);
  const exact = choices.find(({ value }) => value === text.trim() || value === word);
  const found = exact ?? (cells.length === 1 ? cells[0] : undefined);
  if (!found) return null;
  const named = !/^\d{15}$/.test(found.value);
  return { ...found.point, crs: 'wgs84', name: named ? found.value : '' };
}
