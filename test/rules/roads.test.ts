import { describe, expect, test } from 'vitest';
import { lngLat } from '../../shared/contract/geo.ts';
import { hourClassOf, route, travelTimes } from '../../shared/rules/roads.ts';
import { buildRoadGraph, planeAt, toPlane, type RoadLink } from '../../shared/rules/roads/graph.ts';
import { CostHeap } from '../../shared/rules/roads/heap.ts';
import { snapToRoad } from '../../shared/rules/roads/snap.ts';

/** A small generator of its own, so that the graphs are the same on every run. */
function dice(seed: number): () => number {
  let s = seed >>> 0;
  return () => {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0;
    return s / 4294967296;
  };
}

function randomNetwork(seed: number): { nodes: [number, number][]; links: RoadLink[] } {
  const roll = dice(seed);
  const nodes = Array.from({ length: 40 }, (): [number, number] => [
    121.4 + 0.1 * roll(),
    29.93 + 0.1 * roll(),
  ]);
  const links = Array.from({ length: 90 }, (_, id): RoadLink => {
    const source = Math.floor(roll() * nodes.length);
    const target = (source + 1 + Math.floor(roll() * (nodes.length - 1))) % nodes.length;
    return {
      id: id + 1,
      source,
      target,
      kmh: [20, 30, 40, 50][Math.floor(roll() * 4)]!,
      lengthMetres: 100 + 2000 * roll(),
      oneWay: roll() < 0.3,
      coordinates: [nodes[source]!, nodes[target]!],
    };
  });
  return { nodes, links };
}

/** Seconds from every node to `goal` by relaxing all links until nothing changes. */
function bellmanFord(links: readonly RoadLink[], count: number, goal: number): number[] {
  const seconds = Array.from({ length: count }, (_, n) => (n === goal ? 0 : Infinity));
  for (let round = 0; round < count; round++) {
    for (const { source, target, kmh, lengthMetres, oneWay } of links) {
      const cost = (lengthMetres / kmh) * 3.6;
      const there = Math.min(seconds[source]!, seconds[target]! + cost);
      seconds[source] = there;
      if (!oneWay) seconds[target] = Math.min(seconds[target]!, there + cost);
    }
  }
  return seconds;
}

