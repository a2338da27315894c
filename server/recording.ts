import { parse } from 'csv-parse/sync';
import { lngLat } from '../shared/contract/geo.ts';
import type { LngLat } from '../shared/contract/geo.ts';
import type { Priority } from '../shared/contract/dispatch-codes.ts';
import type { CellId, IncidentId, TeamId, ZoneId } from '../shared/contract/ids.ts';
import type { RecordedIncident, RecordedTeam, RecordedWorld } from '../shared/rules/replay/world.ts';

/** Input that a person has to correct: names the file, the row, the field and the remedy. */
export class BadInput extends Error {}

interface File {
  readonly name: string;
  readonly text: string;
}

/** Seconds from the report to the decision in a recorded world. */
const callTakingMs = 50_000;

/** Reads the three files of a recorded world (WGS-84) and checks that they fit together. */
export function readRecording(cells: File, teams: File, incidents: File): RecordedWorld {
  const zoneOfCell = readCells(cells);
  return {
    zoneOfCell,
    teams: readTeams(teams),
    incidents: readIncidents(incidents, zoneOfCell),
    callTakingMs,
  };
}

function readCells({ name, text }: File): Map<CellId, ZoneId> {
  const bad = (what: string): never => {
    throw new BadInput(`${name}: ${what}`);
  };
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    bad(`is not JSON (${(error as Error).message}); export the cells as GeoJSON`);
  }
  const features = isObject(parsed) ? parsed['features'] : undefined;
  if (!Array.isArray(features)) return bad('has no list "features"; export the cells as a FeatureCollection');
  const zoneOfCell = new Map<CellId, ZoneId>();
  features.forEach((feature: unknown, index) => {
    const properties = isObject(feature) && isObject(feature['properties']) ? feature['properties'] : {};
    const [grid, zone] = ['grid', 'zone'].map((field) => {
      const value = properties[field];
      if (Number.isInteger(value) && Number(value) > 0) return Number(value);
      return bad(
        `feature ${index + 1}, property "${field}" is ${JSON.stringify(value)}; give a whole number from 1`,
      );
    });
    if (zoneOfCell.has(grid as CellId))
      bad(`feature ${index + 1}, property "grid" repeats ${grid}; number each cell once`);
    zoneOfCell.set(grid as CellId, zone as ZoneId);
  });
  if (zoneOfCell.size === 0) bad('has no features; a replay needs at least one cell');
  return zoneOfCell;
}

/** One row of a CSV file, read field by field. */
interface Row {
  whole(field: string, min: number, max?: number): number;
  number(field: string, min: number, max: number): number;
  fail(field: string, remedy: string): never;
}

function readRows({ name, text }: File, fields: readonly string[]): Row[] {
  let records: Record<string, string>[];
  try {
    records = parse(text, { columns: true, bom: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    throw new BadInput(
      `${name}: ${(error as Error).message}; save it as comma-separated UTF-8 with a header`,
    );
  }
  const [first] = records;
  if (!first) throw new BadInput(`${name}: has no rows; the header is ${fields.join(',')}`);
  const missing = fields.filter((field) => !(field in first));
  if (missing.length > 0)
    throw new BadInput(
      `${name}: column "${missing.join('", "')}" is missing; the header is ${fields.join(',')}`,
    );
  return records.map((record, index) => rowOf(name, record, index + 2));
}

function rowOf(name: string, record: Record<string, string>, row: number): Row {
  const fail = (field: string, remedy: string): never => {
    throw new BadInput(`${name}: row ${row}, field "${field}" is "${record[field]}"; ${remedy}`);
  };
  const number = (field: string, min: number, max: number): number => {
    const text = record[field] ?? '';
    const value = text === '' ? NaN : Number(text);
    return value >= min && value <= max ? value : fail(field, `give a number from ${min} to ${max}`);
  };
  const whole = (field: string, min: number, max = Number.MAX_SAFE_INTEGER): number => {
    const value = number(field, min, max);
    return Number.isInteger(value) ? value : fail(field, 'give a whole number');
  };
  return { number, whole, fail };
}

const pointOf = (row: Row): LngLat => lngLat(row.number('lon', -180, 180), row.number('lat', -90, 90));

function readTeams(file: File): RecordedTeam[] {
  const seen = new Set<number>();
  return readRows(file, ['team', 'zone', 'lon', 'lat']).map((row) => {
    const number = row.whole('team', 1);
    if (seen.has(number)) row.fail('team', 'each team needs a number of its own');
    seen.add(number);
    return {
      teamId: number as TeamId,
      number,
      zoneIds: [row.whole('zone', 1) as ZoneId],
      home: pointOf(row),
    };
  });
}

function readIncidents(file: File, zoneOfCell: ReadonlyMap<CellId, ZoneId>): RecordedIncident[] {
  const seen = new Set<number>();
  const longest = 1e9;
  return readRows(file, ['id', 't', 'grid', 'lon', 'lat', 'priority', 'onScene']).map((row) => {
    const id = row.whole('id', 1);
    if (seen.has(id)) row.fail('id', 'each incident needs a number of its own');
    seen.add(id);
    const cellId = row.whole('grid', 1) as CellId;
    if (!zoneOfCell.has(cellId)) row.fail('grid', 'use a cell that the cells file lists');
    return {
      incidentId: id as IncidentId,
      reportedAt: row.number('t', 0, longest) * 1000,
      cellId,
      point: pointOf(row),
      priority: row.whole('priority', 1, 4) as Priority,
      onSceneMs: row.number('onScene', 0, longest) * 1000,
    };
  });
}
