import { combine, parseDbf, parseShp } from 'shpjs';
import { unzip } from '../../kernel/zip.ts';
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
