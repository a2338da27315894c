import { z } from 'zod';
import { CellId, EditionId, InstantSchema, PersonId, RowId, TeamId, ZoneId } from './ids.ts';
import { EditionSummarySchema, LogEntrySchema, PlanProblemSchema } from './planning.ts';
import { ZoneSchema } from './town.ts';

const name = z.string().trim().min(1).max(80);
const reason = z.string().trim().min(1).max(500);

/** Cell and zone as pairs, ascending by cell; null has no zone (drafts only). */
export const CellPairsSchema = z.array(z.tuple([CellId, ZoneId.nullable()]));

/** A team of a zone; the lower the rank, the earlier it is asked. A team may serve several zones (一组多格). */
export const ZoneTeamSchema = z.strictObject({
  zoneId: ZoneId,
  teamId: TeamId,
  rank: z.number().int().min(1).max(9),
});
export type ZoneTeam = z.infer<typeof ZoneTeamSchema>;

/** A span of time in which an edition is in force; `to` null is open. */
export const EffectSchema = z.strictObject({
  editionId: EditionId,
  from: InstantSchema.nullable(),
  to: InstantSchema.nullable(),
  orderedBy: PersonId.nullable(),
  reason: z.string(),
});

/** A cell that draft and running edition gave to different zones; a person decides. */
export const ConflictSchema = z.strictObject({
  cellId: CellId,
  draftZoneId: ZoneId.nullable(),
  runningZoneId: ZoneId.nullable(),
});

/** A merged cell whose sources lay in different zones: it has none until a person decides. */
export const UndecidedCellSchema = z.strictObject({
  cellId: CellId,
  zoneIds: z.array(ZoneId.nullable()),
});

/** A draft as its log makes it: fold `log` over `base` (rules/zones/history.ts). */
export const DraftStateSchema = z.strictObject({
  /** The set of cells before the log, and the zones of its cells. */
  baseCells: CellPairsSchema,
  baseZones: z.array(ZoneId),
  log: z.array(LogEntrySchema),
  seq: z.number().int(),
  /** The running edition that the draft was last brought onto. */
  basedOn: EditionId.nullable(),
  /** Another edition is in force than `basedOn`: rebase before sending to review. */
  outdated: z.boolean(),
  conflicts: z.array(ConflictSchema),
  /** Only this person edits; the others watch. */
  soleEditor: PersonId.nullable(),
});

/** An edition with everything that is said about it; cells, zones and teams as they stand now. */
export const EditionDetailSchema = z.strictObject({
  edition: EditionSummarySchema,
  cells: CellPairsSchema,
  zones: z.array(ZoneSchema),
  teams: z.array(ZoneTeamSchema),
  effects: z.array(EffectSchema),
  /** Zones that may lie in several pieces, with the reason. */
  waivers: z.array(z.strictObject({ zoneId: ZoneId, reason: z.string() })),
  draft: DraftStateSchema.nullable(),
  /** Reports of replays stored with the edition, the newest first. */
  reports: z.array(
    z.strictObject({
      replayId: z.number().int(),
      madeAt: InstantSchema,
      title: z.string(),
      /** Median relative error of a comparison that was made although the calibration failed, else null. */
      errorOverridden: z.number().nullable(),
    }),
  ),
  /** Why it was sent to review without a report, or sent back. */
  reviewReason: z.string().nullable(),
  /** Who stands behind the numbers of people in it. */
  people: z.array(z.strictObject({ personId: PersonId, name: z.string() })),
  submittedBy: PersonId.nullable(),
  submittedReport: z.number().int().nullable(),
});
export type EditionDetail = z.infer<typeof EditionDetailSchema>;

/** A new draft with the content of an edition; without `from`, of the running one. */
export const CreateDraftSchema = z.strictObject({ name, from: EditionId.optional() });

/** Name, note, sole editor and waivers of a draft; what is left out stays. */
export const ChangeDraftSchema = z.strictObject({
  name: name.optional(),
  note: z.string().trim().max(2000).optional(),
  soleEditor: PersonId.nullable().optional(),
  waivers: z
    .array(z.strictObject({ zoneId: ZoneId, reason }))
    .max(100)
    .optional(),
});

/** All teams of all zones of a draft at once. */
export const SetDraftTeamsSchema = z.strictObject({ teams: z.array(ZoneTeamSchema).max(2000) });

/** New zones that a draft may use with `addedZones`; the server gives number and code. */
export const CreateZonesSchema = z.strictObject({
  zones: z.array(z.strictObject({ name })).min(1).max(50),
});

/** For each cell in conflict: the draft's zone or that of the running edition. */
export const ResolveConflictsSchema = z.strictObject({
  cells: z
    .array(z.strictObject({ cellId: CellId, keep: z.enum(['draft', 'running']) }))
    .min(1)
    .max(10_000),
});

/** A replay report travels with the plan; without one the planner says why. */
export const SubmitSchema = z.strictObject({
  replayId: RowId.optional(),
  reason: reason.optional(),
});
export const ReasonSchema = z.strictObject({ reason });
/** The instant from which the edition applies; at least the lead time of the settings ahead. */
export const PublishSchema = z.strictObject({ effectiveAt: InstantSchema, reason: reason.optional() });
/** An edition with the content of an earlier one, in force from `effectiveAt` on. */
export const RollBackSchema = z.strictObject({ effectiveAt: InstantSchema, reason });

export const ProblemsSchema = z.strictObject({
  problems: z.array(PlanProblemSchema),
  conflicts: z.number().int(),
  outdated: z.boolean(),
});

/** What happened to each posted operation, in order. `refused` ones did not enter the log. */
export const OperationAnswersSchema = z.strictObject({
  seq: z.number().int(),
  answers: z.array(
    z.strictObject({
      opId: z.uuid(),
      seq: z.number().int().nullable(),
      refused: z.string().nullable(),
      skipped: z.array(
        z.strictObject({
          cellId: CellId,
          reason: z.enum(['zone_locked', 'changed_since', 'cell_unknown', 'zone_unknown']),
        }),
      ),
    }),
  ),
});
export type OperationAnswers = z.infer<typeof OperationAnswersSchema>;

/** The settings of the studio (planning); weights of the design are settings of the page. */
export const PlanningSettingsSchema = z.strictObject({
  /** Band of workload about the mean: 0.05 is five per cent. */
  tolerance: z.number().min(0).max(1),
  leastCompactness: z.number().min(0).max(1),
  minimumSharedMetres: z.number().min(0).max(1000),
  /** Least time between publishing and effect. */
  leadSeconds: z
    .number()
    .int()
    .min(0)
    .max(30 * 86_400),
  /** Largest median relative error at which replays may be compared. */
  replayMaximumMedianError: z.number().min(0).max(10),
  /** Days of history behind statistics and forecast. */
  statisticsDays: z.number().int().min(1).max(1000),
  /** Share of incidents within which target, by priority 1 to 4. */
  targetSeconds: z.tuple([z.number().int(), z.number().int(), z.number().int(), z.number().int()]),
});
export type PlanningSettings = z.infer<typeof PlanningSettingsSchema>;
