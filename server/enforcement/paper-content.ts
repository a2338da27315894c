import { z } from 'zod';

/** Somebody's hand on a paper. */
const HandSchema = z.object({
  name: z.string(),
  licence: z.string().nullable(),
  /** PNG in base64; null: signed with the own login. */
  image: z.string().nullable(),
  refusalNote: z.string().nullable().default(null),
});
export type Hand = z.infer<typeof HandSchema>;

/** A paper's content as it stood when it was made: nothing is looked up again when it is printed. */
export const PaperContentSchema = z.object({
  title: z.string(),
  number: z.string().nullable(),
  organ: z.string(),
  date: z.string(),
  fields: z.record(z.string(), z.string()),
  officers: z.array(HandSchema),
  party: HandSchema.nullable(),
  /** What the QR says; null without one. */
  qr: z.string().nullable(),
});
export type PaperContent = z.infer<typeof PaperContentSchema>;

/** Longest run of underscores that stands for a field nobody filled: written by hand. */
const blank = '＿＿＿＿';

/** A template's text with its fields; what nobody filled stays a line to write on. */
export const filled = (text: string, content: PaperContent): string =>
  text.replaceAll(/\{([a-zA-Z]+)\}/g, (_, name: string) => content.fields[name] ?? blank);
