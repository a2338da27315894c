import type { Findings } from './findings.ts';
import type { SourceFile } from './request.ts';

/** The text of a file in the declared encoding; undefined, with a finding, when its bytes are not that. */
export function readText(
  file: SourceFile,
  encoding: 'utf-8' | 'gbk',
  findings: Findings,
): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(file.bytes);
  } catch {
    const place = encoding === 'utf-8' ? firstForeignByte(file.bytes) : null;
    const where = place === null ? '' : `, first at byte ${place}`;
    findings.add(null, 'encoding_foreign', 'file', `the bytes are not ${encoding.toUpperCase()}${where}`);
    return undefined;
  }
}

/** Position of the first byte that is not UTF-8, found by halving. */
function firstForeignByte(bytes: Buffer): number {
  const fits = (end: number) => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let [low, high] = [0, bytes.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
