import type { PositionDoubt } from '../../shared/contract/frame.ts';
import { doubtOfOfficer, type Units } from './units.ts';

/** A person whose places may not be trusted, on which team, and why; `doubt` is null when they may be again. */
export interface DoubtWord {
  readonly personId: number;
  readonly teamId: number | null;
  readonly doubt: Exclude<PositionDoubt, 'inaccurate'> | null;
}
export type TellDoubt = (word: DoubtWord) => Promise<void>;

/**
 * Tells the room of a phone that fakes or shifts its places once, and once more when it is over. A coarse fix is told of
 * on the board and the phone alone: under trees and roofs it is an everyday thing.
 */
export async function tellDoubts(units: Units, tell: TellDoubt): Promise<void> {
  for (const [personId, officer] of units.officers) {
    const found = doubtOfOfficer(officer);
    const doubt = found === 'inaccurate' ? null : found;
    if ((doubt !== null) === units.accused.has(personId)) continue;
    await tell({ personId, teamId: officer.duty.teamId, doubt });
    if (doubt) units.accused.add(personId);
    else units.accused.delete(personId);
  }
  for (const personId of units.accused) {
    if (units.officers.has(personId)) continue;
    await tell({ personId, teamId: null, doubt: null });
    units.accused.delete(personId);
  }
}
