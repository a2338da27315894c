import type { Polygon } from 'geojson';
import { CELLS, shareOut, ZONES } from './divide.ts';
import { dissolve, type VertexPolygon } from './dissolve.ts';
import { heaviest, landUseOf } from './land-use.ts';
import { rowOrder, type Placed } from './numbering.ts';
import { sums } from './partition.ts';
import { equalArea, ringArea, toKm } from './projection.ts';
import type { Survey } from './survey.ts';
import { POPULATION, workloadOf } from './terrain.ts';
import { feature, layer, type LandUse, type Town } from './town.ts';
import { assignVillages, displayName, publishedUnits } from './units.ts';

/** Code of the town: county 330205, town 103 (GB/T 10114). */
const TOWN_CODE = '330205103';

type Administration = Pick<Town, 'town' | 'communities' | 'cells' | 'zones'> & {
  /** Published code and use of each fine cell. */
  readonly codeOfFine: readonly string[];
  readonly unitOfFine: readonly string[];
  readonly useOfFine: readonly LandUse[];
};

/** Codes, names, areas and inhabitants of the divided town, and its polygons. */
export function administer(seed: number, survey: Survey): Administration {
  const { terrain, fine, unit, cell, zone } = survey;
  const all = fine.x.map((_, i) => i);
  const of = (numbers: readonly number[], n: number) => all.filter((i) => numbers[i] === n);
  const shapeOf = (cells: readonly number[]) => onePolygon(survey, dissolve(terrain.mesh, cells));

  const published = publishedUnits();
  const units = [
    ...published.filter((u) => u.kind === 'community'),
    ...assignVillages(
      published.filter((u) => u.kind === 'village'),
      terrain.cores,
    ),
  ];
  const unitOfCell = Array.from({ length: CELLS }, (_, c) => unit[cell.indexOf(c)]!);
  const cellShapes = Array.from({ length: CELLS }, (_, c) => shapeOf(of(cell, c)));
  const population = shareOut(sums(cell, fine.population, CELLS), POPULATION, 1);
  const code15 = Array.from({ length: CELLS }, () => '');
  units.forEach(({ code12 }, u) => {
    const mine = cellShapes.flatMap((_, c) => (unitOfCell[c] === u ? [c] : []));
    rowOrder(mine.map((c) => cellShapes[c]!)).forEach((k, n) => {
      code15[mine[k]!] = code12 + String(n + 1).padStart(3, '0');
    });
  });

  const zoneOfFine = cell.map((c) => zone[c]!);
  const zoneShapes = Array.from({ length: ZONES }, (_, z) => shapeOf(of(zoneOfFine, z)));
  const zoneNumber = Array.from({ length: ZONES }, () => 0);
  rowOrder(zoneShapes).forEach((z, n) => {
    zoneNumber[z] = n + 1;
  });

  const useOfFine = all.map((i) => landUseOf(fine.density[i]!, fine.x[i]!, fine.y[i]!, terrain.outline));
  const inOrder = [...code15.keys()].sort((a, b) => (code15[a]! < code15[b]! ? -1 : 1));
  const cells = inOrder.map((c) => {
    const mine = of(cell, c);
    return feature(cellShapes[c]!.geometry, {
      code15: code15[c]!,
      communityCode: code15[c]!.slice(0, 12),
      zoneNumber: zoneNumber[zone[c]!]!,
      population: population[c]!,
      areaSquareMetres: cellShapes[c]!.areaSquareMetres,
      landUse: heaviest(mine.map((i) => [useOfFine[i]!, fine.areaKm2[i]!] as const)),
      level: levelOf(mine.map((i) => ({ use: useOfFine[i]!, population: fine.population[i]! }))),
    });
  });
  const total = (select: (p: (typeof cells)[number]['properties']) => boolean) =>
    cells.reduce((s, c) => (select(c.properties) ? s + c.properties.population : s), 0);

  const communities = units
    .map(({ code12, name, kind }, u) => {
      const { geometry, areaSquareMetres } = shapeOf(of(unit, u));
      return feature(geometry, {
        code12,
        name,
        displayName: displayName(name),
        kind,
        areaSquareMetres,
        population: total((p) => p.communityCode === code12),
      });
    })
    .sort((a, b) => (a.properties.code12 < b.properties.code12 ? -1 : 1));

  const zones = zoneNumber
    .map((number, z) => {
      const { geometry, areaSquareMetres, areaKm2 } = zoneShapes[z]!;
      const members = cells.filter((c) => c.properties.zoneNumber === number).map((c) => c.properties.code15);
      const inhabitants = total((p) => p.zoneNumber === number);
      return feature(geometry, {
        number,
        name: `第${number}片区`,
        code14: `${TOWN_CODE}${600 + number}00`,
        cells: members,
        population: inhabitants,
        areaSquareMetres,
        workload: Math.round((workloadOf(inhabitants, areaKm2) + 0.4 * members.length) * 1000) / 1000,
      });
    })
    .sort((a, b) => a.properties.number - b.properties.number);

  const outline = shapeOf(all);
  return {
    town: layer(seed, [
      feature(outline.geometry, {
        code: TOWN_CODE,
        name: '慈城镇（合成示意）',
        areaSquareMetres: outline.areaSquareMetres,
        population: POPULATION,
      }),
    ]),
    communities: layer(seed, communities),
    cells: layer(seed, cells),
    zones: layer(seed, zones),
    codeOfFine: cell.map((c) => code15[c]!),
    unitOfFine: unit.map((u) => units[u]!.code12),
    useOfFine,
  };
}

interface Shape extends Placed {
  readonly geometry: Polygon;
  readonly areaSquareMetres: number;
}

/** Vertex rings as a GeoJSON polygon; throws when the land is not one piece without holes. */
function onePolygon({ vertices }: Survey, polygons: readonly VertexPolygon[]): Shape {
  if (polygons.length !== 1 || polygons[0]!.length !== 1)
    throw new Error(`land in ${polygons.length} pieces, ${polygons[0]!.length - 1} holes in the first`);
  const ring = polygons[0]![0]!;
  const degrees = ring.map((v) => [vertices[v]![0] / 1e7, vertices[v]![1] / 1e7] as [number, number]);
  const areaKm2 = ringArea(degrees.map(([lng, lat]) => equalArea(lng, lat)));
  const [x, y] = centroid(ring.map((v) => toKm(...vertices[v]!)));
  return {
    geometry: { type: 'Polygon', coordinates: [[...degrees, degrees[0]!]] },
    areaSquareMetres: Math.round(areaKm2 * 1e6),
    areaKm2,
    x,
    y,
  };
}

function centroid(ring: readonly (readonly [number, number])[]): [number, number] {
  let [x, y] = [0, 0];
  ring.forEach(([ax, ay], i) => {
    const [bx, by] = ring[(i + 1) % ring.length]!;
    const cross = ax * by - bx * ay;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  });
  const area = ringArea(ring);
  return [x / (6 * area), y / (6 * area)];
}

/** A or B when most inhabitants live on urban or settled ground, else C. */
function levelOf(parts: readonly { use: LandUse; population: number }[]): 'A' | 'B' | 'C' {
  const share = (use: LandUse) => parts.reduce((s, p) => (p.use === use ? s + p.population : s), 0);
  const all = parts.reduce((s, p) => s + p.population, 0);
  if (share('urban') > all / 2) return 'A';
  return share('urban') + share('settled') > all / 2 ? 'B' : 'C';
}
