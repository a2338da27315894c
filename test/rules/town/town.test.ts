import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { lngLat } from '../../../shared/contract/geo.ts';
import { distanceMetres } from '../../../shared/rules/distance.ts';
import { route, travelTimes } from '../../../shared/rules/roads.ts';
import { buildRoadGraph } from '../../../shared/rules/roads/graph.ts';
import { fileText, townFiles } from './files.ts';
import { generateTown } from '../../../server/town/generate.ts';
import { roadLinks } from '../../../server/town/road-links.ts';
import { DEFAULT_SEED, type CellProperties, type Town } from '../../../server/town/town.ts';
import { codeProblems, roadProblems, topologyProblems, townProblems } from './checks.ts';

const town = generateTown();

/** SHA-256 of the files of the default seed; the same on Node 20, 22 and 24. */
const pinned = {
  'town.geojson': 'c206685c9ffda7f45eecb0907e18146b03526823fdb0feb19928ae6de52ab5cb',
  'communities.geojson': '7d5fe435cfb6894ed74004ad513b975ba70e39df9594356e17d0090b4c043cac',
  'cells.geojson': '39d4087bb16922634138af3a5ad7c221e43fe4937af50582539ebef9289e726a',
  'zones.geojson': 'be90451b35d94565374a17cc8460a97b1ed08117f181a2363058afe0f93e8844',
  'roads.geojson': 'd8c756b2946c0ff45223daf763f25cfee3c62bc19eacc8786ceee6c77e2d808e',
  'overlays.geojson': '4750c07cd80cbac3a42853d89ba456512dc1ff21e4d93bf8624b4e18d1fb02a0',
  'places.geojson': '4251a0b85605836e3ddde611cf3e9deb926c3b6ecf8fca467cefd0196d4a8c82',
  'barriers.geojson': 'de4d9dd00960ab7b751c8077f736bbf47f96eef533b8138f4e35906f79ca4429',
  'waters.geojson': '0d8f08bbf35060e2959b565d9409b42739c5b39ca68bb009cd0dda2ba6cf207b',
};

const hashes = (of: Town) =>
  Object.fromEntries(
    Object.entries(townFiles(of)).map(([name, layer]) => [
      name,
      createHash('sha256').update(fileText(layer)).digest('hex'),
    ]),
  );

/** A copy that may be spoilt. */
const copy = (): Town => structuredClone(town);

describe('the synthetic town', () => {
  test('passes every check with the default seed', () => {
    expect(town.seed).toBe(DEFAULT_SEED);
    expect(townProblems(town)).toEqual([]);
  });

  test.each([1, 2, 3, 7, 42, 2024])('passes every check with seed %i', { timeout: 120_000 }, (seed) => {
    expect(townProblems(generateTown(seed))).toEqual([]);
  });

  test('has the same bytes as when it was pinned', () => {
    expect(hashes(town)).toEqual(pinned);
  });

  test('has zones that are compact and in balance', () => {
    const work = town.zones.features.map((z) => z.properties.workload);
    const mean = work.reduce((a, b) => a + b, 0) / 20;
    expect(Math.max(...work.map((w) => Math.abs(w / mean - 1)))).toBeLessThan(0.05);
    const compactness = town.zones.features
      .map((z) => polsbyPopper(z.geometry.coordinates[0] as [number, number][]))
      .toSorted((a, b) => a - b);
    expect(compactness[10]).toBeGreaterThan(0.5);
  });
});

describe('its roads', () => {
  const graph = buildRoadGraph(roadLinks(town.roads));
  const points = town.fine.filter((_, i) => i % 50 === 0).map((f) => lngLat(...f.ring[0]!));

  test('lead from everywhere to everywhere, and no faster than a straight line', () => {
    const [station] = town.places.features.filter((p) => p.properties.kind === 'station');
    const to = lngLat(...(station!.geometry.coordinates as [number, number]));
    const times = travelTimes(graph, points, to);
    expect(points.length).toBeGreaterThanOrEqual(60);
    expect(times.filter((t) => t === null)).toEqual([]);
    points.forEach((p, i) => {
      const straight = distanceMetres(p, to);
      expect(times[i]!.metres).toBeGreaterThan(0.995 * straight);
      expect(times[i]!.seconds).toBeGreaterThan((0.995 * straight * 3.6) / 50);
      expect(times[i]!.seconds).toBeLessThan(3600);
      expect(route(graph, p, to)!.seconds).toBeCloseTo(times[i]!.seconds, 6);
    });
  });

  test('cross the river on bridges only: closing them cuts the south off', () => {
    const bridges = town.roads.features.filter((r) => r.properties.bridge);
    const closed = new Set(bridges.map((r) => r.properties.id));
    expect(bridges.length).toBeGreaterThanOrEqual(10);
    const south = points.reduce((a, b) => (b.lat < a.lat ? b : a));
    const [command] = town.places.features.filter((p) => p.properties.kind === 'command');
    const to = lngLat(...(command!.geometry.coordinates as [number, number]));
    expect(travelTimes(graph, [south], to)[0]).not.toBeNull();
    expect(travelTimes(graph, [south], to, { closed })[0]).toBeNull();
  });
});

describe('controls: a spoilt town is noticed', () => {
  test('one vertex of one cell moved by a centimetre', () => {
    const spoilt = copy();
    spoilt.cells.features[17]!.geometry.coordinates[0]![3]![0]! += 1e-7;
    expect(topologyProblems(spoilt)).not.toEqual([]);
  });

  test('two codes swapped', () => {
    const spoilt = copy();
    const [a, b] = spoilt.cells.features.slice(0, 2) as unknown as [Mutable, Mutable];
    [a.properties.code15, b.properties.code15] = [b.properties.code15, a.properties.code15];
    expect(codeProblems(spoilt)).not.toEqual([]);
  });

  test('one inhabitant, one road, one overlay too many or too few', () => {
    const people = copy();
    (people.cells.features[3] as Mutable).properties.population++;
    expect(townProblems(people)).not.toEqual([]);
    const roads = copy();
    const deadEnd = (n: number) =>
      roads.roads.features.filter((r) => r.properties.source === n || r.properties.target === n).length === 1;
    const leaf = roads.roads.features.findIndex((r) => deadEnd(r.properties.target));
    roads.roads.features.splice(leaf, 1);
    expect(roadProblems(roads)).toContain('2 road networks');
    const overlays = copy();
    overlays.overlays.features = overlays.overlays.features.filter((o) => o.properties.kind !== 'fire_lane');
    expect(townProblems(overlays)).not.toEqual([]);
  });
});

interface Mutable {
  properties: { -readonly [K in keyof CellProperties]: CellProperties[K] };
}

/** 4 pi A / P^2 with kilometres of a plane at the town. */
function polsbyPopper(ring: [number, number][]): number {
  const points = ring.map(([lng, lat]) => [lng * 96.49, lat * 110.85] as const);
  let [area, perimeter] = [0, 0];
  for (let k = 0; k + 1 < points.length; k++) {
    const [[ax, ay], [bx, by]] = [points[k]!, points[k + 1]!];
    area += ((ax - points[0]![0]) * (by - points[0]![1]) - (bx - points[0]![0]) * (ay - points[0]![1])) / 2;
    perimeter += Math.hypot(bx - ax, by - ay);
  }
  return (4 * Math.PI * area) / perimeter ** 2;
}
