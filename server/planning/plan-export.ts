import type { Deps } from '../kernel/deps.ts';
import { unitsPerDegree, type Ring } from '../../shared/rules/cells/ring.ts';
import { groundOf } from './ground.ts';
import { knownEdition } from './read.ts';
import { shapefileZip } from './shapefile.ts';
import { listZones, readPairs } from './store-editions.ts';

/** A file to download. */
export interface Download {
  readonly type: string;
  readonly name: string;
  readonly body: string | Buffer;
}

interface ExportRow {
  readonly code: string;
  readonly zone: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly rings: readonly Ring[];
}

/** Cells of an edition with their zones; 初始时间 and 终止日期 are the edition's own time, not typed dates. */
async function rowsOf(deps: Deps, editionId: number): Promise<ExportRow[]> {
  const { db } = deps;
  const row = await knownEdition(db, editionId);
  const ground = await groundOf(deps, db, row.coverage_id);
  const zones = new Map((await listZones(db)).map((zone) => [zone.id, zone]));
  const pairs = new Map(await readPairs(db, editionId));
  return ground.cells
    .map(({ id, code15, rings }) => {
      const zone = zones.get(pairs.get(id) ?? -1);
      return {
        code: code15,
        zone: zone ? String(zone.number) : '',
        name: zone?.name ?? '',
        from: row.effective_at ?? '',
        to: row.retired_at ?? '',
        rings,
      };
    })
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** An edition as CSV (`cell,zone`), GeoJSON or zipped Shapefile, each readable by the import; WGS-84. */
export async function exportPlan(
  deps: Deps,
  editionId: number,
  format: 'csv' | 'geojson' | 'zip',
): Promise<Download> {
  const rows = await rowsOf(deps, editionId);
  const name = `edition-${editionId}`;
  if (format === 'csv')
    return {
      type: 'text/csv; charset=utf-8',
      name: `${name}.csv`,
      body: `cell,zone,zone_name\n${rows.map((row) => `${row.code},${row.zone},${quoted(row.name)}\n`).join('')}`,
    };
  if (format === 'zip')
    return {
      type: 'application/zip',
      name: `${name}.zip`,
      body: shapefileZip(
        'cells',
        [
          { name: 'CELL', bytes: 15 },
          { name: 'ZONE', bytes: 5 },
          { name: 'ZONE_NAME', bytes: 120 },
          { name: 'VALID_FROM', bytes: 24 },
          { name: 'VALID_TO', bytes: 24 },
        ],
        rows.map((row) => ({ rings: row.rings, values: [row.code, row.zone, row.name, row.from, row.to] })),
      ),
    };
  const degrees = (ring: Ring): number[][] =>
    [...ring, ring[0]!].map(([x, y]) => [x / unitsPerDegree, y / unitsPerDegree]);
  return {
    type: 'application/geo+json',
    name: `${name}.geojson`,
    body: JSON.stringify({
      type: 'FeatureCollection',
      features: rows.map(({ rings, code, zone, name: zone_name, from, to }) => ({
        type: 'Feature',
        properties: { cell: code, zone, zone_name, valid_from: from, valid_to: to },
        geometry: { type: 'Polygon', coordinates: rings.map(degrees) },
      })),
    }),
  };
}

/** A field of a CSV. */
export const quoted = (text: string): string =>
  /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
