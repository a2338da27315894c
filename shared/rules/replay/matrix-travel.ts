import type { Policy } from '../../contract/dispatch.ts';
import { metresBetween } from '../distance.ts';
import { straightLine } from '../dispatch/travel.ts';
import type { TravelModel } from '../dispatch/travel.ts';

/** Seconds by road between the places that stand for cells, at `from * n + to`; -1 where there is no way. */
export interface TravelMatrix {
  readonly points: readonly { readonly lng: number; readonly lat: number }[];
  readonly seconds: ArrayLike<number>;
  readonly version: string;
  /** What was closed, when; spans do not overlap. */
  readonly closures?: readonly MatrixClosure[];
}

/** Spans in which some entries of the table were others: index and seconds in turn, -1 where no way was left. */
export interface MatrixClosure {
  readonly spans: readonly (readonly [number, number])[];
  readonly changes: readonly number[];
}

const rasterSize = 256;

/**
 * A town's roads for replays, where a search a question would be too slow: the straight way, stretched as the way between the
 * cells of both ends is stretched by road, at the pace of the hour. Within one cell the stretch to its nearest other cell
 * holds. While a closure holds its ways count, and who has no way left is nowhere near. Without a matrix it is the straight
 * line of the policy.
 */
export function matrixTravel(policy: Policy, matrix: TravelMatrix): TravelModel {
  const plain = straightLine(policy);
  const { points, seconds, closures = [] } = matrix;
  const count = points.length;
  if (count === 0 || seconds.length !== count * count) return plain;
  const raster = rasterOf(points);
  const open = secondsPerMetre(points, seconds);
  let pace = open;
  const spans = closures
    .flatMap((closure) => {
      const shut = closedPace(matrix, closure, open);
      return closure.spans.map(([from, to]) => ({ from, to, pace: shut }));
    })
    .toSorted((a, b) => a.from - b.from);
  // the matrix holds by day; other hours are faster or slower as the policy's speeds say
  const day = plain.speed(12);
  return {
    version: `matrix ${matrix.version}`,
    speed: (hour) => plain.speed(hour),
    ...(spans.length > 0 && {
      at: (instant: number): void => {
        pace = spans.find(({ from, to }) => from <= instant && instant < to)?.pace ?? open;
      },
    }),
    fill(lngs, lats, amount, { lng, lat }, hour, into) {
      const to = raster(lng, lat);
      const factor = day / plain.speed(hour);
      plain.fill(lngs, lats, amount, { lng, lat } as never, hour, into);
      for (let i = 0; i < amount; i++) {
        if (!(into.metres[i]! < Infinity)) continue;
        const perMetre = pace[raster(lngs[i]!, lats[i]!) * count + to]!;
        if (!(perMetre > 0)) continue;
        if (perMetre === Infinity) {
          into.seconds[i] = Infinity;
          continue;
        }
        into.seconds[i] = metresBetween(lngs[i]!, lats[i]!, lng, lat) * perMetre * factor;
        into.methods[i] = 'matrix';
      }
    },
  };
}

/** The paces while something is closed; a way that is closed altogether has none. */
function closedPace(
  { points, seconds }: TravelMatrix,
  { changes }: MatrixClosure,
  open: Float64Array,
): Float64Array {
  const shut = Int32Array.from(seconds);
  for (let i = 0; i < changes.length; i += 2) shut[changes[i]!] = changes[i + 1]!;
  const pace = secondsPerMetre(points, shut);
  for (let i = 0; i < changes.length; i += 2)
    if (changes[i + 1]! < 0 && open[changes[i]!]! > 0) pace[changes[i]!] = Infinity;
  return pace;
}

function secondsPerMetre(points: TravelMatrix['points'], seconds: TravelMatrix['seconds']): Float64Array {
  const count = points.length;
  const pace = new Float64Array(count * count).fill(NaN);
  for (let from = 0; from < count; from++) {
    let nearest = Infinity;
    for (let to = 0; to < count; to++) {
      const time = seconds[from * count + to]!;
      if (from === to || time < 0) continue;
      const metres = metresBetween(points[from]!.lng, points[from]!.lat, points[to]!.lng, points[to]!.lat);
      pace[from * count + to] = time / Math.max(1, metres);
      if (metres < nearest) {
        nearest = metres;
        pace[from * count + from] = time / Math.max(1, metres);
      }
    }
  }
  return pace;
}

/** The number of the nearest point, looked up in a raster that is filled as it is asked. */
function rasterOf(points: TravelMatrix['points']): (lng: number, lat: number) => number {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { lng, lat } of points) {
    west = Math.min(west, lng);
    east = Math.max(east, lng);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  const known = new Int32Array(rasterSize * rasterSize).fill(-1);
  const stepLng = Math.max(1e-9, (east - west) / (rasterSize - 1));
  const stepLat = Math.max(1e-9, (north - south) / (rasterSize - 1));
  const within = (value: number): number => Math.min(rasterSize - 1, Math.max(0, Math.round(value)));
  return (lng, lat) => {
    const column = within((lng - west) / stepLng);
    const row = within((lat - south) / stepLat);
    const slot = row * rasterSize + column;
    if (known[slot]! >= 0) return known[slot]!;
    const [x, y] = [west + column * stepLng, south + row * stepLat];
    let best = 0;
    let least = Infinity;
    for (const [i, point] of points.entries()) {
      const metres = metresBetween(point.lng, point.lat, x, y);
      if (metres < least) [best, least] = [i, metres];
    }
    known[slot] = best;
    return best;
  };
}
