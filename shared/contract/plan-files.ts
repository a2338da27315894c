import { z } from 'zod';
import { CellId, EditionId, InstantSchema, ZoneId } from './ids.ts';
import { CrsSchema } from './geo.ts';

/**
 * The `meta` part of an upload of a plan: `csv` is `cell,zone` by code or id and zone number; `geojson` and `shapefile`
 * (zipped) are polygons of zones with their number, or of cells with code and zone number.
 */
export const ImportPlanMetaSchema = z.strictObject({
  format: z.enum(['csv', 'geojson', 'shapefile']),
  /** Needed for shapes; a CSV has no coordinates. */
  crs: CrsSchema.optional(),
  /** Columns or properties of the file, where they have none of the usual names. */
  cellColumn: z.string().trim().max(80).default(''),
  zoneColumn: z.string().trim().max(80).default(''),
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

/**
 * The `meta` part of an upload of cells (GeoJSON or zipped Shapefile). A check writes nothing; `write` makes a draft over the
 * new cells, which keep the zones of the cells that they replace.
 */
export const ImportCellsMetaSchema = z.strictObject({
  crs: CrsSchema,
  source: z.string().trim().min(1).max(200),
  licence: z.string().trim().min(1).max(200),
  /** The property that holds the code, where it has none of the usual names. */
  codeProperty: z.string().trim().max(80).default(''),
  /** Mends overlaps and narrow slits before anything else is judged. */
  repair: z.boolean().default(false),
  mergeSameCode: z.boolean().default(false),
  allowHoles: z.boolean().default(false),
  /** The outer border of the cells becomes that of the town under this set of cells. */
  newOutline: z.boolean().default(false),
  write: z.boolean().default(false),
  /** Name of the draft. */
  name: z.string().trim().max(80).default(''),
});

/** How well a set of cells tiles: overlapping pairs, gaps, separate parts, square metres. */
export const CoverageTotalsSchema = z.strictObject({
  overlaps: z.number().int(),
  overlapSquareMetres: z.number(),
  gaps: z.number().int(),
  gapSquareMetres: z.number(),
  parts: z.number().int(),
  squareMetres: z.number(),
});
export type CoverageTotals = z.infer<typeof CoverageTotalsSchema>;

/** A remark about a feature of a file of cells; `row` counts from 1, null is the file as a whole. */
export const CellFindingSchema = z.strictObject({
  row: z.number().int().nullable(),
  severity: z.enum(['error', 'warning']),
  /** A code of the list in client/words. */
  code: z.string(),
  field: z.string(),
  value: z.string(),
  /** Other rows that it is about. */
  rows: z.array(z.number().int()),
  squareMetres: z.number().nullable(),
  at: z.tuple([z.number(), z.number()]).nullable(),
});
export type CellFinding = z.infer<typeof CellFindingSchema>;

export const ImportedCellsSchema = z.strictObject({
  ended: z.enum(['refused', 'tried', 'written', 'unchanged']),
  editionId: EditionId.nullable(),
  features: z.number().int().nullable(),
  errors: z.number().int(),
  warnings: z.number().int(),
  /** At most 1,000, errors first. */
  findings: z.array(CellFindingSchema),
  /** As the file has it, and after the repair. Null while the rows themselves are wrong. */
  before: CoverageTotalsSchema.nullable(),
  after: CoverageTotalsSchema.nullable(),
  /** Cells that the repair changed by more than 1 m², the most first; at most 300. */
  differences: z.array(
    z.strictObject({
      code: z.string(),
      beforeSquareMetres: z.number(),
      afterSquareMetres: z.number(),
    }),
  ),
});
