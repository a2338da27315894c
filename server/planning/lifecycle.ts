import type { z } from 'zod';
import type * as shapes from '../../shared/contract/editions.ts';
import type { EditionSummary } from '../../shared/contract/planning.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { factsOf, lockKnown, step, tell } from './acts.ts';
import { contentHash } from './drafts.ts';
import { standingOf, zonesOf } from './problems.ts';
import {
  findEdition,
  insertDraft,
  readPairs,
  readTeams,
  updateEdition,
  type EditionRow,
} from './store-editions.ts';
import { dropEffect, isFollowed, openEffect, timelineAt } from './store-effects.ts';
import { authorsOf } from './store-log.ts';
import { findReplay } from './store-replays.ts';
import { readSettings } from './store-settings.ts';
import { summaryOf } from './views.ts';

const subject = (id: number): string => `edition/${id}`;

/** A draft with the content of an edition; without one, of that in force. */
export async function createDraft(
  tx: Tx,
  { name, from }: z.output<typeof shapes.CreateDraftSchema>,
): Promise<EditionSummary> {
  const { db, at, actor } = tx;
  const running = await timelineAt(db, at);
  const source = from ?? running;
  const row = source === null ? undefined : await findEdition(db, source);
  if (!row) throw new Refused('edition_unknown', { editionId: source });
  const pairs = await readPairs(db, row.id);
  const id = await insertDraft(db, {
    coverageId: row.coverage_id,
    parentId: row.id,
    // a copy of an older edition means its differences to the running one; a copy of a draft is as old as that draft
    basedOn: row.status === 'draft' ? row.based_on : running,
    name,
    authorId: actor.id,
    base: { coverageId: row.coverage_id, cells: pairs, zones: zonesOf(row, pairs) },
    teams: await readTeams(db, row.id),
    waivers: row.waivers,
    at,
  });
  return tell(tx, id, 'edition.drafted');
}

/** Changes name, note, sole editor and waivers of a draft. */
export async function changeDraft(
  tx: Tx,
  id: number,
  change: z.output<typeof shapes.ChangeDraftSchema>,
): Promise<EditionSummary> {
  const row = await lockKnown(tx, id);
  // whoever made the draft may take the switch back from a colleague
  const owner = change.soleEditor !== undefined && row.author_id === tx.actor.id;
  step('edit', factsOf(tx, row, owner ? { soleEditor: null } : {}), {
    draft_reserved: { personId: row.sole_editor },
  });
  const values = {
    ...(change.name !== undefined && { name: change.name }),
    ...(change.note !== undefined && { note: change.note }),
    ...(change.soleEditor !== undefined && { sole_editor: change.soleEditor }),
    ...(change.waivers !== undefined && { waivers: JSON.stringify(change.waivers) }),
  };
  if (Object.keys(values).length > 0) await updateEdition(tx.db, id, values);
  return tell(tx, id, 'edition.changed');
}

/** Gives a draft up; it is kept and no longer listed. */
export async function discardDraft(tx: Tx, id: number): Promise<EditionSummary> {
  step('discard', factsOf(tx, await lockKnown(tx, id)));
  await updateEdition(tx.db, id, { discarded_at: new Date(tx.at) });
  return tell(tx, id, 'edition.discarded');
}

const hashOf = async (tx: Tx, row: EditionRow): Promise<string> =>
  contentHash(await readPairs(tx.db, row.id), await readTeams(tx.db, row.id));

/** Sends a draft to review: its content is frozen by its hash, with the report or the reason why there is none. */
export async function submitEdition(
  tx: Tx,
  id: number,
  { replayId, reason = '' }: z.output<typeof shapes.SubmitSchema>,
): Promise<EditionSummary> {
  const row = await lockKnown(tx, id);
  const standing = await standingOf(tx, row);
  const hash = await hashOf(tx, row);
  const replay = replayId === undefined ? undefined : await findReplay(tx.db, replayId);
  if (replayId !== undefined && (!replay || replay.edition_id !== id))
    throw new Refused('replay_unknown', { replayId });
  const errors = standing.problems.filter(({ severity }) => severity === 'error');
  // that the draft is outdated has a refusal of its own
  const counted = errors.filter(({ name }) => name !== 'edition_outdated');
  const facts = factsOf(tx, row, {
    outdated: standing.outdated,
    conflicts: standing.conflicts,
    errors: counted.length,
    report: replay ? replay.state === 'done' && replay.content_hash === hash : null,
    reason,
  });
  const to = step('submit', facts, {
    problems_standing: { names: [...new Set(counted.map(({ name }) => name))] },
    conflicts_open: { cells: standing.conflicts },
  });
  await updateEdition(tx.db, id, {
    status: to,
    content_hash: hash,
    submitted_at: new Date(tx.at),
    submitted_by: tx.actor.id,
    submitted_replay: replayId ?? null,
    review_reason: reason === '' ? null : reason,
  });
  const edition = summaryOf(await lockKnown(tx, id));
  tx.announce('edition.submitted', subject(id), { edition, replayId: replayId ?? null, reason });
  return edition;
}

