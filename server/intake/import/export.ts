import type { Knex } from 'knex';
import { editionAt, findTown } from '../../zones/store.ts';
import { cellsToExport, newestCoverage } from '../../zones/store-import.ts';
import { csvLine } from './report.ts';

/** An exported file with the options that import it again without a change. */
export interface Exported {
  readonly text: string;
  readonly rows: number;
  readonly hint: string;
}

/**
 * Cells of the edition in force (else of the newest coverage) in WGS-84, as GeoJSON with every digit of their coordinates,
 * or as CSV their zones. Importing either again changes nothing. Throws when there are no cells.
 */
export async function exportLayer(db: Knex, layer: 'cells' | 'zones', at: number): Promise<Exported> {
  const edition = await editionAt(db, at);
  const coverageId = edition?.coverageId ?? (await newestCoverage(db));
  const town = await findTown(db);
  if (coverageId === undefined || !town) throw new Error('there are no cells to export');
  const cells = await cellsToExport(db, coverageId, edition?.id ?? null);
  if (layer === 'zones') {
    const lines = cells
      .filter(({ zone }) => zone !== null)
      .map(({ code, zone }) => csvLine([code, String(zone)]));
    return { text: ['code,number\n', ...lines].join(''), rows: lines.length, hint: '--crs wgs84' };
  }
  const collection = {
    type: 'FeatureCollection',
    name: town.name,
    attribution: town.attributions.join('; '),
    features: cells.map(({ geometry, ...properties }) => ({ type: 'Feature', properties, geometry })),
  };
  const hint = [
    '--crs wgs84',
    ...(cells.every(({ code }) => /^\d{15}$/.test(code)) ? [] : ['--code-rule any']),
    ...(cells.some(({ geometry }) => geometry.type === 'MultiPolygon') ? ['--multi keep'] : []),
  ];
  return { text: `${JSON.stringify(collection)}\n`, rows: cells.length, hint: hint.join(' ') };
}
