import type { Position } from 'geojson';
import { covers } from '../../../server/town/covers.ts';
import { toKm } from '../../../server/town/projection.ts';
import { publishedUnits } from '../../../server/town/units.ts';
import type { Town } from '../../../server/town/town.ts';
import { doubleArea, geodesicArea, ringProblems, tilingProblems, vincenty, type Ring } from './exact.ts';

/** Everything that is wrong with a generated town; an empty list for a good one. */
export function townProblems(town: Town): string[] {
  return [
    ...countProblems(town),
    ...topologyProblems(town),
    ...codeProblems(town),
    ...roadProblems(town),
    ...overlayProblems(town),
  ];
}

const outer = (f: { geometry: { coordinates: Position[][] } }): Ring => f.geometry.coordinates[0]!;

/** Counts, names, inhabitants, areas, balance (checks 1, 4 and 9). */
function countProblems({ town, communities, cells, zones }: Town): string[] {
  const problems: string[] = [];
  const expect = (ok: boolean, what: string) => {
    if (!ok) problems.push(what);
  };
  const layers = { town, communities, cells, zones };
  const counts = { town: 1, communities: 46, cells: 192, zones: 20 };
  for (const [name, layer] of Object.entries(layers)) {
    expect(
      layer.features.length === counts[name as keyof typeof counts],
      `${name}: ${layer.features.length}`,
    );
    expect(
      layer.synthetic && layer.note.includes('合成示意数据'),
      `${name} does not say that it is synthetic`,
    );
    const people = layer.features.reduce((s, f) => s + f.properties.population, 0);
    expect(people === 100_889, `${name}: ${people} inhabitants`);
    for (const f of layer.features) {
      expect(
        f.geometry.type === 'Polygon' && f.geometry.coordinates.length === 1,
        `${name}: holes or pieces`,
      );
      expect(
        Math.abs(geodesicArea(outer(f)) - f.properties.areaSquareMetres) <
          1 + f.properties.areaSquareMetres * 1e-5,
        `${name}: area of a feature`,
      );
    }
  }
  expect(Math.abs(geodesicArea(outer(town.features[0]!)) / 1e6 - 102.57) < 0.01, 'area of the town');
  const names = communities.features.map(
    (f) => `${f.properties.code12} ${f.properties.name} ${f.properties.kind}`,
  );
  const published = publishedUnits().map((u) => `${u.code12} ${u.name} ${u.kind}`);
  expect(JSON.stringify(names) === JSON.stringify(published), 'names are not those published');
  const work = zones.features.map((f) => f.properties.workload);
  const mean = work.reduce((a, b) => a + b, 0) / work.length;
  for (const w of work) expect(Math.abs(w / mean - 1) < 0.08, `workload ${w} against ${mean}`);
  return problems;
}

/** Tiling, nesting, connected zones (checks 2 and 3). */
export function topologyProblems({ town, communities, cells, zones, barriers }: Town): string[] {
  const whole = town.features.map(outer);
  const problems = [communities, cells, zones].flatMap((l) => tilingProblems(l.features.map(outer), whole));
  for (const { geometry, properties: p } of communities.features) {
    const own = cells.features.filter((c) => c.properties.communityCode === p.code12).map(outer);
    if (own.length < 2) problems.push(`${p.name} has ${own.length} cells`);
    problems.push(...tilingProblems(own, [geometry.coordinates[0]!]).map((q) => `${p.name}: ${q}`));
  }
  for (const { geometry, properties: p } of zones.features) {
    const own = cells.features.filter((c) => c.properties.zoneNumber === p.number);
    if (JSON.stringify(own.map((c) => c.properties.code15)) !== JSON.stringify(p.cells))
      problems.push(`zone ${p.number} lists other cells`);
    // One simple ring is one connected piece.
    problems.push(
      ...tilingProblems(own.map(outer), [geometry.coordinates[0]!]).map((q) => `zone ${p.number}: ${q}`),
    );
  }
  if (barriers.features.length !== 2) problems.push('river and highway are missing');
  return problems;
}

/** Form, uniqueness, prefixes and order of the codes (check 5). */
export function codeProblems({ communities, cells, zones }: Town): string[] {
  const problems: string[] = [];
  const codes = cells.features.map((c) => c.properties.code15);
  if (new Set(codes).size !== 192) problems.push('a code occurs twice');
  for (const { properties: u } of communities.features) {
    const own = cells.features.filter((c) => c.properties.code15.startsWith(u.code12));
    const placed = own.map((c) => middleOf(outer(c)));
    const height = Math.sqrt(own.reduce((s, c) => s + geodesicArea(outer(c)) / 1e6, 0) / own.length);
    const north = Math.max(...placed.map(([, y]) => y));
    const rows = placed.map(([x, y]) => [Math.floor((north - y) / height), x] as const);
    own.forEach((c, i) => {
      const { code15, communityCode } = c.properties;
      if (!/^330205103\d{6}$/.test(code15) || communityCode !== u.code12) problems.push(`code ${code15}`);
      if (Number(code15.slice(12)) !== i + 1) problems.push(`${code15} leaves a gap`);
      if (i === 0) return;
      const [[row, x], [before, west]] = [rows[i]!, rows[i - 1]!];
      if (row < before || (row === before && x < west)) problems.push(`${code15} is out of order`);
    });
  }
  zones.features.forEach((z, i) => {
    const { number, code14, name } = z.properties;
    if (number !== i + 1 || code14 !== `330205103${601 + i}00` || name !== `第${i + 1}片区`)
      problems.push(`zone ${number} has code ${code14}`);
  });
  return problems;
}

