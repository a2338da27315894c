import { z } from 'zod';

/** A day that the State Council moves: off, or a weekend day on which people work. */
const HolidayDaySchema = z.strictObject({
  date: z.string().max(10),
  kind: z.enum(['holiday', 'make_up_workday']),
  name: z.string().trim().max(40).default(''),
});

/** The published days of one civil year, with the notice that they come from. */
export const HolidayYearSchema = z.strictObject({
  year: z.number().int(),
  source: z.string(),
  days: z.array(HolidayDaySchema),
});
export type HolidayYear = z.infer<typeof HolidayYearSchema>;

export const PublishHolidaysSchema = z.strictObject({
  /** Name and number of the notice (国务院办公厅通知). */
  source: z.string().trim().min(1).max(200),
  days: z.array(HolidayDaySchema).min(1).max(120),
});

/** What the publication changed: running deadlines that were counted anew, and how many of them moved. */
export const PublishedHolidaysSchema = z.strictObject({
  year: HolidayYearSchema,
  counted: z.number().int(),
  moved: z.number().int(),
});
