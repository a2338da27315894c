import { buffer, intersect } from '@turf/turf';
import type { Feature, LineString, MultiPolygon, Polygon, Position } from 'geojson';
import { cos, sin } from './arithmetic.ts';
import { dissolve } from './dissolve.ts';
import { covers } from './covers.ts';
import { heritageShapes } from './heritage.ts';
import { POPULATED_FROM, URBAN_MANAGEMENT_FROM } from './land-use.ts';
import { inRing, lakeRing, moatRing, type Lattice } from './old-town.ts';
import { toE7 } from './projection.ts';
import type { Random } from './random.ts';
import { landShape, polygonOf, tidy } from './shapes.ts';
import type { Survey } from './survey.ts';
import {
  feature,
  type LandUse,
  type OverlayProperties,
  type PlaceProperties,
  type RoadProperties,
} from './town.ts';

const FIRE_LANES = 60;
const NO_PARKING = 25;
/** Half width of a main street's band and reach of the noise and fire rules, kilometres. */
const STREET_KM = 0.02;
const QUIET_KM = 0.2;
const FIRE_KM = 0.1;

type OverlayFeature = Feature<Polygon | MultiPolygon | LineString, OverlayProperties>;

/** What the overlays are made from. */
export interface OverlayGround {
  readonly survey: Survey;
  readonly lattice: Lattice;
  readonly highway: readonly (readonly [number, number])[];
  readonly outline: Polygon;
  readonly useOfFine: readonly LandUse[];
  readonly inCommunity: readonly boolean[];
  readonly roads: readonly Feature<LineString, RoadProperties>[];
  readonly places: readonly {
    readonly x: number;
    readonly y: number;
    readonly kind: PlaceProperties['kind'];
  }[];
}

/** Names and laws of the kinds. */
const KINDS: Readonly<Record<string, readonly [name: string, legalBasis: string]>> = {
  old_county_town: ['慈城古县城（护城河以内）', '宁波市慈城古县城保护条例第三条'],
  heritage_core: ['核心保护区', '宁波市慈城古县城保护条例第十条第一项'],
  heritage_coordination: ['风貌协调区', '宁波市慈城古县城保护条例第十条第二项'],
  heritage_control: ['建设控制区', '宁波市慈城古县城保护条例第十条第三项'],
  heritage_scope: ['古县城保护范围', '宁波市慈城古县城保护条例第十二条、第二十条'],
  urban_management: ['建成区及实行城市化管理的区域', '浙江省城市市容和环境卫生管理条例第二条'],
  main_street: ['主要街道和重点地区', '浙江省城市市容和环境卫生管理条例第十一条'],
  fireworks_ban: ['烟花爆竹禁放区', '宁波市经营燃放烟花爆竹安全管理规定第三条'],
  barbecue_ban: ['露天烧烤禁止区', '大气污染防治法第一百一十八条第三款'],
  populated_area: ['人口集中地区', '大气污染防治法第一百一十九条'],
  noise_sensitive: ['噪声敏感建筑物集中区域', '噪声污染防治法第四十三条'],
  forest_fire: ['森林防火区', '浙江省森林消防条例第十四条、第十五条'],
  scenic_channel: ['城市主要景观河道', '宁波市河道管理条例第二十一条第二款'],
  fire_lane: ['消防车通道', '消防法第二十八条'],
  no_parking: ['限时停车路段', '宁波市慈城古县城保护条例第二十八条'],
  rural_planning_area: ['乡村规划区', '城乡规划法第六十五条'],
  urban_planning_area: ['城镇规划区', '城乡规划法第六十四条'],
};

/** The overlays of the town: kinds and laws are real, shapes are invented. */
export function drawOverlays(ground: OverlayGround, random: Random): OverlayFeature[] {
  const { survey, lattice, highway } = ground;
  const { fine, terrain, vertices } = survey;
  const where = (test: (i: number) => boolean): MultiPolygon => {
    const cells = fine.x.flatMap((_, i) => (test(i) ? [i] : []));
    return landShape(vertices, dissolve(terrain.mesh, cells));
  };
  const isUrban = (i: number) => fine.density[i]! >= URBAN_MANAGEMENT_FROM;
  const isPopulated = (i: number) => fine.population[i]! / fine.areaKm2[i]! > POPULATED_FROM;
  const urban = where(isUrban);
  const rural = where((i) => !isUrban(i));
  const heritage = heritageShapes(lattice, highway);
  const quiet = ground.places.filter((p) => p.kind === 'school' || p.kind === 'hospital');
  return [
    overlay('old_county_town', heritage.town),
    overlay('heritage_core', heritage.core),
    overlay('heritage_coordination', heritage.coordination),
    overlay('heritage_control', heritage.control),
    overlay('heritage_scope', heritage.scope),
    overlay('urban_management', urban),
    ...mainStreets(ground.roads, urban).map((band) => overlay('main_street', band)),
    overlay('fireworks_ban', urban),
    overlay('barbecue_ban', urban),
    overlay('populated_area', where(isPopulated)),
    overlay(
      'noise_sensitive',
      where((i) => isPopulated(i) && isUrban(i)),
    ),
    ...quiet.map(({ x, y }) => overlay('noise_sensitive', circle(x, y, QUIET_KM))),
    overlay(
      'forest_fire',
      grown(
        where((i) => ground.useOfFine[i] === 'hill'),
        ground.outline,
      ),
      {
        months: [11, 12, 1, 2, 3, 4],
      },
    ),
    overlay('scenic_channel', heritage.scenicChannel),
    ...fireLanes(ground, random).map((line) => overlay('fire_lane', line)),
    ...noParking(ground.roads, urban, random).map((line) =>
      overlay('no_parking', line, { hourFrom: 7, hourTo: 19 }),
    ),
    overlay('rural_planning_area', rural),
    overlay('urban_planning_area', urban),
  ];
}

