import type { Measure, PenaltyFileView } from '../../../shared/contract/enforcement.ts';
import { formatInstant } from '../../words/format.ts';
import { useWords } from '../../words/words.tsx';
import { Section } from '../section.tsx';
import classes from './files.module.css';
import { useFileNames } from './reads.ts';

const minuteOf = (instant: string): string => formatInstant(Date.parse(instant)).slice(0, 16);

/** Things that the file registered or seized: the list, where they are kept, what became of each. */
export function Measures({ file }: { readonly file: PenaltyFileView }) {
  const words = useWords().files;
  if (file.measures.length === 0) return null;
  return (
    <Section title={words.measures.title}>
      {file.measures.map((measure) => (
        <OneMeasure key={measure.id} measure={measure} />
      ))}
    </Section>
  );
}

function OneMeasure({ measure }: { readonly measure: Measure }) {
  const words = useWords().files;
  const own = words.measures;
  const names = useFileNames();
  const { beganAt, approvedAt, approvedBy, extendedAt, endedAt } = measure;
  return (
    <>
      <p>
        {words.options[measure.kind]} ·{' '}
        {beganAt === null ? own.waits : own.began({ clock: minuteOf(beganAt), kept: measure.keptAt })}
      </p>
      <p className={classes[approvedAt === null ? 'late' : 'muted']}>
        {approvedAt === null || approvedBy === null
          ? own.unapproved
          : own.approved({ who: names.person(approvedBy), clock: minuteOf(approvedAt) })}
        {extendedAt !== null && ` · ${own.extended({ clock: minuteOf(extendedAt) })}`}
        {endedAt !== null && ` · ${own.ended({ clock: minuteOf(endedAt) })}`}
      </p>
      <ul className={classes['rows']}>
        {measure.things.map(({ id, name, quantity, state, outcome }) => (
          <li key={id}>
            {own.thing({ name, quantity, state })}
            {outcome !== null && ` · ${words.options[outcome]}`}
          </li>
        ))}
      </ul>
    </>
  );
}
