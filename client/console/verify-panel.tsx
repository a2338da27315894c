import type { LedgerEvent } from '../../shared/contract/events.ts';
import type { IncidentDetail } from '../../shared/contract/api.ts';
import type { IncidentView } from '../../shared/contract/incidents.ts';
import { formatClock } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import { toVerify } from './queue-order.ts';
import { Section } from './section.tsx';
import classes from './section.module.css';
import { actorName } from './timeline.tsx';

type Found = Extract<LedgerEvent, { type: 'verification.completed' }>;

/** What was found on the spot, the newest last. */
const foundOf = (timeline: IncidentDetail['timeline']): Found[] =>
  timeline.filter(({ type }) => type === 'verification.completed') as unknown as Found[];

/** 核实: whether the report is true, who said so, and which step is next. */
export function VerifyPanel(props: {
  readonly incident: IncidentView;
  readonly timeline: IncidentDetail['timeline'];
}) {
  const words = useWords();
  const { verify } = words.work;
  const { incident } = props;
  const found = foundOf(props.timeline);
  if (!toVerify(incident) && !(incident.state === 'reported' && found.length > 0)) return null;
  const last = found.at(-1);
  return (
    <Section title={verify.title}>
      {found.length > 0 && (
        <ul className={classes['list']}>
          {found.map((event) => (
            <li key={event.seq}>
              {verify.found({
                clock: formatClock(Date.parse(event.at)),
                by: actorName(event.actor, words),
                result: [words.timeline.result[event.data.result], event.data.text]
                  .filter(Boolean)
                  .join(' · '),
              })}
            </li>
          ))}
        </ul>
      )}
      <p className={classes['muted']}>
        {incident.state === 'verifying'
          ? verify.waiting
          : last
            ? verify[last.data.result]
            : verify.needed({ source: words.codes.source[incident.source] })}
      </p>
    </Section>
  );
}
