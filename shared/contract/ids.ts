import { z } from 'zod';

/** Ids of four bytes in the tables: a larger number names nothing, and the database would not even compare it. */
const small = z.number().int().positive().max(2_147_483_647);

/** An id of a row without a brand of its own. */
export const RowId = small;

/** Numeric ids of rows; branded so that a team's id never passes for an incident's. */
export const IncidentId = z.number().int().positive().brand<'IncidentId'>();
export type IncidentId = z.infer<typeof IncidentId>;
export const TeamId = small.brand<'TeamId'>();
export type TeamId = z.infer<typeof TeamId>;
export const PersonId = small.brand<'PersonId'>();
export type PersonId = z.infer<typeof PersonId>;
export const AssignmentId = z.number().int().positive().brand<'AssignmentId'>();
export type AssignmentId = z.infer<typeof AssignmentId>;
export const CellId = small.brand<'CellId'>();
export type CellId = z.infer<typeof CellId>;
export const ZoneId = small.brand<'ZoneId'>();
export type ZoneId = z.infer<typeof ZoneId>;
export const EditionId = small.brand<'EditionId'>();
export type EditionId = z.infer<typeof EditionId>;
export const DecisionId = z.number().int().positive().brand<'DecisionId'>();
export type DecisionId = z.infer<typeof DecisionId>;

/** An instant on the wire: RFC 3339, UTC, milliseconds. Inside rules an instant is integer ms since 1970. */
export const InstantSchema = z.iso
  .datetime({ offset: true })
  .refine((text) => /^(19|20|21)/.test(text), 'a year from 1900 to 2199')
  .refine((text) => !/[+-](1[5-9]|2\d):\d\d$/.test(text), 'an offset of at most 14 hours');
export type Instant = string;
