import { editionAt, findTown } from '../../zones/store.ts';
import {
  adjacentCells,
  coverageCells,
  newestCoverage,
  noEditionYet,
  zonesByOverlap,
  type StoredCell,
} from '../../zones/store-import.ts';
import { insertEdition, insertZones, putInForce } from '../../zones/store-write.ts';
import { changeNotes, changesUnder } from './changes.ts';
import { brokenShapes, loadShapes } from './coverage.ts';
import { propertyReader, readFeatures } from './features.ts';
import type { Findings } from './findings.ts';
import type { Job, Layered, Outcome, Write } from './job.ts';
import { pieces } from './pieces.ts';
import { checkWhere, inWgs84 } from './place.ts';
import { wellFormedPolygons } from './polygons.ts';
import type { ImportRequest, SourceFile } from './request.ts';
import { readTable } from './table.ts';

/** Cell code -> zone number. */
type Assignment = ReadonlyMap<string, number>;
type Names = ReadonlyMap<number, string>;

/**
 * Zones 片区: a CSV of cell codes and zone numbers, or polygons that only choose cells (the zone that covers most of a
 * cell gets it). The shape of a zone is always derived from its cells.
 */
export const prepareZones: Layered = async (file, request, findings) =>
  /\.csv$/i.test(file.name) ? fromTable(file, request, findings) : fromPolygons(file, request, findings);

function fromTable(file: SourceFile, request: ImportRequest, findings: Findings): Write {
  const columns = {
    code: { names: ['cell', 'cell_code', '编码', '网格编码'], needed: true },
    number: { names: ['zone', 'zone_number', '片区', '片区编号'], needed: true },
    name: { names: ['zone_name', '片区名称'] },
  };
  const assignment = new Map<string, number>();
  const lines = new Map<string, number>();
  const names = new Map<number, string>();
  for (const row of readTable(file, request, columns, findings)) {
    const [code, word, name] = [row.get('code'), row.get('number'), row.get('name')];
    const number = zoneNumber(word);
    if (number === undefined)
      findings.add(row.line, 'field_invalid', 'number', `"${word}" is no zone number`);
    if (code === '') findings.add(row.line, 'field_missing', 'code', 'no cell code');
    if (assignment.has(code))
      findings.add(row.line, 'cell_repeated', 'code', `"${code}" stands in line ${lines.get(code)} too`);
    if (number === undefined || code === '') continue;
    lines.set(code, row.line);
    assignment.set(code, number);
    if (name !== '') names.set(number, name);
  }
  return (job) => importZones(job, async () => ({ assignment, lines }), names);
}

