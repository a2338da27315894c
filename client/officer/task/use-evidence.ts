import { useEffect, useState } from 'react';
import type { EvidenceSet } from '../../../shared/contract/evidence.ts';
import { call } from '../../live/call.ts';
import { useDesk } from '../desk/desk.ts';
import { keep, kept } from '../desk/shelf.ts';

/** The evidence of an incident as the server has it; offline as it was at the last reading. Null before either. */
export function useEvidence(incidentId: number | null): EvidenceSet | null {
  const [set, setSet] = useState<EvidenceSet | null>(null);
  // what arrived changes the server's list
  const sent = useDesk((desk) => desk.photos.filter((photo) => photo.sent).length);
  const online = useDesk((desk) => desk.online);
  useEffect(() => {
    if (incidentId === null) return undefined;
    let current = true;
    const show = (next: EvidenceSet | undefined) => {
      if (current && next) setSet(next);
    };
    const name = `evidence/${incidentId}`;
    void kept<EvidenceSet>(name).then(show);
    if (online)
      call('readEvidence', { params: { incidentId: incidentId as never } }).then(
        (read) => {
          show(read);
          void keep(name, read);
        },
        () => undefined,
      );
    return () => {
      current = false;
    };
  }, [incidentId, sent, online]);
  return set;
}
