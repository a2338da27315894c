import { useEffect } from 'react';
import type { ZoneId } from '../../../shared/contract/ids.ts';
import type { Assignment } from '../../../shared/rules/zones/assignment.ts';
import { useSession } from '../../live/session.ts';
import { usePreferences } from '../../ui/preferences.ts';
import type { ZoneColours } from '../core/colours.ts';
import { desk, useDesk, zoneNumber } from '../desk.ts';
import { plannerColours } from '../map/palette.ts';
import { peopleShapes } from '../map/people-shapes.ts';
import type { StudioMap } from '../map/studio-map.ts';
import { isPanTool } from '../tools/pointer.ts';
import { borderFeatures, useBorder } from '../tools/border.ts';
import { lineFeatures, useLine } from '../tools/line.ts';
import { draftLine } from '../session.ts';
import { filmShapes, useFilm } from '../film.ts';
import { useGains } from '../gains.ts';
import { useReplay } from '../jobs/replay.ts';
import { useWords } from '../../words/words.tsx';

/** Keeps the map in step with the desk; each part is compared, so that a stroke touches only its own cells. */
export function useMapPicture(map: StudioMap | null): void {
  useEffect(() => {
    if (!map) return undefined;
    let shown = { ground: null, people: null, looks: '' } as {
      ground: unknown;
      people: unknown;
      looks: string;
    };
    const draw = (): void => {
      const { ground, people, cursor, picture } = desk();
      if (!ground) return;
      if (ground !== shown.ground) {
        map.setGround(ground);
        shown = { ground, people: null, looks: '' };
      }
      drawPlan(map);
      map.setCursor(cursor);
      if (people !== shown.people && picture) {
        shown.people = people;
        const mine = useSession.getState().me?.personId;
        const others = people.filter(({ personId }) => personId !== mine);
        // most messages say where the pointer went, which no line of the map shows
        const looks = JSON.stringify(others.map(({ view, cellIds }) => [view, cellIds]));
        if (looks === shown.looks) return;
        shown.looks = looks;
        map.setOver('people', peopleShapes(others, ground, plannerColours[usePreferences.getState().theme]));
      }
    };
    draw();
    return useDesk.subscribe(draw);
  }, [map]);
  const tool = useDesk((state) => state.tool);
  useEffect(() => {
    if (!map) return;
    map.setPanning(isPanTool(tool));
    map.setOver('drawing', { type: 'FeatureCollection', features: [] });
  }, [map, tool]);
  const line = useLine((state) => state.line);
  const border = useBorder((state) => state.after);
  useEffect(() => {
    if (map && tool === 'cut') map.setOver('drawing', lineFeatures(line));
    if (map && tool === 'border') map.setOver('drawing', borderFeatures(border));
  }, [map, tool, line, border]);
  useFilmOnMap(map);
  const gains = useGains((state) => state.features);
  useEffect(() => map?.setOver('gains', gains), [map, gains]);
  useEffect(() => {
    if (!map) return undefined;
    tellLook(map.view());
    return useDesk.subscribe((now, before) => {
      if (now.zoneId !== before.zoneId || now.pending !== before.pending || now.stroke !== before.stroke)
        tellLook(map.view());
    });
  }, [map]);
}

/** The film of one incident, moved past React. */
function useFilmOnMap(map: StudioMap | null): void {
  const words = useWords().studio.film;
  useEffect(() => {
    if (!map) return undefined;
    const code = (team: number): string => useReplay.getState().task?.input.teamCodes[team] ?? '';
    const names = {
      before: (team: number) => words.team.before({ team: code(team) }),
      after: (team: number) => words.team.after({ team: code(team) }),
    };
    const draw = (): void => map.setOver('film', filmShapes(useFilm.getState(), names));
    draw();
    return useFilm.subscribe(draw);
  }, [map, words]);
}

/** Tells the others which zone is under this brush, what is in view, and which cells it is passing over. */
export function tellLook(view: readonly [number, number, number, number]): void {
  const { zoneId, stroke, pending, ground } = desk();
  const cellIds = [...stroke].flatMap((cell) => ground?.graph.cellIds[cell] ?? []);
  draftLine()?.look({ zoneId, view, cellIds: [...cellIds, ...pending.keys()] });
}

/** Colours, marks and borders of the plan on the table. */
export function drawPlan(map: StudioMap): void {
  const { picture, published, colours, pending, sync, ground, stroke, conflict } = desk();
  if (!picture || !ground) return;
  const { assignment } = picture;
  map.setPlan(assignment, fillsOf(assignment, colours), picture.shapes, zoneNumber);
  const numbers = (ids: Iterable<number>): Set<number> =>
    new Set([...ids].flatMap((id) => ground.graph.indexOf.get(id as never) ?? []));
  map.setFlag('pending', numbers(pending.keys()));
  map.setFlag('selected', new Set([...stroke, ...numbers(conflict)]));
  const changed = new Set<number>();
  const locked = new Set<number>();
  for (let cell = 0; cell < assignment.length; cell++) {
    if (published && published.assignment[cell] !== assignment[cell]) changed.add(cell);
    if (sync?.view.locked.has(assignment[cell] as never)) locked.add(cell);
  }
  map.setFlag('changed', changed);
  map.setFlag('locked', locked);
  map.setFlag(
    'trouble',
    numbers(picture.problems.flatMap((one) => (one.severity === 'error' ? one.cellIds : []))),
  );
}

/** Colour index of each cell, -1 where it has no zone. */
export const fillsOf = (assignment: Assignment, colours: ZoneColours): Int8Array<ArrayBuffer> =>
  Int8Array.from(assignment, (zone) => (zone === 0 ? -1 : (colours.get(zone as ZoneId) ?? -1)));
