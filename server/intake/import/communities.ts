import type { MultiPolygon, Polygon } from 'geojson';
import { findTown } from '../../zones/store.ts';
import { communityCodes, updateCommunity } from '../../zones/store-import.ts';
import { insertCommunities } from '../../zones/store-write.ts';
import { brokenShapes, loadShapes } from './coverage.ts';
import { propertyReader, readFeatures } from './features.ts';
import type { Job, Layered, Outcome } from './job.ts';
import { checkWhere, inWgs84 } from './place.ts';
import { wellFormedPolygons } from './polygons.ts';

interface Community {
  readonly row: number;
  readonly code: string;
  readonly name: string;
  readonly kind: 'community' | 'village';
  readonly geometry: Polygon | MultiPolygon;
}

/** Communities and villages 社区、村: 12-digit codes, names, polygons. A code that is there already is brought up to date. */
export const prepareCommunities: Layered = async (file, request, findings) => {
  const raw = await readFeatures(file, request, findings);
  const read = propertyReader(request.map, findings);
  const rows = new Map<string, number>();
  const described = raw.map((feature) => {
    const code = read.needed(feature, 'code', ['code12', '编码', '社区编码']);
    const name = read.needed(feature, 'name', ['名称']);
    const word = read.value(feature, 'kind', ['类型']) || (/村/.test(name) ? 'village' : 'community');
    if (word !== 'community' && word !== 'village')
      findings.add(feature.row, 'field_invalid', 'kind', `"${word}" is neither community nor village`);
    if (code !== '' && request.codeRule === '15' && !/^\d{12}$/.test(code))
      findings.add(feature.row, 'code_malformed', 'code', `"${code}" is not 12 digits`);
    if (code !== '' && rows.has(code))
      findings.add(feature.row, 'code_repeated', 'code', `"${code}" stands in feature ${rows.get(code)} too`);
    rows.set(code, feature.row);
    return {
      ...feature,
      code,
      name,
      kind: word === 'village' ? ('village' as const) : ('community' as const),
    };
  });
  const features = wellFormedPolygons(described, request.multi, findings);
  return (job) => importCommunities(job, features);
};

async function importCommunities(job: Job, features: readonly Community[]): Promise<Outcome> {
  const { tx, request, findings, say } = job;
  const town = await findTown(tx.db);
  if (!town) findings.add(null, 'town_missing', 'file', 'the database is empty');
  const placed = await inWgs84(tx.db, request.crs, features, findings);
  checkWhere(placed, town?.bbox ?? null, findings);
  findings.stopOnErrors();
  await loadShapes(
    tx.db,
    placed.map(({ row, code, geometry }) => ({ n: row, code, geometry })),
    say,
  );
  for (const { n, reason, lng, lat } of await brokenShapes(tx.db))
    findings.add(n, 'ring_crossed', 'geometry', `${reason} at ${lng.toFixed(6)}, ${lat.toFixed(6)}`);
  findings.stopOnErrors();

  const known = await communityCodes(tx.db);
  const fresh = placed.filter(({ code }) => !known.has(code));
  await insertCommunities(
    tx.db,
    fresh.map(({ code, name, kind, geometry }) => ({
      code,
      name,
      displayName: displayName(name),
      kind,
      geometry,
    })),
  );
  let changed = 0;
  for (const community of placed)
    if (known.has(community.code)) changed += await updateCommunity(tx.db, community);
  const counts = { new: fresh.length, changed, unchanged: placed.length - fresh.length - changed };
  return { counts, changed: fresh.length + changed > 0, notes: [] };
}

/** Shown without the committee: 五联村委会 becomes 五联村. */
const displayName = (name: string) => name.replace(/村委会$/, '村').replace(/社区居委会$/, '社区');
