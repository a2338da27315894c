import { z } from 'zod';
import { InstantSchema, TeamId } from './ids.ts';

/** What the room says to a team, or to everybody on duty when there is no team. */
export const MessageSchema = z.strictObject({
  id: z.uuid(),
  teamId: TeamId.nullable(),
  text: z.string(),
  from: z.string(),
  at: InstantSchema,
});
export type Message = z.infer<typeof MessageSchema>;

export const SendMessageSchema = z.strictObject({
  teamId: TeamId.nullable(),
  text: z.string().trim().min(1).max(500),
});
