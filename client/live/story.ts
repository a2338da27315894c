import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { IncidentDetail } from '../../shared/contract/api.ts';
import type { AssignmentView } from '../../shared/contract/assignments.ts';
import type { LedgerEvent } from '../../shared/contract/events.ts';
import type { IncidentView } from '../../shared/contract/incidents.ts';
import { call } from './call.ts';
import { queries } from './queries.ts';
import { onFact } from './store.ts';

/** The story after one more fact about it; a fact that it already holds changes nothing. */
export function tell(story: IncidentDetail, event: LedgerEvent): IncidentDetail {
  if ((story.timeline.at(-1)?.seq ?? 0) >= event.seq) return story;
  const { incident, assignment } = event.data as {
    readonly incident?: IncidentView;
    readonly assignment?: AssignmentView;
  };
  return {
    ...story,
    incident: incident?.id === story.incident.id ? incident : story.incident,
    assignments: assignment
      ? [...story.assignments.filter(({ id }) => id !== assignment.id), assignment]
      : story.assignments,
    timeline: [...story.timeline, event],
  };
}

/** One incident with its timeline, read once and then told on by the facts as they come. */
export function useStory(incidentId: number): IncidentDetail | undefined {
  const { data } = useQuery({
    queryKey: ['incident', incidentId],
    queryFn: () => call('readIncident', { params: { incidentId: incidentId as never } }),
  });
  useEffect(
    () =>
      onFact((event) => {
        const queryKey = ['incident', incidentId];
        if (event === null) void queries.invalidateQueries({ queryKey });
        else if (event.subject === `incident/${incidentId}`)
          queries.setQueryData<IncidentDetail>(queryKey, (story) => story && tell(story, event));
      }),
    [incidentId],
  );
  return data;
}
