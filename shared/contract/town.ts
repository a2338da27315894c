import { z } from 'zod';
import { BboxSchema, LngLatSchema } from './geo.ts';
import { EditionId, InstantSchema, ZoneId } from './ids.ts';

const geojson = z.object({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()) });

export const ZoneSchema = z.strictObject({
  id: ZoneId,
  number: z.number().int(),
  name: z.string(),
  code14: z.string(),
});

/**
 * A picture under the town's own layers. Only datums that coincide with WGS-84 at the scale of a map (CGCS2000 does):
 * tiles in GCJ-02 would lie 500 m off.
 */
export const BasemapSchema = z.discriminatedUnion('kind', [
  /** An address with {z}, {x}, {y}. */
  z.strictObject({ kind: z.literal('raster'), url: z.string() }),
  z.strictObject({ kind: z.literal('tianditu'), token: z.string(), style: z.enum(['vec', 'img', 'ter']) }),
  z.strictObject({ kind: z.literal('pmtiles'), url: z.string() }),
]);
export type Basemap = z.infer<typeof BasemapSchema>;

/** The still part of the map: fetched once and cached by its edition. Features carry ids of the database. */
export const TownSchema = z.strictObject({
  name: z.string(),
  code: z.string(),
  centre: LngLatSchema,
  bbox: BboxSchema,
  synthetic: z.boolean(),
  attributions: z.array(z.string()),
  basemap: BasemapSchema.nullable(),
  edition: z.strictObject({ id: EditionId, name: z.string(), effectiveAt: InstantSchema }).nullable(),
  zones: z.array(ZoneSchema),
  outline: geojson,
  cells: geojson,
  zoneShapes: geojson,
  overlays: geojson,
  roads: geojson,
  places: geojson,
  terrain: geojson,
});
export type Town = z.infer<typeof TownSchema>;
