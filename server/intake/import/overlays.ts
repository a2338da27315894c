import type { MultiPolygon, Polygon } from 'geojson';
import { findTown } from '../../zones/store.ts';
import { overlayNames } from '../../zones/store-import.ts';
import { insertOverlays } from '../../zones/store-write.ts';
import { brokenShapes, loadShapes } from './coverage.ts';
import { propertyReader, readFeatures, type RawFeature } from './features.ts';
import type { Job, Layered, Outcome } from './job.ts';
import { checkWhere, inWgs84 } from './place.ts';
import { wellFormedPolygons } from './polygons.ts';

interface Overlay extends RawFeature {
  readonly kind: string;
  readonly name: string;
  readonly legalBasis: string;
  readonly months: readonly number[];
  readonly hourFrom: number;
  readonly hourTo: number;
  readonly geometry: Polygon | MultiPolygon;
}

/** Overlays 叠加区域: law drawn on the map, with its basis, seasons and hours; free of cell borders. */
export const prepareOverlays: Layered = async (file, request, findings) => {
  const raw = await readFeatures(file, request, findings);
  const read = propertyReader(request.map, findings);
  const described = raw.map((feature) => {
    const kind = read.needed(feature, 'kind', ['类型']);
    if (kind !== '' && !/^[a-z][a-z_]{1,40}$/.test(kind))
      findings.add(
        feature.row,
        'field_invalid',
        'kind',
        `"${kind}" is no overlay kind such as fireworks_ban`,
      );
    const months = read.value(feature, 'months', ['月份']).match(/\d+/g)?.map(Number) ?? [];
    if (months.some((month) => month < 1 || month > 12))
      findings.add(feature.row, 'field_invalid', 'months', `${months.join(', ')}: months run from 1 to 12`);
    const hourFrom = read.whole(feature, 'hourFrom', ['hour_from'], 0) ?? 0;
    const hourTo = read.whole(feature, 'hourTo', ['hour_to'], 1) ?? 24;
    if (hourFrom >= hourTo || hourTo > 24)
      findings.add(
        feature.row,
        'field_invalid',
        'hourTo',
        `from ${hourFrom} to ${hourTo}: hours run from 0 to 24`,
      );
    return {
      ...feature,
      kind,
      name: read.needed(feature, 'name', ['名称']),
      legalBasis: read.needed(feature, 'legalBasis', ['legal_basis', '依据']),
      months,
      hourFrom,
      hourTo,
    };
  });
  const features = wellFormedPolygons(
    described,
    request.multi === 'refuse' ? 'keep' : request.multi,
    findings,
  );
  return (job) => importOverlays(job, features);
};

async function importOverlays(job: Job, features: readonly Overlay[]): Promise<Outcome> {
  const { tx, request, findings, say } = job;
  const town = await findTown(tx.db);
  if (!town) findings.add(null, 'town_missing', 'file', 'the database is empty');
  const placed = await inWgs84(tx.db, request.crs, features, findings);
  checkWhere(placed, town?.bbox ?? null, findings);
  findings.stopOnErrors();
  await loadShapes(
    tx.db,
    placed.map(({ kind, geometry }, i) => ({ n: i + 1, code: kind, geometry })),
    say,
  );
  for (const { n, reason, lng, lat } of await brokenShapes(tx.db))
    findings.add(
      placed[n - 1]!.row,
      'ring_crossed',
      'geometry',
      `${reason} at ${lng.toFixed(6)}, ${lat.toFixed(6)}`,
    );
  findings.stopOnErrors();
  const known = await overlayNames(tx.db);
  const fresh = placed.filter(({ kind, name }) => !known.has(`${kind}/${name}`));
  await insertOverlays(
    tx.db,
    fresh.map((overlay) => ({
      ...overlay,
      synthetic: false,
      source: `${request.source} (${request.licence})`,
    })),
    tx.at,
  );
  const counts = { new: fresh.length, known: placed.length - fresh.length };
  return {
    counts,
    changed: fresh.length > 0,
    notes: counts.known > 0 ? ['overlays of the same kind and name were left as they are'] : [],
  };
}
