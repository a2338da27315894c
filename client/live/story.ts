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

/** Facts that came since an incident was opened: what is read may be older than what has been heard meanwhile. */
const heard = new Map<number, LedgerEvent[]>();

/** One incident with its timeline, read once and then told on by the facts as they come. */
export function useStory(incidentId: number) {
  const query = useQuery({
    queryKey: ['incident', incidentId],
    queryFn: async () => {
      const story = await call('readIncident', { params: { incidentId: incidentId as never } });
      return (heard.get(incidentId) ?? []).reduce(tell, story);
    },
  });
  useEffect(() => {
    const queryKey = ['incident', incidentId];
    const facts: LedgerEvent[] = [];
    heard.set(incidentId, facts);
    const stop = onFact((event) => {
      if (event === null) void queries.invalidateQueries({ queryKey });
      else if (event.subject === `incident/${incidentId}`) {
        facts.push(event);
        queries.setQueryData<IncidentDetail>(queryKey, (story) => story && tell(story, event));
      }
    });
    return () => {
      stop();
      heard.delete(incidentId);
    };
  }, [incidentId]);
  return query;
}
