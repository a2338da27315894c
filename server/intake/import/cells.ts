import type { Knex } from 'knex';
import { editionAt, findTown, metricSrid, type TownRow } from '../../zones/store.ts';
import { communityCodes, compareOutline } from '../../zones/store-import.ts';
import { brokenShapes, checkCoverage, loadShapes, mergeByCode, slivers, type Coverage } from './coverage.ts';
import { propertyReader, readFeatures, type RawFeature } from './features.ts';
import type { Findings } from './findings.ts';
import type { Job, Layered, Outcome } from './job.ts';
import { checkWhere, inWgs84 } from './place.ts';
import { wellFormedPolygons, type PolygonFeature } from './polygons.ts';
import { repairCoverage, type Difference } from './repair.ts';
import type { ImportRequest } from './request.ts';
import { utmOf, writeCells } from './cells-write.ts';

/** A cell as the file describes it. */
export interface CellFeature extends PolygonFeature {
  readonly code: string;
  readonly communityCode: string | null;
  readonly population: number;
  readonly level: string | null;
  readonly landUse: string | null;
  /** Number of a part that was split from its feature; null: the whole. */
  readonly part: number | null;
}

/** Overlaps and gaps below this are noise of the arithmetic or of rounding. */
const leastSquareMetres = 1;
/** A gap of this mean width is a slit between two drawings of one border; a wider one is a missing cell or an enclave. */
const gapMetres = 20;
/** A cell narrower than this on average is a sliver. */
const sliverMetres = 2;

/** Basic cells 基础网格: read, checked as a coverage of the town, repaired on request, written as a new coverage. */
export const prepareCells: Layered = async (file, request, findings) => {
  const raw = await readFeatures(file, request, findings);
  const described = raw.map((feature) => describe(feature, request, findings));
  const features = wellFormedPolygons(described, request.multi, findings).map((cell) =>
    cell.part === null ? cell : { ...cell, code: `${cell.code}-${cell.part}` },
  );
  checkCodes(features, request, findings);
  return (job) => importCells(job, features);
};

function describe(feature: RawFeature, request: ImportRequest, findings: Findings) {
  const read = propertyReader(request.map, findings);
  const level = read.value(feature, 'level', ['等级']);
  if (level !== '' && !/^[ABC]$/.test(level))
    findings.add(feature.row, 'field_invalid', 'level', `"${level}" is none of A, B, C`);
  return {
    ...feature,
    code: read.needed(feature, 'code', ['code15', '编码', '网格编码']),
    communityCode: read.value(feature, 'communityCode', ['community', 'code12', '社区编码']) || null,
    population: read.whole(feature, 'population', ['人口'], 0) ?? 0,
    level: level || null,
    landUse: read.value(feature, 'landUse', ['land_use']) || null,
  };
}

function checkCodes(cells: readonly CellFeature[], request: ImportRequest, findings: Findings): void {
  const rows = new Map<string, number[]>();
  for (const { row, code } of cells) {
    if (code === '') continue;
    rows.set(code, [...(rows.get(code) ?? []), row]);
    const wellMade = request.codeRule === 'any' ? /^[\w.-]{1,32}$/.test(code) : /^\d{15}$/.test(code);
    if (!wellMade) findings.add(row, 'code_malformed', 'code', `"${code}"`, { value: code });
  }
  for (const [code, of] of rows)
    if (of.length > 1)
      findings.add(
        of[0]!,
        request.mergeSameCode ? 'code_merged' : 'code_repeated',
        'code',
        `"${code}" stands in features ${of.join(', ')}`,
        { value: code, rows: of },
      );
}

