import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Deps } from '../kernel/deps.ts';

/**
 * Personal data at rest: AES-256-GCM under a key that stands outside the database, in the environment (SEAL_KEY) or in a
 * file of the data folder that only its owner reads. The context is authenticated, so that a sealed text cannot be moved
 * to another row.
 */
export interface Seal {
  /** 1 byte form, 12 bytes nonce, 16 bytes tag, the rest sealed. */
  close(context: string, clear: Uint8Array | string): Buffer;
  open(context: string, sealed: Uint8Array): Buffer;
  /** A keyed hash by which the same person or plate is found again; 24 bytes, base64url. */
  mark(kind: string, value: string): string;
}

const form = 1;
const kept = new WeakMap<Deps, Seal>();

export function sealOf(deps: Deps): Seal {
  const known = kept.get(deps);
  if (known) return known;
  const { SEAL_KEY, DATA_FOLDER } = deps.config;
  const seal = createSeal(SEAL_KEY === undefined ? keyFile(DATA_FOLDER) : Buffer.from(SEAL_KEY, 'base64'));
  kept.set(deps, seal);
  return seal;
}

export function createSeal(key: Buffer): Seal {
  if (key.length !== 32) throw new Error('the sealing key has 32 bytes');
  const derived = (purpose: string) => createHmac('sha256', key).update(purpose).digest();
  const [sealing, marking] = [derived('seal'), derived('mark')];
  return {
    close(context, clear) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(Buffer.from(context));
      const sealed = Buffer.concat([cipher.update(clear), cipher.final()]);
      return Buffer.concat([Buffer.from([form]), nonce, cipher.getAuthTag(), sealed]);
    },
    open(context, sealed) {
      const bytes = Buffer.from(sealed);
      if (bytes[0] !== form) throw new Error('unknown form of sealing');
      const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(1, 13))
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(13, 29));
      return Buffer.concat([decipher.update(bytes.subarray(29)), decipher.final()]);
    },
    mark: (kind, value) =>
      createHmac('sha256', marking)
        .update(`${kind}\n${value}`)
        .digest()
        .subarray(0, 24)
        .toString('base64url'),
  };
}

/** Reads the key file, or makes it: written aside and linked, so that of two processes one wins. */
function keyFile(folder: string): Buffer {
  const path = join(folder, 'seal.key');
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  mkdirSync(folder, { recursive: true });
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  writeFileSync(aside, randomBytes(32), { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(aside, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside);
  }
  return readFileSync(path);
}
