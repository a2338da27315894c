import { reasons, type ReasonCode } from './reasons.ts';
import type { Finding } from './findings.ts';

/** Rows shown on the screen; the CSV has all. */
const shownRows = 20;

/** The first findings, errors first, then rows that were left out, then warnings; below, each reason with its remedy. */
export function reportTable(findings: readonly Finding[]): string {
  const rank = { error: 0, skipped: 1, warning: 2 };
  const sorted = findings.toSorted((a, b) => rank[a.level] - rank[b.level]);
  const shown = sorted.slice(0, shownRows).map(({ row, level, code, field, what }) => {
    const place = row === null ? 'file' : String(row);
    return `  ${place.padStart(6)}  ${level.padEnd(7)}  ${code.padEnd(18)}  ${field}: ${what}`;
  });
  const left = findings.length - shown.length;
  return [
    `  ${'row'.padStart(6)}  ${'level'.padEnd(7)}  ${'reason'.padEnd(18)}  field: what is wrong`,
    ...shown,
    ...(left > 0 ? [`  ... and ${left} more: --report FILE.csv writes all`] : []),
    ...remedies(sorted),
  ].join('\n');
}

/** How often each reason occurs, and what to do about it. */
function remedies(findings: readonly Finding[]): string[] {
  const counts = new Map<ReasonCode, number>();
  for (const { code } of findings) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].map(
    ([code, count]) =>
      `  ${String(count).padStart(6)} x ${code} ${reasons[code].zh}: ${reasons[code].remedy}`,
  );
}

/** All findings as CSV with a header: for a spreadsheet, or for whoever corrects the source. */
export function reportCsv(findings: readonly Finding[]): string {
  const header = csvLine(['row', 'level', 'code', '原因', 'field', 'what', 'remedy']);
  const lines = findings.map(({ row, level, code, field, what }) =>
    csvLine([
      row === null ? '' : String(row),
      level,
      code,
      reasons[code].zh,
      field,
      what,
      reasons[code].remedy,
    ]),
  );
  // the mark at the start makes spreadsheets read it as UTF-8
  return `\uFEFF${header}${lines.join('')}`;
}

/** One CSV line (RFC 4180); a cell that a spreadsheet would run as a formula is made text by an apostrophe. */
export function csvLine(cells: readonly string[]): string {
  const quoted = cells.map((cell) => {
    const safe = /^[=+\-@\t]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell) ? `'${cell}` : cell;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  });
  return `${quoted.join(',')}\n`;
}
