import { Button, SegmentedControl, Select, Slider } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useEffect } from 'react';
import type { Course } from '../../../shared/rules/replay/course.ts';
import { momentsOf } from '../../../shared/rules/replay/course.ts';
import type { ReportFigures } from '../../../shared/rules/replay/report.ts';
import { useWords } from '../../words/words.tsx';
import { closeFilm, sides, useFilm, type FilmSide } from '../film.ts';
import { sayRefused } from '../say.ts';
import { courseInBoth, useReplay } from '../jobs/replay.ts';
import { minutes } from './figures.ts';
import classes from './side-panel.module.css';
import { Heads } from './heads.tsx';

/** A film lasts so long, however long the incident took. */
const filmMs = 12_000;
const offered = 200;

/** Any incident of the replay, as its teams went under both plans: played, drawn along a slider, or step by step. */
export function FilmPanel({ figures }: { readonly figures: ReportFigures }) {
  const words = useWords().studio.film;
  const { incidentId, courses, at, playing, shown } = useFilm();
  const task = useReplay((state) => state.task);
  const still = useMediaQuery('(prefers-reduced-motion: reduce)');
  useEffect(() => closeFilm, []);
  usePlaying(courses, playing);
  if (!task) return null;
  const moments = courses ? momentsOf([courses.before, courses.after]) : [];
  const [first, last] = [moments[0] ?? 0, moments.at(-1) ?? 0];
  const show = (instant: number) => useFilm.setState({ at: instant, playing: false });
  return (
    <section className={classes['form']} aria-label={words.title}>
      <h2>{words.title}</h2>
      <p className={classes['muted']}>{words.how}</p>
      <Select
        label={words.pick}
        searchable
        clearable
        data={optionsOf(figures, words.option)}
        value={incidentId === null ? null : String(incidentId)}
        onChange={(value) => (value === null ? closeFilm() : void open(Number(value)))}
      />
      {courses && (
        <>
          <SegmentedControl
            size="xs"
            aria-label={words.shown}
            data={(['both', ...sides] as const).map((value) => ({ value, label: words.sides[value] }))}
            value={shown}
            onChange={(value) => useFilm.setState({ shown: value })}
          />
          <Slider
            thumbLabel={words.slider}
            min={first}
            max={last}
            step={1000}
            value={at}
            label={null}
            onChange={show}
          />
          <p aria-live={playing ? 'off' : 'polite'}>{words.at({ minutes: minutes((at - first) / 1000) })}</p>
          <div className={classes['row']}>
            <Button
              size="compact-md"
              variant="default"
              disabled={at <= first}
              onClick={() => show(moments.findLast((one) => one < at) ?? first)}
            >
              {words.previous}
            </Button>
            <Button
              size="compact-md"
              variant="default"
              disabled={at >= last}
              onClick={() => show(moments.find((one) => one > at) ?? last)}
            >
              {words.next}
            </Button>
            {!still && (
              <Button
                size="compact-md"
                onClick={() => useFilm.setState({ playing: !playing, ...(at >= last && { at: first }) })}
              >
                {playing ? words.pause : words.play}
              </Button>
            )}
            <Button size="compact-md" variant="default" onClick={closeFilm}>
              {words.close}
            </Button>
          </div>
          {still && <p className={classes['muted']}>{words.still}</p>}
          <table className={classes['table']}>
            <Heads of={words.heads} />
            <tbody>
              {sides.map((side) => (
                <Stage key={side} side={side} course={courses[side]} at={at} codes={task.input.teamCodes} />
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}

function Stage(props: {
  readonly side: FilmSide;
  readonly course: Course;
  readonly at: number;
  readonly codes: readonly string[];
}) {
  const words = useWords().studio.film;
  const { side, course, at, codes } = props;
  const leg = course.legs.findLast(({ departedAt }) => departedAt <= at);
  const code = leg ? (codes[leg.team] ?? '') : '';
  const arrived = course.legs.at(-1);
  const since = (instant: number | null | undefined): string =>
    instant === null || instant === undefined ? '—' : minutes((instant - course.reportedAt) / 1000);
  const now =
    course.doneAt !== null && at >= course.doneAt
      ? words.stages.done
      : leg?.arrived && at >= leg.endedAt
        ? words.stages.working({ team: code })
        : leg && at < leg.endedAt
          ? words.stages.driving({ team: code })
          : course.queuedAt !== null && at >= course.queuedAt
            ? words.stages.queued
            : words.stages.reported;
  return (
    <tr>
      <th scope="row">{words.side[side]}</th>
      <td>{now}</td>
      <td>{since(course.legs[0]?.departedAt)}</td>
      <td>{since(arrived?.arrived ? arrived.endedAt : null)}</td>
      <td>{since(course.doneAt)}</td>
    </tr>
  );
}

/** Moves the instant with the frames of the screen while the film plays. */
function usePlaying(courses: Readonly<Record<FilmSide, Course>> | null, playing: boolean): void {
  useEffect(() => {
    if (!courses || !playing) return undefined;
    const moments = momentsOf([courses.before, courses.after]);
    const [first, last] = [moments[0] ?? 0, moments.at(-1) ?? 0];
    let before = performance.now();
    let frame = requestAnimationFrame(function step(now) {
      const at = Math.min(last, useFilm.getState().at + ((now - before) / filmMs) * (last - first));
      before = now;
      useFilm.setState({ at, playing: at < last });
      if (at < last) frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [courses, playing]);
}

async function open(incidentId: number): Promise<void> {
  try {
    const { before, after } = await courseInBoth(incidentId);
    useFilm.setState({ incidentId, courses: { before, after }, at: before.reportedAt, playing: false });
  } catch (error) {
    sayRefused(error);
  }
}

/** Incidents with the largest change first; every other one is found by its number. */
function optionsOf(
  { pairs }: ReportFigures,
  label: (v: { id: number; before: string; after: string; sign: string }) => string,
): { value: string; label: string }[] {
  return pairs
    .toSorted((a, b) => Math.abs(b[4] - b[3]) - Math.abs(a[4] - a[3]) || a[0] - b[0])
    .slice(0, offered)
    .map(([id, , , before, after]) => {
      const change = after - before;
      const sign = `${change < 0 ? '−' : '+'}${minutes(Math.abs(change))}`;
      return {
        value: String(id),
        label: label({ id, before: minutes(before), after: minutes(after), sign }),
      };
    });
}
