import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Matter } from '../shared/contract/matters.ts';
import { demoSettings, saveSettings } from './enforcement/store-settings.ts';
import { insertCalendar } from './incidents/store-holidays.ts';
import { publishMatters } from './incidents/store-write.ts';
import type { Deps } from './kernel/deps.ts';
import { systemActor, transact, type Tx } from './kernel/transact.ts';
import { SYNTHETIC_NOTE, type Town } from './town/town.ts';
import * as zones from './zones/store-write.ts';
import { seedPeople, writeRoster } from './seed-people.ts';
import { standingOf } from './planning/problems.ts';
import { findEdition, updateEdition } from './planning/store-editions.ts';
import { lastDutyStart } from './teams/store-write.ts';

const data = join(import.meta.dirname, '..', 'data');

/** CGCS2000 3-degree zone 120 E: metres in Ningbo, scale error +0.23 per mille at 121.4 E. */
const metricSrid = 4549;
/** Equipment that not every crew carries; the rest of the catalogue's column is in every car. */
const scarceKit = new Set(['无人机', '声级计', '检漏仪']);
/** Matters of other organs: found, secured and handed over, never decided by the town. */
const others: Readonly<Record<string, string>> = {
  'FW-01': '公安机关',
  'HC-01': '古县城管理机构',
  'HC-02': '古县城管理机构',
};

/**
 * Lays the synthetic town, its matters, people, teams and roster into an empty database, in one transaction: a
 * start that was broken off leaves nothing half done. Does nothing where a town is there already.
 */
export async function seedDemo(deps: Deps, say: (line: string) => void): Promise<void> {
  if (await zones.hasTown(deps.db)) return extendRoster(deps);
  say('first start: drawing the synthetic town …');
  const { generateTown } = await import('./town/generate.ts');
  const town = generateTown();
  say('first start: writing cells, zones, roads …');
  await transact(deps, systemActor, async (tx) => {
    const ground = await seedGround(tx, town);
    say('first start: matters, people, teams, roster …');
    await seedMatters(tx);
    await seedPeople(tx, town, ground);
    await waiveIslands(tx, ground.editionId);
    await saveSettings(tx.db, demoSettings, tx.at);
    tx.announce('town.imported', 'town', {
      layer: 'synthetic town',
      rows: town.cells.features.length,
      licence: 'Apache-2.0',
      source: SYNTHETIC_NOTE,
    });
  });
}

/** Zones of the made-up town reach over the motorway: people know the underpasses, and the reason says so. */
const islandReason = '高速公路两侧由桥洞相通（演示）';

async function waiveIslands(tx: Tx, editionId: number): Promise<void> {
  const row = (await findEdition(tx.db, editionId))!;
  const { problems } = await standingOf(tx, row);
  const split = problems.filter(({ name }) => name === 'zone_split' || name === 'cell_orphaned');
  const zoneIds = [...new Set(split.flatMap(({ zoneId }) => zoneId ?? []))];
  const waivers = zoneIds.map((zoneId) => ({ zoneId, reason: islandReason }));
  await updateEdition(tx.db, editionId, { waivers: JSON.stringify(waivers) });
}

const day = 86_400_000;

/** Keeps two weeks of roster ahead, however long the demo town lives. */
async function extendRoster(deps: Deps): Promise<void> {
  const at = deps.now();
  const last = await lastDutyStart(deps.db);
  if (last === null || last > at + 14 * day) return;
  const { generateTown } = await import('./town/generate.ts');
  const town = generateTown();
  await transact(deps, systemActor, async (tx) => {
    const zoneIds = await zones.insertZones(
      tx.db,
      town.zones.features.map(({ properties: { number, name, code14 } }) => ({ number, name, code14 })),
    );
    await writeRoster(tx, town, zoneIds, Math.max(last + day / 2, at - day), at + 30 * day);
  });
}

export interface Ground {
  readonly editionId: number;
  readonly zoneIds: ReadonlyMap<number, number>;
}