async function importCells(job: Job, features: readonly CellFeature[]): Promise<Outcome> {
  const { tx, request, findings, say } = job;
  const town = await findTown(tx.db);
  if (!town && request.createTown === null)
    findings.add(null, 'town_missing', 'create-town', 'the database is empty');
  if (town && request.createTown !== null)
    findings.add(null, 'town_exists', 'create-town', `it holds ${town.name}`);
  const cells = await inWgs84(tx.db, request.crs, features, findings);
  checkWhere(cells, town?.bbox ?? null, findings);
  const placed = await inCommunities(tx.db, cells, town, request, findings);
  findings.stopOnErrors();

  say(`checking ${cells.length} polygons`);
  await loadShapes(
    tx.db,
    cells.map(({ row, code, part, geometry }) => ({ n: numberOf(row, part), code, geometry })),
    say,
  );
  await reportShapes(tx.db, findings);
  findings.stopOnErrors();
  if (request.mergeSameCode) await mergeByCode(tx.db);
  const srid = request.metricSrid ?? (town ? await metricSrid(tx.db) : utmOf(cells));
  await settleCoverage(job, srid);
  if (town && !request.newOutline) await reportOutline(tx.db, findings);
  findings.stopOnErrors();

  const edition = await editionAt(tx.db, tx.at);
  const written = await writeCells(job, placed, { town, srid, edition });
  return {
    ...written,
    counts: {
      features: features.length,
      cells: new Set(features.map(({ code }) => code)).size,
      ...written.counts,
    },
  };
}

/** A part's number keeps its feature's row readable: row 12, part 3 is 12 000 003. */
const numberOf = (row: number, part: number | null) => (part === null ? row : row * 1_000_000 + part);
const rowOf = (n: number) => (n >= 1_000_000 ? Math.floor(n / 1_000_000) : n);

/** Checks the codes against the town and its communities; a cell that names none belongs to that of its first 12 digits. */
async function inCommunities(
  db: Knex,
  cells: readonly CellFeature[],
  town: TownRow | undefined,
  request: ImportRequest,
  findings: Findings,
): Promise<CellFeature[]> {
  const townCode = town?.code ?? request.townCode ?? '';
  const communities = await communityCodes(db);
  for (const { row, code, communityCode } of cells) {
    if (request.codeRule === '15' && townCode !== '' && !code.startsWith(townCode))
      findings.add(row, 'code_foreign', 'code', `"${code}" does not begin with ${townCode}`, { value: code });
    if (communityCode !== null && !communities.has(communityCode))
      findings.add(row, 'community_unknown', 'communityCode', `"${communityCode}"`, { value: communityCode });
  }
  return cells.map((cell) => {
    const own = cell.code.slice(0, 12);
    return { ...cell, communityCode: cell.communityCode ?? (communities.has(own) ? own : null) };
  });
}

async function reportShapes(db: Knex, findings: Findings): Promise<void> {
  for (const { n, reason, lng, lat } of await brokenShapes(db))
    findings.add(rowOf(n), 'ring_crossed', 'geometry', `${reason} at ${place(lng, lat)}`, {
      at: [lng, lat],
    });
  if (findings.errors() > 0) return;
  for (const { n, area, width } of await slivers(db, sliverMetres))
    findings.add(
      rowOf(n),
      'cell_sliver',
      'geometry',
      `${metres(area)} m², ${width.toFixed(2)} m wide on average`,
      { squareMetres: area },
    );
}

/** Checks the coverage; with `--repair` mends it and checks the result. What is left is reported. */
async function settleCoverage({ tx, request, findings, say, onCoverage }: Job, srid: number): Promise<void> {
  const coverage = await checkCoverage(tx.db, leastSquareMetres);
  findings.note(totals(coverage));
  onCoverage?.(coverage, []);
  const damaged = coverage.overlaps.length > 0 || coverage.gaps.some((gap) => gap.widthMetres < gapMetres);
  if (!damaged || !request.repair) {
    reportCoverage(coverage, request, findings);
    return;
  }
  say('repairing the borders');
  const differences = await repairCoverage(tx.db, { metricSrid: srid, gapMetres });
  const mended = await checkCoverage(tx.db, leastSquareMetres);
  onCoverage?.(mended, differences);
  for (const sentence of differenceNotes(differences)) findings.note(sentence);
  findings.note(`after the repair: ${totals(mended)}`);
  reportCoverage(mended, request, findings);
  await reportShapes(tx.db, findings);
}

