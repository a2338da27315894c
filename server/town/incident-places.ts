import { lngLat, type LngLat } from '../../shared/contract/geo.ts';
import { buildRoadGraph, type RoadGraph } from '../../shared/rules/roads/graph.ts';
import { snapToRoad } from '../../shared/rules/roads/snap.ts';
import { gamma, pick, runningSums } from './draws.ts';
import type { MatterMix, PlaceWeight } from './incident-mix.ts';
import { indexOverlays, type OverlayIndex } from './overlay-lookup.ts';
import { inRing, moatRing } from './old-town.ts';
import { toKm } from './projection.ts';
import { randomStream, type Random } from './random.ts';
import { roadLinks } from './road-links.ts';
import type { FineCell, Town } from './town.ts';

const GAMMA_SHAPE = 0.6;
const TRIES = 400;
const NEAR_MOAT_KM = 0.12;

/** Draws places for the incidents of a town. */
export interface PlaceDrawer {
  /** A place of a matter; `outside` asks for one that none of its overlays covers. */
  draw(matter: MatterMix, random: Random, outside: boolean): LngLat;
  /** True when the point lies in the town. */
  inTown(lng: number, lat: number): boolean;
  /** True when one of the matter's overlays covers the point, or it has none. */
  mayHappen(code: string, lng: number, lat: number): boolean;
}

/** Weighs the fine cells for each matter; `overlaysOf` gives the kinds of which one must cover the place. */
export function placeDrawer(
  town: Town,
  seed: number,
  matters: readonly MatterMix[],
  overlaysOf: (code: string) => readonly string[],
): PlaceDrawer {
  const overlays = indexOverlays(town);
  const outline = town.town.features[0]!.geometry.coordinates[0]! as [number, number][];
  const main = buildRoadGraph(
    roadLinks(town.roads).filter((_, i) => {
      const roadClass = town.roads.features[i]!.properties.class;
      return roadClass === 'primary' || roadClass === 'secondary';
    }),
  );
  const cells = town.cells.features.map((c) => c.properties.code15);
  const cellIndex = new Map(cells.map((code, i) => [code, i]));
  const moods = new Map(
    matters.map(({ code }) => {
      const random = randomStream(seed, `mood:${code}`);
      return [code, cells.map(() => gamma(random, GAMMA_SHAPE))] as const;
    }),
  );
  const base = new Map<PlaceWeight, number[]>();
  const sums = new Map(
    matters.map((matter) => {
      let weights = base.get(matter.place);
      if (!weights) base.set(matter.place, (weights = town.fine.map((f) => weightOf(f, matter.place))));
      const mood = moods.get(matter.code)!;
      return [
        matter.code,
        runningSums(weights.map((w, i) => w * mood[cellIndex.get(town.fine[i]!.cell)!]!)),
      ] as const;
    }),
  );
  const byArea = runningSums(town.fine.map((f) => f.areaKm2));
  const mayHappen = (code: string, lng: number, lat: number) =>
    coveredBy(overlays, overlaysOf(code), lng, lat);
  const inTown = (lng: number, lat: number) => inRing(outline, lng, lat);
  const settle = (cell: FineCell, place: PlaceWeight, random: Random): LngLat =>
    place === 'R' ? onRoad(main, inside(cell, random), random) : inside(cell, random);
  return {
    inTown,
    mayHappen,
    draw(matter, random, outside) {
      for (let n = 0; n < 2 * TRIES; n++) {
        // First where the matter is likely, then anywhere in the town.
        const likely = n < TRIES && !outside;
        const cell = town.fine[pick(random, likely ? sums.get(matter.code)! : byArea)]!;
        const at = settle(cell, likely ? matter.place : 'P', random);
        if (inTown(at.lng, at.lat) && mayHappen(matter.code, at.lng, at.lat) !== outside) return at;
      }
      throw new Error(`no place for ${matter.code}`);
    },
  };
}

function coveredBy(overlays: OverlayIndex, kinds: readonly string[], lng: number, lat: number): boolean {
  return kinds.length === 0 || kinds.some((kind) => overlays.covers(kind, lng, lat));
}

const moat = moatRing(0);

function weightOf(cell: FineCell, place: PlaceWeight): number {
  const { population, density, areaKm2, landUse } = cell;
  switch (place) {
    case 'P':
      return population;
    case 'C':
      return population * Math.min(1, density / 4);
    case 'I':
      return landUse === 'park' ? areaKm2 : landUse === 'urban' ? 0.05 * areaKm2 : 0;
    case 'F':
      return landUse === 'farmland' ? areaKm2 : 0;
    case 'H':
      return landUse === 'hill' ? areaKm2 : 0;
    case 'O':
      return inRing(moat, ...middleKm(cell)) ? population : 0;
    case 'W':
      return distanceToRing(moat, ...middleKm(cell)) < NEAR_MOAT_KM ? population : 0;
    default:
      return areaKm2 * Math.min(1, density);
  }
}

function middleKm({ ring }: FineCell): [number, number] {
  const open = ring.slice(1).map(([lng, lat]) => toKm(Math.round(lng * 1e7), Math.round(lat * 1e7)));
  const mean = (k: 0 | 1) => open.reduce((s, p) => s + p[k], 0) / open.length;
  return [mean(0), mean(1)];
}

/** A point in a fine cell: uniform in one of the triangles that its middle makes with its sides, drawn by area. */
function inside({ ring }: FineCell, random: Random): LngLat {
  const [mx, my] = [0, 1].map((k) => ring.slice(1).reduce((s, p) => s + p[k]!, 0) / (ring.length - 1)) as [
    number,
    number,
  ];
  const areas = ring
    .slice(1)
    .map((b, k) => Math.abs((ring[k]![0] - mx) * (b[1] - my) - (b[0] - mx) * (ring[k]![1] - my)));
  const k = pick(random, runningSums(areas));
  let [u, v] = [random.next(), random.next()];
  if (u + v > 1) [u, v] = [1 - u, 1 - v];
  const [a, b] = [ring[k]!, ring[k + 1]!];
  return rounded(mx + u * (a[0] - mx) + v * (b[0] - mx), my + u * (a[1] - my) + v * (b[1] - my));
}

function onRoad(main: RoadGraph, at: LngLat, random: Random): LngLat {
  const snap = snapToRoad(main, at.lng, at.lat)!;
  return displaced(lngLat(snap.lng, snap.lat), 4, random);
}

/** A point moved by a normal error of so many metres in each direction. */
export function displaced(at: LngLat, sigmaMetres: number, random: Random): LngLat {
  return rounded(
    at.lng + (sigmaMetres * random.normal()) / 96_500,
    at.lat + (sigmaMetres * random.normal()) / 110_850,
  );
}

/** Seven decimals, as everything that is stored. */
export const rounded = (lng: number, lat: number): LngLat =>
  lngLat(Math.round(lng * 1e7) / 1e7, Math.round(lat * 1e7) / 1e7);

function distanceToRing(ring: readonly (readonly [number, number])[], x: number, y: number): number {
  return Math.min(
    ...ring.map(([ax, ay], k) => {
      const [bx, by] = ring[(k + 1) % ring.length]!;
      const square = (bx - ax) ** 2 + (by - ay) ** 2;
      const t = Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / square));
      return Math.sqrt((x - ax - t * (bx - ax)) ** 2 + (y - ay - t * (by - ay)) ** 2);
    }),
  );
}
