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
  const { withTeamId, otherIncidentId, otherTeamId, otherEtaSeconds } = proposal;
  const change = words[proposal.kind]({
    team: names.team(proposal.toTeamId),
    other: withTeamId === null ? '' : names.team(withTeamId),
    eta: formatTimer(proposal.etaSeconds ?? 0),
    gain: formatTimer(proposal.gainSeconds ?? 0),
  });
  const left =
    otherIncidentId === null
      ? null
      : otherTeamId === null || otherEtaSeconds === null
        ? words.leftBehind({ incident: otherIncidentId })
        : words.handedOn({
            incident: otherIncidentId,
            team: names.team(otherTeamId),
            eta: formatTimer(otherEtaSeconds),
          });
  return (
    <section className={classes['proposal']} aria-label={words.title}>
      <span className={classes['grow']}>
        {change}
        {left !== null && <div className={classes['muted']}>{left}</div>}
      </span>
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
