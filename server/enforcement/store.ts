import type { Knex } from 'knex';
import type {
  CircumstancesAnswered,
  FilePeriod,
  FileProgress,
  Party,
  PenaltyFileState,
  Procedure,
} from '../../shared/contract/enforcement.ts';
import type { Seal } from './seal.ts';

/** All SQL that names penalty_file, party, file_period, penalty_minutes and inquiry_notice. Amounts stand in store-amounts.ts alone. */

export interface FileRow {
  id: number;
  incident_id: number;
  procedure: Procedure;
  state: PenaltyFileState;
  matter_code: string;
  version_at_act: number;
  version_at_decision: number | null;
  act_version: number;
  decision_version: number | null;
  law_applied: 'act' | 'decision' | null;
  party_id: number | null;
  act_at: string;
  opened_at: string;
  officers: number[];
  circumstances: CircumstancesAnswered;
  progress: FileProgress;
  statement: Buffer | null;
  version: number;
}

const select = (where: string, tail = '') =>
  `select f.*, a.version act_version, d.version decision_version from penalty_file f
     join matter_version a on a.id = f.version_at_act left join matter_version d on d.id = f.version_at_decision
   where ${where} ${tail}`;

export const findFile = async (db: Knex, id: number): Promise<FileRow | undefined> =>
  (await db.raw(select('f.id = ?'), [id])).rows[0] as FileRow | undefined;

export const lockFile = async (db: Knex, id: number): Promise<FileRow | undefined> =>
  (await db.raw(select('f.id = ?', 'for update of f'), [id])).rows[0] as FileRow | undefined;

/** Files of incidents (one with those merged into it), oldest first. */
export const filesOfIncidents = async (db: Knex, incidentIds: readonly number[]): Promise<FileRow[]> =>
  (await db.raw(select('f.incident_id = any (?)', 'order by f.id'), [[...incidentIds]])).rows as FileRow[];

/** Files that are not at their end, newest first. */
export const listOpenFiles = async (db: Knex, limit: number): Promise<FileRow[]> =>
  (
    await db.raw(
      select(`f.state not in ('closed','no_penalty','transferred','revoked')`, 'order by f.id desc limit ?'),
      [limit],
    )
  ).rows as FileRow[];

export async function insertFile(
  db: Knex,
  f: {
    incidentId: number;
    procedure: Procedure;
    state: PenaltyFileState;
    matterCode: string;
    versionAtAct: number;
    partyId: number | null;
    actAt: number;
    openedAt: number;
    officers: readonly number[];
    circumstances: CircumstancesAnswered;
    progress: FileProgress;
  },
): Promise<FileRow> {
  const [row] = await db('penalty_file')
    .insert({
      incident_id: f.incidentId,
      procedure: f.procedure,
      state: f.state,
      matter_code: f.matterCode,
      version_at_act: f.versionAtAct,
      party_id: f.partyId,
      act_at: new Date(f.actAt),
      opened_at: new Date(f.openedAt),
      officers: [...f.officers],
      circumstances: JSON.stringify(f.circumstances),
      progress: JSON.stringify(f.progress),
    })
    .returning('id');
  return (await findFile(db, row.id as number))!;
}

/** Columns of a locked file that change; `progress` is added to what stands. */
export async function updateFile(
  db: Knex,
  id: number,
  { progress, circumstances, ...change }: Record<string, unknown> & { progress?: FileProgress },
): Promise<FileRow> {
  await db('penalty_file')
    .where({ id })
    .update({
      ...change,
      ...(progress && { progress: db.raw('progress || ?::jsonb', [JSON.stringify(progress)]) }),
      ...(circumstances !== undefined && { circumstances: JSON.stringify(circumstances) }),
      version: db.raw('version + 1'),
    });
  return (await findFile(db, id))!;
}

/** Writes a party sealed, with the marks by which the same person or plate is found again. */
export async function insertParty(db: Knex, seal: Seal, party: Party, at: number): Promise<number> {
  const idMark =
    party.idNumber === null ? null : seal.mark('id', `${party.kind}/${party.idNumber.toUpperCase()}`);
  const [row] = await db('party')
    .insert({
      kind: party.kind,
      sealed: seal.close('party', JSON.stringify(party)),
      id_mark: idMark,
      plate_mark: party.plate === null ? null : seal.mark('plate', party.plate.toUpperCase()),
      created_at: new Date(at),
    })
    .returning('id');
  return row.id as number;
}

export async function findParty(
  db: Knex,
  seal: Seal,
  id: number,
): Promise<{ party: Party; idMark: string | null } | undefined> {
  const row = await db('party').where({ id }).first('sealed', 'id_mark');
  if (!row) return undefined;
  const party = JSON.parse(seal.open('party', row.sealed as Buffer).toString()) as Party;
  return { party, idMark: row.id_mark as string | null };
}

