import { randomUUID } from 'node:crypto';
import type { Output } from '../../../shared/contract/api.ts';
import type { CellId, ZoneId } from '../../../shared/contract/ids.ts';
import { addTeam, cellCentre, ground } from '../../kit/ground.ts';
import { town, type Phone, type TestTown } from '../../kit/town.ts';
import type { Engine } from '../../kit/database.ts';

/** A town with four teams, one a zone, a planner, a second planner and a head. */
export interface Studio {
  readonly product: TestTown;
  readonly planner: Phone;
  readonly second: Phone;
  readonly head: Phone;
  readonly dispatcher: Phone;
  /** Team ids by zone number. */
  readonly teams: ReadonlyMap<number, number>;
  /** Names of each team's people by zone number. */
  readonly crews: ReadonlyMap<number, readonly string[]>;
  /** Cell ids by column and row, from the south-west. */
  readonly cell: (x: number, y: number) => CellId;
  readonly zone: (number: number) => ZoneId;
  readonly close: () => Promise<void>;
}

export async function openStudio(engine: Engine): Promise<Studio> {
  const product = await town(engine);
  const { db } = product.deps;
  const teams = new Map<number, number>();
  const crews = new Map<number, string[]>();
  for (const [number, place] of [
    [1, cellCentre(0, 0)],
    [2, cellCentre(3, 0)],
    [3, cellCentre(0, 3)],
    [4, cellCentre(3, 3)],
  ] as const) {
    const { teamId, people } = await addTeam(db, {
      code: `T${number}`,
      at: product.now(),
      place,
      zoneNumbers: [number],
    });
    teams.set(number, teamId);
    crews.set(
      number,
      people.map(({ name }) => name),
    );
    await db('team')
      .where({ id: teamId })
      .update({ home: db.raw('st_setsrid(st_makepoint(?, ?), 4326)', [place.lng, place.lat]) });
  }
  const cells = (await db('cell').orderBy('code').select('id')).map((row) => row.id as CellId);
  const zones = new Map((await db('zone').select('id', 'number')).map((row) => [row.number, row.id]));
  return {
    product,
    planner: await product.person('planner'),
    second: await product.person('planner'),
    head: await product.person('head'),
    dispatcher: await product.person('dispatcher'),
    teams,
    crews,
    cell: (x, y) => cells[4 * y + x]!,
    zone: (number) => zones.get(number) as ZoneId,
    close: () => product.close(),
  };
}

/** One stroke: these cells to this zone. */
export const stroke = (author: Phone, cellIds: readonly CellId[], zoneId: ZoneId | null) => ({
  opId: randomUUID(),
  author: author.personId as never,
  kind: 'assign' as const,
  changes: [{ zoneId, cellIds: [...cellIds] }],
});

export type Operation =
  | ReturnType<typeof stroke>
  | { opId: string; author: never; kind: 'exchange'; zoneIds: [ZoneId, ZoneId] }
  | { opId: string; author: never; kind: 'undo' | 'redo'; target: string };

/** Posts operations of one person; answers what the server says. */
export const post = (who: Phone, editionId: number, operations: readonly Operation[], baseSeq = 0) =>
  who.ok('postOperations', { params: { editionId }, body: { baseSeq, operations: [...operations] } });

export const draftOf = async (who: Phone, name = 'draft'): Promise<Output<'createDraft'>> =>
  who.ok('createDraft', { body: { name } });

export const minutes = (product: TestTown, count: number): string =>
  new Date(product.now() + count * 60_000).toISOString();

/**
 * A straight road from west to east in three links, of which the middle one alone meets the cell of column 1; a way round it
 * in the north that is more than twice as long; and a road from its eastern end up to the north-east.
 */
export async function drawRoads({ product }: Studio): Promise<void> {
  const { db } = product.deps;
  const at = (x: number, y: number) => ({
    lng: ground.west + x * ground.step,
    lat: ground.south + y * ground.step,
  });
  const nodes = [at(0, 0.5), at(0.9, 0.5), at(2.1, 0.5), at(4, 0.5), at(0.9, 2), at(2.1, 2), at(3.5, 3.5)];
  await db('road_node').insert(nodes.map((node, id) => ({ id, ...node })));
  const link = (id: number, source: number, target: number) => {
    const [a, b] = [nodes[source]!, nodes[target]!];
    const metres = Math.hypot((b.lng - a.lng) * 96_500, (b.lat - a.lat) * 110_900);
    return {
      id,
      source,
      target,
      class: 'secondary',
      kmh: 30,
      length_metres: metres,
      geom: db.raw('st_geomfromtext(?, 4326)', [`LINESTRING(${a.lng} ${a.lat}, ${b.lng} ${b.lat})`]),
    };
  };
  await db('road').insert([
    link(1, 0, 1),
    link(2, 1, 2),
    link(3, 2, 3),
    link(4, 1, 4),
    link(5, 4, 5),
    link(6, 5, 2),
    link(7, 3, 6),
  ]);
}
