import { createHash, randomUUID } from 'node:crypto';
import sharp from 'sharp';
import type { EvidenceMeta, EvidenceView } from '../../../shared/contract/evidence.ts';
import type { Problem } from '../../../shared/contract/problem.ts';
import { apiBase } from '../../../shared/contract/routes.ts';
import type { Phone, TestTown } from '../../kit/town.ts';

/** A photo as a phone takes it: JPEG with EXIF, of one colour and a size. */
export const photo = (colour: string, width = 640, height = 480): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: colour } })
    .jpeg()
    .withExif({ IFD0: { Make: 'phone', Copyright: 'who took it' } })
    .toBuffer();

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export interface Sent {
  readonly status: number;
  readonly evidence: EvidenceView;
  readonly problem: Problem;
}

/** Uploads a file as the officer's phone does. */
export async function upload(
  town: TestTown,
  phone: Pick<Phone, 'token'>,
  file: Buffer,
  meta: Partial<EvidenceMeta> & { incidentId: number },
  key: string = randomUUID(),
): Promise<Sent> {
  const form = new FormData();
  const at = new Date(town.now()).toISOString();
  form.set('meta', JSON.stringify({ sha256: hashOf(file), capturedAt: at, deviceAt: at, ...meta }));
  form.set('file', new Blob([new Uint8Array(file)], { type: 'image/jpeg' }), 'a.jpg');
  const response = await fetch(`${town.address}${apiBase}/evidence`, {
    method: 'POST',
    headers: { authorization: `Bearer ${phone.token}`, 'idempotency-key': key },
    body: form,
  });
  const json: unknown = await response.json();
  return { status: response.status, evidence: json as EvidenceView, problem: json as Problem };
}

/** As `upload`, but throws unless it was taken. */
export async function uploaded(...args: Parameters<typeof upload>): Promise<EvidenceView> {
  const sent = await upload(...args);
  if (sent.status !== 200) throw new Error(JSON.stringify(sent.problem));
  return sent.evidence;
}

/** Fetches a path beside the contract. */
export const get = (town: TestTown, path: string, phone?: Pick<Phone, 'token'>): Promise<Response> =>
  fetch(`${town.address}${path}`, {
    headers: phone ? { authorization: `Bearer ${phone.token}` } : {},
    redirect: 'manual',
  });
