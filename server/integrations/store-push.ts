import type { Knex } from 'knex';
import type { Robot, RobotKind } from '../../shared/contract/push.ts';

/** All SQL that names push_subscription, robot and push_ladder. */

export interface SubscriptionRow {
  readonly id: number;
  readonly person_id: number;
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: Buffer;
}

/** Browsers of one person that are kept; the oldest goes. */
const keptBrowsers = 5;

/** Keeps a browser; one that somebody else used before is this person's now. */
export async function saveSubscription(
  db: Knex,
  subscription: Omit<SubscriptionRow, 'id'> & { readonly at: number },
): Promise<void> {
  const { at, ...row } = subscription;
  await db('push_subscription')
    .insert({ ...row, made_at: new Date(at) })
    .onConflict('endpoint')
    .merge();
  await db('push_subscription')
    .where({ person_id: row.person_id })
    .whereNotIn(
      'id',
      db('push_subscription')
        .where({ person_id: row.person_id })
        .orderBy('made_at', 'desc')
        .orderBy('id', 'desc')
        .limit(keptBrowsers)
        .select('id'),
    )
    .delete();
}

export const deleteSubscription = (db: Knex, of: { endpoint: string; personId?: number | null }) =>
  db('push_subscription')
    .where({ endpoint: of.endpoint, ...(of.personId != null && { person_id: of.personId }) })
    .delete();

export const subscriptionsOf = (db: Knex, personIds: readonly number[]): Promise<SubscriptionRow[]> =>
  db<SubscriptionRow>('push_subscription')
    .whereIn('person_id', [...personIds])
    .orderBy('id')
    .select('id', 'person_id', 'endpoint', 'p256dh', 'auth');

export interface RobotRow {
  readonly id: number;
  readonly name: string;
  readonly kind: RobotKind;
  readonly host: string;
  readonly address: Buffer;
  readonly secret: Buffer | null;
  readonly team_id: number | null;
  readonly made_at: string;
}

const robots = (db: Knex) => db<RobotRow>('robot').whereNull('removed_at');

export const listRobots = (db: Knex): Promise<RobotRow[]> => robots(db).orderBy('id').select('*');
export const findRobot = (db: Knex, id: number): Promise<RobotRow | undefined> =>
  robots(db).where({ id }).first('*');

/** Robots that are told of a team's offers. */
export const robotsOf = (db: Knex, teamId: number): Promise<RobotRow[]> =>
  robots(db)
    .where((query) => query.whereNull('team_id').orWhere({ team_id: teamId }))
    .orderBy('id')
    .select('*');

export async function insertRobot(
  db: Knex,
  robot: { name: string; kind: RobotKind; host: string; teamId: number | null; at: number },
): Promise<number> {
  const [row] = await db('robot')
    .insert({
      name: robot.name,
      kind: robot.kind,
      host: robot.host,
      address: Buffer.alloc(0),
      team_id: robot.teamId,
      made_at: new Date(robot.at),
    })
    .returning('id');
  return row.id as number;
}

export const updateRobot = (db: Knex, id: number, change: Record<string, unknown>) =>
  db('robot').where({ id }).update(change);

export const robotView = (row: RobotRow): Robot => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  host: row.host,
  teamId: row.team_id as never,
  madeAt: row.made_at,
});

/** Takes a step of an offer's escalation; false when it was taken. */
export async function takeStep(db: Knex, assignmentId: number, step: number): Promise<boolean> {
  const taken = await db.raw(
    `insert into push_ladder (assignment_id, step) values (?, ?)
     on conflict (assignment_id) do update set step = excluded.step where push_ladder.step < excluded.step
     returning assignment_id`,
    [assignmentId, step],
  );
  return taken.rows.length > 0;
}

export const markAlarmed = (db: Knex, assignmentId: number) =>
  db('push_ladder').where({ assignment_id: assignmentId }).update({ alarmed: true });

/** Offers whose escalation has not ended. */
export const openLadders = async (db: Knex): Promise<number[]> =>
  (await db('push_ladder').where({ ended: false }).pluck('assignment_id')).map(Number);

/** Ends an escalation; answers whether the dispatcher was told, once. */
export async function endLadder(db: Knex, assignmentId: number): Promise<{ alarmed: boolean } | undefined> {
  const [row] = await db('push_ladder')
    .where({ assignment_id: assignmentId, ended: false })
    .update({ ended: true })
    .returning('alarmed');
  return row as { alarmed: boolean } | undefined;
}
