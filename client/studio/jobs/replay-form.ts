import { create } from 'zustand';
import type { TeamId } from '../../../shared/contract/ids.ts';

/** What a planner has asked a replay for; it stays while other panels are looked at. */
interface ReplayForm {
  /** The ledger, or the number of a list of incidents. */
  readonly source: 'ledger' | number;
  /** Local time as it was typed; null is the last thirty days. */
  readonly from: string | null;
  readonly to: string | null;
  readonly priorities: readonly number[];
  /** Codes of matters; none is all. */
  readonly matterCodes: readonly string[];
  /** Local hours [hourFrom, hourTo) of the reports. */
  readonly hourFrom: number;
  readonly hourTo: number;
  /** Team that is absent in the case of one absent team; null is the busiest. */
  readonly absentTeamId: TeamId | null;
  readonly speed: number;
  readonly override: string;
}

export const useReplayForm = create<ReplayForm>()(() => ({
  source: 'ledger',
  from: null,
  to: null,
  priorities: [1, 2, 3, 4],
  matterCodes: [],
  hourFrom: 0,
  hourTo: 24,
  absentTeamId: null,
  speed: 1,
  override: '',
}));

/** Changes what is asked for. */
export const askReplay = (change: Partial<ReplayForm>): void => useReplayForm.setState(change);
