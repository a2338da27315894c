import { taskKinds } from '../../../shared/contract/dispatch-codes.ts';
import type { Priority } from '../../../shared/contract/dispatch-codes.ts';
import type { TeamId, ZoneId } from '../../../shared/contract/ids.ts';
import type { MemberFacts, Situation, TeamFacts } from '../../../shared/rules/dispatch/situation.ts';
import { randomSource } from '../replay/crowded-town.ts';
import { assignment, incident, licence, line, member, noon, situation, team } from './factory.ts';

const skills = ['市容', '环保', '消防初训'];
const kit = ['相机', '声级计'];

/** A town's moment in which about half of the teams have something against them. Same seed, same moment. */
export function randomSituation(seed: number): Situation {
  const random = randomSource(seed);
  const chance = (share: number) => random() < share;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const some = <T>(list: readonly T[], share: number): T[] => list.filter(() => chance(share));

  const randomMember = (): MemberFacts =>
    member(chance(0.8) ? 'officer' : 'auxiliary', {
      onDuty: chance(0.95),
      licence: chance(0.9)
        ? licence({
            validTo: noon + (chance(0.95) ? 1e9 : -1000),
            fields: chance(0.9) ? 'all' : ['环保'],
            coercion: chance(0.7),
          })
        : null,
      skills: some(skills, 0.8),
      recusals: chance(0.03) ? ['party-1'] : [],
      awayMetres: chance(0.3) ? Math.round(random() * 600) : null,
    });

  const randomTeam = (number: number): TeamFacts => {
    const busy = chance(0.25);
    const base = team(number, random() * 10_000, random() * 10_000);
    return {
      ...base,
      onDuty: chance(0.95),
      shiftEndsAt: chance(0.9) ? noon + 4 * 3_600_000 : noon + 600_000,
      members: Array.from({ length: 2 + Math.floor(random() * 3) }, randomMember),
      kit: some(kit, 0.9).map((code) => ({ code, serviceable: chance(0.95) })),
      status: busy ? 'en_route' : pick(['available', 'returning', 'available', 'unavailable']),
      statusReason: 'break',
      freeSlots: busy ? 0 : 1,
      jobs: Math.floor(random() * 5),
      assignments: busy ? [assignment(500 + number, pick<Priority>([1, 2, 3, 4]))] : [],
      reservations: chance(0.05)
        ? [{ fromAt: noon + 600_000, toAt: noon + 3_600_000, cause: 'operation' }]
        : [],
      position: chance(0.97)
        ? {
            ...base.position!,
            fixAt: noon - Math.round(random() * (chance(0.9) ? 90_000 : 1_500_000)),
            accuracyMetres: chance(0.95) ? 12 : 900,
            mock: chance(0.02),
            datumKnown: chance(0.98),
            speedMetresPerSecond: chance(0.5) ? random() * 10 : 0,
          }
        : null,
    };
  };

  const teams = Array.from({ length: 3 + Math.floor(random() * 25) }, (_, i) => randomTeam(i + 1));
  const facts = incident(1, random() * 10_000, random() * 10_000, {
    priority: pick<Priority>([1, 2, 3, 4]),
    zoneId: chance(0.9) ? ((1 + Math.floor(random() * teams.length)) as ZoneId) : null,
    recusalKeys: ['party-1'],
    radiusMetres: pick([null, null, 3000, 5000, 8000]),
    waitingSinceAt: noon - Math.round(random() * 1_800_000),
  });
  return situation(facts, teams, {
    line: line({
      taskKind: pick(['handle', 'handle', 'handle', ...taskKinds]),
      field: pick([null, '城市管理', '环保']),
      skills: some(skills, 0.2),
      kit: some(kit, 0.2),
    }),
    exclusions: chance(0.2) ? [{ teamId: 1 as TeamId, cause: 'shift_end', untilAt: null }] : [],
  });
}
