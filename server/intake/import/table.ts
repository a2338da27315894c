import { parse } from 'csv-parse/sync';
import type { Findings } from './findings.ts';
import type { ImportRequest, SourceFile } from './request.ts';
import { readText } from './text.ts';

/** One row of a CSV file by the product's field names. */
export interface TableRow {
  /** Line of the file on which the row begins; the header is line 1. */
  readonly line: number;
  /** The trimmed value of a field; empty when the file has no such column. */
  get(field: string): string;
}

/** A field of the product: the names under which files are known to carry it, and whether it must be there. */
export interface Column {
  readonly names: readonly string[];
  readonly needed?: boolean;
}

/**
 * Reads a CSV by the columns of a layer: `--map` decides first, then the known names. A mapping of several
 * columns joined by `+` reads "a: b". Nothing is answered, with findings, when the file cannot be read.
 */
export function readTable(
  file: SourceFile,
  request: Pick<ImportRequest, 'encoding' | 'map'>,
  columns: Readonly<Record<string, Column>>,
  findings: Findings,
): readonly TableRow[] {
  const text = readText(file, request.encoding, findings);
  if (text === undefined) return [];
  let records: { info: { lines: number }; record: string[] }[];
  try {
    records = parse(text, { bom: true, skip_empty_lines: true, trim: true, info: true }) as never;
  } catch (error) {
    findings.add(null, 'csv_invalid', 'file', (error as Error).message);
    return [];
  }
  const header = records[0]?.record ?? [];
  const taken = takeColumns(header, request.map, columns, findings);
  if (!taken) return [];
  if (records.length < 2) findings.add(null, 'layer_empty', 'file', `only the header: ${header.join(', ')}`);
  return records.slice(1).map(({ record }, index) => ({
    line: lineOf(records, index + 1),
    get: (field) =>
      (taken.get(field) ?? [])
        .map((place) => record[place] ?? '')
        .filter((value) => value !== '')
        .join(': '),
  }));
}

/** csv-parse tells the line on which a record ends; it begins after the one before. */
const lineOf = (records: readonly { info: { lines: number } }[], index: number): number =>
  (records[index - 1]?.info.lines ?? 0) + 1;

function takeColumns(
  header: readonly string[],
  map: ReadonlyMap<string, string>,
  columns: Readonly<Record<string, Column>>,
  findings: Findings,
): Map<string, number[]> | undefined {
  const taken = new Map<string, number[]>();
  let whole = true;
  const missing = (field: string, what: string) => {
    findings.add(null, 'column_missing', field, `${what}; the file has: ${header.join(', ')}`);
    whole = false;
  };
  for (const [field, { names, needed }] of Object.entries(columns)) {
    const mapped = map.get(field);
    if (mapped !== undefined) {
      const places = mapped.split('+').map((name) => header.indexOf(name));
      if (places.includes(-1)) missing(field, `no column "${mapped}" as --map says`);
      else taken.set(field, places);
      continue;
    }
    const place = header.findIndex((name) => names.includes(name) || name === field);
    if (place >= 0) taken.set(field, [place]);
    else if (needed) missing(field, `no column for ${field} (known names: ${[field, ...names].join(', ')})`);
  }
  return whole ? taken : undefined;
}