/** Centroid in kilometres east and north of the centre. */
function middleOf(ring: Ring): [number, number] {
  const points = ring.map(([lng, lat]) => toKm(Math.round(lng! * 1e7), Math.round(lat! * 1e7)));
  let [x, y, area] = [0, 0, 0];
  for (let k = 0; k + 1 < points.length; k++) {
    const [[ax, ay], [bx, by]] = [points[k]!, points[k + 1]!];
    const cross = ax * by - bx * ay;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
    area += 3 * cross;
  }
  return [x / area, y / area];
}

/** One network, every cell on it, true lengths (check 6). */
export function roadProblems({ roads, roadNodes, cells }: Town): string[] {
  const problems: string[] = [];
  const leader = roadNodes.map((_, n) => n);
  const find = (n: number): number => (leader[n] === n ? n : (leader[n] = find(leader[n]!)));
  for (const { geometry, properties: p } of roads.features) {
    leader[find(p.source)] = find(p.target);
    const line = geometry.coordinates;
    const metres = line.slice(1).reduce((s, to, k) => s + vincenty(line[k]!, to), 0);
    if (Math.abs(metres / p.lengthMetres - 1) > 0.001) problems.push(`road ${p.id} is ${metres} m long`);
    const ends = [roadNodes[p.source], roadNodes[p.target]];
    if (JSON.stringify(ends) !== JSON.stringify([line[0], line.at(-1)]))
      problems.push(`road ${p.id} has other ends`);
  }
  const networks = new Set(roadNodes.map((_, n) => find(n))).size;
  if (networks !== 1) problems.push(`${networks} road networks`);
  const km = roads.features.reduce((s, r) => s + r.properties.lengthMetres, 0) / 1000;
  if (km < 450 || km > 550) problems.push(`${km} km of road`);
  const points = roads.features.flatMap((r) => r.geometry.coordinates);
  for (const cell of cells.features) {
    const ring = outer(cell);
    const [west, east] = [Math.min(...ring.map((p) => p[0]!)), Math.max(...ring.map((p) => p[0]!))];
    const near = points.filter((p) => p[0]! > west && p[0]! < east);
    if (!near.some((p) => covers(cell.geometry, p))) problems.push(`no road in ${cell.properties.code15}`);
  }
  return problems;
}

/** Kinds, validity, heritage and partial cover (check 8). */
function overlayProblems({ overlays, cells, town }: Town): string[] {
  const problems: string[] = [];
  const of = (kind: string) => overlays.features.filter((o) => o.properties.kind === kind);
  const rings = (kind: string): Ring[] =>
    of(kind).flatMap(({ geometry: g }) =>
      g.type === 'Polygon' ? g.coordinates : g.type === 'MultiPolygon' ? g.coordinates.flat() : [],
    );
  for (const { geometry: g, properties: p } of overlays.features) {
    if (g.type === 'LineString') continue;
    const polygons = g.type === 'Polygon' ? [g.coordinates] : g.coordinates;
    problems.push(...ringProblems(polygons.flat()).map((q) => `${p.kind}: ${q}`));
    for (const [first, ...holes] of polygons) {
      if (doubleArea(first!) <= 0 || holes.some((h) => doubleArea(h) >= 0))
        problems.push(`${p.kind}: ring order`);
    }
  }
  // Old town = core + coordination, exactly: the core with its holes filled by the coordination zone.
  const [coreRing, ...coreHoles] = rings('heritage_core');
  problems.push(...tilingProblems([coreRing!], rings('old_county_town')).map((q) => `core: ${q}`));
  const text = (list: readonly Ring[]) =>
    JSON.stringify(list.map((r) => r.map(String).toSorted().join(' ')).toSorted());
  if (text(coreHoles.map((h) => h.slice(1))) !== text(rings('heritage_coordination').map((h) => h.slice(1))))
    problems.push('coordination is not what the core leaves');
  // Town = urban + rural planning area, exactly.
  problems.push(
    ...chainProblems(
      [...rings('urban_planning_area'), ...rings('rural_planning_area')],
      [outer(town.features[0]!)],
    ),
  );
  const counts = { fire_lane: 60, no_parking: 25 };
  for (const [kind, count] of Object.entries(counts))
    if (of(kind).length !== count) problems.push(`${of(kind).length} of ${kind}`);
  let partly = 0;
  for (const cell of cells.features) {
    const cut = of('heritage_control')
      .concat(of('forest_fire'), of('old_county_town'), of('noise_sensitive'))
      .some((o) => {
        if (o.geometry.type === 'LineString') return false;
        const shape = o.geometry;
        const inside = outer(cell).filter((p) => covers(shape, p)).length;
        return inside > 0 && inside < outer(cell).length;
      });
    if (cut) partly++;
  }
  if (partly < 20) problems.push(`only ${partly} cells are partly covered`);
  return problems;
}

/** Like the tiling check, for rings with holes: only that the directed edges add up. */
function chainProblems(parts: readonly Ring[], whole: readonly Ring[]): string[] {
  return tilingProblems(parts, whole).filter((p) => p.includes('opposite'));
}
