import type { ZoneId } from '../../contract/ids.ts';
import type { Assignment } from '../zones/assignment.ts';

/** The teams of each zone as team numbers, by rank. */
export type Staff = ReadonlyMap<ZoneId, readonly number[]>;

/** Per cell all team numbers from the nearest to the farthest; equal times by lower number. */
export function orderByTravel(seconds: Float64Array, teams: number): Int32Array {
  const order = new Int32Array(seconds.length);
  const numbers = Array.from({ length: teams }, (_, n) => n);
  for (let first = 0; first < seconds.length; first += teams)
    order.set(
      numbers.toSorted((a, b) => seconds[first + a]! - seconds[first + b]! || a - b),
      first,
    );
  return order;
}

/**
 * The order in which each cell asks the teams: its own zone's teams by rank, then the others by travel time. With
 * `previous` only the cells of `changed` are written anew, so that a stroke costs what it touches.
 */
export function preferenceOrder(
  assignment: Assignment,
  staff: Staff,
  nearest: Int32Array,
  teams: number,
  previous?: Int32Array,
  changed?: Iterable<number>,
): Int32Array {
  const order = previous ? previous.slice() : new Int32Array(nearest.length);
  const cells = previous && changed ? changed : assignment.keys();
  for (const cell of cells) {
    const first = cell * teams;
    const own = staff.get(assignment[cell] as ZoneId) ?? [];
    let at = first;
    for (const team of own) order[at++] = team;
    for (let q = 0; q < teams; q++) {
      const team = nearest[first + q]!;
      if (!own.includes(team)) order[at++] = team;
    }
  }
  return order;
}
