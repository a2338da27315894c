import { union } from '@turf/turf';
import type { MultiPolygon, Polygon } from 'geojson';
import { MOAT, moatRing, type Lattice } from './old-town.ts';
import { OLD_TOWN } from './density.ts';
import { polygonOf, tidy } from './shapes.ts';
import { feature } from './town.ts';

type Point = readonly [x: number, y: number];
const BAND_KM = 0.06;
const CONTROL_KM = 1.6;
const SCENIC_KM = 0.03;

/** Shapes of the protected old county town (慈城古县城保护条例 3, 10; the shapes are invented). */
export interface Heritage {
  readonly town: Polygon;
  readonly core: MultiPolygon;
  readonly coordination: MultiPolygon;
  readonly control: Polygon;
  readonly scope: Polygon;
  readonly scenicChannel: Polygon;
  readonly moat: Polygon;
}

/** `highway` is the line of S319 from west to east in kilometres. */
export function heritageShapes(lattice: Lattice, highway: readonly Point[]): Heritage {
  const [cx, cy] = OLD_TOWN;
  const ring = moatRing(0);
  const inner = moatRing(-BAND_KM).toReversed();
  const half = BAND_KM / 2;
  // Bands end inside the band along the moat, so the moat stays the outer border of the core to the last digit.
  const reachX = MOAT.halfWidth - BAND_KM / 2;
  const reachY = MOAT.halfHeight - BAND_KM / 2;
  const box = (west: number, south: number, east: number, north: number): Point[] => [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ];
  const [x1, x2] = lattice.axesX as [number, number];
  const [y1, y2] = lattice.axesY as [number, number];
  const parts = [
    polygonOf(ring, inner),
    ...lattice.axesX.map((x) => polygonOf(box(x - half, cy - reachY, x + half, cy + reachY))),
    ...lattice.axesY.map((y) => polygonOf(box(cx - reachX, y - half, cx + reachX, y + half))),
    polygonOf(box(x1 - half / 2, y2, x1 + 0.2, y2 + 0.17)),
    polygonOf(box(x2 - 0.22, y1 - 0.16, x2, y1)),
    polygonOf(box(x2, y1 + 0.02, x2 + 0.19, y2 - 0.06)),
  ];
  const whole = tidy(
    union({ type: 'FeatureCollection', features: parts.map((p) => feature(p, {})) })!.geometry,
  );
  if (whole.coordinates.length !== 1) throw new Error('the heritage core is not one piece');
  // What the core leaves open inside the moat is the coordination zone: the same vertices, no second computation.
  const [, ...holes] = whole.coordinates[0]!;
  const outer = border(highway, cx, cy);
  return {
    town: polygonOf(ring),
    core: whole,
    coordination: { type: 'MultiPolygon', coordinates: holes.map((hole) => [hole.toReversed()]) },
    control: polygonOf(outer, ring.toReversed()),
    scope: polygonOf(outer),
    scenicChannel: polygonOf(moatRing(SCENIC_KM), moatRing(-SCENIC_KM).toReversed()),
    moat: polygonOf(moatRing(0.012), moatRing(-0.012).toReversed()),
  };
}

/** 1.6 km beyond the moat to the west, east and north, S319 to the south. */
function border(highway: readonly Point[], cx: number, cy: number): Point[] {
  const west = cx - MOAT.halfWidth - CONTROL_KM;
  const east = cx + MOAT.halfWidth + CONTROL_KM;
  const north = cy + MOAT.halfHeight + CONTROL_KM;
  const at = (x: number): Point => {
    const k = highway.findIndex(([hx]) => hx >= x);
    if (k <= 0) return [x, (highway[0]![0] >= x ? highway[0]! : highway.at(-1)!)[1]];
    const [ax, ay] = highway[k - 1]!;
    const [bx, by] = highway[k]!;
    return [x, ay + ((x - ax) * (by - ay)) / (bx - ax)];
  };
  const south = highway.filter(([x]) => x > west + 0.02 && x < east - 0.02);
  const cut = 0.5;
  return [
    at(west),
    ...south,
    at(east),
    [east, north - cut],
    [east - cut, north],
    [west + cut, north],
    [west, north - cut],
  ];
}
