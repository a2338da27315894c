import { z } from 'zod';
import { taskKinds } from './dispatch-codes.ts';

const words = z.array(z.string().trim().min(1).max(40)).max(10);

/** One line of what an incident needs: so many teams for a task, each with these skills and this kit. */
export const NeedSchema = z.strictObject({
  kind: z.enum(taskKinds),
  count: z.number().int().min(1).max(9),
  skills: words,
  kit: words,
});
export type Need = z.infer<typeof NeedSchema>;

/** Every line of an incident: the first is the lead's and wants one team. Without any it is as the matter says. */
export const SetNeedsSchema = z.strictObject({ needs: z.array(NeedSchema).max(6) });