function overlay(
  kind: string,
  geometry: OverlayFeature['geometry'],
  rule: Partial<Pick<OverlayProperties, 'months' | 'hourFrom' | 'hourTo'>> = {},
): OverlayFeature {
  const [name, legalBasis] = KINDS[kind]!;
  return feature(geometry, { kind, name, legalBasis, months: [], hourFrom: 0, hourTo: 24, ...rule });
}

const circle = (x: number, y: number, radius: number): Polygon =>
  polygonOf(
    Array.from({ length: 48 }, (_, k) => {
      const t = (2 * Math.PI * k) / 48;
      return [x + radius * cos(t), y + radius * sin(t)] as const;
    }),
  );

/** Bands along the primary and secondary roads whose middle lies in the urban area, one for each stretch between crossings. */
function mainStreets(roads: OverlayGround['roads'], urban: MultiPolygon): MultiPolygon[] {
  const lines = roads
    .filter(({ properties: p }) => p.class === 'primary' || p.class === 'secondary')
    .filter(({ geometry: g }) => covers(urban, middleOf(g.coordinates)));
  return joined(lines).map((coordinates) =>
    tidy(buffer({ type: 'LineString', coordinates }, STREET_KM, { units: 'kilometers', steps: 4 })!.geometry),
  );
}

/** Lines joined end to end wherever exactly two of them meet. */
function joined(roads: OverlayGround['roads']): Position[][] {
  const ends = new Map<number, OverlayGround['roads'][number][]>();
  for (const road of roads) {
    for (const node of [road.properties.source, road.properties.target])
      ends.set(node, [...(ends.get(node) ?? []), road]);
  }
  const used = new Set<OverlayGround['roads'][number]>();
  const follow = (start: number): Position[] => {
    const line: Position[] = [];
    for (let node = start, next = ends.get(start)!.find((r) => !used.has(r)); next;) {
      used.add(next);
      const { source, target } = next.properties;
      const points = source === node ? next.geometry.coordinates : next.geometry.coordinates.toReversed();
      line.push(...points.slice(line.length ? 1 : 0));
      node = source === node ? target : source;
      next = ends.get(node)!.length === 2 ? ends.get(node)!.find((r) => !used.has(r)) : undefined;
    }
    return line;
  };
  const lines: Position[][] = [];
  for (const [node, list] of ends) if (list.length !== 2) for (const _ of list) lines.push(follow(node));
  for (const { properties } of roads) lines.push(follow(properties.source));
  return lines.filter((line) => line.length > 1);
}

function grown(hills: MultiPolygon, outline: Polygon): MultiPolygon {
  const wide = buffer(hills, FIRE_KM, { units: 'kilometers', steps: 4 })!;
  const features = [feature(tidy(wide.geometry), {}), feature(outline, {})];
  return tidy(intersect({ type: 'FeatureCollection', features })!.geometry);
}

/** Short straight lanes in the built-up communities, more where more people live. */
function fireLanes({ survey, inCommunity }: OverlayGround, random: Random): LineString[] {
  const { fine } = survey;
  const able = fine.x.flatMap((_, i) => (inCommunity[i] && fine.density[i]! > 2 ? [i] : []));
  const lanes: LineString[] = [];
  while (lanes.length < FIRE_LANES) {
    const i = able[random.below(able.length)]!;
    const half = (0.03 + 0.05 * random.next()) / 2;
    const t = Math.PI * random.next();
    const [x, y] = [fine.x[i]! + 0.01 * random.normal(), fine.y[i]! + 0.01 * random.normal()];
    if (onWater(x, y)) continue;
    const end = (sign: number) =>
      toE7(x + sign * half * cos(t), y + sign * half * sin(t)).map((v) => v / 1e7);
    lanes.push({ type: 'LineString', coordinates: [end(-1), end(1)] });
  }
  return lanes;
}

/** True in or close to the moat and the lake. */
function onWater(x: number, y: number): boolean {
  return inRing(lakeRing(0.05), x, y) || (inRing(moatRing(0.06), x, y) && !inRing(moatRing(-0.06), x, y));
}

/** Stretches of road with time-limited parking, inside the urban area. */
function noParking(roads: OverlayGround['roads'], urban: MultiPolygon, random: Random): LineString[] {
  const able = roads.filter(
    ({ properties: p, geometry: g }) =>
      !p.bridge && p.name === null && p.lengthMetres > 90 && covers(urban, middleOf(g.coordinates)),
  );
  const chosen = new Set<number>();
  while (chosen.size < Math.min(NO_PARKING, able.length)) chosen.add(random.below(able.length));
  return [...chosen].sort((a, b) => a - b).map((k) => able[k]!.geometry);
}

const middleOf = (line: readonly Position[]): Position => line[Math.floor(line.length / 2)]!;
