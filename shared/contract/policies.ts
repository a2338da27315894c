import { z } from 'zod';
import { PolicySchema } from './dispatch.ts';
import { InstantSchema, PersonId } from './ids.ts';

/** The settings that rule now; version 0 is the default that a town starts with. */
export const PolicyInForceSchema = z.strictObject({
  version: z.number().int(),
  hash: z.string(),
  policy: PolicySchema,
});

/** A version of the settings with who wanted it, why, from when, and who agreed. */
export const PolicyVersionSchema = PolicyInForceSchema.extend({
  /** `scheduled` waits for its time, `past` has ruled. */
  state: z.enum(['proposed', 'withdrawn', 'scheduled', 'in_force', 'past']),
  effectiveAt: InstantSchema,
  reason: z.string(),
  proposedBy: PersonId.nullable(),
  proposedAt: InstantSchema.nullable(),
  approvedBy: PersonId.nullable(),
  approvedAt: InstantSchema.nullable(),
});
export type PolicyVersion = z.infer<typeof PolicyVersionSchema>;

export const ProposePolicySchema = z.strictObject({
  policy: PolicySchema,
  /** From when it is to rule; a time that has passed at the approval becomes the time of the approval. Absent: at once. */
  effectiveAt: InstantSchema.optional(),
  reason: z.string().trim().min(1).max(500),
});
