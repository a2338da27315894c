import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Request } from 'express';
import type { Knex } from 'knex';
import { EvidenceMetaSchema, type EvidenceSet, type EvidenceView } from '../../shared/contract/evidence.ts';
import type { IncidentId } from '../../shared/contract/ids.ts';
import type { Matter } from '../../shared/contract/matters.ts';
import { toWgs84 } from '../../shared/rules/datum.ts';
import { distanceMetres } from '../../shared/rules/distance.ts';
import { findIncident, findMatterVersion } from '../incidents/store.ts';
import { familyOf } from '../incidents/store-field.ts';
import type { Deps } from '../kernel/deps.ts';
import { Refused } from '../kernel/refused.ts';
import { parse } from '../kernel/route.ts';
import { transact, type Actor, type Tx } from '../kernel/transact.ts';
import { makePicture } from './pictures.ts';
import { custodyOf, evidenceOfIncidents, insertEvidence, insertSkip, skipsOf } from './store-evidence.ts';
import { readSettings } from './store-settings.ts';
import { receiveUpload } from './upload.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const mediaFolder = (deps: Pick<Deps, 'config'>): string => join(deps.config.DATA_FOLDER, 'media');
/** The bytes as they were captured. */
export const originalPath = (deps: Pick<Deps, 'config'>, id: string): string =>
  join(mediaFolder(deps), `${id}.original`);
/** The re-encoded picture that may be shown. */
export const picturePath = (deps: Pick<Deps, 'config'>, id: string): string =>
  join(mediaFolder(deps), `${id}.webp`);

/**
 * Takes one file of evidence: streamed to disk, hashed, looked at, re-encoded, then written down in one command. The
 * Idempotency-Key is its id; the same upload again gives the same answer.
 */
export async function addEvidence(deps: Deps, actor: Actor, request: Request): Promise<EvidenceView> {
  const id = request.header('idempotency-key')?.toLowerCase() ?? '';
  if (!uuid.test(id)) throw new Refused('key_missing', { header: 'Idempotency-Key', expected: 'a UUID' });
  await mkdir(mediaFolder(deps), { recursive: true, mode: 0o700 });
  const part = join(mediaFolder(deps), `${id}.${randomBytes(6).toString('hex')}.part`);
  const shown = `${part}.webp`;
  try {
    const came = await receiveUpload(request, part);
    const meta = parse(EvidenceMetaSchema, json(came.fields.meta), 'meta') as ReturnType<
      typeof EvidenceMetaSchema.parse
    >;
    if (meta.sha256 !== came.sha256)
      throw new Refused('hash_wrong', { captured: meta.sha256, received: came.sha256 });
    const read = meta.place && toWgs84(meta.place);
    if (read && !read.ok)
      throw new Refused(read.refusal, {}, [{ path: 'meta.place', message: 'not a place' }]);
    const picture = await makePicture(part, shown);
    return await transact(
      deps,
      actor,
      async (tx) => {
        if (!(await findIncident(tx.db, meta.incidentId)))
          throw new Refused('incident_unknown', { incidentId: meta.incidentId });
        const by = tx.actor.id!;
        const point = read?.value ?? null;
        const evidence = await insertEvidence(tx.db, {
          id,
          meta,
          ...picture,
          bytes: came.bytes,
          point,
          by,
          at: tx.at,
        });
        if (picture.hasPicture) await rename(shown, picturePath(deps, id));
        await rename(part, originalPath(deps, id));
        tx.announce('evidence.added', `incident/${meta.incidentId}`, {
          incidentId: meta.incidentId,
          evidence,
        });
        return evidence;
      },
      // the instant of sending differs from try to try; the photo is the same
      { key: id, route: 'post /evidence', body: { ...meta, deviceAt: null } },
    );
  } finally {
    await rm(part, { force: true });
    await rm(shown, { force: true });
  }
}

function json(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '') as unknown;
  } catch {
    throw new Refused('body_malformed', { reason: 'the form field "meta" is not JSON' });
  }
}

/** Words of the matter's evidence column, one slot each. */
const wordsOf = (matter: Pick<Matter, 'evidence'>): string[] =>
  matter.evidence
    .split(/[、，：；,;:]/u)
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** What the matter of an incident wants and what is there; evidence of merged incidents counts. */
export async function evidenceSet(db: Knex, incidentId: number): Promise<EvidenceSet> {
  const incident = await findIncident(db, incidentId);
  if (!incident) throw new Refused('incident_unknown', { incidentId });
  const family = await familyOf(db, incidentId);
  const evidence = await evidenceOfIncidents(db, family);
  const skips = await skipsOf(db, family);
  const matter =
    incident.matter_version_id === null ? undefined : await findMatterVersion(db, incident.matter_version_id);
  const slots = (matter ? wordsOf(matter.body as unknown as Matter) : []).map((word) => ({
    word,
    evidenceIds: evidence.filter(({ slot }) => slot === word).map(({ id }) => id),
    skipped: skips.get(word) ?? null,
  }));
  return {
    slots,
    complete: slots.every((slot) => slot.evidenceIds.length > 0 || slot.skipped !== null),
    pair: pairOf(evidence),
    evidence,
    custody: await custodyOf(
      db,
      evidence.map(({ id }) => id),
    ),
  };
}

/** Photos before and after (an original and its copies count once), and the distance of their nearest places. */
function pairOf(evidence: readonly EvidenceView[]): EvidenceSet['pair'] {
  const of = (kind: 'before' | 'after') => evidence.filter(({ photoKind }) => photoKind === kind);
  const count = (views: readonly EvidenceView[]) => new Set(views.map((v) => v.originalId ?? v.id)).size;
  const distances = of('before').flatMap((before) =>
    of('after').flatMap((after) =>
      before.point && after.point ? [distanceMetres(before.point, after.point)] : [],
    ),
  );
  return {
    before: count(of('before')),
    after: count(of('after')),
    spotMetres: distances.length > 0 ? Math.min(...distances) : null,
  };
}

/** Where the town does not demand the pair, the word of whoever handles and checks stands for it. */
const taken = { before: 1, after: 1, spotMetres: 0 };

/** Photos of an incident for closing: what is there when the town demands the pair (setting `photosForClosing`). */
export async function photosOf(
  db: Knex,
  incidentId: number,
): Promise<{ before: number; after: number; spotMetres: number }> {
  if (!(await readSettings(db)).photosForClosing) return taken;
  const { pair } = await evidenceSet(db, incidentId);
  return { ...pair, spotMetres: pair.spotMetres ?? Number.POSITIVE_INFINITY };
}

/** Is the evidence of the matter complete? Asked of the record when the town demands it (`evidenceForHandling`). */
export const evidenceOf = async (db: Knex, incidentId: number): Promise<boolean> =>
  !(await readSettings(db)).evidenceForHandling || (await evidenceSet(db, incidentId)).complete;

/** A word of the checklist cannot be photographed here: the reason stands for it. */
export async function skipSlot(
  tx: Tx,
  incidentId: IncidentId,
  slot: string,
  reason: string,
): Promise<EvidenceSet> {
  const { slots } = await evidenceSet(tx.db, incidentId);
  if (!slots.some(({ word }) => word === slot)) throw new Refused('slot_unknown', { incidentId, slot });
  await insertSkip(tx.db, { incidentId, slot, reason, by: tx.actor.id!, at: tx.at });
  tx.announce('evidence.skipped', `incident/${incidentId}`, { incidentId, slot, reason });
  return evidenceSet(tx.db, incidentId);
}
