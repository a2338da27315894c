import { inflateRawSync } from 'node:zlib';
import { combine, parseDbf, parseShp } from 'shpjs';
import type { Findings } from './findings.ts';
import type { ImportRequest, SourceFile } from './request.ts';

/**
 * Features of a zipped Shapefile, coordinates as they stand in the file: a `.prj` is not obeyed but compared,
 * since the operator declares the reference system.
 */
export async function readShapefile(
  file: SourceFile,
  { encoding, crs }: Pick<ImportRequest, 'encoding' | 'crs'>,
  findings: Findings,
): Promise<readonly unknown[] | undefined> {
  let entries: Map<string, Buffer>;
  try {
    entries = unzip(file.bytes);
  } catch (error) {
    findings.add(null, 'file_wrong', 'file', `the archive cannot be read: ${(error as Error).message}`);
    return undefined;
  }
  const shapes = [...entries.keys()].filter((name) => /\.shp$/i.test(name) && !name.includes('__MACOSX'));
  const [shape] = shapes;
  if (shape === undefined || shapes.length > 1) {
    findings.add(null, 'file_wrong', 'file', `the archive holds ${shapes.length} .shp files, not one`);
    return undefined;
  }
  const beside = (ending: string) =>
    [...entries].find(([name]) => name.toLowerCase() === shape.toLowerCase().replace(/shp$/, ending))?.[1];
  const projection = beside('prj')?.toString('latin1') ?? '';
  if (/^\s*PROJCS/i.test(projection) && 'datum' in crs)
    findings.add(null, 'crs_contradicted', 'crs', `the .prj is a projection: ${projection.slice(0, 80)}`);
  try {
    const table = beside('dbf');
    const codePage = beside('cpg')?.toString('latin1').trim() ?? encoding;
    return combine([parseShp(view(entries.get(shape)!)), table ? parseDbf(view(table), codePage) : undefined])
      .features;
  } catch (error) {
    findings.add(null, 'file_wrong', shape, `the Shapefile cannot be read: ${(error as Error).message}`);
    return undefined;
  }
}

/** A Buffer may lie inside a larger one; the library reads a DataView where it lies. */
const view = (bytes: Buffer) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const largestBytes = 512 * 1024 * 1024;

/** Files of a ZIP archive by name (stored or deflated; PKWARE APPNOTE 4.3). */
function unzip(archive: Buffer): Map<string, Buffer> {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0) throw new Error('its directory is missing');
  const files = new Map<string, Buffer>();
  let at = archive.readUInt32LE(end + 16);
  for (let count = archive.readUInt16LE(end + 10); count > 0; count -= 1) {
    const method = archive.readUInt16LE(at + 10);
    const packed = archive.readUInt32LE(at + 20);
    const nameLength = archive.readUInt16LE(at + 28);
    const local = archive.readUInt32LE(at + 42);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const data = archive.subarray(start, start + packed);
    if (method !== 0 && method !== 8) throw new Error(`${name} is packed by method ${method}`);
    files.set(name, method === 0 ? data : inflateRawSync(data, { maxOutputLength: largestBytes }));
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return files;
}
