import { reasons } from './reasons.ts';
import type { Finding } from './findings.ts';

/** Rows shown on the screen; the CSV has all. */
const shownRows = 20;

/** The first findings as a table: errors first, then rows that were left out, then warnings. */
export function reportTable(findings: readonly Finding[]): string {
  if (findings.length === 0) return '';
  const rank = { error: 0, skipped: 1, warning: 2 };
  const sorted = findings.toSorted((a, b) => rank[a.level] - rank[b.level]);
  const shown = sorted.slice(0, shownRows).map((finding) => {
    const { zh, remedy } = reasons[finding.code];
    const row = finding.row === null ? 'file' : String(finding.row);
    return `  ${row.padStart(6)}  ${finding.level.padEnd(7)}  ${finding.code} ${zh}  [${finding.field}] ${finding.what}\n${' '.repeat(10)}-> ${remedy}`;
  });
  const left = findings.length - shown.length;
  return [
    ...shown,
    ...(left > 0 ? [`  ... and ${left} more: --report FILE.csv writes all`] : []),
    ...summary(findings),
  ].join('\n');
}

/** How often each reason occurs. */
function summary(findings: readonly Finding[]): string[] {
  const counts = new Map<string, number>();
  for (const { code, level } of findings)
    counts.set(`${level} ${code}`, (counts.get(`${level} ${code}`) ?? 0) + 1);
  return [...counts].map(([reason, count]) => `  ${String(count).padStart(6)} x ${reason}`);
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
