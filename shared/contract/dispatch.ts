import { z } from 'zod';
import {
  decisionKinds,
  dispatchModes,
  fillModes,
  overrideReasons,
  queueOrders,
  rejectionCodes,
  rematchModes,
  shortfallCodes,
  taskKinds,
  travelMethods,
  warningCodes,
  zoneRelations,
  zoneRules,
} from './dispatch-codes.ts';
import { CellId, DecisionId, EditionId, IncidentId, PersonId, TeamId, ZoneId } from './ids.ts';
import { LngLatSchema } from './geo.ts';
import { NeedSchema } from './needs.ts';

const seconds = z.number().int().nonnegative();
const metres = z.number().nonnegative();
const byPriority = <T extends z.ZodType>(value: T) => z.tuple([value, value, value, value]);

const PrioritySchema = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
const TaskKindSchema = z.enum(taskKinds);
const OverrideReasonSchema = z.enum(overrideReasons);

/** Every setting of the engine. Lists of four stand for P1 to P4. Defaults: `rules/dispatch/policy`. */
export const PolicySchema = z.strictObject({
  /** `auto`: a filed incident is offered at once; `assist`: the first choice is the dispatcher's. */
  mode: z.enum(dispatchModes),
  /** Active tasks that one team may hold; the database bounds it at 2. */
  capacity: z.number().int().min(1).max(2),
  /** Age at which a fix stops being live, stops being recent, becomes dark. */
  fresh: z.strictObject({ liveSeconds: seconds, recentSeconds: seconds, darkSeconds: seconds }),
  accuracyLimitMetres: metres,
  membersApartMetres: metres,
  shift: z.strictObject({ marginSeconds: seconds, overtime: byPriority(z.boolean()) }),
  zoneRule: byPriority(z.enum(zoneRules)),
  /** Surcharge on teams of other zones under `own_first`; null puts the own zone strictly first. */
  ownFirstCapSeconds: seconds.nullable(),
  travel: z.strictObject({
    detour: z.number().min(1).max(5),
    /** One speed for each hour of the local day, from 0 to 23. */
    speedsKmh: z.array(z.number().positive().max(150)).length(24),
    utcOffsetMinutes: z.number().int().min(-720).max(840),
    startDelaySeconds: seconds,
  }),
  load: z.strictObject({ secondsPerJob: seconds, limitSeconds: seconds }),
  offers: z.strictObject({
    /** Without offers a sent team counts as having accepted at once. */
    enabled: z.boolean(),
    answerSeconds: byPriority(seconds),
    /** Search radius of each round; null is the whole town. */
    radiusMetres: z.array(metres.nullable()).min(1),
    maxRounds: byPriority(z.number().int().positive()),
    /** Time for which a team that let an offer expire is not asked again for that incident. */
    expiredPauseSeconds: seconds,
    unansweredLimit: z.number().int().positive(),
    unansweredWindowSeconds: seconds,
    claimAttempts: z.number().int().positive(),
  }),
  queue: z.strictObject({
    order: z.enum(queueOrders),
    /** Seconds of travel that one second of waiting outweighs. */
    ageWeight: z.number().nonnegative(),
    creditSeconds: byPriority(z.number().int()),
  }),
  matching: z.strictObject({ etaWeight: byPriority(z.number().positive()), fill: z.enum(fillModes) }),
  rematch: z.strictObject({
    mode: z.enum(rematchModes),
    hysteresisSeconds: seconds,
    nearLockSeconds: seconds,
    switchPauseSeconds: seconds,
  }),
  preempt: z.strictObject({
    /** For each priority, the priorities whose driving teams it may take. */
    over: byPriority(z.array(PrioritySchema)),
    nearLockSeconds: seconds,
  }),
  betterTeam: z.strictObject({
    tickSeconds: seconds,
    tickPriorities: z.array(PrioritySchema),
    minimumGainSeconds: seconds,
    minimumRemainingSeconds: seconds,
    minimumRemainingMetres: metres,
    repeatSeconds: seconds,
  }),
  watchdog: z.strictObject({
    tickSeconds: seconds,
    thresholdMetres: metres,
    debounceTicks: z.number().int().positive(),
    nearMetres: metres,
    nearAccuracyMetres: metres,
    graceSeconds: seconds,
    questionSeconds: seconds,
    callSeconds: seconds,
    proposalSeconds: byPriority(seconds),
    /** Seconds of bad ticks after which the team is replaced without asking; null is never. */
    automaticSeconds: seconds.nullable(),
    checkInSeconds: seconds,
  }),
  shortlist: z.strictObject({
    sizes: z.array(z.number().int().positive()).min(1),
    minimumEligible: z.number().int().nonnegative(),
    inMemoryTeams: z.number().int().nonnegative(),
  }),
});
export type Policy = z.infer<typeof PolicySchema>;

const instantMs = z.number().int();
const costMs = z.number().int();

/** One failed rule with the data that shows why. */
const RejectionSchema = z.strictObject({
  code: z.enum(rejectionCodes),
  /** What was counted or measured, and the bound that it missed. */
  have: z.number().optional(),
  need: z.number().optional(),
  missing: z.array(z.string()).optional(),
  ageSeconds: z.number().optional(),
  metres: z.number().optional(),
  untilAt: instantMs.optional(),
  with: z.array(IncidentId).optional(),
  members: z.array(PersonId).optional(),
  cause: z.string().optional(),
});
export type Rejection = z.infer<typeof RejectionSchema>;

/** Parts of a cost in ms; their sum is `totalMs`. */
const CostPartsSchema = z.strictObject({
  startMs: costMs,
  travelMs: costMs,
  /** Way that the team may have moved since its fix. */
  ageMs: costMs,
  /** Work and travel of tasks that it must finish first. */
  workMs: costMs,
  zoneMs: costMs,
  loadMs: costMs,
  totalMs: costMs,
});
export type CostParts = z.infer<typeof CostPartsSchema>;

