import type { LayerSpecification } from 'maplibre-gl';
import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson';
import type { Tokens } from '../../ui/tokens.ts';
import { boldLabelFont } from '../font.ts';

/** Zones: an outline on the inner side of each border, so that both neighbours show, and the number. */
export function zoneLayers({ map }: Tokens): LayerSpecification[] {
  const colour = [
    'match',
    ['get', 'colour'],
    ...map.zones.slice(1).flatMap((hex, i) => [i + 1, hex]),
    map.zones[0]!,
  ] as unknown as string;
  return [
    {
      id: 'zones-fill',
      source: 'zones',
      type: 'fill',
      paint: { 'fill-color': colour, 'fill-opacity': 0.07 },
    },
    {
      id: 'zones-line',
      source: 'zones',
      type: 'line',
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': colour,
        'line-width': ['interpolate', ['linear'], ['zoom'], 11, 1.2, 15, 3],
        'line-offset': ['interpolate', ['linear'], ['zoom'], 11, -0.7, 15, -1.7],
      },
    },
    {
      id: 'zones-label',
      source: 'zone-labels',
      type: 'symbol',
      layout: {
        'text-field': ['get', 'label'],
        'text-font': boldLabelFont,
        'text-size': ['interpolate', ['linear'], ['zoom'], 11, 13, 14, 18],
        'text-allow-overlap': true,
        'text-ignore-placement': true,
      },
      paint: { 'text-color': colour, 'text-halo-color': map.labelHalo, 'text-halo-width': 2 },
    },
  ];
}

type Area = Feature<Polygon | MultiPolygon>;

const ringsOf = (area: Area): Position[][] =>
  area.geometry.type === 'Polygon' ? area.geometry.coordinates : area.geometry.coordinates.flat();

/** A colour index for each area such that areas that share a corner differ, as far as `colours` reach. */
export function colourAreas(areas: FeatureCollection<Polygon | MultiPolygon>, colours: number): number[] {
  const corners = areas.features.map((area) => new Set(ringsOf(area).flat().map(String)));
  const chosen: number[] = [];
  corners.forEach((own, i) => {
    const used = new Set(chosen.filter((_, j) => [...corners[j]!].some((corner) => own.has(corner))));
    let colour = 0;
    while (used.has(colour) && colour < colours - 1) colour++;
    chosen[i] = colour;
  });
  return chosen;
}

/** The same area with its outer rings counter-clockwise (RFC 7946), which the inner line offset relies on. */
export function rewound(area: Area): Area {
  const wind = (rings: Position[][]) =>
    rings.map((ring, i) => (signedArea(ring) > 0 === (i === 0) ? ring : ring.toReversed()));
  const geometry = area.geometry;
  return {
    ...area,
    geometry:
      geometry.type === 'Polygon'
        ? { ...geometry, coordinates: wind(geometry.coordinates) }
        : { ...geometry, coordinates: geometry.coordinates.map(wind) },
  };
}

function signedArea(ring: Position[]): number {
  return ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!;
    return sum + (x! * nextY! - nextX! * y!) / 2;
  }, 0);
}
