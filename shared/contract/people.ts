import { z } from 'zod';
import { InstantSchema, PersonId, TeamId } from './ids.ts';
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

const signInName = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{1,63}$/u);
const displayName = z.string().trim().min(1).max(64);
const words = z.array(z.string().trim().min(1).max(40)).max(40);
/** Roles that a person may have; the system and the public are none. */
const personRole = RoleSchema.exclude(['system', 'public']);
/** Taken as it is typed; the rule (12 characters, not the name) is the server's. */
const newPassword = z.string().min(1).max(256);

/** 执法证: valid from and to are instants; an empty list of fields is every field. */
export const LicenceSchema = z.strictObject({
  id: z.number().int(),
  number: z.string(),
  fields: z.array(z.string()),
  validFrom: InstantSchema,
  validTo: InstantSchema,
  revokedAt: InstantSchema.nullable(),
});

/** A person as the administrator sees it; nothing about the password but whether there is one. */
export const PersonSchema = z.strictObject({
  personId: PersonId,
  name: z.string(),
  displayName: z.string(),
  role: RoleSchema,
  active: z.boolean(),
  createdAt: InstantSchema,
  mayEnter: z.boolean(),
  seenAt: InstantSchema.nullable(),
  skills: z.array(z.string()),
  licences: z.array(LicenceSchema),
});
export type Person = z.infer<typeof PersonSchema>;

export const AddPersonSchema = z.strictObject({
  name: signInName,
  displayName,
  role: personRole,
  password: newPassword,
  skills: words.default([]),
});
export const ChangePersonSchema = z.strictObject({
  displayName,
  role: personRole,
  active: z.boolean(),
  skills: words,
});
export const ResetPasswordSchema = z.strictObject({ password: newPassword });
export const GiveLicenceSchema = z
  .strictObject({
    number: z.string().trim().min(3).max(40),
    fields: words.default([]),
    validFrom: InstantSchema,
    validTo: InstantSchema,
  })
  .refine(({ validFrom, validTo }) => Date.parse(validTo) > Date.parse(validFrom), {
    path: ['validTo'],
    message: 'the end must be after the beginning',
  });
