import { reasons, type ReasonCode } from './reasons.ts';

/** One line of the report: where, which reason, in which field, what exactly. */
export interface Finding {
  /** Number of the feature (from 1) or the line of the CSV (the header is line 1); null: the whole file. */
  readonly row: number | null;
  readonly code: ReasonCode;
  /** `skipped`: an error of one row that was left out, as asked. */
  readonly level: 'error' | 'warning' | 'skipped';
  readonly field: string;
  readonly what: string;
  /** The same without a sentence, for a screen that has its own words. */
  readonly about?: About;
}

/** What a finding is about: the place, the other rows, a size, the value that stands in the file. */
export interface About {
  readonly at?: readonly [lng: number, lat: number];
  readonly rows?: readonly number[];
  readonly squareMetres?: number;
  readonly value?: string;
}

/** Collects what is wrong while an import reads and checks. */
export interface Findings {
  readonly list: readonly Finding[];
  /** Sentences about the whole: they are told even when the import is refused. */
  readonly notes: readonly string[];
  readonly add: (row: number | null, code: ReasonCode, field: string, what: string, about?: About) => void;
  /** A row that is left out for this reason, while the others go on. */
  readonly skip: (row: number, code: ReasonCode, field: string, what: string) => void;
  note(sentence: string): void;
  /** Number of findings that stop the import. */
  errors(): number;
  /** Throws `ImportRefused` when something stops the import. */
  stopOnErrors(): void;
}

/** The file cannot be imported; the findings say why. Whatever was written is rolled back. */
export class ImportRefused extends Error {
  override name = 'ImportRefused';
}

export function createFindings(): Findings {
  const list: Finding[] = [];
  const notes: string[] = [];
  const errors = () => list.filter(({ level }) => level === 'error').length;
  return {
    list,
    notes,
    errors,
    add(row, code, field, what, about) {
      list.push({ row, code, level: reasons[code].level, field, what, ...(about && { about }) });
    },
    skip(row, code, field, what) {
      list.push({ row, code, level: 'skipped', field, what });
    },
    note(sentence) {
      notes.push(sentence);
    },
    stopOnErrors() {
      if (errors() > 0) throw new ImportRefused(`${errors()} findings stop the import`);
    },
  };
}
