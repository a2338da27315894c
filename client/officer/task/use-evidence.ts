import type { EvidenceSet } from '../../../shared/contract/evidence.ts';
import type { Desk } from '../desk/desk.ts';
import { useServed } from '../desk/use-served.ts';

/** What arrived changes the server's list, and so does a network that is back. */
const arrivals = (desk: Desk): unknown =>
  `${desk.online} ${desk.photos.filter((photo) => photo.sent).length}`;

/** The evidence of an incident as the server has it; offline as it was at the last reading. Null before either. */
export const useEvidence = (incidentId: number | null): EvidenceSet | null =>
  useServed('readEvidence', incidentId === null ? null : { incidentId }, arrivals);
