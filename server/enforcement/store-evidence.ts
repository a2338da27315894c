import type { Knex } from 'knex';
import type { EvidenceMeta, EvidenceSet, EvidenceView } from '../../shared/contract/evidence.ts';
import type { LngLat } from '../../shared/contract/geo.ts';

/** All SQL that names evidence, custody and evidence_skip. */

interface Row {
  id: string;
  incident_id: number;
  kind: EvidenceView['kind'];
  photo_kind: EvidenceView['photoKind'];
  slot: string | null;
  sha256: string;
  byte_count: number;
  media_type: string;
  width: number;
  height: number;
  has_picture: boolean;
  captured_at: string;
  received_at: string;
  device_offset_seconds: number;
  lng: number | null;
  lat: number | null;
  accuracy_metres: number | null;
  captured_by: number;
  original_id: string | null;
}

const viewOf = (row: Row): EvidenceView =>
  ({
    id: row.id,
    incidentId: row.incident_id,
    kind: row.kind,
    photoKind: row.photo_kind,
    slot: row.slot,
    sha256: row.sha256,
    bytes: row.byte_count,
    mediaType: row.media_type,
    width: row.width,
    height: row.height,
    hasPicture: row.has_picture,
    capturedAt: row.captured_at,
    receivedAt: row.received_at,
    deviceOffsetSeconds: row.device_offset_seconds,
    point: row.lng === null ? null : { lng: row.lng, lat: row.lat },
    accuracyMetres: row.accuracy_metres,
    capturedBy: row.captured_by,
    originalId: row.original_id,
  }) as EvidenceView;

const select = (db: Knex) =>
  db<Row>('evidence').select(
    'id',
    'incident_id',
    'kind',
    'photo_kind',
    'slot',
    'sha256',
    'byte_count',
    'media_type',
    'width',
    'height',
    'has_picture',
    'captured_at',
    'received_at',
    'device_offset_seconds',
    db.raw('st_x(point) lng'),
    db.raw('st_y(point) lat'),
    'accuracy_metres',
    'captured_by',
    'original_id',
  );

export interface NewEvidence {
  readonly id: string;
  readonly meta: EvidenceMeta;
  readonly bytes: number;
  readonly mediaType: string;
  readonly width: number;
  readonly height: number;
  readonly hasPicture: boolean;
  readonly point: LngLat | null;
  readonly by: number;
  readonly at: number;
}

/** Writes evidence with the first two links of its chain of custody. */
export async function insertEvidence(db: Knex, e: NewEvidence): Promise<EvidenceView> {
  const { meta } = e;
  await db('evidence').insert({
    id: e.id,
    incident_id: meta.incidentId,
    kind: meta.kind,
    photo_kind: meta.photoKind,
    slot: meta.slot,
    sha256: meta.sha256,
    byte_count: e.bytes,
    media_type: e.mediaType,
    width: e.width,
    height: e.height,
    has_picture: e.hasPicture,
    captured_at: new Date(meta.capturedAt),
    device_at: new Date(meta.deviceAt),
    received_at: new Date(e.at),
    device_offset_seconds: (Date.parse(meta.deviceAt) - e.at) / 1000,
    point: e.point && db.raw('st_setsrid(st_makepoint(?, ?), 4326)', [e.point.lng, e.point.lat]),
    accuracy_metres: meta.place?.accuracyMetres ?? null,
    raw_lng: meta.place?.lng ?? null,
    raw_lat: meta.place?.lat ?? null,
    raw_crs: meta.place?.crs ?? null,
    captured_by: e.by,
    original_id: meta.originalId,
  });
  await addCustody(db, e.id, 'captured', Date.parse(meta.capturedAt), e.by, meta.sha256);
  await addCustody(db, e.id, 'received', e.at, e.by);
  return (await findEvidence(db, e.id))!;
}

export const addCustody = (
  db: Knex,
  evidenceId: string,
  act: 'captured' | 'received' | 'original_taken' | 'attached' | 'verified',
  at: number,
  personId: number | null,
  note = '',
) => db('custody').insert({ evidence_id: evidenceId, act, at: new Date(at), person_id: personId, note });

export async function findEvidence(db: Knex, id: string): Promise<EvidenceView | undefined> {
  const row = (await select(db).where({ id }).first()) as Row | undefined;
  return row && viewOf(row);
}

/** Evidence of incidents (an incident with those merged into it), in the order of arrival. */
export const evidenceOfIncidents = async (
  db: Knex,
  incidentIds: readonly number[],
): Promise<EvidenceView[]> =>
  (
    (await select(db)
      .whereIn('incident_id', [...incidentIds])
      .orderBy(['received_at', 'id'])) as unknown as Row[]
  ).map(viewOf);

export const custodyOf = async (db: Knex, evidenceIds: readonly string[]): Promise<EvidenceSet['custody']> =>
  (
    await db('custody')
      .whereIn('evidence_id', [...evidenceIds])
      .orderBy('id')
  ).map((row) => ({
    evidenceId: row.evidence_id as string,
    act: row.act as EvidenceSet['custody'][number]['act'],
    at: row.at as string,
    personId: row.person_id as EvidenceSet['custody'][number]['personId'],
    note: row.note as string,
  }));

/** Evidence that lies in a penalty file: attached to it, or verified for its decision. */
export const attachedTo = async (db: Knex, fileId: number): Promise<string[]> =>
  (await db('custody')
    .where({ note: `file/${fileId}` })
    .whereIn('act', ['attached', 'verified'])
    .distinct('evidence_id')
    .orderBy('evidence_id')
    .pluck('evidence_id')) as string[];

/** Words of the checklist that were left out, with the reason. */
export const skipsOf = async (db: Knex, incidentIds: readonly number[]): Promise<Map<string, string>> =>
  new Map(
    (
      await db('evidence_skip')
        .whereIn('incident_id', [...incidentIds])
        .select('slot', 'reason')
    ).map((row: { slot: string; reason: string }) => [row.slot, row.reason]),
  );

export const insertSkip = (
  db: Knex,
  skip: { incidentId: number; slot: string; reason: string; by: number; at: number },
) =>
  db('evidence_skip')
    .insert({
      incident_id: skip.incidentId,
      slot: skip.slot,
      reason: skip.reason,
      person_id: skip.by,
      at: new Date(skip.at),
    })
    .onConflict(['incident_id', 'slot'])
    .ignore();
