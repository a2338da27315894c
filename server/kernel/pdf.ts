import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type Pdfmake from 'pdfmake';

/** Noto Sans SC with all 30,890 characters, rare characters of names among them; it never reaches a browser. */
const fontFolder = dirname(
  createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/package.json'),
);
export const fontFiles = {
  normal: join(fontFolder, '400Regular/NotoSansSC_400Regular.ttf'),
  bold: join(fontFolder, '700Bold/NotoSansSC_700Bold.ttf'),
} as const;

type Maker = typeof Pdfmake;
let maker: Promise<Maker> | undefined;

async function prepare(): Promise<Maker> {
  const { default: pdfmake } = await import('pdfmake');
  const { normal, bold } = fontFiles;
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => path === normal || path === bold);
  pdfmake.setFonts({ Song: { normal, bold, italics: normal, bolditalics: bold } });
  return pdfmake;
}

/** What a document says and how it looks, A4 unless it says otherwise. */
export type PdfDefinition = Parameters<Maker['createPdf']>[0] & {
  info: { title: string; author: string };
};

/** Millimetres to points. */
export const mm = (length: number): number => (length * 72) / 25.4;

/**
 * A document as PDF, in the font `Song`. It reads nothing but the two fonts: no address and no other file. The same
 * definition made at the same instant (ms since 1970) gives the same bytes. The library is loaded with the first document:
 * 20 MB that a server which makes none does without.
 */
export async function makePdf(definition: PdfDefinition, madeAt: number): Promise<Buffer> {
  maker ??= prepare();
  const info = {
    ...definition.info,
    creationDate: new Date(madeAt),
    producer: 'grid-dispatch',
    creator: 'grid-dispatch',
  };
  return (await maker).createPdf({ pageSize: 'A4', ...definition, info }).getBuffer();
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
