import type { EvidenceSet, EvidenceView } from '../../shared/contract/evidence.ts';
import type { Words } from '../words/words.tsx';

/** Address of the re-encoded picture of one piece of evidence. */
export const pictureOf = (id: string): string => `/media/${id}`;

/** What a piece of evidence is called: its word of the checklist, else what the photo shows. */
export const evidenceName = ({ slot, photoKind }: EvidenceView, words: Words): string =>
  slot ?? (photoKind === null ? words.work.evidence.photo : words.officer.evidence.kinds[photoKind]);

/** Pieces to show in the order of their capture: of an original and its copies one, the original when it is there. */
export function shownEvidence({ evidence }: Pick<EvidenceSet, 'evidence'>): EvidenceView[] {
  const there = new Set(evidence.map(({ id }) => id));
  return evidence
    .filter(({ originalId }) => originalId === null || !there.has(originalId))
    .toSorted((a, b) => Date.parse(a.capturedAt) - Date.parse(b.capturedAt));
}
