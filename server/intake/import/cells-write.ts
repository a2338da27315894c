import { findTown, type TownRow } from '../../zones/store.ts';
import {
  coverageCells,
  knownCells,
  markSuperseded,
  keepOutline,
  nameCoverageParent,
  newestCoverage,
  redrawOutline,
} from '../../zones/store-import.ts';
import { findEdition, insertDraft, readTeams } from '../../planning/store-editions.ts';
import { insertCells, insertCoverage, insertTown } from '../../zones/store-write.ts';
import type { CellFeature } from './cells.ts';
import { changesUnder, changeNotes } from './changes.ts';
import { readShapes, unionOutline } from './coverage.ts';
import type { Job, Outcome } from './job.ts';
import { firstPosition } from './place.ts';

interface Ground {
  readonly town: TownRow | undefined;
  readonly srid: number;
  readonly edition: { readonly id: number; readonly coverageId: number } | undefined;
}

/** The UTM zone of a place as an EPSG code (WGS-84): metres for towns that name no projection of their own. */
export function utmOf(features: readonly { geometry: CellFeature['geometry'] }[]): number {
  const places = features.map(({ geometry }) => firstPosition(geometry));
  const mean = (axis: 0 | 1) => places.reduce((sum, place) => sum + place[axis], 0) / places.length;
  const zone = Math.min(60, Math.max(1, Math.floor((mean(0) + 180) / 6) + 1));
  return (mean(1) >= 0 ? 32_600 : 32_700) + zone;
}

/**
 * Writes checked shapes as a new coverage. A cell that is stored already, with the same code and shape, is taken over;
 * a code never names two shapes. When an edition is in force, a draft over the new coverage carries its
 * zones over: a new cell has that of the cell which it replaces. Writes nothing when nothing is new.
 */
export async function writeCells(
  job: Job,
  features: readonly CellFeature[],
  ground: Ground,
): Promise<Outcome> {
  const { tx, findings, request, say } = job;
  const shapes = await readShapes(tx.db);
  const known = new Map((await knownCells(tx.db)).map((cell) => [cell.n, cell]));
  for (const { n, code } of shapes)
    if (known.get(n)?.same === false)
      findings.add(n, 'code_taken', 'code', `"${code}" is stored with another shape`, { value: code });
  findings.stopOnErrors();

  const before = ground.edition?.coverageId ?? (await newestCoverage(tx.db));
  const old = before === undefined ? [] : await coverageCells(tx.db, before, ground.edition?.id ?? null);
  const fresh = shapes.filter(({ n }) => !known.has(n));
  const kept = new Set([...known.values()].map(({ id }) => id));
  const gone = old.filter(({ id }) => !kept.has(id));
  const counts = { new: fresh.length, unchanged: kept.size, replaced: gone.length };
  if (fresh.length === 0 && gone.length === 0 && kept.size === old.length)
    return { counts, changed: false, notes: ['the database holds exactly these cells: nothing to write'] };

  if (!ground.town) await createTown(job, ground.srid, shapes);
  else if (request.newOutline && tx.actor.id === null) await redrawOutline(tx.db);
  const bySource = new Map(features.map((feature) => [feature.code, feature]));
  const ids: number[] = [...kept];
  for (let i = 0; i < fresh.length; i += 40) {
    const batch = fresh.slice(i, i + 40).map(({ code, geometry }) => {
      const { communityCode, population, level, landUse } = bySource.get(code)!;
      const { source, licence } = request;
      return { code, geometry, communityCode, population, level, landUse, synthetic: false, source, licence };
    });
    ids.push(...(await insertCells(tx.db, batch, ground.srid, tx.at)).values());
    say(`${Math.min(i + 40, fresh.length)} of ${fresh.length} cells written`);
  }
  const coverageId = await insertCoverage(tx.db, ids, `import: ${request.source}`, ground.srid, tx.at);
  if (before !== undefined) await nameCoverageParent(tx.db, coverageId, before);
  // a planner's set belongs to the draft until that is in force, and its border with it
  if (tx.actor.id !== null) await keepOutline(tx.db, coverageId);
  const heirs = await markSuperseded(
    tx.db,
    ids,
    gone.map(({ id }) => id),
  );
  if (!ground.edition)
    return { counts, changed: true, notes: ['the cells have no zones yet: import the zones next'] };

  const zoneOf = new Map(old.map(({ id, zoneId }) => [id, zoneId]));
  const pairs = ids
    .map((id): [number, number | null] => [id, zoneOf.get(id) ?? zoneOf.get(heirs.get(id) ?? -1) ?? null])
    .sort(([a], [b]) => a - b);
  const running = await findEdition(tx.db, ground.edition.id);
  const used = new Set(pairs.flatMap(([, zoneId]) => (zoneId === null ? [] : [zoneId])));
  const editionId = await insertDraft(tx.db, {
    coverageId,
    parentId: ground.edition.id,
    basedOn: ground.edition.id,
    name: request.editionName ?? `import of cells`,
    note: `${request.source} (${request.licence})`,
    authorId: tx.actor.id,
    base: { coverageId, cells: pairs, zones: [...used].sort((a, b) => a - b) },
    teams: await readTeams(tx.db, ground.edition.id),
    waivers: running?.waivers ?? [],
    at: tx.at,
  });
  const changes = await changesUnder(tx, editionId);
  return {
    counts: { ...counts, ...changes },
    changed: true,
    editionId,
    notes: [`written as draft edition ${editionId}`, ...changeNotes(changes)],
  };
}

async function createTown(
  { tx, request }: Job,
  srid: number,
  shapes: readonly { code: string }[],
): Promise<void> {
  const { outline, lng, lat } = await unionOutline(tx.db);
  await insertTown(tx.db, {
    code: request.townCode ?? commonCode(shapes.map(({ code }) => code)),
    name: request.createTown ?? '',
    outline,
    centre: { lng, lat },
    metricSrid: srid,
    population: null,
    synthetic: false,
    attributions: [],
    at: tx.at,
  });
  if (!(await findTown(tx.db))) throw new Error('the town was not written');
}

/** The nine digits of the town that all 15-digit cell codes share; empty for foreign codes. */
function commonCode(codes: readonly string[]): string {
  const towns = new Set(codes.map((code) => (/^\d{15}$/.test(code) ? code.slice(0, 9) : '')));
  return towns.size === 1 ? [...towns][0]! : '';
}
