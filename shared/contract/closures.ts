import { z } from 'zod';
import { EditionId, InstantSchema, PersonId } from './ids.ts';

const hours = {
  /** Local days of the week, 1 Monday to 7 Sunday; empty means every day. */
  weekdays: z.array(z.number().int().min(1).max(7)).max(7).default([]),
  /** Local minutes of the day, [from, to); 0 and 1440 are the whole day. A span over midnight is two rules. */
  minuteFrom: z.number().int().min(0).max(1439).default(0),
  minuteTo: z.number().int().min(1).max(1440).default(1440),
};
const span = { from: InstantSchema, to: InstantSchema.nullable().default(null) };
const inOrder = ({ from, to }: { from: string; to: string | null }): boolean =>
  to === null || Date.parse(from) < Date.parse(to);
const spanError = { path: ['to'], message: 'not after from' };
const reason = z.string().trim().min(1).max(500);
const lngLat = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);

/** Closes roads for a time: by their ids, or every road that a polygon (WGS-84) meets. */
export const CreateClosureSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(80),
    roadIds: z.array(z.number().int().min(0).max(2_147_483_647)).max(5000).default([]),
    area: z.array(lngLat).min(4).max(2000).nullable().default(null),
    reason,
    ...span,
    ...hours,
  })
  .refine((closure) => closure.minuteFrom < closure.minuteTo, {
    path: ['minuteTo'],
    message: 'not after minuteFrom',
  })
  .refine(inOrder, spanError);

export const ClosureSchema = z.strictObject({
  id: z.number().int(),
  name: z.string(),
  roadIds: z.array(z.number().int()),
  area: z.array(lngLat).nullable(),
  reason: z.string(),
  from: InstantSchema,
  to: InstantSchema.nullable(),
  weekdays: z.array(z.number().int()),
  minuteFrom: z.number().int(),
  minuteTo: z.number().int(),
  orderedBy: PersonId.nullable(),
  /** Closed at the instant of the answer. */
  active: z.boolean(),
});
export type Closure = z.infer<typeof ClosureSchema>;

/** An approved edition that applies on certain days and hours instead of the running one (市集日, 上学时段). */
export const CreateCalendarRuleSchema = z
  .strictObject({
    editionId: EditionId,
    name: z.string().trim().min(1).max(80),
    /** Local dates; with dates and weekdays both must fit. Empty means every date. */
    dates: z
      .array(z.iso.date().refine((text) => /^(19|20|21)/.test(text), 'a year from 1900 to 2199'))
      .max(400)
      .default([]),
    reason,
    ...span,
    ...hours,
  })
  .refine((rule) => rule.minuteFrom < rule.minuteTo, { path: ['minuteTo'], message: 'not after minuteFrom' })
  .refine(inOrder, spanError);

export const CalendarRuleSchema = z.strictObject({
  id: z.number().int(),
  editionId: EditionId,
  name: z.string(),
  dates: z.array(z.string()),
  reason: z.string(),
  from: InstantSchema,
  to: InstantSchema.nullable(),
  weekdays: z.array(z.number().int()),
  minuteFrom: z.number().int(),
  minuteTo: z.number().int(),
  orderedBy: PersonId.nullable(),
  active: z.boolean(),
});
export type CalendarRule = z.infer<typeof CalendarRuleSchema>;
