import { plural } from './format.ts';

/** A count in words. */
export const cellsText = (cells: number): string => plural(cells, { one: '1 cell', other: `${cells} cells` });
/** A count in words. */
export const problemsText = (problems: number): string =>
  plural(problems, { one: '1 problem', other: `${problems} problems` });
/** A count in words. */
export const stepsText = (steps: number): string => plural(steps, { one: '1 step', other: `${steps} steps` });
