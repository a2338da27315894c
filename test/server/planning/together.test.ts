import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DraftConflictMessage, DraftPresenceMessage } from '../../../shared/contract/draft-room.ts';
import type { CellId, EditionId, ZoneId } from '../../../shared/contract/ids.ts';
import type { ClientMessages, ServerMessages } from '../../../shared/contract/live.ts';
import type { LogEntry } from '../../../shared/contract/planning.ts';
import { zoneAt } from '../../../shared/rules/zones/assignment.ts';
import { historyStart, nextEntry, type HistoryState } from '../../../shared/rules/zones/history.ts';
import { engines } from '../../kit/database.ts';
import type { Phone } from '../../kit/town.ts';
import { draftOf, openStudio, post, stroke, type Operation, type Studio } from './studio-kit.ts';

/** A planner's page as far as the log goes: joins the room with the last number that it folded. */
class Page {
  readonly socket: Socket<ServerMessages, ClientMessages>;
  readonly presences: DraftPresenceMessage[] = [];
  readonly conflicts: DraftConflictMessage[] = [];
  readonly heard: LogEntry[] = [];
  readonly ahead: string[] = [];
  state: HistoryState;

  constructor(address: string, who: Phone, start: HistoryState, editionId: EditionId) {
    this.state = start;
    this.socket = io(address, {
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 20,
      reconnectionDelayMax: 50,
      extraHeaders: { authorization: `Bearer ${who.token}` },
      auth: { since: null, want: [] },
    });
    this.socket.on('connect', () =>
      this.socket.emit('draft_join', { editionId, after: this.state.draft.seq }),
    );
    this.socket.on('draft_entry', ({ entry }) => {
      this.heard.push(entry);
      this.state = nextEntry(this.state, entry);
    });
    this.socket.on('draft_ahead', ({ operations }) => this.ahead.push(...operations.map(({ opId }) => opId)));
    this.socket.on('draft_presence', (message) => this.presences.push(message));
    this.socket.on('draft_conflict', (message) => this.conflicts.push(message));
  }

  get plan(): [CellId, ZoneId | null][] {
    return this.state.cells.cellIds.map((id, i) => [id, zoneAt(this.state.draft.assignment, i)]);
  }
}

