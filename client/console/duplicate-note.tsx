import { Button } from '@mantine/core';
import { useMemo } from 'react';
import type { IncidentView } from '../../shared/contract/incidents.ts';
import { useMay } from '../live/session.ts';
import { useLive } from '../live/store.ts';
import { formatMetres } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import { merge } from './acts.ts';
import classes from './detail.module.css';
import { duplicateHints } from './duplicates.ts';
import { openIncident } from './room.ts';

/** The older incident that this one may repeat, with enough of it to judge. */
export function DuplicateNote({ incident }: { readonly incident: IncidentView }) {
  const words = useWords().detail.duplicate;
  const directs = useMay('incident.direct');
  const incidents = useLive((state) => state.picture.incidents);
  const hint = useMemo(() => duplicateHints(incidents.values()).get(incident.id), [incidents, incident.id]);
  const other = hint && incidents.get(hint.incidentId);
  if (!hint || !other) return null;
  return (
    <section className={classes['duplicate']} aria-label={words.title}>
      <strong>
        {words.title} ·{' '}
        {words.row({
          incident: hint.incidentId,
          distance: formatMetres(hint.metres),
          minutes: hint.minutes,
        })}
      </strong>
      <p className={classes['text']}>{[other.address, other.text].filter(Boolean).join(' · ')}</p>
      <p className={classes['muted']}>{words.kept}</p>
      <div className={classes['formButtons']}>
        {directs && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => void merge(incident.id, hint.incidentId)}
          >
            {words.merge}
          </Button>
        )}
        <Button size="compact-sm" variant="default" onClick={() => openIncident(hint.incidentId)}>
          {words.open}
        </Button>
      </div>
    </section>
  );
}
