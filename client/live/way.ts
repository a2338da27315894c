import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { AssignmentView } from '../../shared/contract/assignments.ts';
import { call } from './call.ts';

const againMs = 10_000;

/** True while a team is on its way to the task or about to go. */
export const isGoing = (task: AssignmentView | undefined): task is AssignmentView =>
  task !== undefined && task.endedAt === null && task.state !== 'on_scene';

/** The way of a task along the roads, anew while the team drives; null while none is known. */
export function useWay(task: AssignmentView | undefined) {
  const going = isGoing(task);
  const { data } = useQuery({
    queryKey: ['way', task?.id],
    queryFn: () => call('readWay', { params: { assignmentId: task!.id } }),
    enabled: going,
    refetchInterval: againMs,
    staleTime: 0,
    placeholderData: (before, ofQuery) =>
      ofQuery?.queryKey[1] === task?.id ? keepPreviousData(before) : undefined,
  });
  return going ? (data?.way ?? null) : null;
}
