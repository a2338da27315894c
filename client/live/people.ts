import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call } from './call.ts';

/** Somebody new is known at the latest after this time. */
const againMs = 300_000;

/** Names of everybody who has or had a login, for facts that carry a number alone. */
export function usePeopleNames(): ReadonlyMap<number, string> {
  const { data } = useQuery({
    queryKey: ['names'],
    queryFn: () => call('listNames'),
    refetchInterval: againMs,
  });
  return useMemo(
    () => new Map(data?.people.map(({ personId, displayName }) => [Number(personId), displayName])),
    [data],
  );
}