describe('travel times', () => {
  test('equal Bellman-Ford from every junction of 60 random networks, closures and one-way links included', () => {
    const wrong: string[] = [];
    let reached = 0;
    let unreached = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const { nodes, links } = randomNetwork(seed);
      const roll = dice(seed * 7919);
      const closed = new Set(links.filter(() => roll() < 0.15).map((l) => l.id));
      const open = links.filter((l) => !closed.has(l.id));
      const onRoad = [...new Set(open.flatMap((l) => [l.source, l.target]))];
      const goal = onRoad[Math.floor(roll() * onRoad.length)]!;
      const expected = bellmanFord(open, nodes.length, goal);
      const got = travelTimes(
        buildRoadGraph(links),
        onRoad.map((n) => lngLat(...nodes[n]!)),
        lngLat(...nodes[goal]!),
        { closed },
      );
      onRoad.forEach((n, i) => {
        const wanted = expected[n]!;
        if (Number.isFinite(wanted)) reached++;
        else unreached++;
        const seconds = got[i]?.seconds ?? Infinity;
        if (seconds !== wanted && !(Math.abs(seconds - wanted) < 1e-3)) wrong.push(`${seed}: ${n}`);
      });
    }
    expect(wrong).toEqual([]);
    expect(reached).toBeGreaterThan(1000);
    expect(unreached).toBeGreaterThan(50);
  });

  test('control: Bellman-Ford over all links disagrees when some are closed', () => {
    const { nodes, links } = randomNetwork(4);
    const closed = new Set(links.filter((l) => l.id % 4 === 0).map((l) => l.id));
    const goal = links[0]!.source;
    const naive = bellmanFord(links, nodes.length, goal);
    const got = travelTimes(
      buildRoadGraph(links),
      nodes.map((n) => lngLat(...n)),
      lngLat(...nodes[goal]!),
      { closed },
    );
    expect(got.some((t, n) => Math.abs((t?.seconds ?? Infinity) - naive[n]!) > 1)).toBe(true);
  });

  test('a route takes the time that travelTimes says, runs forward in time and ends where it should', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const { links } = randomNetwork(seed);
      const graph = buildRoadGraph(links);
      const roll = dice(seed + 5);
      const point = () => lngLat(121.4 + 0.1 * roll(), 29.93 + 0.1 * roll());
      const [a, b] = [point(), point()];
      const [time] = travelTimes(graph, [a], b, { hourClass: 'peak' });
      const way = route(graph, a, b, { hourClass: 'peak' });
      expect(way === null).toBe(time === null);
      if (!way || !time) continue;
      expect(way.seconds).toBeCloseTo(time.seconds, 6);
      expect(way.metres).toBeCloseTo(time.metres, 6);
      expect(way.atSeconds).toHaveLength(way.coordinates.length);
      expect(way.atSeconds.every((t, i) => i === 0 || t >= way.atSeconds[i - 1]! - 1e-9)).toBe(true);
      expect(way.atSeconds.at(-1)).toBe(way.seconds);
      expect(way.coordinates[0]).toEqual([a.lng, a.lat]);
      expect(way.coordinates.at(-1)).toEqual([b.lng, b.lat]);
    }
  });

  const square: RoadLink[] = [
    [1, 0, 1, [121.4, 29.95], [121.41, 29.95]],
    [2, 1, 2, [121.41, 29.95], [121.41, 29.96]],
    [3, 2, 3, [121.41, 29.96], [121.4, 29.96]],
    [4, 3, 0, [121.4, 29.96], [121.4, 29.95]],
  ].map(([id, source, target, a, b]) => ({
    id: id as number,
    source: source as number,
    target: target as number,
    kmh: 36,
    lengthMetres: 1000,
    oneWay: false,
    coordinates: [a as [number, number], b as [number, number]],
  }));

  test('two points on one link do not go round by a junction, unless the link is one-way against them', () => {
    const [west, east] = [lngLat(121.402, 29.95), lngLat(121.408, 29.95)];
    const graph = buildRoadGraph(square);
    expect(travelTimes(graph, [west, east], east)[0]!.seconds).toBeCloseTo(60, 6);
    expect(travelTimes(graph, [east], west)[0]!.metres).toBeCloseTo(600, 6);
    const oneWay = buildRoadGraph(square.map((l) => (l.id === 1 ? { ...l, oneWay: true } : l)));
    expect(travelTimes(oneWay, [west], east)[0]!.metres).toBeCloseTo(600, 6);
    expect(travelTimes(oneWay, [east], west)[0]!.metres).toBeCloseTo(3400, 6);
  });

  test('a closed road is gone round, and hours change the pace', () => {
    const graph = buildRoadGraph(square);
    const [a, b] = [lngLat(121.4, 29.9501), lngLat(121.41, 29.9501)];
    const day = travelTimes(graph, [a], b)[0]!;
    expect(travelTimes(graph, [a], b, { closed: new Set([1]) })[0]!.metres).toBeGreaterThan(2.5 * day.metres);
    expect(travelTimes(graph, [a], b, { closed: new Set([1, 3]) })[0]).toBeNull();
    expect(travelTimes(graph, [a], b, { closed: new Set([1, 2, 3, 4]) })[0]).toBeNull();
    const peak = travelTimes(graph, [a], b, { hourClass: 'peak' })[0]!;
    expect(peak.seconds / day.seconds).toBeCloseTo(1.2, 6);
    expect([6, 7, 12, 18, 23].map(hourClassOf)).toEqual(['day', 'peak', 'day', 'peak', 'night']);
  });

  test('the walk to the road counts at walking pace', () => {
    const graph = buildRoadGraph(square);
    const off = lngLat(121.405, 29.949);
    const [time] = travelTimes(graph, [off], lngLat(121.405, 29.95), { accessKmh: 3.6 });
    expect(time!.metres).toBeCloseTo(110.85, 1);
    expect(time!.seconds).toBeCloseTo(110.85, 1);
  });
});

describe('snapping', () => {
  test('finds the nearest of all segments, as a search through all of them does', () => {
    const { links } = randomNetwork(11);
    const graph = buildRoadGraph(links);
    const roll = dice(3);
    const plane = planeAt(graph.plane.lng, graph.plane.lat);
    for (let n = 0; n < 300; n++) {
      const [lng, lat] = [121.38 + 0.14 * roll(), 29.91 + 0.14 * roll()];
      const [x, y] = toPlane(plane, lng, lat);
      const nearest = Math.min(
        ...links.map((l) => {
          const [ax, ay] = toPlane(plane, ...l.coordinates[0]!);
          const [bx, by] = toPlane(plane, ...l.coordinates[1]!);
          const t = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2);
          const c = Math.max(0, Math.min(1, t));
          return Math.hypot(x - ax - c * (bx - ax), y - ay - c * (by - ay));
        }),
      );
      expect(snapToRoad(graph, lng, lat)!.metres).toBeCloseTo(nearest, 6);
    }
  });
});

test('the heap gives costs in order', () => {
  const roll = dice(9);
  const heap = new CostHeap(1);
  const costs = Array.from({ length: 500 }, () => roll());
  costs.forEach((c, i) => heap.push(i, c));
  const popped = costs.map(() => costs[heap.pop()]!);
  expect(popped).toEqual(costs.toSorted((a, b) => a - b));
});
