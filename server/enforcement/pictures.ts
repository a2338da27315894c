import { open } from 'node:fs/promises';
import type { Metadata } from 'sharp';
import { Refused } from '../kernel/refused.ts';

/** Largest picture that is opened, pixels: a small file may unfold into gigabytes. */
const pixelLimit = 50_000_000;
/** Long side of the derivative that is shown. */
const longSidePixels = 1600;

const accepted: ReadonlyMap<string, 'image/jpeg' | 'image/png' | 'image/webp' | 'image/heic'> = new Map([
  ['image/jpeg', 'image/jpeg'],
  ['image/png', 'image/png'],
  ['image/webp', 'image/webp'],
  ['image/heic', 'image/heic'],
  ['image/heif', 'image/heic'],
]);

export interface Picture {
  readonly mediaType: string;
  readonly width: number;
  readonly height: number;
  /** False when the format cannot be decoded here (HEIC without its codec): then only the original is kept. */
  readonly hasPicture: boolean;
}

/**
 * Looks what a file really is, by its first bytes, and re-encodes it as WebP of at most 1600 px without any metadata.
 * Refuses everything but JPEG, PNG, WebP and HEIC, pictures over 50 megapixels, and files that do not decode.
 */
export async function makePicture(path: string, target: string): Promise<Picture> {
  // both libraries are loaded with the first picture: 20 MB
  const [{ fileTypeFromFile }, { default: sharp }] = await Promise.all([
    import('file-type'),
    import('sharp'),
  ]);
  const mediaType = accepted.get((await fileTypeFromFile(path))?.mime ?? '');
  if (!mediaType) throw new Refused('media_unsupported', { accepted: [...new Set(accepted.values())] });
  const size = await sizeOf(path, mediaType);
  if (size.width * size.height > pixelLimit) throw new Refused('picture_large', { ...size, pixelLimit });
  try {
    await sharp(path, { limitInputPixels: pixelLimit, failOn: 'error' })
      .rotate() // by EXIF, which is dropped with all other metadata
      .resize({ width: longSidePixels, height: longSidePixels, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 82 })
      .toFile(target);
    return { mediaType, ...size, hasPicture: true };
  } catch {
    if (mediaType === 'image/heic') return { mediaType, ...size, hasPicture: false };
    throw new Refused('picture_unreadable', { mediaType });
  }
}

async function sizeOf(path: string, mediaType: string): Promise<{ width: number; height: number }> {
  const { default: sharp } = await import('sharp');
  let metadata: Metadata;
  try {
    // the limit stands above: reading the header unfolds nothing
    metadata = await sharp(path, { limitInputPixels: false }).metadata();
  } catch {
    const size = mediaType === 'image/heic' ? await sizeOfHeic(path) : undefined;
    if (!size) throw new Refused('picture_unreadable', { mediaType });
    return size;
  }
  if (!(metadata.width > 0 && metadata.height > 0)) throw new Refused('picture_unreadable', { mediaType });
  return { width: metadata.width, height: metadata.height };
}

/** Largest `ispe` box (ISO/IEC 23008-12): a 4-byte version, then width and height. */
async function sizeOfHeic(path: string): Promise<{ width: number; height: number } | undefined> {
  const file = await open(path);
  const head = Buffer.alloc(65_536);
  const { bytesRead } = await file.read(head, 0, head.length, 0).finally(() => file.close());
  let best: { width: number; height: number } | undefined;
  for (let at = head.indexOf('ispe'); at >= 0 && at + 16 <= bytesRead; at = head.indexOf('ispe', at + 4)) {
    const size = { width: head.readUInt32BE(at + 8), height: head.readUInt32BE(at + 12) };
    if (size.width > 0 && size.height > 0 && (!best || size.width * size.height > best.width * best.height))
      best = size;
  }
  return best;
}
