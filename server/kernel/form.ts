import { once } from 'node:events';
import busboy from 'busboy';
import type { Request } from 'express';
import { Refused } from './refused.ts';

/** Largest file of a plan or a list, bytes. */
const limitBytes = 15 * 1024 * 1024;

/** A small file with its `meta`, in memory. */
export interface Form {
  readonly meta: unknown;
  readonly bytes: Buffer;
}

/** Reads a multipart form of `meta` (JSON) and `file`. */
export async function readForm(request: Request): Promise<Form> {
  const fields: Record<string, string> = {};
  const chunks: Buffer[] = [];
  let seen = false;
  let cut = false;
  try {
    const form = busboy({
      headers: request.headers,
      limits: { files: 1, fileSize: limitBytes, fields: 4, fieldSize: 16_384, parts: 6 },
    });
    form.on('field', (name, value) => (fields[name] = value));
    form.on('file', (name, stream) => {
      if (name !== 'file' || seen) {
        stream.resume();
        return;
      }
      seen = true;
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('limit', () => (cut = true));
    });
    request.pipe(form);
    await once(form, 'close');
  } catch {
    throw new Refused('body_malformed', { expected: 'multipart/form-data with meta and file' });
  }
  if (!seen) throw new Refused('body_malformed', { reason: 'the form has no file named "file"' });
  if (cut) throw new Refused('media_large', { limitBytes });
  return { meta: jsonOf(fields.meta), bytes: Buffer.concat(chunks) };
}

function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '') as unknown;
  } catch {
    return undefined;
  }
}
