import { z } from 'zod';
import { InstantSchema, TeamId } from './ids.ts';

/** The ways by which an offer reaches people beside the open app. */
export const PushChannel = z.enum(['web_push', 'dingtalk', 'wecom']);
export type PushChannel = z.infer<typeof PushChannel>;

/** Why a message was not accepted; nothing about the receiver. */
export const PushFailure = z.enum([
  'unreachable',
  'refused',
  'gone',
  'throttled',
  'address_private',
  'address_absent',
]);
export type PushFailure = z.infer<typeof PushFailure>;

/** What a browser's push manager answers. */
export const SubscribePushSchema = z.strictObject({
  endpoint: z.url().max(1000),
  keys: z.strictObject({
    p256dh: z.string().regex(/^[\w-]{86,88}=?$/),
    auth: z.string().regex(/^[\w-]{22,24}={0,2}$/),
  }),
});
export const UnsubscribePushSchema = z.strictObject({ endpoint: z.string().max(1000) });

/** Public VAPID key for `pushManager.subscribe`, base64url. */
export const PushKeySchema = z.strictObject({ publicKey: z.string() });

/** An offer that nobody has seen goes to the next channel after each such time, and then to the dispatcher. */
export const PushSettingsSchema = z.strictObject({ unseenSeconds: z.number().int().min(5).max(300) });
export type PushSettings = z.infer<typeof PushSettingsSchema>;

export const RobotKind = z.enum(['dingtalk', 'wecom']);
export type RobotKind = z.infer<typeof RobotKind>;

/** A group robot; the address and the secret are never shown again. */
export const RobotSchema = z.strictObject({
  id: z.number().int(),
  name: z.string(),
  kind: RobotKind,
  host: z.string(),
  teamId: TeamId.nullable(),
  madeAt: InstantSchema,
});
export type Robot = z.infer<typeof RobotSchema>;
export const AddRobotSchema = z.strictObject({
  name: z.string().trim().min(1).max(64),
  kind: RobotKind,
  address: z.url().max(1000),
  /** Signing secret (DingTalk 加签). */
  secret: z.string().max(200).nullable().default(null),
  /** Null: told of every team's offers. */
  teamId: TeamId.nullable().default(null),
});

/** What became of a message to one channel. */
export const SentSchema = z.strictObject({
  accepted: z.boolean(),
  failure: PushFailure.nullable(),
});
export type Sent = z.infer<typeof SentSchema>;
