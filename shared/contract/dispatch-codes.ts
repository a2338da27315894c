/** Every code of the dispatch engine. Free of zod, so that pages may import the lists themselves. */

/** 1 is the most urgent. */
export const priorities = [1, 2, 3, 4] as const;
export type Priority = (typeof priorities)[number];

/** Tasks that may lead to an order or a decision; `coerce` to coercive measures. */
export const licensedTaskKinds = ['handle', 'correct', 'operation', 'coerce'] as const;

/** Tasks open to auxiliaries under a named officer (浙江省综合行政执法条例 art. 30). */
const auxiliaryTaskKinds = ['verify', 'check', 'secure', 'dissuade', 'collect', 'serve', 'assist'] as const;

/** What the team is sent to do. */
export const taskKinds = [...licensedTaskKinds, ...auxiliaryTaskKinds] as const;
export type TaskKind = (typeof taskKinds)[number];

/** What a dispatcher may send a team for; the other kinds follow from a step of the incident. */
export const dispatchKinds = [
  'handle',
  'verify',
  'secure',
  'dissuade',
  'collect',
  'serve',
  'assist',
  'coerce',
] as const satisfies readonly TaskKind[];
export type DispatchKind = (typeof dispatchKinds)[number];

/** Why a team may not be sent. The position in the list is the bit in the mask of `rules/dispatch/eligibility`. */
export const rejectionCodes = [
  'duty_off',
  'shift_short',
  'licences_few',
  'coercion_unqualified',
  'supervisor_missing',
  'licence_expired',
  'licence_foreign',
  'member_recused',
  'skill_missing',
  'kit_missing',
  'slot_full',
  'team_unavailable',
  'team_reserved',
  'position_dark',
  'position_mock',
  'datum_unknown',
  'position_inaccurate',
  'offer_declined',
  'access_blocked',
  'zone_other',
  'radius_outside',
] as const;
export type RejectionCode = (typeof rejectionCodes)[number];

/** What a dispatcher should know about a team that may be sent all the same. */
export const warningCodes = ['members_apart', 'licence_expired', 'licence_foreign'] as const;
export type WarningCode = (typeof warningCodes)[number];

/** Why an officer declines an offer. */
export const declineReasons = [
  'on_scene_elsewhere',
  'recusal',
  'skill_or_kit',
  'vehicle',
  'unsafe',
  'shift_end',
  'not_ours',
  'other',
] as const;
export type DeclineReason = (typeof declineReasons)[number];

/** Why a team is not asked for an incident (again): what it said, or what happened. */
export type ExclusionCause = DeclineReason | 'unanswered' | 'recalled' | 'handled';

/** Why an assignment is taken back. */
export const withdrawReasons = [
  'cancelled',
  'merged',
  'recalled',
  'reassigned',
  'preempted',
  'closed',
] as const;
export type WithdrawReason = (typeof withdrawReasons)[number];

/** Why a dispatcher chose another team than the first of the ranking; `other` needs a text. */
export const overrideReasons = [
  'local_knowledge',
  'language',
  'continuity',
  'training',
  'order',
  'position_wrong',
  'other',
] as const;
export type OverrideReason = (typeof overrideReasons)[number];

/** Why a requirement line stays unfilled. */
export const shortfallCodes = [
  'teams_absent',
  'teams_busy',
  'licences_few',
  'skill_missing',
  'kit_missing',
  'positions_dark',
  'offers_declined',
  'radius_outside',
  'lines_lacking',
] as const;
export type ShortfallCode = (typeof shortfallCodes)[number];

/** What a team is doing. `available` and `returning` teams may be sent. */
export const teamStatuses = [
  'off_duty',
  'available',
  'offered',
  'accepted',
  'en_route',
  'on_scene',
  'returning',
  'unavailable',
] as const;
export type TeamStatus = (typeof teamStatuses)[number];

/** State of an assignment that still holds a slot. */
const activeAssignmentStates = ['offered', 'accepted', 'en_route', 'on_scene'] as const;
export type ActiveAssignmentState = (typeof activeAssignmentStates)[number];

/** How a travel time was found; `straight_line` is also the fallback of the others. */
export const travelMethods = ['straight_line', 'matrix', 'roads'] as const;
export type TravelMethod = (typeof travelMethods)[number];

/** Age of a fix: live, recent, old, dark. */
const fixClasses = ['live', 'recent', 'old', 'dark'] as const;
export type FixClass = (typeof fixClasses)[number];

export const zoneRules = ['nearest', 'own_first', 'locked'] as const;

export const zoneRelations = ['own', 'neighbour', 'other', 'none'] as const;
export type ZoneRelation = (typeof zoneRelations)[number];

export const queueOrders = ['weighted', 'strict_time', 'strict_nearest'] as const;

/** `proposal`: automatic before the answer, a proposal after it, automatic when a P1 gains. */
export const rematchModes = ['off', 'proposal', 'automatic'] as const;

export const fillModes = ['partial', 'all_or_nothing'] as const;

/** What caused a decision. */
export const decisionKinds = ['first', 'next', 'queue', 'match', 'switch', 'preemption', 'manual'] as const;
export type DecisionKind = (typeof decisionKinds)[number];

const watchdogStates = ['progressing', 'stalled', 'retreating', 'position_dark', 'near'] as const;
export type WatchdogState = (typeof watchdogStates)[number];

/** What the watchdog asks for, in the order in which it grows. */
const watchdogStages = ['none', 'question', 'call', 'proposal', 'automatic'] as const;
export type WatchdogStage = (typeof watchdogStages)[number];

/** Who makes the first choice: the engine, or the dispatcher with the engine's card. */
export const dispatchModes = ['auto', 'assist'] as const;
export type DispatchMode = (typeof dispatchModes)[number];
