import { z } from 'zod';
import { InstantSchema } from './ids.ts';

/** Fact types of a subscription: exact names, or `*` for all. */
const types = z
  .array(
    z
      .string()
      .regex(/^(\*|[a-z_]+\.[a-z_]+)$/)
      .max(64),
  )
  .min(1)
  .max(100);
const address = z.url({ protocol: /^https?$/ }).max(1000);
const name = z.string().trim().min(1).max(64);

export const WebhookSchema = z.strictObject({
  id: z.number().int(),
  name: z.string(),
  address: z.string(),
  types: z.array(z.string()),
  active: z.boolean(),
  /** Why the product stopped sending: `gone` (410) or `exhausted` (75 hours without an answer). */
  disabledReason: z.enum(['gone', 'exhausted']).nullable(),
  heldUntil: InstantSchema.nullable(),
  waiting: z.number().int(),
  failed: z.number().int(),
  madeAt: InstantSchema,
});
export type Webhook = z.infer<typeof WebhookSchema>;

export const CreateWebhookSchema = z.strictObject({ name, address, types });
export const ChangeWebhookSchema = z.strictObject({ name, address, types, active: z.boolean() });
/** The secret is told once; `whsec_` and 32 random bytes in base64. */
export const WebhookWithSecretSchema = z.strictObject({ webhook: WebhookSchema, secret: z.string() });

export const DeliverySchema = z.strictObject({
  id: z.number().int(),
  seq: z.number().int(),
  type: z.string(),
  state: z.enum(['waiting', 'done', 'failed']),
  attempts: z.number().int(),
  madeAt: InstantSchema,
  triedAt: InstantSchema.nullable(),
  status: z.number().int().nullable(),
  error: z.string().nullable(),
  answer: z.string().nullable(),
});
export type Delivery = z.infer<typeof DeliverySchema>;

/** Facts by number, both ends included; at most 1,000. */
export const ReplaySchema = z
  .strictObject({ from: z.number().int().positive(), to: z.number().int().positive() })
  .refine(({ from, to }) => to >= from && to - from < 1000, { message: 'at most 1,000 facts' });

/** What a test call came to. */
export const TestAnswerSchema = z.strictObject({
  ok: z.boolean(),
  status: z.number().int().nullable(),
  error: z.string().nullable(),
});
export type TestAnswer = z.infer<typeof TestAnswerSchema>;
