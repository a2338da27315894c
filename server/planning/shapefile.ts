import type { Ring } from '../../shared/rules/cells/ring.ts';
import { unitsPerDegree } from '../../shared/rules/cells/ring.ts';
import { zip } from '../kernel/zip.ts';

/** A polygon with its row of the table. Rings as in rules: outer counter-clockwise, holes clockwise. */
export interface ShapeRow {
  readonly rings: readonly Ring[];
  readonly values: readonly string[];
}

/** A column of text; a .dbf has names of at most ten bytes. */
export interface ShapeColumn {
  readonly name: string;
  readonly bytes: number;
}

const wgs84 =
  'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]';

/** A zipped Shapefile of polygons in WGS-84 (ESRI Shapefile Technical Description, 1998; dBASE III table in UTF-8). */
export function shapefileZip(
  name: string,
  columns: readonly ShapeColumn[],
  rows: readonly ShapeRow[],
): Buffer {
  const records = rows.map(({ rings }) => polygonRecord(rings));
  return zip([
    [`${name}.shp`, shapeFile(records)],
    [`${name}.shx`, indexFile(records)],
    [`${name}.dbf`, tableFile(columns, rows)],
    [`${name}.prj`, Buffer.from(wgs84)],
    [`${name}.cpg`, Buffer.from('UTF-8')],
  ]);
}

interface Record {
  readonly bytes: Buffer;
  readonly box: readonly [number, number, number, number];
}

function polygonRecord(rings: readonly Ring[]): Record {
  // in this format the inside lies to the right, and each ring is closed
  const parts = rings.map((ring) =>
    [...ring, ring[0]!].toReversed().map(([x, y]) => [x / unitsPerDegree, y / unitsPerDegree] as const),
  );
  const points = parts.flat();
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] as const;
  const bytes = Buffer.alloc(44 + 4 * parts.length + 16 * points.length);
  bytes.writeInt32LE(5, 0);
  box.forEach((value, i) => bytes.writeDoubleLE(value, 4 + 8 * i));
  bytes.writeInt32LE(parts.length, 36);
  bytes.writeInt32LE(points.length, 40);
  let first = 0;
  for (const [i, part] of parts.entries()) {
    bytes.writeInt32LE(first, 44 + 4 * i);
    first += part.length;
  }
  for (const [i, [x, y]] of points.entries()) {
    bytes.writeDoubleLE(x, 44 + 4 * parts.length + 16 * i);
    bytes.writeDoubleLE(y, 52 + 4 * parts.length + 16 * i);
  }
  return { bytes, box };
}

function header(records: readonly Record[], length: number): Buffer {
  const bytes = Buffer.alloc(100);
  bytes.writeInt32BE(9994, 0);
  bytes.writeInt32BE(length / 2, 24);
  bytes.writeInt32LE(1000, 28);
  bytes.writeInt32LE(5, 32);
  const side = (i: 0 | 1 | 2 | 3, pick: (...values: number[]) => number): number =>
    records.length === 0 ? 0 : pick(...records.map(({ box }) => box[i]));
  [side(0, Math.min), side(1, Math.min), side(2, Math.max), side(3, Math.max)].forEach((value, i) =>
    bytes.writeDoubleLE(value, 36 + 8 * i),
  );
  return bytes;
}

function shapeFile(records: readonly Record[]): Buffer {
  const parts = records.map(({ bytes }, i) => {
    const head = Buffer.alloc(8);
    head.writeInt32BE(i + 1, 0);
    head.writeInt32BE(bytes.length / 2, 4);
    return Buffer.concat([head, bytes]);
  });
  const length = 100 + parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([header(records, length), ...parts]);
}

function indexFile(records: readonly Record[]): Buffer {
  const bytes = Buffer.alloc(8 * records.length);
  let at = 100;
  for (const [i, record] of records.entries()) {
    bytes.writeInt32BE(at / 2, 8 * i);
    bytes.writeInt32BE(record.bytes.length / 2, 8 * i + 4);
    at += 8 + record.bytes.length;
  }
  return Buffer.concat([header(records, 100 + bytes.length), bytes]);
}

function tableFile(columns: readonly ShapeColumn[], rows: readonly ShapeRow[]): Buffer {
  const width = 1 + columns.reduce((sum, { bytes }) => sum + bytes, 0);
  const head = Buffer.alloc(32 + 32 * columns.length + 1);
  head.writeUInt8(3, 0);
  head.writeUInt8(80, 1);
  head.writeUInt8(1, 2);
  head.writeUInt8(1, 3);
  head.writeUInt32LE(rows.length, 4);
  head.writeUInt16LE(head.length, 8);
  head.writeUInt16LE(width, 10);
  for (const [i, { name, bytes }] of columns.entries()) {
    head.write(name.slice(0, 10), 32 + 32 * i, 'latin1');
    head.write('C', 32 + 32 * i + 11, 'latin1');
    head.writeUInt8(bytes, 32 + 32 * i + 16);
  }
  head.writeUInt8(0x0d, head.length - 1);
  const lines = rows.map(({ values }) => {
    const line = Buffer.alloc(width, ' ');
    let at = 1;
    for (const [i, { bytes }] of columns.entries()) {
      Buffer.from(values[i] ?? '').copy(line, at, 0, bytes);
      at += bytes;
    }
    return line;
  });
  return Buffer.concat([head, ...lines, Buffer.from([0x1a])]);
}
