import { useQuery } from '@tanstack/react-query';
import { call } from '../live/call.ts';
import { formatClock } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import { useNames } from './names.ts';
import { shortfallSentence } from './reason-sentence.ts';
import { WhyDialog } from './why-dialog.tsx';

/** A decision as it was made, from the stored record: who went and why, or why nobody could. */
export function StoredWhy(props: {
  readonly incidentId: number;
  readonly decisionId: number;
  readonly close: () => void;
}) {
  const { incidentId, decisionId } = props;
  const words = useWords();
  const card = words.detail.card;
  const names = useNames();
  const { data } = useQuery({
    queryKey: ['decisions', incidentId, decisionId],
    queryFn: () => call('listDecisions', { params: { incidentId: incidentId as never } }),
  });
  const found = data?.decisions.find(({ id }) => (id as number) === decisionId);
  if (!found) return null;
  const { record, policyVersion } = found;
  const nobody =
    record.result.teamId === null
      ? [card.none, ...record.result.shortfall.map((one) => shortfallSentence(one, words))].join(' · ')
      : '';
  return (
    <WhyDialog
      opened
      close={props.close}
      candidates={record.candidates}
      note={[
        card.decidedAt({
          clock: formatClock(record.at),
          by: record.actor === 'automatic' ? card.automatic : names.person(record.actor),
          policy: policyVersion,
        }),
        nobody,
      ]
        .filter(Boolean)
        .join(' · ')}
    />
  );
}
