import { parse as parseCsv } from 'csv-parse/sync';
import type { Knex } from 'knex';
import { combine, parseDbf, parseShp } from 'shpjs';
import type { z } from 'zod';
import type { Crs } from '../../shared/contract/geo.ts';
import type { CellId, ZoneId } from '../../shared/contract/ids.ts';
import type { ImportedPlanSchema, ImportPlanMetaSchema } from '../../shared/contract/plan-files.ts';
import { toWgs84 } from '../../shared/rules/datum.ts';
import type { Deps } from '../kernel/deps.ts';
import { Refused } from '../kernel/refused.ts';
import { unzip } from '../kernel/zip.ts';
import { FileFindings } from './findings.ts';
import { groundOf } from './ground.ts';
import { zonesOf } from './problems.ts';
import { knownEdition } from './read.ts';
import { sharesOfCells } from './store-cells.ts';
import { listZones, readPairs } from './store-editions.ts';

type Meta = z.output<typeof ImportPlanMetaSchema>;
type Imported = z.output<typeof ImportedPlanSchema>;

interface Target {
  readonly cellByCode: ReadonlyMap<string, CellId>;
  readonly cellIds: ReadonlySet<number>;
  readonly zoneByNumber: ReadonlyMap<number, ZoneId>;
  /** Names that the column or property may have, the asked one alone where one is asked. */
  readonly cellNames: readonly string[];
  readonly zoneNames: readonly string[];
}

/**
 * Reads a plan from a file against the cells of a draft and writes nothing: the answer is a proposal with a complete list of
 * what is wrong, row by row. A file with an error proposes nothing.
 */
export async function importPlan(
  deps: Deps,
  editionId: number,
  meta: Meta,
  bytes: Buffer,
): Promise<Imported> {
  const { db } = deps;
  const row = await knownEdition(db, editionId);
  const ground = await groundOf(deps, db, row.coverage_id);
  const zones = await listZones(db);
  const target: Target = {
    cellByCode: new Map(ground.cells.map(({ code15, id }) => [code15, id])),
    cellIds: new Set(ground.cells.map(({ id }) => id)),
    zoneByNumber: new Map(zones.map(({ number, id }) => [number, id as ZoneId])),
    cellNames: meta.cellColumn === '' ? cellNames : [meta.cellColumn],
    zoneNames: meta.zoneColumn === '' ? zoneNames : [meta.zoneColumn],
  };
  const findings = new FileFindings();
  const { rows, pairs } =
    meta.format === 'csv'
      ? fromTable(bytes, target, findings)
      : await fromShapes(db, row.coverage_id, featuresOf(meta, bytes), meta.crs, target, findings);
  const used = new Set<number>(zonesOf(row, await readPairs(db, editionId)));
  const clean = findings.errors === 0;
  const named = [...new Set(pairs.values())].filter((zone): zone is ZoneId => zone !== null);
  return {
    rows,
    pairs: clean ? [...pairs].sort(([a], [b]) => a - b) : [],
    addedZones: clean ? named.filter((zone) => !used.has(zone)).sort((a, b) => a - b) : [],
    errors: findings.errors,
    warnings: findings.warnings,
    findings: findings.shown,
  };
}

interface Read {
  readonly rows: number;
  readonly pairs: Map<CellId, ZoneId | null>;
}

const cellNames = ['cell', 'cell_code', 'code', 'code15', '网格编码', '编码'];
const zoneNames = ['zone', 'zone_number', 'number', '片区', '片区编号'];

/** `cell,zone`: the cell by its code or id, the zone by its number; an empty zone takes the zone away. */
function fromTable(bytes: Buffer, target: Target, findings: FileFindings): Read {
  const pairs = new Map<CellId, ZoneId | null>();
  let records: Record<string, string>[];
  try {
    records = parseCsv<Record<string, string>>(bytes, {
      columns: true,
      bom: true,
      trim: true,
      skip_empty_lines: true,
    });
  } catch (error) {
    findings.add(0, 'error', 'file_unreadable', error instanceof Error ? error.message : '');
    return { rows: 0, pairs };
  }
  const columns = Object.keys(records[0] ?? {});
  const [cellColumn, zoneColumn] = [target.cellNames, target.zoneNames].map((names) =>
    names.find((name) => columns.includes(name)),
  );
  if (cellColumn === undefined || zoneColumn === undefined) {
    findings.add(0, 'error', 'column_missing', cellColumn === undefined ? 'cell' : 'zone');
    return { rows: records.length, pairs };
  }
  for (const [i, record] of records.entries()) {
    const row = i + 1;
    const cellId = cellOf(record[cellColumn] ?? '', target);
    const word = record[zoneColumn] ?? '';
    const zoneId = word === '' ? null : target.zoneByNumber.get(Number(word));
    if (cellId === undefined) findings.add(row, 'error', 'cell_unknown', record[cellColumn]);
    else if (pairs.has(cellId)) findings.add(row, 'error', 'cell_repeated', record[cellColumn]);
    if (zoneId === undefined) findings.add(row, 'error', 'zone_unknown', word);
    if (cellId !== undefined && zoneId !== undefined && !pairs.has(cellId)) pairs.set(cellId, zoneId);
  }
  return { rows: records.length, pairs };
}

