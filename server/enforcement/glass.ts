import { Refused } from '../kernel/refused.ts';

/** Largest signature, pixels on each side. */
const side = 1600;

/** A signature drawn on glass: a PNG, decoded and written anew, so that nothing but the strokes is kept. */
export async function readGlass(base64: string): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  const bytes = Buffer.from(base64, 'base64');
  try {
    const picture = sharp(bytes, { limitInputPixels: side * side, failOn: 'error' });
    const { format, width, height } = await picture.metadata();
    if (format !== 'png' || width > side || height > side) throw new Error('no signature');
    return await picture
      .resize({ width: 600, height: 300, fit: 'inside', withoutEnlargement: true })
      .png()
      .toBuffer();
  } catch {
    throw new Refused('signature_unreadable', { expected: `PNG, at most ${side} x ${side} pixels` });
  }
}
