import { z } from 'zod';
import { CrsSchema, LngLatSchema } from './geo.ts';
import { CellId, IncidentId, InstantSchema, PersonId, TeamId } from './ids.ts';

/** What is looked at on a site: the small shop, the market, the building site … The list is data. */
export const SiteType = z.string().trim().min(1).max(40);

export const ChecklistItemSchema = z.strictObject({
  code: z.string().regex(/^[a-z0-9_]{1,40}$/),
  textZh: z.string().trim().min(1).max(120),
  textEn: z.string().trim().min(1).max(160),
  /** The matter that a ✗ becomes; null: the dispatcher chooses. */
  matterCode: z.string().max(16).nullable(),
});
export const ChecklistSchema = z.strictObject({
  siteType: SiteType,
  version: z.number().int(),
  nameZh: z.string(),
  nameEn: z.string(),
  items: z.array(ChecklistItemSchema).min(1).max(60),
});
export type Checklist = z.infer<typeof ChecklistSchema>;
export const ChangeChecklistSchema = ChecklistSchema.omit({ version: true, siteType: true });

/** When it was done, if the phone had no network then; absent: now. */
const doneAt = InstantSchema.optional();
export const EndPatrolSchema = z.strictObject({ doneAt });
export const StartPatrolSchema = z.strictObject({
  doneAt,
  /** Cells that the round is to cover; empty: all cells of the team's zones. */
  cellIds: z.array(CellId).max(500).default([]),
});

export const PatrolAnswer = z.enum(['ok', 'fault', 'not_applicable']);
export const AnswerSiteSchema = z.strictObject({
  siteType: SiteType,
  siteName: z.string().trim().min(1).max(120),
  place: z.strictObject({ lng: z.number(), lat: z.number(), crs: CrsSchema }),
  answeredAt: InstantSchema.optional(),
  answers: z
    .array(
      z.strictObject({
        item: z.string().max(40),
        answer: PatrolAnswer,
        note: z.string().trim().max(500).default(''),
      }),
    )
    .min(1)
    .max(60),
});

export const PatrolViewSchema = z.strictObject({
  id: z.number().int(),
  teamId: TeamId.nullable(),
  personId: PersonId,
  startedAt: InstantSchema,
  endedAt: InstantSchema.nullable(),
  /** Planned cells, and those in which something was answered or the walker stood. */
  cells: z.array(
    z.strictObject({ cellId: CellId, cellCode: z.string(), visitedAt: InstantSchema.nullable() }),
  ),
  coverage: z.number().min(0).max(1).nullable(),
  visits: z.array(
    z.strictObject({
      id: z.number().int(),
      siteType: SiteType,
      siteName: z.string(),
      point: LngLatSchema,
      cellId: CellId.nullable(),
      at: InstantSchema,
      checklistVersion: z.number().int(),
      answers: z.array(
        z.strictObject({
          item: z.string(),
          answer: PatrolAnswer,
          note: z.string(),
          incidentId: IncidentId.nullable(),
        }),
      ),
    }),
  ),
});
export type PatrolView = z.infer<typeof PatrolViewSchema>;

/** What facts carry of a round. */
export const PatrolFactSchema = PatrolViewSchema.pick({
  id: true,
  teamId: true,
  personId: true,
  startedAt: true,
  endedAt: true,
  coverage: true,
});

/** 主动发现 against 投诉: what own people found, what others had to tell; null for an empty denominator. */
export const FindingSharesSchema = z.strictObject({
  from: InstantSchema,
  to: InstantSchema,
  asOf: InstantSchema,
  rows: z.array(
    z.strictObject({
      zoneId: z.number().int().nullable(),
      ownFound: z.number().int(),
      reported: z.number().int(),
      selfFoundRate: z.number().nullable(),
    }),
  ),
  total: z.strictObject({
    ownFound: z.number().int(),
    reported: z.number().int(),
    selfFoundRate: z.number().nullable(),
  }),
  /** 巡查覆盖率: planned cells that were visited, over all rounds of the period. */
  coverage: z.strictObject({
    planned: z.number().int(),
    visited: z.number().int(),
    patrolCoverage: z.number().nullable(),
  }),
});