function cellOf(word: string, { cellByCode, cellIds }: Target): CellId | undefined {
  const byCode = cellByCode.get(word);
  if (byCode !== undefined) return byCode;
  return /^\d{1,9}$/.test(word) && cellIds.has(Number(word)) ? (Number(word) as CellId) : undefined;
}

interface PlanFeature {
  readonly properties: Readonly<Record<string, unknown>> | null;
  readonly geometry: { readonly type: string; readonly coordinates: unknown } | null;
}

function featuresOf({ format }: Meta, bytes: Buffer): PlanFeature[] {
  try {
    if (format === 'shapefile') return shapefileFeatures(bytes);
    const { features } = JSON.parse(bytes.toString('utf8')) as { features: PlanFeature[] };
    if (!Array.isArray(features)) throw new Error('no features');
    return features;
  } catch (error) {
    throw new Refused('file_unreadable', { format, reason: error instanceof Error ? error.message : '' });
  }
}

/** Coordinates as they stand in the file: the datum is what the planner states, never a guess from a .prj. */
function shapefileFeatures(bytes: Buffer): PlanFeature[] {
  const entries = [...unzip(bytes)];
  const beside = (ending: RegExp): Buffer | undefined => entries.find(([name]) => ending.test(name))?.[1];
  const [shapes, table] = [beside(/\.shp$/i), beside(/\.dbf$/i)];
  if (!shapes) throw new Error('the archive holds no .shp file');
  const view = (part: Buffer): DataView => new DataView(part.buffer, part.byteOffset, part.byteLength);
  const codePage =
    beside(/\.cpg$/i)
      ?.toString('latin1')
      .trim() ?? 'UTF-8';
  return combine([parseShp(view(shapes)), table ? parseDbf(view(table), codePage) : undefined])
    .features as unknown as PlanFeature[];
}

/** Cells with their zone by attribute, or zones: each cell goes to the zone that holds most of it. */
async function fromShapes(
  db: Knex,
  coverageId: number,
  features: readonly PlanFeature[],
  crs: Crs | undefined,
  target: Target,
  findings: FileFindings,
): Promise<Read> {
  if (crs === undefined)
    throw new Refused('crs_missing', {}, [{ path: 'meta.crs', message: 'needed for shapes' }]);
  const pairs = new Map<CellId, ZoneId | null>();
  const shapes: { zone: ZoneId; geometry: unknown }[] = [];
  for (const [i, { properties, geometry }] of features.entries()) {
    const row = i + 1;
    const word = property(properties, target.zoneNames);
    const code = property(properties, target.cellNames);
    const zone = word === undefined ? undefined : target.zoneByNumber.get(Number(word));
    const cellId = code === undefined ? undefined : cellOf(code, target);
    if (word === undefined) findings.add(row, 'error', 'value_missing', 'zone');
    else if (zone === undefined && word !== '') findings.add(row, 'error', 'zone_unknown', word);
    else if (cellId !== undefined) {
      if (pairs.has(cellId)) findings.add(row, 'error', 'cell_repeated', code);
      pairs.set(cellId, zone ?? null);
    } else if (code !== undefined) findings.add(row, 'error', 'cell_unknown', code);
    else if (zone !== undefined) {
      const placed = inWgs84(geometry, crs);
      if (placed) shapes.push({ zone, geometry: placed });
      else findings.add(row, 'error', 'shape_invalid', geometry?.type ?? '');
    }
  }
  if (shapes.length > 0 && findings.errors === 0)
    for (const { cellId, code, zone, share } of await sharesOfCells(db, coverageId, shapes)) {
      if (zone === null) findings.add(0, 'warning', 'cell_uncovered', code);
      else {
        if (share < 0.9) findings.add(0, 'warning', 'cell_divided', `${code} ${(share * 100).toFixed(0)} %`);
        pairs.set(cellId as CellId, zone as ZoneId);
      }
    }
  return { rows: features.length, pairs };
}

function property(properties: PlanFeature['properties'], names: readonly string[]): string | undefined {
  // columns of a .dbf are in capitals
  const of = (one: string): unknown => properties?.[one] ?? properties?.[one.toUpperCase()];
  const name = names.find((one) => of(one) !== undefined && of(one) !== null);
  const value = name === undefined ? undefined : of(name);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** A polygon moved to WGS-84, or nothing when it is none. */
function inWgs84(geometry: PlanFeature['geometry'], crs: Crs): unknown {
  if (!geometry || !/^(Multi)?Polygon$/.test(geometry.type)) return undefined;
  let broken = false;
  const move = (part: unknown): unknown => {
    if (!Array.isArray(part)) {
      broken = true;
      return part;
    }
    if (typeof part[0] !== 'number') return part.map(move);
    const read = toWgs84({ lng: part[0], lat: Number(part[1]), crs });
    if (!read.ok) {
      broken = true;
      return part;
    }
    return [read.value.lng, read.value.lat];
  };
  const coordinates = move(geometry.coordinates);
  return broken ? undefined : { type: geometry.type, coordinates };
}