async function fromPolygons(file: SourceFile, request: ImportRequest, findings: Findings): Promise<Write> {
  const raw = await readFeatures(file, request, findings);
  const read = propertyReader(request.map, findings);
  const names = new Map<number, string>();
  const described = raw.map((feature) => {
    const word = read.needed(feature, 'number', ['zone', 'zone_number', '片区编号']);
    const number = zoneNumber(word);
    if (word !== '' && number === undefined)
      findings.add(feature.row, 'field_invalid', 'number', `"${word}" is no zone number from 1 to 9999`);
    const name = read.value(feature, 'name', ['zone_name', '片区名称']);
    if (number !== undefined && name !== '') names.set(number, name);
    return { ...feature, number: number ?? 0 };
  });
  const features = wellFormedPolygons(
    described,
    request.multi === 'refuse' ? 'keep' : request.multi,
    findings,
  );
  const choose = async ({ tx, say }: Job, coverageId: number) => {
    const placed = await inWgs84(tx.db, request.crs, features, findings);
    checkWhere(placed, (await findTown(tx.db))?.bbox ?? null, findings);
    findings.stopOnErrors();
    say(`choosing cells by ${placed.length} polygons`);
    await loadShapes(
      tx.db,
      placed.map(({ number, geometry }, index) => ({ n: index + 1, code: String(number), geometry })),
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
    const assignment = new Map<string, number>();
    for (const { code, zone, share } of await zonesByOverlap(tx.db, coverageId)) {
      if (zone === null) continue;
      assignment.set(code, Number(zone));
      if (share < 0.9)
        findings.add(
          null,
          'cell_straddles',
          'geometry',
          `cell ${code}: zone ${zone} has ${(share * 100).toFixed(0)} % of it`,
        );
    }
    return { assignment, lines: new Map<string, number>() };
  };
  return (job) => importZones(job, choose, names);
}

const zoneNumber = (word: string) => (/^\d{1,4}$/.test(word) && Number(word) > 0 ? Number(word) : undefined);

async function importZones(
  job: Job,
  choose: (
    job: Job,
    coverageId: number,
  ) => Promise<{ assignment: Assignment; lines: ReadonlyMap<string, number> }>,
  names: Names,
): Promise<Outcome> {
  const { tx, request, findings } = job;
  const town = await findTown(tx.db);
  const coverageId = await newestCoverage(tx.db);
  if (!town || coverageId === undefined) {
    findings.add(null, 'town_missing', 'file', 'there are no cells that a zone could take');
    findings.stopOnErrors();
  }
  const first = await noEditionYet(tx.db);
  if (request.publish && !first)
    findings.add(null, 'approval_missing', 'publish', 'an edition is in force already');
  const running = await editionAt(tx.db, tx.at);
  const cells = await coverageCells(tx.db, coverageId!, running?.id ?? null);
  const { assignment, lines } = await choose(job, coverageId!);
  const known = new Set(cells.map(({ code }) => code));
  for (const code of assignment.keys())
    if (!known.has(code)) findings.add(lines.get(code) ?? null, 'cell_unknown', 'code', `"${code}"`);
  for (const { code } of cells)
    if (!assignment.has(code)) findings.add(null, 'cell_unassigned', 'code', `"${code}" has no zone`);
  findings.stopOnErrors();

  const numbers = [...new Set(assignment.values())].sort((a, b) => a - b);
  const zones = await insertZones(
    tx.db,
    numbers.map((number) => ({
      number,
      name: names.get(number) ?? `第${number}片区`,
      code14: code14(town!.code, number),
    })),
  );
  const zoneOf = (cell: StoredCell) => zones.get(assignment.get(cell.code)!)!;
  await reportPieces(job, coverageId!, cells, assignment);
  const counts = { zones: zones.size, cells: cells.length };
  if (running?.coverageId === coverageId && cells.every((cell) => cell.zoneId === zoneOf(cell)))
    return { counts, changed: false, notes: ['the edition in force says exactly this: nothing to write'] };

  const name = request.editionName ?? 'import of zones';
  const editionId = await insertEdition(
    tx.db,
    {
      coverageId: coverageId!,
      parentId: running?.id ?? null,
      name,
      status: request.publish ? 'published' : 'draft',
      authorId: null,
      note: `${request.source} (${request.licence})`,
      at: tx.at,
    },
    new Map(cells.map((cell) => [cell.id, zoneOf(cell)])),
  );
  const changes = await changesUnder(tx, editionId);
  const notes = changeNotes(changes);
  if (request.publish) {
    // there was no other edition before: what happened earlier in the town is located by the first one too
    await putInForce(tx.db, editionId, null, `${request.source} (${request.licence})`);
    const effectiveAt = (await editionAt(tx.db, tx.at))!.effectiveAt;
    tx.announce('edition.published', `edition/${editionId}`, {
      editionId: editionId as never,
      name,
      effectiveAt,
    });
    notes.unshift(`edition ${editionId} is the town's first: in force now, and for everything before it`);
  } else notes.unshift(`written as draft edition ${editionId}`);
  return { counts: { ...counts, ...changes }, changed: true, notes };
}

async function reportPieces(
  { tx, findings }: Job,
  coverageId: number,
  cells: readonly StoredCell[],
  assignment: Assignment,
): Promise<void> {
  const numberOf = new Map(cells.map(({ id, code }) => [id, assignment.get(code)!]));
  const links = (await adjacentCells(tx.db, coverageId)).filter(
    ([a, b]) => numberOf.get(a) === numberOf.get(b),
  );
  const count = new Map<number, number>();
  for (const piece of pieces([...numberOf.keys()], links)) {
    const number = numberOf.get(piece[0]!)!;
    count.set(number, (count.get(number) ?? 0) + 1);
  }
  for (const [number, parts] of count)
    if (parts > 1) findings.add(null, 'zone_split', 'number', `zone ${number} is in ${parts} pieces`);
}

/** The zone's code: town 9, 600 + number, 00 (CJ/T 349-2010, 5: merged grids start at 601); empty where it does not fit. */
const code14 = (town: string, number: number) =>
  /^\d{9}$/.test(town) && number < 400 ? `${town}${600 + number}00` : '';
