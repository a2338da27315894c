import { Button } from '@mantine/core';
import type { ProposalView } from '../../shared/contract/assignments.ts';
import { useMay } from '../live/session.ts';
import { useLive } from '../live/store.ts';
import { formatTimer } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import { acceptProposal, keepProposal } from './acts.ts';
import classes from './detail.module.css';
import { useNames } from './names.ts';

/** The open proposal about an incident, if any. */
export const proposalOf = (
  proposals: ReadonlyMap<number, ProposalView>,
  incidentId: number,
): ProposalView | undefined =>
  [...proposals.values()].find((one) => one.incidentId === incidentId && one.endedAt === null);

/** A change that the engine advises: one key does it, one button keeps what is. */
export function Proposals({ incidentId }: { readonly incidentId: number }) {
  const words = useWords().detail.proposal;
  const names = useNames();
  const decides = useMay('dispatch.decide');
  const proposal = useLive((state) => proposalOf(state.picture.proposals, incidentId));
  if (!proposal) return null;
  const team = names.team(proposal.toTeamId);
  const gain = formatTimer(proposal.gainSeconds);
  const incident = proposal.otherIncidentId === null ? '' : String(proposal.otherIncidentId);
  return (
    <section className={classes['proposal']} aria-label={words.title}>
      <span className={classes['grow']}>{words[proposal.kind]({ team, gain, incident })}</span>
      {decides && (
        <>
          <Button
            size="compact-sm"
            onClick={() => void acceptProposal(proposal.id, incidentId, proposal.toTeamId)}
          >
            {words.accept}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => void keepProposal(proposal.id, incidentId)}
          >
            {words.keep}
          </Button>
        </>
      )}
    </section>
  );
}
