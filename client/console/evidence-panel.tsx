import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { EvidenceSet } from '../../shared/contract/evidence.ts';
import { useBeside } from '../live/beside.ts';
import { formatClock } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import { evidenceName, pictureOf, shownEvidence } from './evidence.ts';
import { EvidenceViewer } from './evidence-viewer.tsx';
import { Section } from './section.tsx';
import classes from './section.module.css';

/** Photos of the scene with what the matter still wants; one opens large with its chain of custody. */
export function EvidencePanel({ incidentId }: { readonly incidentId: number }) {
  const words = useWords();
  const labels = words.work.evidence;
  const { data, isError, refetch } = useBeside('evidence', incidentId);
  const [opened, setOpened] = useState<string | null>(null);
  if (!data && !isError) return null;
  const shown = data ? shownEvidence(data) : [];
  if (data && shown.length === 0 && data.slots.length === 0) return null;
  return (
    <Section title={labels.title} failed={isError} again={() => void refetch()}>
      {shown.length === 0 && <p className={classes['muted']}>{labels.none}</p>}
      <ul className={classes['thumbs']}>
        {shown.map((one) => {
          const name = evidenceName(one, words);
          const clock = formatClock(Date.parse(one.capturedAt));
          return (
            <li key={one.id}>
              <UnstyledButton
                className={classes['thumb']}
                aria-label={labels.open({ kind: name, clock })}
                onClick={() => setOpened(one.id)}
              >
                {one.hasPicture ? (
                  <img className={classes['photo']} src={pictureOf(one.id)} alt="" loading="lazy" />
                ) : (
                  <span className={classes['blank']}>{labels.noPicture}</span>
                )}
                <span className={classes['caption']}>
                  {name} {clock.slice(0, 5)}
                </span>
              </UnstyledButton>
            </li>
          );
        })}
      </ul>
      {data && <Slots set={data} />}
      {data && opened !== null && (
        <EvidenceViewer set={data} shown={shown} openedId={opened} open={setOpened} />
      )}
    </Section>
  );
}

/** Words of the matter's checklist that nothing answers yet, or that were left out with a reason. */
function Slots({ set }: { readonly set: EvidenceSet }) {
  const labels = useWords().work.evidence;
  if (set.slots.length === 0) return null;
  const open = set.slots.filter(({ evidenceIds }) => evidenceIds.length === 0);
  return (
    <ul className={classes['chips']}>
      {set.complete && <li>{labels.complete}</li>}
      {open.map(({ word, skipped }) => (
        <li key={word} data-warning={skipped === null}>
          {skipped === null
            ? labels.missing({ slot: word })
            : labels.skipped({ slot: word, reason: skipped })}
        </li>
      ))}
    </ul>
  );
}
