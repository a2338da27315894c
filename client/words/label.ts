/** The label of a code; a code that this version does not know stands for itself. */
export const labelOf = (labels: Readonly<Record<string, string>>, code: string): string =>
  labels[code] ?? code;
