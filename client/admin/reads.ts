import { useMutation, useQuery } from '@tanstack/react-query';
import { call } from '../live/call.ts';
import { queries } from '../live/queries.ts';

/** Reads of the administrator's pages; each act that changes one reads it again. */
export const usePeople = () => useQuery({ queryKey: ['people'], queryFn: () => call('listPeople') });
export const useDevices = () => useQuery({ queryKey: ['devices'], queryFn: () => call('listDevices') });
export const useRobots = () => useQuery({ queryKey: ['robots'], queryFn: () => call('listRobots') });
export const useWebhooks = () => useQuery({ queryKey: ['webhooks'], queryFn: () => call('listWebhooks') });
export const useMatters = () => useQuery({ queryKey: ['matters'], queryFn: () => call('listMatters') });
export const useTemplates = () => useQuery({ queryKey: ['templates'], queryFn: () => call('listTemplates') });
/** Teams by the live picture's snapshot: an administrator may watch the room. */
export const useTeams = () => useQuery({ queryKey: ['teams'], queryFn: () => call('readSnapshot') });

/** An act of the administrator; afterwards these reads are made anew. */
export function useAct<I, O>(
  run: (input: I) => Promise<O>,
  changes: readonly string[],
  then?: (output: O) => void,
) {
  return useMutation({
    mutationFn: run,
    onSuccess: (output: O) => {
      for (const key of changes) void queries.invalidateQueries({ queryKey: [key] });
      then?.(output);
    },
  });
}