/** Sends a draft back to its planners, with what is wrong. */
export async function returnEdition(tx: Tx, id: number, reason: string): Promise<EditionSummary> {
  const to = step('return', factsOf(tx, await lockKnown(tx, id), { reason }));
  await updateEdition(tx.db, id, {
    status: to,
    content_hash: null,
    submitted_at: null,
    submitted_by: null,
    submitted_replay: null,
    review_reason: reason,
  });
  const edition = summaryOf(await lockKnown(tx, id));
  tx.announce('edition.returned', subject(id), { edition, reason });
  return edition;
}

/** Approves what was sent to review, unchanged, by somebody who wrote nothing of it. */
export async function approveEdition(tx: Tx, id: number): Promise<EditionSummary> {
  const row = await lockKnown(tx, id);
  const authors = new Set(await authorsOf(tx.db, id));
  for (const person of [row.author_id, row.submitted_by]) if (person !== null) authors.add(person);
  const to = step(
    'approve',
    factsOf(tx, row, { authors, unchanged: row.content_hash === (await hashOf(tx, row)) }),
  );
  await updateEdition(tx.db, id, { status: to, approved_by: tx.actor.id, approved_at: new Date(tx.at) });
  return tell(tx, id, 'edition.approved');
}

/** Gives an approved edition its time: the running one ends at that instant, in the same transaction. */
export async function publishEdition(
  tx: Tx,
  id: number,
  { effectiveAt, reason = '' }: z.output<typeof shapes.PublishSchema>,
): Promise<EditionSummary> {
  const row = await lockKnown(tx, id);
  const from = Date.parse(effectiveAt);
  const to = step('publish', factsOf(tx, row, await dated(tx, from)), await leadDetail(tx));
  await updateEdition(tx.db, id, { status: to });
  await begin(tx, id, from, reason);
  return published(tx, id, from);
}

/** Takes a publication back before it has begun; the span that it closed is open again. */
export async function withdrawEdition(tx: Tx, id: number, reason: string): Promise<EditionSummary> {
  const row = await lockKnown(tx, id);
  const effectiveAt = row.effective_at === null ? null : Date.parse(row.effective_at);
  const to = step('withdraw', factsOf(tx, row, { effectiveAt, reason }));
  await dropEffect(tx.db, id, effectiveAt!);
  await updateEdition(tx.db, id, { status: to });
  const edition = summaryOf(await lockKnown(tx, id));
  tx.announce('edition.withdrawn', subject(id), { edition, reason });
  return edition;
}

/** Goes back to what was: a new edition with the content of an earlier one begins; nothing is deleted. */
export async function rollBackEdition(
  tx: Tx,
  id: number,
  { effectiveAt, reason }: z.output<typeof shapes.RollBackSchema>,
): Promise<EditionSummary> {
  const { db, at, actor } = tx;
  const row = await lockKnown(tx, id);
  const from = Date.parse(effectiveAt);
  step('roll_back', factsOf(tx, row, { reason, ...(await dated(tx, from)) }), await leadDetail(tx));
  const pairs = await readPairs(db, id);
  const teams = await readTeams(db, id);
  const again = await insertDraft(db, {
    coverageId: row.coverage_id,
    parentId: id,
    basedOn: id,
    rollsBackTo: id,
    status: 'published',
    name: row.name,
    note: reason,
    authorId: null,
    approvedBy: actor.id!,
    base: { coverageId: row.coverage_id, cells: pairs, zones: zonesOf(row, pairs) },
    teams,
    waivers: row.waivers,
    contentHash: contentHash(pairs, teams),
    at,
  });
  await begin(tx, again, from, reason);
  return published(tx, again, from);
}

async function dated(tx: Tx, effectiveAt: number) {
  const { leadSeconds } = await readSettings(tx.db);
  return { effectiveAt, leadSeconds, followed: await isFollowed(tx.db, effectiveAt) };
}

const leadDetail = async (tx: Tx) => {
  const { leadSeconds } = await readSettings(tx.db);
  return { lead_short: { earliestAt: new Date(tx.at + leadSeconds * 1000).toISOString() } };
};

/** The table itself has the last word: two editions in force at once are refused by its exclusion constraint. */
async function begin(tx: Tx, editionId: number, from: number, reason: string): Promise<void> {
  try {
    await openEffect(tx.db, { editionId, from, approvedBy: tx.actor.id, reason, at: tx.at });
  } catch (error) {
    if ((error as { code?: string }).code === '23P01') throw new Refused('effect_taken', {});
    throw error;
  }
}

async function published(tx: Tx, id: number, from: number): Promise<EditionSummary> {
  const edition = summaryOf(await lockKnown(tx, id));
  const effectiveAt = new Date(from).toISOString();
  tx.announce('edition.published', subject(id), {
    editionId: edition.id,
    name: edition.name,
    effectiveAt,
    edition,
  });
  return edition;
}
