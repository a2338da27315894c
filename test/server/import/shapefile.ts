import { deflateRawSync } from 'node:zlib';
import type { Square } from './desk.ts';

/** A Shapefile of polygons (ESRI white paper 1998) with the column CODE, zipped: .shp, .dbf and perhaps a .prj. */
export function zippedShapefile(squares: readonly Square[], projection?: string): Buffer {
  const files: [string, Buffer][] = [
    ['layer/cells.shp', shapes(squares)],
    ['layer/cells.dbf', table(squares.map(({ code }) => code))],
  ];
  if (projection) files.push(['layer/cells.prj', Buffer.from(projection)]);
  return zip(files);
}

function shapes(squares: readonly Square[]): Buffer {
  const records = squares.map(({ ring }, index) => {
    // clockwise is an outer ring in this format
    const points = ring.toReversed();
    const record = Buffer.alloc(8 + 48 + points.length * 16);
    record.writeInt32BE(index + 1, 0);
    record.writeInt32BE((record.length - 8) / 2, 4);
    record.writeInt32LE(5, 8);
    const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
    const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
    box.forEach((value, i) => record.writeDoubleLE(value, 12 + i * 8));
    record.writeInt32LE(1, 44);
    record.writeInt32LE(points.length, 48);
    record.writeInt32LE(0, 52);
    points.forEach(([x, y], i) => {
      record.writeDoubleLE(x, 56 + i * 16);
      record.writeDoubleLE(y, 64 + i * 16);
    });
    return record;
  });
  const header = Buffer.alloc(100);
  header.writeInt32BE(9994, 0);
  header.writeInt32BE((100 + records.reduce((sum, { length }) => sum + length, 0)) / 2, 24);
  header.writeInt32LE(1000, 28);
  header.writeInt32LE(5, 32);
  return Buffer.concat([header, ...records]);
}

function table(codes: readonly string[]): Buffer {
  const width = 20;
  const header = Buffer.alloc(65);
  header.writeUInt8(3, 0);
  header.writeUInt32LE(codes.length, 4);
  header.writeUInt16LE(65, 8);
  header.writeUInt16LE(width + 1, 10);
  header.write('CODE', 32);
  header.write('C', 43);
  header.writeUInt8(width, 48);
  header.writeUInt8(0x0d, 64);
  return Buffer.concat([
    header,
    ...codes.map((code) => Buffer.from(` ${code.padEnd(width)}`)),
    Buffer.from([0x1a]),
  ]);
}

function zip(files: readonly [name: string, content: Buffer][]): Buffer {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of files) {
    const data = deflateRawSync(content);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(data.length, 18);
    head.writeUInt32LE(content.length, 22);
    head.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    head.copy(entry, 10, 8, 26);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    local.push(head, Buffer.from(name), data);
    directory.push(entry, Buffer.from(name));
    at += head.length + name.length + data.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...local, ...directory, end]);
}
