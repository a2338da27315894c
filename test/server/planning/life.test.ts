import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LedgerEvent } from '../../../shared/contract/events.ts';
import type { ClientMessages, ServerMessages } from '../../../shared/contract/live.ts';
import type { EditionId } from '../../../shared/contract/ids.ts';
import { cellCentre, placeTeam } from '../../kit/ground.ts';
import { engines } from '../../kit/database.ts';
import type { Phone } from '../../kit/town.ts';
import { draftOf, minutes, openStudio, post, stroke, type Studio } from './studio-kit.ts';

/** A page that waits for the new lines, as a phone or a console does. */
class Ear {
  readonly #socket: Socket<ServerMessages, ClientMessages>;
  readonly open: Promise<void>;
  readonly effective: Promise<LedgerEvent>;

  constructor(address: string, who: Phone) {
    this.#socket = io(address, {
      transports: ['websocket'],
      forceNew: true,
      extraHeaders: { authorization: `Bearer ${who.token}` },
      auth: { since: null, want: ['events'] },
    });
    this.open = new Promise((resolve) => this.#socket.once('hello', () => resolve()));
    this.effective = new Promise((resolve) =>
      this.#socket.on('event', (event) => {
        if (event.type === 'edition.effective') resolve(event);
      }),
    );
  }

  close(): void {
    this.#socket.disconnect();
  }
}

