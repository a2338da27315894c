import { z } from 'zod';
import { CrsSchema, LngLatSchema } from './geo.ts';
import { IncidentId, InstantSchema, PersonId } from './ids.ts';

/** The eight kinds of evidence of 行政处罚法 46. */
export const EvidenceKind = z.enum([
  'documentary', // 书证
  'physical', // 物证
  'audiovisual', // 视听资料
  'electronic', // 电子数据
  'testimony', // 证人证言
  'party_statement', // 当事人的陈述
  'appraisal', // 鉴定意见
  'inspection_record', // 勘验笔录、现场笔录
]);
export type EvidenceKind = z.infer<typeof EvidenceKind>;

/** What a photo shows: close-up, wide, with a fixed reference, before and after handling. */
export const PhotoKind = z.enum(['near', 'far', 'reference', 'before', 'after']);
export type PhotoKind = z.infer<typeof PhotoKind>;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * What comes with a file, as JSON in the form field `meta` before the file in `file`. The Idempotency-Key of the
 * request is the id of the evidence; `sha256` was computed over the same bytes when they were captured.
 */
export const EvidenceMetaSchema = z.strictObject({
  incidentId: IncidentId,
  kind: EvidenceKind.default('audiovisual'),
  photoKind: PhotoKind.nullable().default(null),
  /** The word of the matter's checklist that this answers. */
  slot: z.string().trim().min(1).max(40).nullable().default(null),
  sha256,
  capturedAt: InstantSchema,
  /** The device's clock when it sent the request: tells its offset. */
  deviceAt: InstantSchema,
  place: z
    .strictObject({
      lng: z.number(),
      lat: z.number(),
      crs: CrsSchema,
      accuracyMetres: z.number().nonnegative().max(100_000),
    })
    .nullable()
    .default(null),
  /** Id of the original when this is a copy with a watermark, a crop or a blur; the original may come later. */
  originalId: z.uuid().nullable().default(null),
});
export type EvidenceMeta = z.output<typeof EvidenceMetaSchema>;

/** Evidence as readers see it; the picture is at /media/ID, the original at /media/ID/original for few. */
export const EvidenceViewSchema = z.strictObject({
  id: z.uuid(),
  incidentId: IncidentId,
  kind: EvidenceKind,
  photoKind: PhotoKind.nullable(),
  slot: z.string().nullable(),
  sha256,
  bytes: z.number().int().positive(),
  mediaType: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  hasPicture: z.boolean(),
  capturedAt: InstantSchema,
  receivedAt: InstantSchema,
  /** Device clock minus server clock. */
  deviceOffsetSeconds: z.number(),
  point: LngLatSchema.nullable(),
  accuracyMetres: z.number().nullable(),
  capturedBy: PersonId,
  originalId: z.uuid().nullable(),
});
export type EvidenceView = z.infer<typeof EvidenceViewSchema>;

/** One link of the chain of custody. */
export const CustodySchema = z.strictObject({
  evidenceId: z.uuid(),
  act: z.enum(['captured', 'received', 'original_taken', 'attached', 'verified']),
  at: InstantSchema,
  personId: PersonId.nullable(),
  note: z.string(),
});

/** The evidence of an incident: what its matter wants, what is there. */
export const EvidenceSetSchema = z.strictObject({
  slots: z.array(
    z.strictObject({ word: z.string(), evidenceIds: z.array(z.uuid()), skipped: z.string().nullable() }),
  ),
  complete: z.boolean(),
  /** Photos before and after, and metres between their nearest places; null while either has no place. */
  pair: z.strictObject({
    before: z.number().int(),
    after: z.number().int(),
    spotMetres: z.number().nullable(),
  }),
  evidence: z.array(EvidenceViewSchema),
  custody: z.array(CustodySchema),
});
export type EvidenceSet = z.infer<typeof EvidenceSetSchema>;

export const SkipSlotSchema = z.strictObject({
  slot: z.string().trim().min(1).max(40),
  reason: z.string().trim().min(1).max(200),
});
