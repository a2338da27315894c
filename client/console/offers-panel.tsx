import type { AssignmentView } from '../../shared/contract/assignments.ts';
import { useServerNow } from '../live/now.ts';
import { formatClock } from '../words/format.ts';
import { labelOf } from '../words/label.ts';
import { useWords, type Words } from '../words/words.tsx';
import { useNames } from './names.ts';
import { Section } from './section.tsx';
import classes from './section.module.css';

/** Why an assignment ended, in words; empty when it did not end against a plan. */
function reasonOf({ state, reason }: AssignmentView, { codes, timeline }: Words): string {
  if (reason === null) return '';
  if (state === 'declined') return labelOf(codes.declineReason, reason);
  if (state === 'withdrawn') return labelOf(codes.withdrawReason, reason);
  if (state === 'completed') return labelOf(timeline.result, reason);
  return state === 'returned' ? reason : '';
}

/** Who was asked, how long they still have, who declined and why; the lead that works now has its own card. */
export function OffersPanel(props: {
  readonly assignments: readonly AssignmentView[];
  readonly leadId: number | undefined;
}) {
  const words = useWords();
  const { offers } = words.work;
  const names = useNames();
  const nowMs = useServerNow();
  const rows = props.assignments.filter(({ id }) => id !== props.leadId).toReversed();
  if (rows.length === 0) return null;
  return (
    <Section title={offers.title}>
      <ul className={classes['list']}>
        {rows.map((one) => {
          const reason = reasonOf(one, words);
          const left =
            one.state === 'offered' && one.answerBy !== null
              ? Math.ceil((Date.parse(one.answerBy) - nowMs) / 1000)
              : null;
          return (
            <li key={one.id}>
              <span className={classes['line']}>
                <span>
                  {offers.line({
                    clock: formatClock(Date.parse(one.offeredAt)),
                    team: names.team(one.teamId),
                    kind: words.codes.taskKind[one.kind],
                    state: words.codes.assignmentState[one.state],
                  })}
                </span>
                {left !== null && (
                  <span className={left > 10 ? undefined : classes['late']}>
                    {left > 0 ? offers.left({ seconds: left }) : offers.over}
                  </span>
                )}
                {one.state === 'offered' && (
                  <span className={classes['muted']}>
                    {one.movingAt !== null
                      ? words.detail.moving
                      : one.seenAt === null
                        ? offers.unseen
                        : offers.seen}
                  </span>
                )}
              </span>
              {reason !== '' && (
                <p className={classes['muted']}>
                  {one.state === 'completed' ? offers.result({ reason }) : offers.reason({ reason })}
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
