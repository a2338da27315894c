import { z } from 'zod';
import { CellId, EditionId, IncidentId, InstantSchema, PersonId, RowId, TeamId, ZoneId } from './ids.ts';

const seconds = z.number();
const share = z.number();

/** What to replay: an edition against another one (without `against`, the one that ran at the end of the period). */
export const StartReplaySchema = z.strictObject({
  against: EditionId.optional(),
  source: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('ledger'), from: InstantSchema, to: InstantSchema }),
    /** A list that was uploaded before: `/api/v1/incident-lists`, see docs. */
    z.strictObject({ kind: z.literal('list'), listId: RowId }),
  ]),
  /** Local hours [from, to) of the reports; from after to goes over midnight. */
  hourFrom: z.number().int().min(0).max(23).default(0),
  hourTo: z.number().int().min(1).max(24).default(24),
  priorities: z.array(z.number().int().min(1).max(4)).min(1).default([1, 2, 3, 4]),
  /** Codes of matters; empty is all. Incidents of a list name none. */
  matterCodes: z.array(z.string().max(16)).max(100).default([]),
  /** Factor on the speed of travel, as the calibration proposes. */
  speedFactor: z.number().min(0.2).max(5).default(1),
  seed: z.number().int().min(0).max(0xffff_ffff).default(1),
  /** Team to leave out in the scenario "one team absent"; without it, the busiest. */
  absentTeamId: TeamId.optional(),
  /** Compare although the calibration failed; the report says so in its title. */
  override: z.string().trim().min(1).max(500).optional(),
});

const FiguresSchema = z.strictObject({
  incidents: z.number().int(),
  meanSeconds: seconds,
  p50Seconds: seconds,
  p90Seconds: seconds,
  /** Within the target of their priority. */
  withinTarget: share,
});
export type Figures = z.infer<typeof FiguresSchema>;

/** Mean of after minus before, with the 95 % bootstrap interval; `shown` is false when the interval contains zero. */
const DifferenceSchema = z.strictObject({
  meanSeconds: seconds,
  low: seconds,
  high: seconds,
  shown: z.boolean(),
});

const SideSchema = z.strictObject({
  editionId: EditionId,
  name: z.string(),
  contentHash: z.string(),
  all: FiguresSchema,
  byPriority: z.array(FiguresSchema.extend({ priority: z.number().int(), targetSeconds: seconds })),
  byTeam: z.array(
    z.strictObject({
      teamId: TeamId,
      code: z.string(),
      tasks: z.number().int(),
      busyHours: z.number(),
      /** Of them after the end of the shift. */
      overtimeHours: z.number(),
    }),
  ),
  /** Coefficient of variation of the teams' busy hours. */
  workloadVariation: share,
  crossZoneShare: share,
  /** Incidents that no team could ever serve under this plan; they count in no mean. */
  unserved: z.number().int(),
  queued: z.number().int(),
  bumped: z.number().int(),
  /** Share of the period in which every team was busy. */
  allBusyShare: share,
});
export type ReplaySide = z.infer<typeof SideSchema>;

/** How well the replay of what was in force reproduces what happened. */
const CalibrationSchema = z.strictObject({
  /** Incidents with a known response. */
  compared: z.number().int(),
  medianRelativeError: share,
  limit: share,
  passed: z.boolean(),
  meanRecordedSeconds: seconds,
  meanReplayedSeconds: seconds,
  byHourClass: z.array(
    z.strictObject({
      hourFrom: z.number().int(),
      hourTo: z.number().int(),
      incidents: z.number().int(),
      medianRelativeError: share,
    }),
  ),
  byZone: z.array(
    z.strictObject({ zoneId: ZoneId, incidents: z.number().int(), medianRelativeError: share }),
  ),
  /** Speed factor under which the recorded and the replayed mean would agree; null without history. */
  fittedSpeedFactor: z.number().nullable(),
});

/** The report that travels with a draft to its approver. */
export const ReplayReportSchema = z.strictObject({
  replayId: z.number().int(),
  editionId: EditionId,
  madeAt: InstantSchema,
  madeBy: PersonId.nullable(),
  title: z.string(),
  from: InstantSchema,
  to: InstantSchema,
  source: z.string(),
  incidents: z.number().int(),
  leftOut: z.number().int(),
  /** Which incidents of the period were taken, as they were asked for. */
  filter: z.strictObject({
    hourFrom: z.number().int(),
    hourTo: z.number().int(),
    priorities: z.array(z.number().int()),
    matterCodes: z.array(z.string()),
  }),
  /** False where the roster does not cover the period: teams count as always on duty. */
  rostered: z.boolean(),
  /** How many closures of roads, and which calendar editions, held in the period: on both sides alike. */
  closures: z.number().int(),
  calendarEditions: z.array(EditionId),
  seed: z.number().int(),
  policyHash: z.string(),
  coreVersion: z.string(),
  overridden: z.string().nullable(),
  calibration: CalibrationSchema,
  before: SideSchema,
  after: SideSchema,
  difference: DifferenceSchema,
  gains: z.number().int(),
  losses: z.number().int(),
  villages: z.array(
    z.strictObject({
      code: z.string(),
      name: z.string(),
      incidents: z.number().int(),
      beforeSeconds: seconds,
      afterSeconds: seconds,
      difference: DifferenceSchema,
    }),
  ),
  /** Share reached within the target of the priority, before and after, where there were incidents. */
  coverage: z.strictObject({
    /** Cell, incidents, share before, share after. */
    cells: z.array(z.tuple([CellId, z.number().int(), share, share])),
    villages: z.array(
      z.strictObject({
        code: z.string(),
        name: z.string(),
        incidents: z.number().int(),
        before: share,
        after: share,
      }),
    ),
  }),
  /** Codes of the ten villages that lose most, the worst first. */
  worstVillages: z.array(z.string()),
  scenarios: z.array(
    z.strictObject({
      name: z.enum(['team_absent', 'demand_up', 'speed_down']),
      teamId: TeamId.nullable(),
      before: FiguresSchema,
      after: FiguresSchema,
    }),
  ),
  /**
   * Mean response above the best in hindsight (the nearest team, free and at home), by cause, in seconds a case:
   * waiting for a free team, the zone rule, teams busy or away from home. The causes sum to the regret.
   */
  regret: z.array(
    z.strictObject({
      side: z.enum(['before', 'after']),
      bestMeanSeconds: seconds,
      waitingSeconds: seconds,
      zoneRuleSeconds: seconds,
      awaySeconds: seconds,
    }),
  ),
  /** Each incident: id, longitude, latitude, seconds before, seconds after. */
  pairs: z.array(z.tuple([IncidentId, z.number(), z.number(), seconds, seconds])),
});
export type ReplayReport = z.infer<typeof ReplayReportSchema>;

/** A replay while it runs and when it is done. */
export const ReplaySchema = z.strictObject({
  id: z.number().int(),
  editionId: EditionId,
  state: z.enum(['running', 'done', 'refused', 'failed']),
  progress: z.number().min(0).max(1),
  /** A code of contract/refusals.ts, when it was refused. */
  refused: z.string().nullable(),
  calibration: CalibrationSchema.nullable(),
  report: ReplayReportSchema.nullable(),
});
export type Replay = z.infer<typeof ReplaySchema>;
