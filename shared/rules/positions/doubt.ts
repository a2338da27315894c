import type { PositionDoubt } from '../../contract/frame.ts';
import type { PositionRecord } from '../../contract/positions.ts';
import { timeVerdict } from './accept.ts';
import type { PositionMark } from './marks.ts';

/** What the newest fix of a person's phone says against its place, whether or not that fix became the place. */
export interface Trust {
  /** Fix time of the fix that was judged, ms; 0 before the first. */
  readonly judgedAt: number;
  readonly doubt: 'mock' | 'inaccurate' | null;
  /** Of that fix. */
  readonly accuracyMetres: number | null;
}

/** A phone that has said nothing yet. */
export const untried: Trust = { judgedAt: 0, doubt: null, accuracyMetres: null };

/**
 * The trust after one more fix: the newest by fix time decides alone, so a backlog neither accuses nor clears. A fix
 * that is no place, or from a clock that runs ahead, says nothing.
 */
export function trustAfter(before: Trust, record: PositionRecord, marks: readonly PositionMark[]): Trust {
  if (record.kind !== 'fix' || record.fixedAt <= before.judgedAt) return before;
  if (timeVerdict(record, Number.POSITIVE_INFINITY) === 'future') return before;
  const mock = marks.includes('mock');
  if (!mock && record.point === null) return before;
  return {
    judgedAt: record.fixedAt,
    doubt: mock ? 'mock' : marks.includes('inaccurate') ? 'inaccurate' : null,
    accuracyMetres: record.accuracyMetres,
  };
}

/** One word for what is wrong: a faked place outweighs a shifted one, a shifted one a coarse one. */
export const doubtOf = (trust: Trust, datumSuspected: boolean): PositionDoubt | null =>
  trust.doubt === 'mock' ? 'mock' : datumSuspected ? 'datum' : trust.doubt;
