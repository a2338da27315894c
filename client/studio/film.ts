import type { Feature, FeatureCollection } from 'geojson';
import { create } from 'zustand';
import { placeAt, type Course } from '../../shared/rules/replay/course.ts';

/** Which plan a course belongs to. */
export const sides = ['before', 'after'] as const;
export type FilmSide = (typeof sides)[number];

/** One incident of a replay, watched as it went under both plans. */
interface FilmStore {
  readonly incidentId: number | null;
  readonly courses: Readonly<Record<FilmSide, Course>> | null;
  /** The instant that is shown, of the recording. */
  readonly at: number;
  readonly playing: boolean;
  /** Which plans are on the map. */
  readonly shown: FilmSide | 'both';
}

export const useFilm = create<FilmStore>()(() => ({
  incidentId: null,
  courses: null,
  at: 0,
  playing: false,
  shown: 'both',
}));

export const closeFilm = (): void =>
  useFilm.setState({ incidentId: null, courses: null, playing: false, at: 0 });

/** The film's picture: the place, the ways to it and the teams on them; empty while none is shown. */
export function filmShapes(
  { courses, at, shown }: Pick<FilmStore, 'courses' | 'at' | 'shown'>,
  names: Readonly<Record<FilmSide, (team: number) => string>>,
): FeatureCollection {
  if (!courses) return { type: 'FeatureCollection', features: [] };
  const seen = sides.filter((side) => shown === 'both' || shown === side);
  const { place } = courses.before;
  const point = (lng: number, lat: number, properties: object): Feature => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [lng, lat] },
    properties,
  });
  return {
    type: 'FeatureCollection',
    features: [
      point(place.lng, place.lat, { side: 'place', label: '' }),
      ...seen.flatMap((side): Feature[] => {
        const course = courses[side];
        const ways = course.legs
          .filter(({ departedAt }) => departedAt <= at)
          .map(({ from }): Feature => ({
            type: 'Feature',
            geometry: {
              type: 'LineString',
              coordinates: [
                [from.lng, from.lat],
                [place.lng, place.lat],
              ],
            },
            properties: { side },
          }));
        const team = placeAt(course, at);
        return team ? [...ways, point(team.lng, team.lat, { side, label: names[side](team.team) })] : ways;
      }),
    ],
  };
}
