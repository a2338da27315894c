import { z } from 'zod';
import { InstantSchema } from './ids.ts';
import { DeadlineClock } from './incidents.ts';
import { NeedSchema } from './needs.ts';

/** When a penalty may follow (data/matters.json explains each); 19 of the 46 demonstration matters take two steps. */
export const MatterTrigger = z.enum([
  'direct',
  'direct+order',
  'direct+warn',
  'after-deadline',
  'after-refusal',
  'order',
  'order-only',
]);
export type MatterTrigger = z.infer<typeof MatterTrigger>;

/** Penalties that the same provision attaches to the fine; all but a warning close the simple procedure. */
export const CompanionPenalty = z.enum(['warning', 'confiscation', 'stop_business']);
export type CompanionPenalty = z.infer<typeof CompanionPenalty>;

/** Whether the whole range, an amount under the cap, or nothing may be imposed on the spot; null without a fine. */
export const SimpleAnswer = z.enum(['yes', 'capped', 'no']);
export type SimpleAnswer = z.infer<typeof SimpleAnswer>;

/** A fine's range in yuan, both ends included; null when that kind of party is not fined. */
export const FineRange = z.tuple([z.number().nonnegative(), z.number().nonnegative()]).nullable();
export type FineRange = z.infer<typeof FineRange>;

/** Why a recorded amount can be trusted. */
export const MatterVerification = z.enum(['text', 'web', 'partial']);

/** One enforcement matter (执法事项) as the catalogue publishes it. */
export const MatterSchema = z.looseObject({
  code: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  domain: z.string(),
  basis: z.string(),
  verified: MatterVerification,
  trigger: MatterTrigger,
  fineIndividual: FineRange,
  fineOrg: FineRange,
  companionPenalties: z.array(CompanionPenalty),
  simpleProcedure: z.string(),
  simpleIndividual: SimpleAnswer.nullable(),
  simpleOrg: SimpleAnswer.nullable(),
  overlays: z.array(z.string()),
  priority: z.enum(['P1', 'P2', 'P3', 'P4']),
  deadline: z.string(),
  deadlineClock: DeadlineClock.nullable(),
  deadlineValue: z.number().positive().nullable(),
  deadlineSource: z.string(),
  skill: z.string(),
  equipment: z.string(),
  evidence: z.string(),
  note: z.string(),
  /** Teams that the standard of this matter sends beside the lead. */
  support: z.array(NeedSchema).optional(),
  /** First letters of the Chinese name in pinyin, lower case; the server adds them to its list. */
  initials: z.string().optional(),
});
export type Matter = z.infer<typeof MatterSchema>;

/** `delegated`: the town holds the power; `recalled`: the county took it back; `never_delegated`: another organ's. */
export const MatterStatus = z.enum(['delegated', 'recalled', 'never_delegated']);
export type MatterStatus = z.infer<typeof MatterStatus>;

/** A matter with who holds the power today: a penalty on one that the town does not hold is void (行政处罚法 38). */
export const ListedMatterSchema = MatterSchema.extend({ status: MatterStatus });
export type ListedMatter = z.infer<typeof ListedMatterSchema>;

/** The list of matters in force, as every console and every phone holds it. */
export const MatterListSchema = z.strictObject({ matters: z.array(ListedMatterSchema) });

/** A published version of a matter; `matter` is the row of the catalogue as it stood then. */
export const MatterVersionSchema = z.strictObject({
  version: z.number().int(),
  status: MatterStatus,
  holder: z.string(),
  document: z.string(),
  validFrom: InstantSchema,
  validTo: InstantSchema.nullable(),
  matter: MatterSchema,
});
export type MatterVersion = z.infer<typeof MatterVersionSchema>;

const yuan = z.number().nonnegative().max(9_999_999_999);
const range = z
  .tuple([yuan, yuan])
  .refine(([least, most]) => least <= most, { message: 'the least may not be above the most' })
  .nullable();

/** What a town decides about a matter; its code, names and legal basis come with the catalogue. */
export const PublishMatterSchema = z.strictObject({
  /** The published list that the change rests on. */
  document: z.string().trim().min(1).max(200),
  status: MatterStatus,
  holder: z.string().trim().min(1).max(80),
  priority: z.enum(['P1', 'P2', 'P3', 'P4']),
  deadlineClock: DeadlineClock.nullable(),
  deadlineValue: z.number().positive().max(10_000).nullable(),
  skill: z.string().trim().max(200),
  equipment: z.string().trim().max(200),
  evidence: z.string().trim().max(400),
  note: z.string().trim().max(1000),
  fineIndividual: range,
  fineOrg: range,
  /** Teams beside the lead; absent: as before. */
  support: z.array(NeedSchema).max(5).optional(),
});