/** What the engine thought of one team. `rank` is 1 for the best, null for a rejected team. */
export const CandidateSchema = z.strictObject({
  teamId: TeamId,
  number: z.number().int(),
  code: z.string(),
  verdict: z.enum(['chosen', 'eligible', 'rejected']),
  rank: z.number().int().positive().nullable(),
  reasons: z.array(RejectionSchema),
  warnings: z.array(z.strictObject({ code: z.enum(warningCodes), members: z.array(PersonId) })),
  zone: z.enum(zoneRelations),
  load: z.number().int(),
  freeSlots: z.number().int(),
  licensed: z.number().int(),
  distanceMetres: z.number().nullable(),
  etaSeconds: z.number().nullable(),
  method: z.enum(travelMethods).nullable(),
  cost: CostPartsSchema.nullable(),
  fix: z
    .strictObject({
      point: LngLatSchema,
      fixAt: instantMs,
      ageSeconds: z.number(),
      source: z.string(),
      accuracyMetres: z.number().nullable(),
    })
    .nullable(),
  /** The task of lower priority from which this team would be taken. */
  preempts: IncidentId.nullable(),
});
export type Candidate = z.infer<typeof CandidateSchema>;

/** Why nobody can go: for each reason the teams it stops, and those that nothing else stops. */
export const ShortfallSchema = z.strictObject({
  code: z.enum(shortfallCodes),
  teams: z.number().int(),
  only: z.number().int(),
});
export type Shortfall = z.infer<typeof ShortfallSchema>;

/** A pair before and after a switch. */
const PairSchema = z.strictObject({ incidentId: IncidentId, teamId: TeamId.nullable() });

/** The stored explanation: why this team, and why not each of the others. */
export const DecisionRecordSchema = z.strictObject({
  kind: z.enum(decisionKinds),
  at: instantMs,
  actor: z.union([z.literal('automatic'), PersonId]),
  core: z.string(),
  policyHash: z.string(),
  editionId: EditionId.nullable(),
  coverageId: z.number().int().nullable(),
  travelVersion: z.string(),
  incident: z.strictObject({
    id: IncidentId,
    point: LngLatSchema,
    cellId: CellId.nullable(),
    zoneId: ZoneId.nullable(),
    matterCode: z.string().nullable(),
    matterVersion: z.number().int().nullable(),
    priority: PrioritySchema,
    waitingSeconds: z.number(),
    round: z.number().int(),
    radiusMetres: z.number().nullable(),
    line: z.number().int(),
    taskKind: TaskKindSchema,
    supervisorId: PersonId.nullable(),
    skills: z.array(z.string()),
    kit: z.array(z.string()),
  }),
  candidates: z.array(CandidateSchema),
  notEvaluated: z.strictObject({ count: z.number().int(), radiusMetres: z.number().nullable() }),
  result: z.strictObject({
    teamId: TeamId.nullable(),
    slot: z.number().int().nullable(),
    shortfall: z.array(ShortfallSchema),
    claimsLost: z.array(TeamId),
    gainSeconds: z.number().nullable(),
    hysteresisSeconds: z.number().nullable(),
    before: z.array(PairSchema),
    after: z.array(PairSchema),
  }),
  override: z
    .strictObject({
      againstTeamId: TeamId.nullable(),
      chosenRank: z.number().int().nullable(),
      waived: z.array(z.enum(rejectionCodes)),
      reason: OverrideReasonSchema,
      text: z.string(),
    })
    .nullable(),
});
export type DecisionRecord = z.infer<typeof DecisionRecordSchema>;

/** A stored decision with its number and the version of the settings that it was made under; 0 is the default. */
export const DecisionSchema = z.strictObject({
  id: DecisionId,
  record: DecisionRecordSchema,
  policyVersion: z.number().int(),
});

/** One line of what an incident needs, as it stands: who serves it, who would be asked for what lacks, why it lacks. */
export const LineViewSchema = NeedSchema.extend({
  line: z.number().int(),
  teamIds: z.array(TeamId),
  nextTeamIds: z.array(TeamId),
  /** Teams that it lacks, those counted that would be asked next. */
  lacking: z.number().int(),
  shortfall: z.array(ShortfallSchema),
});
export type LineView = z.infer<typeof LineViewSchema>;

/** The card of an incident: every team as it stands now, best first; `shortfall` when nobody can go. */
export const RecommendationSchema = z.strictObject({
  /** Null while the incident is still being typed. */
  incidentId: IncidentId.nullable(),
  at: instantMs,
  line: z.number().int(),
  taskKind: TaskKindSchema,
  round: z.number().int(),
  radiusMetres: z.number().nullable(),
  candidates: z.array(CandidateSchema),
  notEvaluated: z.strictObject({ count: z.number().int(), radiusMetres: z.number().nullable() }),
  shortfall: z.array(ShortfallSchema),
  /** Who would answer for auxiliaries, and who else may; only for a task that is open to them. */
  supervision: z
    .strictObject({
      personId: PersonId.nullable(),
      choices: z.array(z.strictObject({ personId: PersonId, teamId: TeamId })),
    })
    .optional(),
  /** Every line of what the incident needs; absent while it is new or still being typed. */
  lines: z.array(LineViewSchema).optional(),
  /** Its place in the queue while it is filed and nobody can go; the start is an estimate, null when nobody is at work. */
  queue: z
    .strictObject({
      rank: z.number().int(),
      waiting: z.number().int(),
      expectedStartAt: instantMs.nullable(),
    })
    .optional(),
});
export type Recommendation = z.infer<typeof RecommendationSchema>;
