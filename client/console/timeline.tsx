import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Output } from '../../shared/contract/api.ts';
import type { LedgerEvent } from '../../shared/contract/events.ts';
import { useMay } from '../live/session.ts';
import { formatClock } from '../words/format.ts';
import { useWords, type Words } from '../words/words.tsx';
import classes from './detail.module.css';
import { factSentence } from './fact-sentence.ts';
import { useNames } from './names.ts';
import { StoredWhy } from './stored-why.tsx';

type Fact = Output<'readIncident'>['timeline'][number];

/** The story of an incident, the newest fact first. */
export function Timeline(props: { readonly incidentId: number; readonly events: readonly Fact[] }) {
  const { incidentId, events } = props;
  const words = useWords();
  const names = useNames();
  const reads = useMay('decision.read');
  const [whyOf, setWhyOf] = useState<number | null>(null);
  return (
    <section aria-label={words.detail.timeline.title}>
      <h4 className={classes['heading']}>{words.detail.timeline.title}</h4>
      <ol className={classes['timeline']}>
        {events.toReversed().map((event) => (
          <li key={event.seq}>
            <span className={classes['muted']}>
              {words.detail.timeline.entry({
                clock: formatClock(Date.parse(event.at)),
                actor: actorName(event.actor, words),
              })}
            </span>
            <span>{factSentence(event as unknown as LedgerEvent, words, names)}</span>
            {reads && decisionOf(event) !== null && (
              <Button
                size="compact-xs"
                variant="default"
                className={classes['why'] ?? ''}
                onClick={() => setWhyOf(decisionOf(event))}
              >
                {words.timeline.why}
              </Button>
            )}
          </li>
        ))}
      </ol>
      {whyOf !== null && (
        <StoredWhy incidentId={incidentId} decisionId={whyOf} close={() => setWhyOf(null)} />
      )}
    </section>
  );
}

/** The stored decision behind a fact; null when it has none. */
function decisionOf({ type, data }: Fact): number | null {
  const { decisionId, assignment } = data as {
    readonly decisionId?: number | null;
    readonly assignment?: { readonly decisionId: number | null };
  };
  if (type === 'incident.queued') return decisionId ?? null;
  return type === 'assignment.offered' ? (assignment?.decisionId ?? null) : null;
}

/** Who did it, in words. */
export function actorName(actor: Fact['actor'], words: Words): string {
  if (actor.kind === 'system') return words.timeline.system;
  return actor.kind === 'public' ? words.timeline.public : actor.name;
}
