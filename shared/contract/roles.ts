import { z } from 'zod';

/**
 * Who acts. `gridWorker` and `auxiliary` find, verify and dissuade (浙江省综合行政执法条例 30); `officer` holds a licence
 * (执法证, 条例 28); `head` is the 行政机关负责人; `system` is the product's own clock.
 */
export const roles = [
  'dispatcher',
  'leader',
  'officer',
  'auxiliary',
  'gridWorker',
  'planner',
  'head',
  'legalReviewer',
  'auditor',
  'administrator',
  'system',
  'public',
] as const;
export type Role = (typeof roles)[number];

export const RoleSchema = z.enum(roles);
