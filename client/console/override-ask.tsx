import type { AssignmentView } from '../../shared/contract/assignments.ts';
import { send } from './choose-team.ts';
import { ReasonAsk } from './reason-ask.tsx';
import { useRoom, type Overriding } from './room.ts';

/** The reason for a choice against the ranking, inside the card of teams. */
export function OverrideAsk(props: {
  readonly overriding: Overriding;
  readonly lead: AssignmentView | undefined;
}) {
  const { overriding, lead } = props;
  return (
    <ReasonAsk
      team={overriding.team}
      choose={(override, text) =>
        void send(overriding.incidentId, overriding.teamId, lead, { override, text })
      }
      leave={() => useRoom.getState().set({ overriding: null })}
    />
  );
}
