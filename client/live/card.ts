import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Recommendation } from '../../shared/contract/dispatch.ts';
import { call } from './call.ts';
import { queries } from './queries.ts';
import { onFact } from './store.ts';

const againMs = 5000;
/** Facts of one moment ask for one new card. */
const gatherMs = 300;

const keyOf = (incidentId: number) => ['card', incidentId];

/** The card of an incident as things stand: anew every five seconds, and soon after any team has changed. */
export function useCard(incidentId: number, wanted: boolean) {
  const query = useQuery({
    queryKey: keyOf(incidentId),
    queryFn: () => call('recommendTeams', { params: { incidentId: incidentId as never } }),
    enabled: wanted,
    refetchInterval: againMs,
    staleTime: 0,
    placeholderData: (before, ofQuery) =>
      ofQuery?.queryKey[1] === incidentId ? keepPreviousData(before) : undefined,
  });
  useEffect(() => {
    if (!wanted) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = onFact((event) => {
      if (event !== null && !('team' in event.data)) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        void queries.invalidateQueries({ queryKey: keyOf(incidentId) });
      }, gatherMs);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [incidentId, wanted]);
  return query;
}

/** The card that the screen shows of an incident now; undefined when none is shown. */
export const shownCard = (incidentId: number): Recommendation | undefined =>
  queries.getQueryData<Recommendation>(keyOf(incidentId));