/** Minutes of the collective discussion, sealed; once for a file. */
export const insertMinutes = (db: Knex, m: { fileId: number; minutes: Buffer; at: number; by: number }) =>
  db('penalty_minutes').insert({ file_id: m.fileId, minutes: m.minutes, at: new Date(m.at), by: m.by });

export async function findMinutes(
  db: Knex,
  seal: Seal,
  fileId: number,
): Promise<{ text: string; at: string; by: number } | undefined> {
  const row = await db('penalty_minutes').where({ file_id: fileId }).first();
  if (!row) return undefined;
  const text = seal.open(`minutes/${fileId}`, row.minutes as Buffer).toString();
  return { text, at: row.at as string, by: row.by as number };
}

/** Parties by their ids. */
export async function partiesOf(
  db: Knex,
  seal: Seal,
  ids: readonly number[],
): Promise<ReadonlyMap<number, Party>> {
  const rows: { id: number; sealed: Buffer }[] = await db('party')
    .whereIn('id', [...ids])
    .select('id', 'sealed');
  return new Map(
    rows.map(({ id, sealed }) => [id, JSON.parse(seal.open('party', sealed).toString()) as Party]),
  );
}

export interface NoticeRow {
  file_id: number;
  number: string;
  place: string;
  found_at: string;
  posted_at: string;
  due_at: string;
  photos: string[];
  posted_by: number[];
  public_note: string;
}

export const insertNotice = (
  db: Knex,
  n: {
    fileId: number;
    number: string;
    tokenHash: Buffer;
    place: string;
    foundAt: number;
    postedAt: number;
    dueAt: number;
    photos: readonly string[];
    postedBy: readonly number[];
  },
) =>
  db('inquiry_notice').insert({
    file_id: n.fileId,
    number: n.number,
    token_hash: n.tokenHash,
    place: n.place,
    found_at: new Date(n.foundAt),
    posted_at: new Date(n.postedAt),
    due_at: new Date(n.dueAt),
    photos: [...n.photos],
    posted_by: [...n.postedBy],
  });

export const findNotice = (db: Knex, fileId: number): Promise<NoticeRow | undefined> =>
  db<NoticeRow>('inquiry_notice').where({ file_id: fileId }).first();

/** The notice behind a public token, with the state of its file. */
export const findNoticeByToken = async (
  db: Knex,
  tokenHash: Buffer,
): Promise<(NoticeRow & { state: PenaltyFileState }) | undefined> =>
  db('inquiry_notice as n')
    .join('penalty_file as f', 'f.id', 'n.file_id')
    .where('n.token_hash', tokenHash)
    .first('n.*', 'f.state');

export const setPublicNote = (db: Knex, fileId: number, note: string) =>
  db('inquiry_notice').where({ file_id: fileId }).update({ public_note: note });

interface PeriodRow {
  file_id: number;
  period: string;
  started_at: string;
  last_date: string;
  ends_at: string;
  provisional: boolean;
  ended_at: string | null;
}

export const insertPeriod = (
  db: Knex,
  p: {
    fileId: number;
    period: string;
    startedAt: number;
    lastDate: string;
    endsAt: number;
    provisional: boolean;
  },
) =>
  db('file_period')
    .insert({
      file_id: p.fileId,
      period: p.period,
      started_at: new Date(p.startedAt),
      last_date: p.lastDate,
      ends_at: new Date(p.endsAt),
      provisional: p.provisional,
    })
    .onConflict(['file_id', 'period', 'started_at'])
    .merge(['last_date', 'ends_at', 'provisional']);

const periodOf = (row: PeriodRow): FilePeriod => ({
  period: row.period,
  startedAt: row.started_at,
  lastDate: row.last_date,
  endsAt: row.ends_at,
  provisional: row.provisional,
  endedAt: row.ended_at,
});

export const periodsOf = async (db: Knex, fileId: number): Promise<FilePeriod[]> =>
  (await db<PeriodRow>('file_period').where({ file_id: fileId }).orderBy(['started_at', 'period'])).map(
    periodOf,
  );

/** The running period that ends first, by file. */
export async function nextPeriods(
  db: Knex,
  fileIds: readonly number[],
): Promise<ReadonlyMap<number, FilePeriod>> {
  const rows = await db<PeriodRow>('file_period')
    .whereIn('file_id', [...fileIds])
    .whereNull('ended_at')
    .orderBy('ends_at', 'desc');
  // the last one said of a file is the one that ends first
  return new Map(rows.map((row) => [row.file_id, periodOf(row)]));
}

/** Ends the running periods of a kind (or all); answers how many ran. */
export const endPeriods = (
  db: Knex,
  fileId: number,
  at: number,
  periods?: readonly string[],
): Promise<number> => {
  const query = db('file_period').where({ file_id: fileId }).whereNull('ended_at');
  if (periods) void query.whereIn('period', [...periods]);
  return query.update({ ended_at: new Date(at) });
};