async function seedGround(tx: Tx, town: Town): Promise<Ground> {
  const { db, at } = tx;
  const whole = town.town.features[0]!;
  await zones.insertTown(db, {
    code: whole.properties.code,
    name: whole.properties.name,
    outline: whole.geometry,
    centre: { lng: 121.44516, lat: 29.98017 },
    metricSrid,
    population: whole.properties.population,
    synthetic: true,
    attributions: [],
    at,
  });
  await zones.insertCommunities(
    db,
    town.communities.features.map(({ geometry, properties: p }) => ({
      code: p.code12,
      name: p.name,
      displayName: p.displayName,
      kind: p.kind,
      geometry,
    })),
  );
  const cellIds = await zones.insertCells(
    db,
    town.cells.features.map(({ geometry, properties: p }) => ({
      code: p.code15,
      communityCode: p.communityCode,
      geometry,
      population: p.population,
      level: p.level,
      landUse: p.landUse,
      synthetic: true,
      source: SYNTHETIC_NOTE,
      licence: 'Apache-2.0',
    })),
    metricSrid,
    at,
  );
  await zones.insertTerrain(db, [
    ...town.barriers.features.map(({ geometry, properties: p }) => ({
      kind: p.kind,
      name: p.name,
      geometry,
      barrier: !p.passable,
      synthetic: true,
    })),
    ...town.waters.features.map(({ geometry, properties: p }) => ({
      kind: p.kind,
      name: p.name,
      geometry,
      barrier: false,
      synthetic: true,
    })),
  ]);
  const coverageId = await zones.insertCoverage(db, [...cellIds.values()], 'synthetic town', metricSrid, at);
  const zoneIds = await zones.insertZones(
    db,
    town.zones.features.map(({ properties: { number, name, code14 } }) => ({ number, name, code14 })),
  );
  const editionId = await zones.insertEdition(
    db,
    {
      coverageId,
      parentId: null,
      name: '现行方案',
      status: 'published',
      authorId: null,
      note: SYNTHETIC_NOTE,
      at,
    },
    new Map(
      town.cells.features.map(({ properties: p }) => [cellIds.get(p.code15)!, zoneIds.get(p.zoneNumber)!]),
    ),
  );
  await zones.putInForce(db, editionId, null, 'first edition');
  await zones.insertOverlays(
    db,
    town.overlays.features.map(({ geometry, properties: p }) => ({
      ...p,
      geometry,
      synthetic: true,
      source: SYNTHETIC_NOTE,
    })),
    at,
  );
  await zones.replaceRoads(
    db,
    town.roadNodes,
    town.roads.features.map(({ geometry, properties: p }) => ({ ...p, geometry })),
  );
  await zones.insertPlaces(
    db,
    town.places.features.map(({ geometry, properties: p }) => ({
      kind: p.kind,
      name: p.name,
      geometry,
      defaultCoordinate: p.defaultCoordinate,
    })),
  );
  return { editionId, zoneIds };
}

interface CalendarRow {
  readonly date: string;
  readonly kind: 'holiday' | 'make_up_workday';
  readonly name: string;
  readonly source: string;
}

async function seedMatters(tx: Tx): Promise<void> {
  const catalogue = JSON.parse(readFileSync(join(data, 'matters.json'), 'utf8')) as { matters: Matter[] };
  await publishMatters(tx.db, catalogue.matters, {
    holder: ({ code }) => others[code] ?? '慈城镇',
    status: ({ code }) => (others[code] ? 'never_delegated' : 'delegated'),
    document: '演示目录（46 项，非公布清单）',
    from: Date.UTC(2022, 5, 1),
    scarceKit,
  });
  const calendar = parse<CalendarRow>(readFileSync(join(data, 'calendar-2025-2026.csv'), 'utf8'), {
    columns: true,
  });
  await insertCalendar(
    tx.db,
    calendar.map(({ date, kind, name, source }) => ({ day: date, kind, name, source })),
  );
}
