import type { PositionDoubt } from '../../contract/frame.ts';
import type { LngLat } from '../../contract/geo.ts';
import type {
  ActiveAssignmentState,
  ExclusionCause,
  Priority,
  TaskKind,
  TeamStatus,
  TravelMethod,
} from '../../contract/dispatch-codes.ts';
import type { AssignmentId, CellId, IncidentId, PersonId, TeamId, ZoneId } from '../../contract/ids.ts';

/*
 * Everything that a decision may know. Plain data: it can be stored as JSON and decided again years later.
 * Instants are integer ms since 1970, UTC.
 */

/** 执法证. `fields` are the fields of law that it covers. Valid from `validFrom` until just before `validTo`. */
export interface LicenceFacts {
  readonly validFrom: number;
  readonly validTo: number;
  readonly fields: readonly string[] | 'all';
  /** Qualified for coercive measures (行政强制法 arts. 17-18). */
  readonly coercion: boolean;
}

export interface MemberFacts {
  readonly personId: PersonId;
  readonly kind: 'officer' | 'auxiliary';
  /** Leads the team in this shift. */
  readonly leads: boolean;
  /** On the duty roster now. Members who are not do not count for anything. */
  readonly onDuty: boolean;
  readonly licence: LicenceFacts | null;
  readonly skills: readonly string[];
  /** Parties and cases from which this person is recused (回避). */
  readonly recusals: readonly string[];
  /** Distance from the team's place, where the member carries a device. */
  readonly awayMetres: number | null;
}

/** The newest accepted fix by fix time. A heartbeat never refreshes it. */
export interface PositionFacts {
  readonly point: LngLat;
  readonly fixAt: number;
  readonly accuracyMetres: number | null;
  readonly source: string;
  readonly mock: boolean;
  readonly datumKnown: boolean;
  /** Last known speed; 0 when standing. */
  readonly speedMetresPerSecond: number;
}

/** A fix that did not become a place. */
export interface RefusedFix {
  readonly doubt: PositionDoubt;
  readonly at: number;
  readonly accuracyMetres: number | null;
}

/** A task that holds a slot of the team. */
export interface CurrentAssignment {
  readonly assignmentId: AssignmentId;
  readonly incidentId: IncidentId;
  /** The requirement line that it fills, 0 for the lead; null: none, the team goes and looks. */
  readonly line: number | null;
  readonly priority: Priority;
  readonly state: ActiveAssignmentState;
  /** Chosen by a dispatcher: no automatic change touches it. */
  readonly manual: boolean;
  /** One of several teams, or of a joint operation (联合执法): no automatic change touches it. */
  readonly joint: boolean;
  readonly remainingSeconds: number | null;
  readonly remainingMetres: number | null;
  /** Work that is left on the scene, where the team said so or the matter's mean is known. */
  readonly remainingWorkSeconds: number | null;
}

export interface TeamFacts {
  readonly teamId: TeamId;
  /** Ties go to the lower number. */
  readonly number: number;
  readonly code: string;
  readonly zoneIds: readonly ZoneId[];
  readonly onDuty: boolean;
  readonly shiftEndsAt: number | null;
  readonly members: readonly MemberFacts[];
  readonly kit: readonly { readonly code: string; readonly serviceable: boolean }[];
  readonly status: TeamStatus;
  readonly statusReason: string | null;
  readonly statusUntilAt: number | null;
  readonly freeSlots: number;
  readonly position: PositionFacts | null;
  /** Where it has no place: what stands against the newest fix that a phone of its crew sent, and when that was. */
  readonly refusedFix?: RefusedFix | null;
  /** Tasks finished or taken in this shift. */
  readonly jobs: number;
  readonly assignments: readonly CurrentAssignment[];
  /** Times promised to joint operations (联合执法), travel included. */
  readonly reservations: readonly {
    readonly fromAt: number;
    readonly toAt: number;
    readonly cause: string;
  }[];
  readonly lastSwitchedAt: number | null;
}

/** What an incident needs from one team. Line 0 is the lead. */
export interface RequirementLine {
  readonly line: number;
  readonly count: number;
  readonly taskKind: TaskKind;
  /** Field of law of the matter; null when the task needs none. */
  readonly field: string | null;
  readonly skills: readonly string[];
  readonly kit: readonly string[];
  /** The officer who answers for auxiliaries. */
  readonly supervisorId: PersonId | null;
  readonly expectedWorkSeconds: number;
}

export interface IncidentFacts {
  readonly incidentId: IncidentId;
  readonly priority: Priority;
  readonly point: LngLat;
  readonly cellId: CellId | null;
  readonly zoneId: ZoneId | null;
  readonly neighbourZoneIds: readonly ZoneId[];
  readonly matterCode: string | null;
  readonly matterVersion: number | null;
  /** Since when it waits for a team. */
  readonly waitingSinceAt: number;
  /** Party and case keys that a recusal may name. */
  readonly recusalKeys: readonly string[];
  readonly round: number;
  /** Search radius of this round; null is the whole town. */
  readonly radiusMetres: number | null;
}

/** A team that is not asked for this incident. */
export interface Exclusion {
  readonly teamId: TeamId;
  /** `handled`: whoever handled does not check it. */
  readonly cause: ExclusionCause;
  /** Null is for good. */
  readonly untilAt: number | null;
}

/** Travel of each team to the incident, in the order of `teams`. */
export interface TravelFacts {
  readonly version: string;
  readonly seconds: ArrayLike<number>;
  readonly metres: ArrayLike<number>;
  readonly methods: ArrayLike<TravelMethod>;
  /** Speed by which the age of a fix turns into time. */
  readonly speedMetresPerSecond: number;
  /** Why a team's vehicle cannot get there (`width`, `overlay`, `road`); null when it can. */
  readonly blocked: ArrayLike<string | null> | null;
}

/** One requirement line of one incident, seen against every team. */
export interface Situation {
  readonly incident: IncidentFacts;
  readonly line: RequirementLine;
  readonly teams: readonly TeamFacts[];
  readonly travel: TravelFacts;
  readonly exclusions: readonly Exclusion[];
  /** Mean tasks per team on duty in this shift. */
  readonly shiftMeanJobs: number;
  /** Teams on duty that a shortlist left out, and how far it reached. */
  readonly notEvaluated: { readonly count: number; readonly radiusMetres: number | null };
}

/** True while the assignment's team is still on its way or has not answered. */
export const isDriving = (assignment: CurrentAssignment): boolean => assignment.state !== 'on_scene';
