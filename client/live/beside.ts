import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Output } from '../../shared/contract/api.ts';
import type { LedgerEvent } from '../../shared/contract/events.ts';
import { call } from './call.ts';
import { queries } from './queries.ts';
import { onFact } from './store.ts';

/** What stands beside an incident, each with the beginnings of the facts that change it. */
const readers = {
  evidence: {
    read: (incidentId: number) => call('readEvidence', { params: { incidentId: incidentId as never } }),
    facts: ['evidence.'],
  },
  files: {
    read: (incidentId: number) => call('listFiles', { params: { incidentId: incidentId as never } }),
    // every other fact about a file carries it
    facts: ['paper.made'],
  },
  field: {
    read: (incidentId: number) => call('readFieldFile', { params: { incidentId: incidentId as never } }),
    facts: ['deadline.', 'appeal.', 'correction.', 'incident.held', 'incident.transferred'],
  },
} as const;

export type Beside = keyof typeof readers;
type Read<B extends Beside> = Awaited<ReturnType<(typeof readers)[B]['read']>>;

/** Does this fact change what stands beside the incident? A whole snapshot (null) changes everything. */
export function changes(
  what: Beside,
  incidentId: number,
  event: Pick<LedgerEvent, 'type' | 'subject' | 'data'> | null,
): boolean {
  if (event === null) return true;
  const data = event.data as {
    readonly incidentId?: number;
    readonly file?: { readonly incidentId: number };
  };
  if (what === 'files' && data.file) return data.file.incidentId === incidentId;
  const about = event.subject === `incident/${incidentId}` || data.incidentId === incidentId;
  return about && readers[what].facts.some((start) => event.type.startsWith(start));
}

/** Evidence, penalty files or requests of an incident, read once and again when a fact changes them. */
export function useBeside<B extends Beside>(what: B, incidentId: number) {
  const query = useQuery<Read<B>>({
    queryKey: [what, incidentId],
    queryFn: () => readers[what].read(incidentId) as Promise<Read<B>>,
  });
  useEffect(
    () =>
      onFact((event) => {
        if (changes(what, incidentId, event))
          void queries.invalidateQueries({ queryKey: [what, incidentId] });
      }),
    [what, incidentId],
  );
  return query;
}

/** Joint operations of the room, the newest first. */
export function useOperations(wanted = true) {
  const query = useQuery<Output<'listJointOperations'>>({
    queryKey: ['operations'],
    queryFn: () => call('listJointOperations'),
    enabled: wanted,
  });
  useEffect(
    () =>
      onFact((event) => {
        if (event === null || event.type.startsWith('operation.'))
          void queries.invalidateQueries({ queryKey: ['operations'] });
      }),
    [],
  );
  return query;
}
