import { Button } from '@mantine/core';
import { useState } from 'react';
import type { IncidentDetail } from '../../shared/contract/api.ts';
import { call } from '../live/call.ts';
import { useWords } from '../words/words.tsx';
import { RevealAsk } from './reveal-ask.tsx';

type Reporter = NonNullable<IncidentDetail['reporter']>;

/** Who reported: masked until somebody gives a purpose. */
export function ReporterLine(props: { readonly incidentId: number; readonly reporter: Reporter }) {
  const words = useWords();
  const [whole, setWhole] = useState<Reporter | null>(null);
  const [asking, setAsking] = useState(false);
  const { name, phone } = whole ?? props.reporter;
  const said = [name, phone].filter(Boolean).join(' · ');
  if (said === '') return words.detail.reporterNone;
  return (
    <>
      {said}{' '}
      <Button size="compact-xs" variant="default" onClick={() => (whole ? setWhole(null) : setAsking(true))}>
        {whole ? words.work.reveal.hide : words.work.file.reveal}
      </Button>
      {asking && (
        <RevealAsk
          close={() => setAsking(false)}
          read={async (purpose) => {
            const params = { incidentId: props.incidentId as never };
            setWhole(await call('revealReporter', { params, body: { purpose } }));
          }}
        />
      )}
    </>
  );
}
