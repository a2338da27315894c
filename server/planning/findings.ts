import type { FileFinding } from '../../shared/contract/plan-files.ts';

const most = 1000;

/** Collects remarks about the rows of a file, all of them; a list shows the first thousand, errors first. */
export class FileFindings {
  readonly #all: FileFinding[] = [];

  add(row: number, severity: FileFinding['severity'], code: FileFinding['code'], value: unknown = ''): void {
    const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    this.#all.push({ row, severity, code, value: text.slice(0, 120) });
  }

  get errors(): number {
    return this.#all.filter(({ severity }) => severity === 'error').length;
  }

  get warnings(): number {
    return this.#all.length - this.errors;
  }

  get shown(): FileFinding[] {
    const rank = { error: 0, warning: 1 } as const;
    return this.#all.toSorted((a, b) => rank[a.severity] - rank[b.severity] || a.row - b.row).slice(0, most);
  }
}
