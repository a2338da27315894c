import { useDesk } from '../../desk/desk.ts';
import type { PenaltyDraft } from './draft.ts';

/** 裁量基准: one published range of a matter for a kind of party (行政处罚法 34). Yuan. */
export interface Benchmark {
  readonly level: string;
  readonly leastYuan: number;
  readonly mostYuan: number;
  readonly document: string;
}

/** The published levels for this matter and this kind of party; they bind where there are any. */
export const useBenchmarks = (matterCode: string | undefined, kind: PenaltyDraft['party']['kind']) =>
  useDesk((desk) => desk.benchmarks).filter((one) => one.matterCode === matterCode && one.partyKind === kind);

/** The range of the level that was chosen; null without one. */
export function rangeOf(
  benchmarks: readonly Benchmark[],
  level: string | null,
): readonly [number, number] | null {
  const chosen = benchmarks.find((one) => one.level === level);
  return chosen ? [chosen.leastYuan, chosen.mostYuan] : null;
}
