import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Output } from '../../shared/contract/api.ts';
import { call } from './call.ts';

/** Somebody new is known at the latest after this time. */
const againMs = 300_000;

/** Everybody who has or had a login, with the role. */
export function usePeople(): Output<'listNames'>['people'] {
  const { data } = useQuery({
    queryKey: ['names'],
    queryFn: () => call('listNames'),
    refetchInterval: againMs,
  });
  return data?.people ?? nobody;
}
const nobody: Output<'listNames'>['people'] = [];

/** Names of everybody who has or had a login, for facts that carry a number alone. */
export function usePeopleNames(): ReadonlyMap<number, string> {
  const people = usePeople();
  return useMemo(
    () => new Map(people.map(({ personId, displayName }) => [Number(personId), displayName])),
    [people],
  );
}
