import type { Output } from '../../shared/contract/api.ts';
import type { LedgerEvent } from '../../shared/contract/events.ts';
import { formatClock } from '../words/format.ts';
import { useWords, type Words } from '../words/words.tsx';
import classes from './detail.module.css';
import { factSentence } from './fact-sentence.ts';
import { useNames } from './names.ts';

type Fact = Output<'readIncident'>['timeline'][number];

/** The story of an incident, the newest fact first. */
export function Timeline({ events }: { readonly events: readonly Fact[] }) {
  const words = useWords();
  const names = useNames();
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
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Who did it, in words. */
export function actorName(actor: Fact['actor'], words: Words): string {
  if (actor.kind === 'system') return words.timeline.system;
  return actor.kind === 'public' ? words.timeline.public : actor.name;
}
