import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fileText, townFiles } from '../../../server/town/files.ts';
import { generateTown } from '../../../server/town/generate.ts';
import { DEFAULT_SEED, type CellProperties, type Town } from '../../../server/town/town.ts';
import { codeProblems, roadProblems, topologyProblems, townProblems } from './checks.ts';

const town = generateTown();

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
    expect(hashes(town)).toEqual({});
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
