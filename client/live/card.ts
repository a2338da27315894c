import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { TaskKind } from '../../shared/contract/dispatch-codes.ts';
import type { Recommendation } from '../../shared/contract/dispatch.ts';
import { call } from './call.ts';
import { queries } from './queries.ts';
import { onFact } from './store.ts';

const againMs = 5000;
/** Facts of one moment ask for one new card. */
const gatherMs = 300;

/** What a card is asked for: a line of what the incident needs, and another task than the line says. */
export interface CardWish {
  readonly line: number;
  readonly kind: TaskKind | null;
}

const keyOf = (incidentId: number, { line, kind }: CardWish) => ['card', incidentId, line, kind];

/** The card of an incident as things stand: anew every five seconds, and soon after any team has changed. */
export function useCard(incidentId: number, wanted: boolean, wish: CardWish) {
  const { line, kind } = wish;
  const query = useQuery({
    queryKey: keyOf(incidentId, wish),
    queryFn: () =>
      call('recommendTeams', {
        params: { incidentId: incidentId as never },
        query: { line, ...(kind && { kind }) },
      }),
    enabled: wanted,
    refetchInterval: againMs,
    staleTime: 0,
    placeholderData: (before, ofQuery) =>
      ofQuery?.queryKey[1] === incidentId && ofQuery.queryKey[2] === line && ofQuery.queryKey[3] === kind
        ? keepPreviousData(before)
        : undefined,
  });
  useEffect(() => {
    if (!wanted) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = onFact((event) => {
      if (event !== null && !('team' in event.data) && event.type !== 'needs.set') return;
      timer ??= setTimeout(() => {
        timer = undefined;
        void queries.invalidateQueries({ queryKey: ['card', incidentId] });
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
export const shownCard = (incidentId: number, wish: CardWish): Recommendation | undefined =>
  queries.getQueryData<Recommendation>(keyOf(incidentId, wish));
