import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import busboy, { type Busboy } from 'busboy';
import type { Request } from 'express';
import { Refused } from '../kernel/refused.ts';

/** Largest upload, bytes. */
export const uploadLimit = 15 * 1024 * 1024;

/** One file as it came, written to `path` and flushed to the disk. */
export interface Uploaded {
  readonly fields: Readonly<Record<string, string>>;
  readonly bytes: number;
  /** SHA-256 of exactly the bytes that came, hexadecimal. */
  readonly sha256: string;
}

/**
 * Reads a multipart form with one file `file` and a few short fields, streaming the file to `path`. On a refusal nothing
 * is left behind.
 */
export async function receiveUpload(request: Request, path: string): Promise<Uploaded> {
  const form = openForm(request);
  const fields: Record<string, string> = {};
  let file: Promise<Pick<Uploaded, 'bytes' | 'sha256'>> | undefined;
  form.on('field', (name, value) => (fields[name] = value));
  form.on('file', (name, stream) => {
    if (name !== 'file' || file) {
      stream.resume();
      return;
    }
    file = keep(stream, path);
    // whoever waits for it below sees the error; until then it is nobody's
    file.catch(() => undefined);
  });
  try {
    request.pipe(form);
    await once(form, 'close');
    if (!file) throw new Refused('body_malformed', { reason: 'the form has no file named "file"' });
    return { fields, ...(await file) };
  } catch (error) {
    request.unpipe(form);
    request.resume();
    await file?.catch(() => undefined);
    await rm(path, { force: true });
    if (error instanceof Refused) throw error;
    throw new Refused('body_malformed', { reason: 'the multipart form cannot be read' });
  }
}

function openForm(request: Request): Busboy {
  try {
    return busboy({
      headers: request.headers,
      limits: { files: 1, fileSize: uploadLimit, fields: 8, fieldSize: 16_384, parts: 10 },
    });
  } catch {
    throw new Refused('body_malformed', { expected: 'multipart/form-data' });
  }
}

async function keep(stream: Readable & { truncated?: boolean }, path: string) {
  const hash = createHash('sha256');
  let bytes = 0;
  const target = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  stream.on('data', (chunk: Buffer) => {
    hash.update(chunk);
    bytes += chunk.length;
  });
  stream.pipe(target);
  await once(target, 'finish');
  if (stream.truncated) throw new Refused('media_large', { limitBytes: uploadLimit });
  const written = await open(path, 'r+');
  await written.sync().finally(() => written.close());
  return { bytes, sha256: hash.digest('hex') };
}
