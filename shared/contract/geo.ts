import { z } from 'zod';
import { crsNames, lngLat, type Bbox, type Crs, type LngLat, type RawPoint } from './datums.ts';

export { crsNames, lngLat, type Bbox, type Crs, type LngLat, type RawPoint };

export const CrsSchema = z.enum(crsNames);

/** WGS-84 point on the wire. */
export const LngLatSchema = z.strictObject({
  lng: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
}) as unknown as z.ZodType<LngLat>;

export const BboxSchema = z.tuple([z.number(), z.number(), z.number(), z.number()]);
