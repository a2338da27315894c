import type { RefusalCode } from '../../shared/contract/refusals.ts';

/** An expected "no": thrown once by the shell, turned into a problem document at the edge. */
export class Refused extends Error {
  readonly code: RefusalCode;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly errors: readonly { path: string; message: string }[];

  constructor(
    code: RefusalCode,
    detail: Readonly<Record<string, unknown>> = {},
    errors: readonly { path: string; message: string }[] = [],
  ) {
    super(code);
    this.code = code;
    this.detail = detail;
    this.errors = errors;
  }
}

/** Throws when a rule answered with a refusal. */
export function refuseIf(code: RefusalCode | null, detail: Readonly<Record<string, unknown>> = {}): void {
  if (code !== null) throw new Refused(code, detail);
}