function reportCoverage(coverage: Coverage, request: ImportRequest, findings: Findings): void {
  for (const { a, b, squareMetres, lng, lat } of coverage.overlaps)
    findings.add(
      rowOf(a),
      'cells_overlap',
      'geometry',
      `feature ${rowOf(a)} overlaps feature ${rowOf(b)} by ${metres(squareMetres)} m² at ${place(lng, lat)}`,
      { at: [lng, lat], rows: [rowOf(b)], squareMetres },
    );
  for (const { squareMetres, widthMetres, lng, lat, beside } of coverage.gaps) {
    const slit = widthMetres < gapMetres;
    if (!slit && request.allowHoles) continue;
    findings.add(
      rowOf(beside?.[0] ?? 0) || null,
      slit ? 'cells_gap' : 'cells_hole',
      'geometry',
      `${metres(squareMetres)} m² at ${place(lng, lat)} between features ${(beside ?? []).map(rowOf).join(', ')}`,
      { at: [lng, lat], rows: (beside ?? []).map(rowOf), squareMetres },
    );
  }
  if (coverage.parts > 1)
    findings.add(null, 'cells_apart', 'geometry', `${coverage.parts} separate parts`, {
      value: String(coverage.parts),
    });
}

async function reportOutline(db: Knex, findings: Findings): Promise<void> {
  const { uncovered, exceeded, borderMetres } = await compareOutline(db);
  // a millimetre along the border: what a datum's inverse leaves
  const tolerance = leastSquareMetres + borderMetres / 1000;
  if (uncovered > tolerance)
    findings.add(null, 'town_uncovered', 'geometry', `${metres(uncovered)} m² of the town`, {
      squareMetres: uncovered,
    });
  if (exceeded > tolerance)
    findings.add(null, 'town_exceeded', 'geometry', `${metres(exceeded)} m² outside the town`, {
      squareMetres: exceeded,
    });
}

/** The coverage in one sentence. */
function totals({ overlaps, gaps, parts, sumSquareMetres, unionSquareMetres }: Coverage): string {
  const sum = (rows: readonly { squareMetres: number }[]) =>
    metres(rows.reduce((total, row) => total + row.squareMetres, 0));
  return (
    `${overlaps.length} overlapping pairs (${sum(overlaps)} m²), ${gaps.length} gaps (${sum(gaps)} m²), ${parts} ` +
    `part${parts === 1 ? '' : 's'}; sum of areas ${squareKilometres(sumSquareMetres)}, union ${squareKilometres(unionSquareMetres)} km²`
  );
}

function differenceNotes(differences: readonly Difference[]): string[] {
  if (differences.length === 0) return [];
  const gained = differences.reduce((sum, row) => sum + row.gainedSquareMetres, 0);
  const lost = differences.reduce((sum, row) => sum + row.lostSquareMetres, 0);
  return [
    `repair changed ${differences.length} cells by more than 1 m²: ${metres(gained)} m² gained, ${metres(lost)} m² lost in all`,
    ...differences
      .toSorted((a, b) => moved(b) - moved(a))
      .map(
        (row) =>
          `  ${row.code}: ${metres(row.beforeSquareMetres)} -> ${metres(row.afterSquareMetres)} m² (+${metres(row.gainedSquareMetres)}, -${metres(row.lostSquareMetres)})`,
      ),
  ];
}

const moved = (row: Difference) => row.gainedSquareMetres + row.lostSquareMetres;
const place = (lng: number, lat: number) => `${lng.toFixed(6)}, ${lat.toFixed(6)}`;
const metres = (value: number) => (value < 100 ? value.toFixed(2) : Math.round(value).toString());
const squareKilometres = (value: number) => (value / 1e6).toFixed(2);
