import { Button, Checkbox, NumberInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PenaltyFileView } from '../../../shared/contract/enforcement.ts';
import { call } from '../../live/call.ts';
import { useWords } from '../../words/words.tsx';
import { say } from '../perform.tsx';
import type { Field } from './act-table.ts';
import { FieldsForm } from './fields-form.tsx';
import classes from './files.module.css';
import { readFilesAgain, useFileNames } from './reads.ts';

const grounds: Field = { name: 'grounds', kind: 'long', needed: true };
const party: Field = { name: 'party', kind: 'party', needed: true };

/** 立案 in the ordinary procedure by the head: of which incident, whom against, on what grounds. */
export function NewFile({ incidentId }: { readonly incidentId: number | null }) {
  const words = useWords();
  const labels = words.files;
  const names = useFileNames();
  const [number, setNumber] = useState<number | null>(incidentId);
  const [known, setKnown] = useState(false);
  const { data, isError } = useQuery({
    queryKey: ['incident-to-file', number],
    queryFn: () => call('readIncident', { params: { incidentId: number as never } }),
    enabled: number !== null,
  });
  const incident = data?.incident;
  const leave = () => void (location.hash = '#files');
  return (
    <>
      <h2>{labels.newFile}</h2>
      <NumberInput
        label={labels.fields.incidentId}
        data-autofocus
        min={1}
        allowDecimal={false}
        maw={240}
        my="sm"
        value={number ?? ''}
        error={isError ? words.refusals.incident_unknown : undefined}
        onChange={(value) => setNumber(value === '' ? null : Number(value))}
      />
      {incident?.matterCode == null ? (
        <Button variant="default" onClick={leave}>
          {labels.cancel}
        </Button>
      ) : (
        <>
          <p>
            {names.matter(incident.matterCode)} · {incident.address}
          </p>
          <Checkbox
            my="sm"
            label={labels.withParty}
            checked={known}
            onChange={(event) => setKnown(event.currentTarget.checked)}
          />
          <div className={classes['form']} style={{ maxWidth: 680 }}>
            <FieldsForm
              key={`${incident.id}${String(known)}`}
              title={labels.newFile}
              note={labels.newFileNote}
              fields={known ? [party, grounds] : [grounds]}
              file={{
                ...blank,
                incidentId: incident.id,
                matterCode: incident.matterCode,
                actAt: incident.reportedAt,
              }}
              close={leave}
              send={async (values) => {
                const body = { open: 'ordinary', ...values } as never;
                const made = await call('openFile', { params: { incidentId: incident.id }, body });
                say(labels.fileMade({ id: made.id }), 'done');
                location.hash = `#files/${made.id}`;
                await readFilesAgain();
              }}
            />
          </div>
        </>
      )}
    </>
  );
}

/** A file that does not exist yet, as its form sees it. */
const blank = {
  id: 0,
  procedure: 'ordinary',
  state: 'opened',
  party: null,
  proposal: null,
  officers: [],
  progress: {},
  periods: [],
  papers: [],
  signatures: [],
} as unknown as PenaltyFileView;
