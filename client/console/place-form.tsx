/* oxlint-disable jsx-a11y/no-autofocus -- whoever asks for a form goes on in its first field */
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { crsNames, type Crs } from '../../shared/contract/datums.ts';
import type { IncidentView } from '../../shared/contract/incidents.ts';
import { toWgs84 } from '../../shared/rules/datum.ts';
import { distanceMetres } from '../../shared/rules/distance.ts';
import { formatMetres } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import { place } from './acts.ts';
import classes from './detail.module.css';
import { finish, FormFrame } from './form-frame.tsx';

/**
 * Where it really is: the place is confirmed as it stands, moved to coordinates of any datum, or read again as the datum
 * that it most likely came in. On the map the same is one item of the menu at the right place.
 */
export function PlaceForm({ incident }: { readonly incident: IncidentView }) {
  const words = useWords();
  const labels = words.detail.placing;
  const { point } = incident;
  const [lng, setLng] = useState(() => shortOf(point.lng));
  const [lat, setLat] = useState(() => shortOf(point.lat));
  const [crs, setCrs] = useState<Crs>('wgs84');
  const [text, setText] = useState('');
  const said = { lng: Number(lng), lat: Number(lat), crs };
  const read = lng.trim() === '' || lat.trim() === '' ? null : toWgs84(said);
  const metres = read?.ok ? distanceMetres(point, read.value) : null;
  const unmoved = metres !== null && metres < 1;
  const datum = incident.doubts.includes('datum');
  return (
    <FormFrame
      title={unmoved ? labels.confirm : labels.move}
      submit={() => {
        if (metres !== null) void finish(place(incident, unmoved ? null : said, text));
      }}
    >
      {incident.doubts.length > 0 && (
        <p className={classes['text']}>{incident.doubts.map((doubt) => labels.doubts[doubt]).join(' ')}</p>
      )}
      <div className={classes['pair']}>
        <TextInput
          label={labels.lng}
          inputMode="decimal"
          value={lng}
          onChange={(event) => setLng(event.currentTarget.value)}
        />
        <TextInput
          label={labels.lat}
          inputMode="decimal"
          value={lat}
          onChange={(event) => setLat(event.currentTarget.value)}
        />
        <NativeSelect
          label={labels.crs}
          value={crs}
          onChange={(event) => setCrs(event.currentTarget.value as Crs)}
          data={crsNames.map((value) => ({ value, label: words.detail.draft.crs[value] }))}
        />
      </div>
      {datum && (
        <Button size="compact-sm" variant="default" onClick={() => setCrs('gcj02')}>
          {labels.asGcj02}
        </Button>
      )}
      <TextInput
        label={labels.why}
        autoFocus
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <p className={classes['text']} aria-live="polite">
        {metres === null
          ? labels.unreadable
          : unmoved
            ? labels.stays
            : labels.moves({ distance: formatMetres(metres) })}
      </p>
    </FormFrame>
  );
}

/** A coordinate to a centimetre, without the tail of the arithmetic. */
const shortOf = (degrees: number): string => String(Number(degrees.toFixed(7)));
