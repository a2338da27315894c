import type { EvidenceView } from '../../../shared/contract/evidence.ts';
import type { Problem } from '../../../shared/contract/problem.ts';
import { apiBase, routes } from '../../../shared/contract/routes.ts';
import { CallRefused } from '../../live/call.ts';
import type { KeptPhoto } from './photo.ts';

/** Uploads one photo with what was true when it was taken. Throws CallRefused. */
export async function sendPhoto(photo: KeptPhoto, incidentId: number): Promise<EvidenceView> {
  const form = new FormData();
  const { photoKind, slot, sha256, capturedAt, place, originalId } = photo;
  form.append(
    'meta',
    JSON.stringify({
      incidentId,
      photoKind,
      slot,
      sha256,
      capturedAt,
      deviceAt: new Date().toISOString(),
      place,
      originalId,
    }),
  );
  form.append('file', photo.blob!, 'photo');
  let answer: Response;
  try {
    answer = await fetch(`${apiBase}${routes.addEvidence.path}`, {
      method: 'POST',
      headers: { accept: 'application/json', 'idempotency-key': photo.key },
      credentials: 'same-origin',
      body: form,
    });
  } catch {
    throw new CallRefused({ status: 0 });
  }
  if (answer.ok) return (await answer.json()) as EvidenceView;
  const problem = (await answer.json().catch(() => ({}))) as Partial<Problem>;
  throw new CallRefused({ ...problem, status: answer.status });
}
