import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { may } from '../../../shared/rules/permissions.ts';
import { call } from '../../live/call.ts';
import { useSession } from '../../live/session.ts';
import { useWords } from '../../words/words.tsx';
import { useDesk } from '../desk.ts';
import { studioMap } from '../map-handle.ts';
import classes from './side-panel.module.css';
import { instantText, perform, SpanFields, useHoursText, useSpan } from './span-fields.tsx';

/** Roads that are closed for a time. */
export function Closures() {
  const words = useWords().studio.calendar;
  const hoursText = useHoursText();
  const me = useSession((session) => session.me);
  const closures = useQuery({
    queryKey: ['closures'],
    queryFn: () => call('listClosures'),
    // that an hour begins is no fact
    refetchInterval: 15_000,
  });
  const sets = me !== null && may(me, 'closure.set') === null;
  const list = closures.data?.closures ?? [];
  useEffect(() => {
    studioMap()?.setOver('closures', {
      type: 'FeatureCollection',
      features: (closures.data?.closures ?? []).flatMap(({ area }) =>
        area ? [{ type: 'Feature', geometry: { type: 'Polygon', coordinates: [area] }, properties: {} }] : [],
      ),
    });
    return () => studioMap()?.setOver('closures', { type: 'FeatureCollection', features: [] });
  }, [closures.data]);
  return (
    <>
      <h2>{words.closures}</h2>
      {list.length === 0 && <p className={classes['muted']}>{words.noClosures}</p>}
      <ul className={classes['list']} aria-label={words.closures}>
        {list.map((closure) => (
          <li key={closure.id}>
            <strong>{closure.name}</strong> {closure.active && words.active}
            <br />
            {closure.area ? words.roadsOfArea : words.roads({ roads: closure.roadIds.length })} ·{' '}
            {hoursText(closure)} · {instantText(closure.from)}
            {closure.to !== null && ` – ${instantText(closure.to)}`}
            <br />
            {closure.reason}{' '}
            {sets && (
              <Button
                size="compact-xs"
                variant="default"
                onClick={() =>
                  void perform(
                    () => call('endClosure', { params: { closureId: closure.id }, body: {} }),
                    'closures',
                  )
                }
              >
                {words.end}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sets && <NewClosure />}
    </>
  );
}

/** A closure over the selected cells: every road that meets them. */
function NewClosure() {
  const words = useWords().studio.calendar;
  const ground = useDesk((state) => state.ground);
  const cursor = useDesk((state) => state.cursor);
  const span = useSpan();
  const id = cursor === null ? undefined : ground?.graph.cellIds[cursor];
  const ring = id === undefined ? undefined : ground?.coverage.cells.get(id)?.rings[0];
  return (
    <details>
      <summary>{words.newClosure}</summary>
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          const { value } = span;
          if (!value || !ring) return;
          const area = [...ring, ring[0]!].map(([x, y]): [number, number] => [x / 1e7, y / 1e7]);
          void perform(() => call('createClosure', { body: { ...value, area } }), 'closures').then(
            (done) => done && span.clear(),
          );
        }}
      >
        <p>
          {ring && ground && cursor !== null
            ? words.area({ code: ground.graph.codes[cursor]!.slice(-6) })
            : words.chooseArea}
        </p>
        <SpanFields fields={span.fields} />
        <Button type="submit" disabled={!span.value || !ring}>
          {words.close}
        </Button>
      </form>
    </details>
  );
}
