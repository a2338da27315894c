import type { Feature, Point } from 'geojson';
import type { CommunityProperties, PlaceProperties } from './town.ts';
import { feature } from './town.ts';
import { toE7 } from './projection.ts';
import type { Survey } from './survey.ts';
import { rowsOf } from './row-lists.ts';
import type { RoadLines } from './road-lines.ts';

/** A place in kilometres, and as a feature. */
export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly kind: PlaceProperties['kind'];
  readonly feature: Feature<Point, PlaceProperties>;
}

/**
 * Offices of the 46 units (a hotline's fallback point), the command room, and markets, schools, a hospital and a
 * station with generic names, all at street corners; the most populous units have the schools.
 */
export function placePlaces(
  survey: Survey,
  roads: RoadLines,
  unitOfFine: readonly string[],
  communities: readonly CommunityProperties[],
): Placed[] {
  const { fine, unit } = survey;
  const taken = new Set<number>();
  const corner = (x: number, y: number): [number, number] => {
    let best = -1;
    let least = Infinity;
    roads.x.forEach((nx, n) => {
      const d = (nx - x) ** 2 + (roads.y[n]! - y) ** 2;
      if (d < least && roads.has(n) && !taken.has(n)) [least, best] = [d, n];
    });
    taken.add(best);
    return [roads.x[best]!, roads.y[best]!];
  };
  const units = rowsOf(unit).map((cells) => {
    const code = unitOfFine[cells[0]!]!;
    const weight = cells.reduce((s, i) => s + fine.population[i]!, 0);
    const mean = (of: readonly number[]) =>
      cells.reduce((s, i) => s + of[i]! * fine.population[i]!, 0) / weight;
    const { displayName, kind } = communities.find((c) => c.code12 === code)!;
    return { code, displayName, kind, x: mean(fine.x), y: mean(fine.y), weight };
  });
  units.sort((a, b) => (a.code < b.code ? -1 : 1));
  const busiest = [...units].sort((a, b) => b.weight - a.weight || (a.code < b.code ? -1 : 1));
  const place = (
    kind: PlaceProperties['kind'],
    name: string,
    at: { readonly code: string; readonly x: number; readonly y: number },
    [dx, dy]: readonly [number, number] = [0, 0],
  ): Placed => {
    const [x, y] = corner(at.x + dx, at.y + dy);
    const [lng, lat] = toE7(x, y);
    return {
      x,
      y,
      kind,
      feature: feature(
        { type: 'Point', coordinates: [lng / 1e7, lat / 1e7] },
        { kind, name, communityCode: at.code, defaultCoordinate: kind === 'office' },
      ),
    };
  };
  return [
    ...units.map((u) =>
      place('office', `${u.displayName}${u.kind === 'village' ? '村委会' : '居委会'}（示意）`, u),
    ),
    place('command', '镇综合信息指挥室（示意）', busiest[0]!, [0.05, 0]),
    place('hospital', '镇卫生院（示意）', busiest[1]!, [0.1, 0.1]),
    place('station', '老火车站（示意）', busiest[2]!, [-0.15, 0.1]),
    ...busiest.slice(0, 8).map((u, i) => place('school', `第${i + 1}学校（示意）`, u, [0.12, -0.12])),
    ...busiest.slice(3, 8).map((u, i) => place('market', `第${i + 1}农贸市场（示意）`, u, [-0.1, -0.05])),
  ];
}
