import type { PositionAnswer, PositionRecord } from '../../shared/contract/positions.ts';
import type { River } from './river.ts';

/** The river as the intake of ready phone apps uses it: fixes in, and where their owner serves now. */
export const forPhones = (river: River) => ({
  take: (personId: number, records: readonly PositionRecord[], unreadable: number): Promise<PositionAnswer> =>
    river.acceptFixes(personId, records, { unreadable }),
  /** As this process knows it; nothing off duty. */
  known(personId: number) {
    const officer = river.units.officers.get(personId);
    if (!officer) return undefined;
    const { teamId } = officer.duty;
    return {
      team: { id: teamId, name: river.units.teams.get(teamId)?.view.name ?? '' },
      latestFixAt: officer.latest?.fixedAt ?? null,
    };
  },
});