/** Waits until something holds; the caller's test has its own limit of time. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** A repeatable stream of numbers in [0, 1): a linear congruence modulo 2^32. */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe.each(engines())('two planners in one draft [%s]', (engine) => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio(engine);
  });
  afterAll(() => studio.close());

  const open = async (who: Phone, editionId: EditionId) => {
    const { draft } = await who.ok('readEdition', { params: { editionId } });
    const start = historyStart(
      draft!.baseCells.map(([cellId, zoneId]) => ({ cellId, zoneId })),
      draft!.baseZones,
    );
    return new Page(studio.product.address, who, draft!.log.reduce(nextEntry, start), editionId);
  };
  const stored = async (editionId: EditionId) =>
    (await studio.planner.ok('readEdition', { params: { editionId } })).cells;

  test('500 strokes of two planners, cut off again and again, end in one plan and in one log', async () => {
    const { planner, second, cell, zone } = studio;
    const { id } = await draftOf(planner, 'shared');
    const pages = [await open(planner, id), await open(second, id)];
    const random = draws(7);
    const pick = (count: number) => Math.floor(random() * count);
    const done: [string[], string[]] = [[], []];
    for (let round = 0; round < 125; round++) {
      const acts = [planner, second].map(async (who, side) => {
        const operations: Operation[] = [0, 1].map(() => {
          const undo = done[side]!.length > 0 && random() < 0.2;
          if (undo)
            return {
              opId: randomUUID(),
              author: who.personId as never,
              kind: 'undo',
              target: done[side]!.at(-1)!,
            };
          const act = stroke(who, [cell(pick(4), pick(4)), cell(pick(4), pick(4))], zone(1 + pick(4)));
          done[side]!.push(act.opId);
          return act;
        });
        const answer = await post(who, id, operations, pages[side]!.state.draft.seq);
        // an undo of what was undone is refused by name and leaves no gap
        for (const { seq, refused } of answer.answers) expect(seq === null).toBe(refused !== null);
      });
      if (round % 20 === 10) pages[1]!.socket.io.engine.close();
      await Promise.all(acts);
    }
    const { seq } = await planner.ok('listDraftLog', { params: { editionId: id } });
    await until(() => pages.every(({ state }) => state.draft.seq === seq));
    const truth = await stored(id);
    for (const page of pages) {
      expect(page.plan).toEqual(truth);
      // each entry came once and in order, over all cuts
      expect(page.heard.map((entry) => entry.seq)).toEqual(Array.from({ length: seq }, (_, i) => i + 1));
      page.socket.close();
    }
    expect(seq).toBeGreaterThan(400);
  }, 120_000);

  test('whoever is away while others draw misses nothing and loses nothing', async () => {
    const { planner, second, cell, zone } = studio;
    const { id } = await draftOf(planner, 'away');
    const [here, away] = [await open(planner, id), await open(second, id)];
    await post(second, id, [stroke(second, [cell(0, 0)], zone(2))]);
    await until(() => away.state.draft.seq === 1 && here.state.draft.seq === 1);
    away.socket.disconnect();
    // without a line the strokes wait on the page and are sent again with their own ids
    const waiting = [stroke(second, [cell(3, 3)], zone(3)), stroke(second, [cell(2, 3)], zone(3))];
    for (let i = 0; i < 10; i++)
      await post(planner, id, [stroke(planner, [cell(i % 4, 1)], zone(1 + (i % 4)))]);
    await post(second, id, waiting, 1);
    const again = await post(second, id, waiting, 1);
    expect(again.answers.map(({ seq }) => seq)).toEqual([12, 13]);
    away.socket.connect();
    await until(() => away.state.draft.seq === 13 && here.state.draft.seq === 13);
    expect(away.plan).toEqual(await stored(id));
    expect(here.plan).toEqual(away.plan);
    for (const page of [here, away]) page.socket.close();
  });

  test('a stroke reaches the other planner while the database keeps it waiting, and the log follows', async () => {
    const { planner, second, dispatcher, cell, zone, product } = studio;
    const { id } = await draftOf(planner, 'ahead');
    const [here, there] = [await open(planner, id), await open(second, id)];
    await until(() => here.presences.at(-1)?.people.length === 2);
    const drawn = stroke(planner, [cell(2, 1)], zone(3));
    const ahead = (page: Page, operation: Operation) =>
      page.socket.emitWithAck('draft_ahead', { editionId: id, operations: [operation] });
    let posted: Promise<unknown> = Promise.resolve();
    await product.deps.db.transaction(async (tx) => {
      await tx('edition').where({ id }).forUpdate().first();
      posted = post(planner, id, [drawn]);
      expect(await ahead(here, drawn)).toEqual({ ok: true });
      await until(() => there.ahead.length === 1);
      expect(there.heard).toEqual([]);
    });
    await posted;
    await until(() => there.state.draft.seq === 1 && here.state.draft.seq === 1);
    expect(there.ahead).toEqual([drawn.opId]);
    expect(here.ahead).toEqual([]);
    // nobody draws in the name of another, and nobody draws who may not
    expect(await ahead(there, drawn)).toMatchObject({ ok: false, code: 'action_forbidden' });
    const watcher = await open(dispatcher, id);
    await until(() => here.presences.at(-1)?.people.length === 3);
    const theirs = stroke(dispatcher, [cell(0, 0)], zone(3));
    expect(await ahead(watcher, theirs)).toMatchObject({ ok: false, code: 'action_forbidden' });
    expect(there.ahead).toHaveLength(1);
    for (const page of [here, there, watcher]) page.socket.close();
  });

  test('presence: who is there, with which zone, and who has left', async () => {
    const { planner, second, zone } = studio;
    const { id } = await draftOf(planner, 'seen');
    const here = await open(planner, id);
    await until(() => here.presences.length > 0);
    const other = await open(second, id);
    await until(() => here.presences.at(-1)!.people.length === 2);
    other.socket.emit('draft_look', { editionId: id, zoneId: zone(3), view: null, cellIds: [5] });
    await until(() => here.presences.at(-1)!.people.some(({ zoneId }) => zoneId === zone(3)));
    other.socket.close();
    await until(() => here.presences.at(-1)!.people.length === 1);
    expect(here.presences.at(-1)!.people).toMatchObject([{ personId: planner.personId }]);
    here.socket.close();
  });

  test('strokes of two people on one cell within three seconds are shown to both', async () => {
    const { planner, second, cell, zone, product } = studio;
    const { id } = await draftOf(planner, 'clash');
    const [one, two] = [await open(planner, id), await open(second, id)];
    await until(() => one.presences.at(-1)?.people.length === 2);
    await post(planner, id, [stroke(planner, [cell(0, 0)], zone(2))]);
    await post(second, id, [stroke(second, [cell(0, 0)], zone(3))]);
    await until(() => one.conflicts.length === 1 && two.conflicts.length === 1);
    expect(one.conflicts[0]).toMatchObject({ cellIds: [cell(0, 0)] });
    await product.advance(4000, 4000);
    await post(planner, id, [stroke(planner, [cell(0, 0)], zone(4))]);
    await until(() => two.state.draft.seq === 3);
    expect(two.conflicts).toHaveLength(1);
    for (const page of [one, two]) page.socket.close();
  });

  test('one editor: others are refused by name until the owner lets them in again', async () => {
    const { planner, second, cell, zone } = studio;
    const { id } = await draftOf(planner, 'mine');
    const params = { editionId: id };
    await planner.ok('changeDraft', { params, body: { soleEditor: planner.personId } });
    const answer = await second.call('postOperations', {
      params,
      body: { baseSeq: 0, operations: [stroke(second, [cell(0, 0)], zone(2))] },
    });
    expect(answer.problem.code).toBe('draft_reserved');
    await planner.ok('changeDraft', { params, body: { soleEditor: null } });
    expect((await post(second, id, [stroke(second, [cell(0, 0)], zone(2))])).seq).toBe(1);
  });

  test('an exchange takes the teams along, once however often it is sent, and undone it gives them back', async () => {
    const { planner, zone, teams } = studio;
    const draft = await draftOf(planner, 'exchange');
    const look = async () => {
      const seen = await planner.ok('readEdition', { params: { editionId: draft.id } });
      const zoneOfTeam = new Map(seen.teams.map(({ teamId, zoneId }) => [teamId as number, zoneId]));
      return {
        teams: [1, 2, 3].map((number) => zoneOfTeam.get(teams.get(number)!)),
        cells: new Map(seen.cells),
      };
    };
    const before = await look();
    const act = {
      opId: randomUUID(),
      author: planner.personId as never,
      kind: 'exchange' as const,
      zoneIds: [zone(1), zone(2)] as [ZoneId, ZoneId],
    };
    await post(planner, draft.id, [act, act]);
    await post(planner, draft.id, [act]);
    const swapped = await look();
    expect(before.teams).toEqual([zone(1), zone(2), zone(3)]);
    expect(swapped.teams).toEqual([zone(2), zone(1), zone(3)]);
    const other = (id: ZoneId | null) => (id === zone(1) ? zone(2) : id === zone(2) ? zone(1) : id);
    expect([...swapped.cells]).toEqual([...before.cells].map(([cellId, id]) => [cellId, other(id)]));
    const back = {
      opId: randomUUID(),
      author: planner.personId as never,
      kind: 'undo' as const,
      target: act.opId,
    };
    await post(planner, draft.id, [back]);
    expect(await look()).toEqual(before);
  });

  test('nobody writes in the name of another, and an unknown zone is refused', async () => {
    const { planner, second, cell, zone } = studio;
    const { id } = await draftOf(planner, 'names');
    const forged = await planner.call('postOperations', {
      params: { editionId: id },
      body: { baseSeq: 0, operations: [stroke(second, [cell(0, 0)], zone(2))] },
    });
    expect(forged.problem.code).toBe('action_forbidden');
    const strange = { ...stroke(planner, [cell(0, 0)], 9999 as ZoneId), addedZones: [9999 as ZoneId] };
    expect((await post(planner, id, [strange])).answers).toMatchObject([
      { seq: null, refused: 'zone_unknown' },
    ]);
  });
});
