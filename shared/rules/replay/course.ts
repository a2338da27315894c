import type { Policy } from '../../contract/dispatch.ts';
import type { LngLat } from '../../contract/geo.ts';
import type { TravelModel } from '../dispatch/travel.ts';
import { replay } from './run.ts';
import { worldOf, type Recording, type SidePlan } from './run-side.ts';

/** A drive to an incident: from where, at which instant, by which team (its place in the recording). */
export interface Leg {
  readonly team: number;
  readonly from: { readonly lng: number; readonly lat: number };
  readonly departedAt: number;
  /** Arrival, or the instant at which the team was taken away on the way. */
  readonly endedAt: number;
  readonly arrived: boolean;
}

/** What became of one incident in a replay, in instants of the recording. */
export interface Course {
  readonly reportedAt: number;
  readonly place: LngLat;
  /** When nobody was free for the first time; null when somebody was at once. */
  readonly queuedAt: number | null;
  readonly legs: readonly Leg[];
  readonly doneAt: number | null;
}

/** Replays a recording under a plan and tells the course of one incident (its place in the recording). */
export function courseOf(
  recording: Recording,
  plan: SidePlan,
  policy: Policy,
  model: TravelModel,
  wanted: number,
): Course {
  const legs: Leg[] = [];
  let queuedAt: number | null = null;
  let doneAt: number | null = null;
  const end = (at: number, arrived: boolean): void => {
    const last = legs.at(-1);
    if (last && Number.isNaN(last.endedAt)) legs[legs.length - 1] = { ...last, endedAt: at, arrived };
  };
  replay(worldOf(recording, plan), policy, model, (what, at, incident, team, lng, lat) => {
    if (incident !== wanted) return;
    if (what === 'queued') queuedAt ??= at;
    // whoever decides anew lost the team that was on its way
    if (what === 'queued' || what === 'decide') end(at, false);
    if (what === 'go') {
      end(at, false);
      legs.push({ team, from: { lng, lat }, departedAt: at, endedAt: NaN, arrived: false });
    }
    if (what === 'arrive') end(at, true);
    if (what === 'done') doneAt = at;
  });
  const { reportedAt, point } = recording.incidents[wanted]!;
  return {
    reportedAt,
    place: point,
    queuedAt,
    legs: legs.filter(({ endedAt }) => !Number.isNaN(endedAt)),
    doneAt,
  };
}

/** Where the team of a course is at an instant: on the straight way of its leg, as the replay moved it; null before it goes. */
export function placeAt(course: Course, at: number): { lng: number; lat: number; team: number } | null {
  const leg = course.legs.findLast(({ departedAt }) => departedAt <= at);
  if (!leg || (course.doneAt !== null && at > course.doneAt)) return null;
  const span = leg.endedAt - leg.departedAt;
  const share = span > 0 ? Math.min(1, (at - leg.departedAt) / span) : 1;
  const { from } = leg;
  // a leg that was broken off ended somewhere on the way, which is not told: the team is shown until then
  if (!leg.arrived && share >= 1) return null;
  return {
    lng: from.lng + share * (course.place.lng - from.lng),
    lat: from.lat + share * (course.place.lat - from.lat),
    team: leg.team,
  };
}

/** The instants at which something happens in either course, ascending, each once: the steps of a stepper. */
export function momentsOf(courses: readonly Course[]): number[] {
  const all = courses.flatMap(({ reportedAt, queuedAt, legs, doneAt }) => [
    reportedAt,
    ...(queuedAt === null ? [] : [queuedAt]),
    ...legs.flatMap(({ departedAt, endedAt }) => [departedAt, endedAt]),
    ...(doneAt === null ? [] : [doneAt]),
  ]);
  return [...new Set(all)].sort((a, b) => a - b);
}
