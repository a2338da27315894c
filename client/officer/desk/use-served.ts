import { useEffect, useState } from 'react';
import type { Output, Params } from '../../../shared/contract/api.ts';
import type { RouteName } from '../../../shared/contract/routes.ts';
import { call } from '../../live/call.ts';
import { useDesk, type Desk } from './desk.ts';
import { keep, kept } from './shelf.ts';

/** Reads again whenever the phone's picture was read again. */
export const eachPicture = (desk: Desk): unknown => desk.syncedAtMs;

/** Reads once. */
const never = (): unknown => null;

/**
 * A list of the server that is on the phone for the dead zone: what was kept first, then what the server says, and anew
 * whenever `again` gives another value. `again` must be the same function at each call. Null before either answer.
 */
export function useServed<N extends RouteName>(
  name: N,
  params: Readonly<Record<string, string | number>> | null,
  again: (desk: Desk) => unknown = never,
): Output<N> | null {
  const [value, setValue] = useState<Output<N> | null>(null);
  const asked = JSON.stringify(params);
  useEffect(() => {
    if (asked === 'null') return undefined;
    let current = true;
    let answered = false;
    const shelfName = `served/${name}/${asked}`;
    void kept<Output<N>>(shelfName).then((before) => {
      if (current && !answered && before !== undefined) setValue(before);
    });
    const read = () =>
      call(name, { params: JSON.parse(asked) as Params<N> }).then(
        (next) => {
          answered = true;
          void keep(shelfName, next);
          if (current) setValue(next);
        },
        () => undefined,
      );
    void read();
    const stop = useDesk.subscribe((now, before) => {
      if (again(now) !== again(before)) void read();
    });
    return () => {
      current = false;
      stop();
    };
  }, [name, asked, again]);
  return value;
}
