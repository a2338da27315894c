import { z } from 'zod';
import { PersonId, TeamId } from './ids.ts';
import { RoleSchema } from './roles.ts';

/** Who is signed in, as the clients see it. */
export const MeSchema = z.strictObject({
  personId: PersonId,
  name: z.string(),
  displayName: z.string(),
  role: RoleSchema,
  teamId: TeamId.nullable(),
  /** True in the embedded demo town: its data are synthetic and its passwords known. */
  demo: z.boolean(),
});
export type Me = z.infer<typeof MeSchema>;

export const SignInSchema = z.strictObject({
  name: z.string().trim().min(1).max(64),
  password: z.string().min(1).max(256),
});

/** Sign-ins shown on the door of the demo town; empty anywhere else. */
export const DemoSignInsSchema = z.strictObject({
  demo: z.boolean(),
  signIns: z.array(
    z.strictObject({ role: RoleSchema, name: z.string(), password: z.string(), door: z.string() }),
  ),
});
