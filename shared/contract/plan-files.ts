import { z } from 'zod';
import { InstantSchema, ZoneId, CellId } from './ids.ts';
import { CrsSchema } from './geo.ts';

/**
 * The `meta` part of an upload of a plan: `csv` is `cell,zone` by code or id and zone number; `geojson` and `shapefile`
 * (zipped) are polygons of zones with their number, or of cells with code and zone number.
 */
export const ImportPlanMetaSchema = z.strictObject({
  format: z.enum(['csv', 'geojson', 'shapefile']),
  /** Needed for shapes; a CSV has no coordinates. */
  crs: CrsSchema.optional(),
});

/** A remark about one row of a file; `row` counts from 1, 0 is the file as a whole. */
export const FileFindingSchema = z.strictObject({
  row: z.number().int(),
  severity: z.enum(['error', 'warning']),
  /** A code of the list in client/words. */
  code: z.enum([
    'file_unreadable',
    'column_missing',
    'cell_unknown',
    'cell_repeated',
    'zone_unknown',
    'value_missing',
    'value_invalid',
    'shape_invalid',
    'cell_divided',
    'cell_uncovered',
    'place_outside',
    'team_unknown',
    'row_repeated',
  ]),
  value: z.string(),
});
export type FileFinding = z.infer<typeof FileFindingSchema>;

/** What a file would do to the draft: nothing is written; the page takes it as a pending selection. */
export const ImportedPlanSchema = z.strictObject({
  rows: z.number().int(),
  pairs: z.array(z.tuple([CellId, ZoneId.nullable()])),
  /** Zones of the file that the town has and the draft does not use yet. */
  addedZones: z.array(ZoneId),
  errors: z.number().int(),
  warnings: z.number().int(),
  /** At most 1,000, errors first. */
  findings: z.array(FileFindingSchema),
});

/** An imported or drawn list of incidents that replays may run on. */
export const IncidentListSchema = z.strictObject({
  id: z.number().int(),
  name: z.string(),
  from: InstantSchema,
  to: InstantSchema,
  incidents: z.number().int(),
  synthetic: z.boolean(),
});
export type IncidentList = z.infer<typeof IncidentListSchema>;

/** The `meta` part of an upload of incidents (CSV: reportedAt,lng,lat,priority,onSceneSeconds[,responseSeconds,teamCode]). */
export const AddListMetaSchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  crs: CrsSchema,
});
/** A list is stored only without errors. */
export const AddedListSchema = z.strictObject({
  list: IncidentListSchema.nullable(),
  rows: z.number().int(),
  errors: z.number().int(),
  findings: z.array(FileFindingSchema),
});

/** Draws a list with the generator of the synthetic town: demo towns only. */
export const DrawListSchema = z.strictObject({
  days: z.number().int().min(1).max(400),
  seed: z.number().int().min(0).max(0xffff_ffff).default(1),
});
