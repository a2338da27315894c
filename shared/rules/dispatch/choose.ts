import type { Candidate, Shortfall } from '../../contract/dispatch.ts';
import type { RejectionCode, ShortfallCode } from '../../contract/dispatch-codes.ts';

/** Whom to ask, best first, or why there is nobody. */
export interface Choice {
  readonly ranking: readonly Candidate[];
  readonly shortfall: readonly Shortfall[];
}

/** The ranked teams of an evaluation; without any, the reasons, those that alone stop most teams first. */
export function choose(candidates: readonly Candidate[]): Choice {
  const ranking = candidates
    .filter(({ rank }) => rank !== null)
    .toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  return { ranking, shortfall: ranking.length > 0 ? [] : shortfallOf(candidates) };
}

const shortfallFor: Record<RejectionCode, ShortfallCode> = {
  duty_off: 'teams_absent',
  shift_short: 'teams_absent',
  licences_few: 'licences_few',
  coercion_unqualified: 'licences_few',
  supervisor_missing: 'licences_few',
  licence_expired: 'licences_few',
  licence_foreign: 'licences_few',
  member_recused: 'licences_few',
  skill_missing: 'skill_missing',
  kit_missing: 'kit_missing',
  slot_full: 'teams_busy',
  team_unavailable: 'teams_busy',
  team_reserved: 'teams_busy',
  position_dark: 'positions_dark',
  position_mock: 'positions_dark',
  datum_unknown: 'positions_dark',
  position_inaccurate: 'positions_dark',
  offer_declined: 'offers_declined',
  access_blocked: 'radius_outside',
  zone_other: 'radius_outside',
  radius_outside: 'radius_outside',
};

function shortfallOf(candidates: readonly Candidate[]): Shortfall[] {
  const found = new Map<ShortfallCode, Shortfall>();
  const count = (code: ShortfallCode, alone: boolean): void => {
    const { teams, only } = found.get(code) ?? { teams: 0, only: 0 };
    found.set(code, { code, teams: teams + 1, only: only + Number(alone) });
  };
  const present = candidates.filter(({ reasons }) => !reasons.some(({ code }) => code === 'duty_off'));
  if (present.length === 0)
    return [{ code: 'teams_absent', teams: candidates.length, only: candidates.length }];
  for (const { reasons } of present) {
    const codes = new Set(reasons.map(({ code }) => shortfallFor[code]));
    for (const code of codes) count(code, codes.size === 1);
  }
  return [...found.values()].toSorted(
    (a, b) => b.only - a.only || b.teams - a.teams || (a.code < b.code ? -1 : 1),
  );
}
