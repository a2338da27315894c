import { withinHours } from '../hours.ts';

/** Which incidents of a period a replay takes. */
export interface ReplayFilter {
  /** Local hours [hourFrom, hourTo) of the reports; over midnight when they stand in that order. */
  readonly hourFrom: number;
  readonly hourTo: number;
  readonly priorities: readonly number[];
  /** Codes of matters; empty is all, also incidents without one. */
  readonly matterCodes: readonly string[];
}

/** True for the incidents that a filter takes. */
export function isChosen(
  filter: ReplayFilter,
  utcOffsetMinutes: number,
  incident: {
    readonly reportedAt: number;
    readonly priority: number;
    readonly matterCode: string | null;
  },
): boolean {
  const hour = Math.floor((incident.reportedAt / 60_000 + utcOffsetMinutes) / 60) % 24;
  return (
    withinHours(hour, filter.hourFrom, filter.hourTo) &&
    filter.priorities.includes(incident.priority) &&
    (filter.matterCodes.length === 0 || filter.matterCodes.includes(incident.matterCode ?? ''))
  );
}

/** True for a filter that takes every incident of a period. */
export const isWhole = ({ hourFrom, hourTo, priorities, matterCodes }: ReplayFilter): boolean =>
  hourFrom === 0 && hourTo === 24 && priorities.length === 4 && matterCodes.length === 0;

/** A filter as sentences take it; `matters` is empty for all. */
export const filterWords = ({ hourFrom, hourTo, priorities, matterCodes }: ReplayFilter) => ({
  from: hourFrom,
  to: hourTo,
  priorities: priorities.map((one) => `P${one}`).join(' '),
  matters: matterCodes.join(' '),
});
