import { z } from 'zod';
import { CellId, EditionId, IncidentId, InstantSchema, TeamId } from './ids.ts';
import { PlanningSettingsSchema } from './editions.ts';
import { BarrierSchema, VertexSchema } from './planning.ts';
import { PolicySchema } from './dispatch.ts';
import { ZoneSchema } from './town.ts';

const RingSchema = z.array(VertexSchema);

/** Everything that the page's own rules need about one set of cells, in one read. */
export const StudioSchema = z.strictObject({
  town: z.strictObject({ name: z.string(), code: z.string() }),
  coverageId: z.number().int(),
  runningEditionId: EditionId.nullable(),
  /** Directed rings of the town's border in 1e-7 degree. */
  outline: z.array(RingSchema),
  /** Meridian of the metric projection: `gaussKrueger(centralMeridian)`. */
  centralMeridian: z.number(),
  /** Every code ever given. */
  issuedCodes: z.array(z.string()),
  /** Ascending by id: the order of every assignment over this set of cells. */
  cells: z.array(
    z.strictObject({
      id: CellId,
      code: z.string(),
      kind: z.enum(['basic', 'dedicated']),
      rings: z.array(RingSchema),
      supersedes: z.array(CellId),
      population: z.number(),
      /** Per week of the period. */
      incidents: z.number(),
      /** Hours a week: incidents x (mean drive + mean work on scene) + patrols. */
      workloadHours: z.number(),
    }),
  ),
  /** Borders with something between; all others are free. */
  barriers: z.array(z.tuple([CellId, CellId, BarrierSchema])),
  villages: z.array(z.strictObject({ code: z.string(), name: z.string() })),
  zones: z.array(ZoneSchema),
  teams: z.array(
    z.strictObject({
      id: TeamId,
      code: z.string(),
      name: z.string(),
      /** Planned for duty within two weeks. */
      inService: z.boolean(),
      home: z.tuple([z.number(), z.number()]).nullable(),
      homeCellId: CellId.nullable(),
    }),
  ),
  statistics: z.strictObject({
    from: InstantSchema,
    to: InstantSchema,
    incidents: z.number().int(),
    /** Means of the period; the policy's and the matters' own figures where there is no history. */
    driveSeconds: z.number(),
    onSceneSeconds: z.number(),
    callTakingSeconds: z.number(),
    /** Hours of the period that lie inside the chosen hours of the day. */
    hours: z.number(),
    /** Teams on duty at the same time, on average over those hours. */
    teamsOnDuty: z.number(),
    /**
     * Hours that are alike, the most frequent first: the crew that is on duty together by the roster (null: no roster), and
     * the closures and the calendar edition of the two weeks after the period.
     */
    shifts: z.array(
      z.strictObject({
        teamIds: z.array(TeamId).nullable(),
        closureIds: z.array(z.number().int()),
        calendarEditionId: EditionId.nullable(),
        /** Share of the hours, and of their incidents, that these stand for. */
        hours: z.number(),
        incidents: z.number(),
      }),
    ),
    measured: z.boolean(),
  }),
  /** What the closures of the shifts do to the table of ways (`readCellTravel`): index and seconds in turn, -1 for no way. */
  closures: z.array(
    z.strictObject({ closureIds: z.array(z.number().int()), changes: z.array(z.number().int()) }),
  ),
  settings: PlanningSettingsSchema,
  policy: PolicySchema,
});
export type Studio = z.infer<typeof StudioSchema>;

/** Which set of cells (that of an edition, else the running one) and which history. Hours are local, [from, to); from after to goes over midnight. */
export const StudioQuerySchema = z.strictObject({
  editionId: z.coerce.number().int().positive().max(2_147_483_647).optional(),
  from: InstantSchema.optional(),
  to: InstantSchema.optional(),
  hourFrom: z.coerce.number().int().min(0).max(23).default(0),
  hourTo: z.coerce.number().int().min(1).max(24).default(24),
  matterCode: z.string().max(16).optional(),
  priority: z.coerce.number().int().min(1).max(4).optional(),
});

/** Seconds by road between cells, at `from * n + to` over `cellIds`; -1 where there is no way, 0 to itself. */
export const CellTravelSchema = z.strictObject({
  cellIds: z.array(CellId),
  /** The place that stands for each cell, longitude and latitude: on a road of it, where it has one. */
  points: z.array(z.tuple([z.number(), z.number()])),
  seconds: z.array(z.number().int()),
  version: z.string(),
});

/** What a replay runs on: history as it was. Instants in ms since 1970. */
export const ReplayWorldSchema = z.strictObject({
  from: InstantSchema,
  to: InstantSchema,
  callTakingMs: z.number(),
  incidents: z.array(
    z.strictObject({
      incidentId: IncidentId,
      reportedAt: z.number().int(),
      cellId: CellId,
      point: z.tuple([z.number(), z.number()]),
      priority: z.number().int().min(1).max(4),
      /** Null where a list or the incident names no matter. */
      matterCode: z.string().nullable(),
      onSceneMs: z.number().int(),
      /** Who served it and how long after the report it arrived; null where history does not say. */
      teamId: TeamId.nullable(),
      responseMs: z.number().int().nullable(),
      /**
       * Seconds by road, by day, from the home of each team (in the order of `teams`) to the place, round what was closed
       * then; -1 for no way, null without roads.
       */
      fromHome: z.array(z.number().int()).nullable(),
      /** Zone under the calendar edition that held then (rules/replay/calendar-zones.ts); null where the plan decides. */
      calendarZone: z.number().int().nullable(),
    }),
  ),
  teams: z.array(
    z.strictObject({
      teamId: TeamId,
      number: z.number().int(),
      code: z.string(),
      home: z.tuple([z.number(), z.number()]),
      /** Spans of duty in ms; null where the roster does not cover the period: always on duty. */
      duties: z.array(z.tuple([z.number(), z.number()])).nullable(),
      /** Zones that the team serves under the calendar editions of the period. */
      calendarZones: z.array(z.number().int()),
    }),
  ),
  /**
   * What was closed: spans in ms, and the entries of the table of ways (`readCellTravel`) that were others then, index and
   * seconds in turn, -1 where no way was left.
   */
  closures: z.array(
    z.strictObject({
      closureIds: z.array(z.number().int()),
      spans: z.array(z.tuple([z.number(), z.number()])),
      changes: z.array(z.number().int()),
    }),
  ),
  /** Calendar editions that held in the period. */
  calendarEditions: z.array(EditionId),
  /** Incidents of the period that have no place in this set of cells. */
  leftOut: z.number().int(),
});
export type ReplayWorldData = z.infer<typeof ReplayWorldSchema>;