describe.each(engines())('life of an edition [%s]', (engine) => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio(engine);
  });
  afterAll(() => studio.close());

  const report = (who: Phone, x: number, y: number) =>
    who.ok('createIncident', {
      body: {
        source: 'self',
        matterCode: 'CY-01',
        text: 'a stall',
        // a phone's point has more than three decimals; one that is coarser waits for a person
        point: { lng: cellCentre(x, y).lng + 0.00012, lat: cellCentre(x, y).lat + 0.00034 },
        crs: 'wgs84',
      },
    });
  /** Every team has just said where it is: at home. */
  const freshen = async () => {
    const { db } = studio.product.deps;
    for (const { team_id: teamId, person_id: personId } of await db('team_latest').select(
      'team_id',
      'person_id',
    )) {
      const number = [...studio.teams].find(([, id]) => id === teamId)![0];
      const place = cellCentre(number % 2 === 1 ? 0 : 3, number > 2 ? 3 : 0);
      await placeTeam(db, teamId, personId, place, studio.product.now());
    }
  };
  /** The middle cell (1, 1) moves from zone 1 to zone 2. */
  const redrawn = async () => {
    const draft = await draftOf(studio.planner, 'new lines');
    await post(studio.planner, draft.id, [stroke(studio.planner, [studio.cell(1, 1)], studio.zone(2))]);
    return draft;
  };
  const refused = async (answer: Promise<{ status: number; problem: { code: string } }>) =>
    (await answer).problem.code;

  test('planner drafts, head approves, effective at the minute; the next incident goes by the new lines', async () => {
    const { product, planner, head, dispatcher } = studio;
    await product.app.tick();
    const draft = await redrawn();
    const params = { editionId: draft.id };

    expect(await refused(planner.call('submitEdition', { params, body: {} }))).toBe('report_missing');
    await planner.ok('submitEdition', { params, body: { reason: 'a small correction' } });
    expect(await refused(planner.call('approveEdition', { params }))).toBe('action_forbidden');
    expect(
      await refused(
        planner.call('postOperations', {
          params,
          body: { baseSeq: 0, operations: [stroke(planner, [studio.cell(0, 0)], studio.zone(2))] },
        }),
      ),
    ).toBe('draft_closed');
    await head.ok('approveEdition', { params });
    const early = head.call('publishEdition', { params, body: { effectiveAt: minutes(product, 14) } });
    expect(await refused(early)).toBe('lead_short');
    const published = await head.ok('publishEdition', {
      params,
      body: { effectiveAt: minutes(product, 15) },
    });
    expect(published).toMatchObject({ status: 'published', approvedBy: head.personId });

    await freshen();
    const before = await report(dispatcher, 1, 1);
    const waiting = await report(dispatcher, 1, 1);
    expect(before.incident).toMatchObject({ zoneNumber: 1, editionId: draft.parentId });
    const sent = await dispatcher.ok('dispatchIncident', { params: { incidentId: before.incident.id } });
    expect(sent.assignment?.teamId).toBe(studio.teams.get(1));
    const leader = await product.signIn(studio.crews.get(1)![0]!);
    const task = { assignmentId: sent.assignment!.id };
    await leader.ok('acceptAssignment', { params: task });
    await leader.ok('departAssignment', { params: task });
    await product.advance(14 * 60_000, 60_000);
    expect((await dispatcher.ok('readTown')).edition?.id).toBe(draft.parentId);

    const heard: [Ear, Ear] = [new Ear(product.address, leader), new Ear(product.address, dispatcher)];
    for (const ear of heard) await ear.open;
    await product.advance(60_000, 1000);
    for (const ear of heard) {
      const { data } = await ear.effective;
      expect(data).toMatchObject({ editionId: draft.id, wasId: draft.parentId, cause: 'published' });
      // zones of every team, and nothing about anybody
      const { teams } = data as { teams: { teamId: number; zoneIds: number[] }[] };
      expect(teams.map((team) => Object.keys(team).sort())).toEqual(teams.map(() => ['teamId', 'zoneIds']));
      expect(teams.find(({ teamId }) => teamId === studio.teams.get(2))?.zoneIds).toEqual([studio.zone(2)]);
      expect(JSON.stringify(data)).not.toContain(studio.crews.get(1)![0]!);
      ear.close();
    }
    const town = await dispatcher.ok('readTown');
    expect(town.edition?.id).toBe(draft.id);
    const cell = town.cells.features.find((f) => (f as { id: number }).id === studio.cell(1, 1));
    expect((cell as { properties: { zone: number } }).properties.zone).toBe(2);

    const after = await report(dispatcher, 1, 1);
    expect(after.incident).toMatchObject({ zoneNumber: 2, editionId: draft.id });
    const kept = await dispatcher.ok('readIncident', { params: { incidentId: before.incident.id } });
    expect(kept.incident).toMatchObject({ zoneNumber: 1, editionId: draft.parentId });
    expect(kept.assignments).toMatchObject([{ teamId: studio.teams.get(1), state: 'en_route' }]);

    // filed before, dispatched after: its pinned zone stays, the decision goes by the new lines
    await freshen();
    const incidentId = waiting.incident.id;
    const { assignment } = await dispatcher.ok('dispatchIncident', { params: { incidentId } });
    expect(assignment?.teamId).toBe(studio.teams.get(2));
    const { decisions } = await dispatcher.ok('listDecisions', { params: { incidentId } });
    expect(decisions.at(-1)?.record.editionId).toBe(draft.id);
    const pinned = await dispatcher.ok('readIncident', { params: { incidentId } });
    expect(pinned.incident).toMatchObject({ zoneNumber: 1, editionId: draft.parentId });

    const { events } = await head.ok('listEvents', { query: { since: 0, limit: 1000 } });
    const effective = events.filter(({ type }) => type === 'edition.effective');
    expect(effective).toHaveLength(1);
    expect(effective[0]!.data).toMatchObject({ wasId: draft.parentId, cause: 'published' });
    expect(Date.parse(effective[0]!.at)).toBe(Date.parse(published.effectiveAt!));
    const retired = events.filter(({ type }) => type === 'edition.retired');
    expect(retired.map(({ subject }) => subject)).toEqual([`edition/${draft.parentId}`]);
  });

  test('roll back begins a new edition with the same content; one second before and after', async () => {
    const { product, head } = studio;
    const { editions, runningEditionId } = await head.ok('listEditions');
    const first = editions.at(-1)!;
    const effectiveAt = minutes(product, 20);
    const again = await head.ok('rollBackEdition', {
      params: { editionId: first.id },
      body: { effectiveAt, reason: 'the old lines were better' },
    });
    expect(again).toMatchObject({ rollsBackTo: first.id, status: 'published', approvedBy: head.personId });
    const at = async () => (await head.ok('listEditions')).runningEditionId;
    await product.advance(20 * 60_000 - 1000, 60_000);
    expect(await at()).toBe(runningEditionId);
    await product.advance(1000);
    expect(await at()).toBe(again.id);
    const content = async (editionId: number) =>
      (await head.ok('readEdition', { params: { editionId } })).cells;
    expect(await content(again.id)).toEqual(await content(first.id));
    const detail = await head.ok('readEdition', { params: { editionId: runningEditionId as EditionId } });
    expect(detail.edition.status).toBe('retired');
    expect(detail.effects).toHaveLength(1);
  });

  test('withdrawing before it begins opens the running edition again; afterwards it is refused', async () => {
    const { product, planner, head } = studio;
    const draft = await redrawn();
    const params = { editionId: draft.id };
    await planner.ok('submitEdition', { params, body: { reason: 'try' } });
    await head.ok('approveEdition', { params });
    await head.ok('publishEdition', { params, body: { effectiveAt: minutes(product, 30) } });
    const back = await head.ok('withdrawEdition', { params, body: { reason: 'not yet' } });
    expect(back).toMatchObject({ status: 'approved', effectiveAt: null });
    await product.advance(31 * 60_000, 60_000);
    const { runningEditionId, effects } = await head.ok('listEditions');
    expect(runningEditionId).toBe(draft.parentId);
    expect(effects.at(-1)).toMatchObject({ editionId: draft.parentId, to: null });
    const late = head.call('withdrawEdition', {
      params: { editionId: draft.parentId! },
      body: { reason: 'too late' },
    });
    expect(await refused(late)).toBe('effect_begun');
  });

  test('four eyes: an author of any operation cannot approve, and the database refuses it too', async () => {
    const { product, planner, head } = studio;
    const draft = await redrawn();
    await post(head, draft.id, [stroke(head, [studio.cell(1, 1)], studio.zone(2))]);
    const params = { editionId: draft.id };
    await planner.ok('submitEdition', { params, body: { reason: 'try' } });
    expect(await refused(head.call('approveEdition', { params }))).toBe('approver_involved');
    const { db } = product.deps;
    await expect(
      db('edition').where({ id: draft.id }).update({ approved_by: head.personId }),
    ).rejects.toThrow(/author of its operations/);
    await expect(db('edition').where({ id: draft.id }).update({ status: 'published' })).rejects.toThrow(
      /may not go from in_review to published/,
    );
    const other = await product.person('head');
    expect(await refused(other.call('returnEdition', { params, body: { reason: ' ' } }))).toBe(
      'fields_invalid',
    );
    await other.ok('returnEdition', { params, body: { reason: 'zone 2 is too large' } });
    await planner.ok('submitEdition', { params, body: { reason: 'again' } });
    const approved = await other.ok('approveEdition', { params });
    expect(approved.status).toBe('approved');
    // what left the draft does not change, whoever tries
    await expect(
      db('edition_cell')
        .where({ edition_id: draft.id })
        .update({ zone_id: studio.zone(4) }),
    ).rejects.toThrow(/is no draft/);
  });

  test('two editions in force at once are refused by the table', async () => {
    const { db } = studio.product.deps;
    await expect(
      db.raw(
        `insert into edition_effect (edition_id, during) select min(id), tstzrange(now(), null) from edition`,
      ),
    ).rejects.toThrow(/edition_effect/);
  });

  test('problems block sending to review: a cell without a zone, an empty zone, a zone in pieces', async () => {
    const { planner, cell, zone } = studio;
    const draft = await draftOf(planner, 'broken');
    const params = { editionId: draft.id };
    const names = async () =>
      [
        ...new Set(
          (await planner.ok('readProblems', { params })).problems
            .filter((p) => p.severity === 'error')
            .map((p) => p.name),
        ),
      ].sort();
    expect(await names()).toEqual([]);
    await post(planner, draft.id, [stroke(planner, [cell(0, 0)], null)]);
    expect(await names()).toEqual(['cell_unassigned']);
    await post(planner, draft.id, [stroke(planner, [cell(0, 0)], zone(4))]);
    expect(await names()).toEqual(['cell_orphaned']);
    const answer = await planner.call('submitEdition', { params, body: { reason: 'try' } });
    expect(answer.problem.code).toBe('problems_standing');
    await post(planner, draft.id, [
      stroke(planner, [cell(0, 0), cell(0, 1), cell(1, 0), cell(1, 1)], zone(2)),
    ]);
    expect(await names()).toEqual(['zone_empty']);
  });

  test('forbidden transitions, each named', async () => {
    const { product, planner, head } = studio;
    const draft = await draftOf(planner, 'shy');
    const params = { editionId: draft.id };
    expect(await refused(head.call('approveEdition', { params }))).toBe('transition_illegal');
    expect(await refused(head.call('returnEdition', { params, body: { reason: 'r' } }))).toBe(
      'transition_illegal',
    );
    expect(
      await refused(head.call('publishEdition', { params, body: { effectiveAt: minutes(product, 60) } })),
    ).toBe('transition_illegal');
    expect(await refused(head.call('withdrawEdition', { params, body: { reason: 'r' } }))).toBe(
      'transition_illegal',
    );
    expect(
      await refused(
        head.call('rollBackEdition', { params, body: { effectiveAt: minutes(product, 60), reason: 'r' } }),
      ),
    ).toBe('transition_illegal');
    await planner.ok('discardDraft', { params });
    expect(await refused(planner.call('submitEdition', { params, body: { reason: 'r' } }))).toBe(
      'draft_closed',
    );
    expect(await refused(planner.call('readEdition', { params: { editionId: 999_999 } }))).toBe(
      'edition_unknown',
    );
  });
});
