import { Modal, Table } from '@mantine/core';
import type { Candidate, CostParts } from '../../shared/contract/dispatch.ts';
import { formatMetres } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import { useNames } from './names.ts';
import { whyNot } from './reason-sentence.ts';
import classes from './team-card.module.css';

const parts = [
  'startMs',
  'travelMs',
  'ageMs',
  'workMs',
  'zoneMs',
  'loadMs',
  'totalMs',
] as const satisfies readonly (keyof CostParts)[];

/** What the order rests on: the parts of each team's cost, and for each that cannot go the reason. */
export function WhyDialog(props: {
  readonly opened: boolean;
  readonly close: () => void;
  readonly candidates: readonly Candidate[];
  readonly note: string;
}) {
  const words = useWords();
  const card = words.detail.card;
  const names = useNames();
  const order = [...props.candidates].sort((a, b) => (a.rank ?? 1e6) - (b.rank ?? 1e6));
  return (
    <Modal
      opened={props.opened}
      onClose={props.close}
      title={card.whyTitle}
      size="min(1000px, 95vw)"
      closeButtonProps={{ 'aria-label': card.close }}
      transitionProps={{ duration: 0 }}
    >
      <p className={classes['muted']}>{props.note}</p>
      <Table verticalSpacing={4} className={classes['whyTable'] ?? ''}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.console.units.team}</Table.Th>
            {parts.map((part) => (
              <Table.Th key={part}>{card.parts[part]}</Table.Th>
            ))}
            <Table.Th>{words.console.units.status}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {order.map((candidate) => (
            <Table.Tr key={candidate.teamId}>
              <Table.Td>
                <strong>{names.team(candidate.teamId)}</strong>
              </Table.Td>
              {parts.map((part) => (
                <Table.Td key={part} className={classes['number'] ?? ''}>
                  {candidate.cost === null
                    ? '—'
                    : card.seconds({ seconds: Math.round(candidate.cost[part] / 1000) })}
                </Table.Td>
              ))}
              <Table.Td>
                {candidate.verdict === 'rejected'
                  ? whyNot(candidate, words, names.person)
                  : [
                      candidate.verdict === 'chosen' ? card.chosen : '',
                      candidate.rank === null ? '' : card.rank({ rank: candidate.rank }),
                      words.codes.zoneRelation[candidate.zone],
                      candidate.distanceMetres === null ? '' : formatMetres(candidate.distanceMetres),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
