import type { Priority } from '../../../shared/contract/dispatch-codes.ts';
import type { AssignmentId, IncidentId, PersonId, TeamId, ZoneId } from '../../../shared/contract/ids.ts';
import { defaultPolicy } from '../../../shared/rules/dispatch/policy.ts';
import type {
  CurrentAssignment,
  IncidentFacts,
  LicenceFacts,
  MemberFacts,
  RequirementLine,
  Situation,
  TeamFacts,
} from '../../../shared/rules/dispatch/situation.ts';
import { localHour, straightLine, travelOf } from '../../../shared/rules/dispatch/travel.ts';
import { townPoint } from '../replay/crowded-town.ts';

/** 2026-03-02 10:00 in Cicheng. */
export const noon = Date.UTC(2026, 2, 2, 2, 0, 0);

const year = 365 * 86_400_000;

export const licence = (changes: Partial<LicenceFacts> = {}): LicenceFacts => ({
  validFrom: noon - year,
  validTo: noon + year,
  fields: 'all',
  coercion: true,
  ...changes,
});

let persons = 0;

export function member(kind: 'officer' | 'auxiliary', changes: Partial<MemberFacts> = {}): MemberFacts {
  return {
    personId: ++persons as PersonId,
    kind,
    leads: false,
    onDuty: true,
    licence: kind === 'officer' ? licence() : null,
    skills: [],
    recusals: [],
    awayMetres: null,
    ...changes,
  };
}

/** Team n stands `east`, `north` metres from the corner of the town, with two licensed officers. */
export function team(
  number: number,
  east: number,
  north: number,
  changes: Partial<TeamFacts> = {},
): TeamFacts {
  return {
    teamId: number as TeamId,
    number,
    code: `T${number}`,
    zoneIds: [number as ZoneId],
    onDuty: true,
    shiftEndsAt: noon + 6 * 3_600_000,
    members: [member('officer'), member('officer')],
    kit: [],
    status: 'available',
    statusReason: null,
    statusUntilAt: null,
    freeSlots: 1,
    position: {
      point: townPoint(east, north),
      fixAt: noon - 5000,
      accuracyMetres: 8,
      source: 'phone',
      mock: false,
      datumKnown: true,
      speedMetresPerSecond: 0,
    },
    jobs: 0,
    assignments: [],
    reservations: [],
    lastSwitchedAt: null,
    ...changes,
  };
}

export function assignment(
  incidentId: number,
  priority: Priority,
  changes: Partial<CurrentAssignment> = {},
): CurrentAssignment {
  return {
    assignmentId: (1000 + incidentId) as AssignmentId,
    incidentId: incidentId as IncidentId,
    line: 0,
    priority,
    state: 'en_route',
    manual: false,
    joint: false,
    remainingSeconds: 600,
    remainingMetres: 4000,
    remainingWorkSeconds: null,
    ...changes,
  };
}

/** A team that is on its way to an incident. */
export const drivingTeam = (
  number: number,
  east: number,
  north: number,
  held: CurrentAssignment,
  changes: Partial<TeamFacts> = {},
): TeamFacts =>
  team(number, east, north, { status: 'en_route', freeSlots: 0, assignments: [held], ...changes });

export function incident(
  id: number,
  east: number,
  north: number,
  changes: Partial<IncidentFacts> = {},
): IncidentFacts {
  return {
    incidentId: id as IncidentId,
    priority: 3,
    point: townPoint(east, north),
    cellId: null,
    zoneId: null,
    neighbourZoneIds: [],
    matterCode: null,
    matterVersion: null,
    waitingSinceAt: noon - 60_000,
    recusalKeys: [],
    round: 1,
    radiusMetres: null,
    ...changes,
  };
}

export const line = (changes: Partial<RequirementLine> = {}): RequirementLine => ({
  line: 0,
  count: 1,
  taskKind: 'handle',
  field: null,
  skills: [],
  kit: [],
  supervisorId: null,
  expectedWorkSeconds: 1200,
  ...changes,
});

/** The incident against these teams, with straight-line travel at the speeds of the default policy. */
export function situation(
  facts: IncidentFacts,
  teams: readonly TeamFacts[],
  changes: Partial<Situation> = {},
): Situation {
  const model = straightLine(defaultPolicy);
  return {
    incident: facts,
    line: line(),
    teams,
    travel: travelOf(teams, facts.point, model, localHour(defaultPolicy, noon)),
    exclusions: [],
    shiftMeanJobs: 1,
    notEvaluated: { count: 0, radiusMetres: null },
    ...changes,
  };
}
