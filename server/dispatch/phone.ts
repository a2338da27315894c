import type { z } from 'zod';
import type { PhoneView, RaiseSosSchema, SosAnswerSchema, SosView } from '../../shared/contract/phone.ts';
import type { Message } from '../../shared/contract/messages.ts';
import type { IncidentView } from '../../shared/contract/incidents.ts';
import { toWgs84 } from '../../shared/rules/datum.ts';
import { Refused } from '../kernel/refused.ts';
import type { Actor, Tx } from '../kernel/transact.ts';
import { findPersonById } from '../auth/store.ts';
import { eventsOfType, newestAbout } from '../audit/store.ts';
import {
  findIncidents,
  incidentView,
  listCallable,
  listReworks,
  type IncidentRow,
} from '../incidents/store.ts';
import { contactOf, officerFix } from '../positions/store.ts';
import { findDutyOn, findNextRoster } from '../teams/store-duty.ts';
import { findTeamPosition, teamView } from '../teams/store.ts';
import { nearestTeams } from '../teams/store-nearest.ts';
import { metricSrid } from '../zones/store.ts';
import { raise } from './alerts.ts';
import { checkInOf } from './check-in.ts';
import { handlers } from './field-tasks.ts';
import { policyAt } from './policies.ts';
import { subject } from './steps.ts';
import { alarmView, type AlarmRow } from './store-alarms.ts';
import { findWatches } from './store-watch.ts';
import { clearSos, restateSos, standingSos, withdrawnSince } from './store-phone.ts';
import { activeAssignments, assignmentsOf, assignmentView } from './store.ts';

type Look = Pick<Tx, 'db' | 'at'>;

/** Everything that one officer's phone shows. */
export async function readPhone({ db, at }: Look, actor: Actor): Promise<PhoneView> {
  const personId = actor.id ?? 0;
  const { policy } = await policyAt(db, at);
  const present = await findDutyOn(db, personId);
  const line = present ?? (await findNextRoster(db, personId, at));
  const rows = actor.teamId === null ? [] : await activeAssignments(db, { teamIds: [actor.teamId] });
  const found = await findIncidents(
    db,
    rows.map((row) => row.incident_id),
  );
  const incidents = found.map(incidentView);
  const fix = await officerFix(db, personId);
  const contact = await contactOf(db, personId);
  const checkIns: PhoneView['checkIns'] = [];
  for (const row of rows.filter(({ state }) => state === 'on_scene')) {
    const { dueAt, missed } = await checkInOf(db, row, policy.watchdog.checkInSeconds, at);
    checkIns.push({ assignmentId: row.id as never, dueAt: new Date(dueAt).toISOString(), missed });
  }
  const arrivals: PhoneView['arrivals'] = [];
  for (const row of rows.filter(({ state }) => state === 'accepted' || state === 'en_route')) {
    const [said] = (
      await eventsOfType(db, 'arrival.suggested', {
        subject: subject(row.incident_id),
        since: Date.parse(row.offered_at),
      })
    ).filter(({ data }) => data.assignment.id === row.id);
    if (said) arrivals.push({ assignmentId: row.id as never, seenAt: said.at, metres: said.data.metres });
  }
  const underWay = rows.filter(({ state }) => state === 'accepted' || state === 'en_route');
  const questions = [
    ...(await findWatches(
      db,
      underWay.map(({ id }) => id),
    )),
  ].flatMap(([id, watched]) =>
    watched.askedAt === null
      ? []
      : [
          {
            assignmentId: id as never,
            state: watched.state.state,
            askedAt: new Date(watched.askedAt).toISOString(),
          },
        ],
  );
  const reworks = actor.teamId === null ? [] : await reworksOf(db, actor.teamId);
  const sos: SosView[] = [];
  for (const row of await standingSos(db, { personId, teamId: actor.teamId }))
    sos.push(await sosView(db, row));
  return {
    at: new Date(at).toISOString(),
    duty: {
      on: present !== undefined,
      teamId: (line?.team_id ?? null) as never,
      startsAt: line?.starts_at ?? null,
      endsAt: line?.ends_at ?? null,
    },
    team: actor.teamId === null ? null : await teamView(db, at, actor.teamId),
    fix: fix ? { fixAt: fix.fix_at, source: fix.source, accuracyMetres: fix.accuracy_metres } : null,
    doubt: present ? (contact?.doubt ?? null) : null,
    clockAheadSeconds: contact?.clock_offset_seconds ?? null,
    tasks: rows.map((row) => ({
      assignment: assignmentView(row),
      incident: incidents.find(({ id }) => id === row.incident_id)!,
    })),
    arrivals,
    questions,
    reworks,
    asked: await askedOf(db, [
      ...rows.filter(({ kind }) => kind === 'handle').map((row) => row.incident_id),
      ...reworks.map(({ id }) => id),
    ]),
    callable: (await listCallable(
      db,
      rows.filter(({ state }) => state !== 'offered').map((row) => row.incident_id),
    )) as PhoneView['callable'],
    checkIns,
    sos,
    calledOff: actor.teamId === null ? [] : await calledOffFrom(db, actor.teamId, at - calledOffMs),
    messages: await messagesFor(db, actor, at - messageHours * 3_600_000),
    arrivalMetres: policy.watchdog.nearMetres,
    checkInSeconds: policy.watchdog.checkInSeconds,
  };
}

/** What a check sent back to this team: the team that handled takes it up again. */
async function reworksOf(db: Look['db'], teamId: number): Promise<IncidentView[]> {
  const own: IncidentRow[] = [];
  for (const row of await listReworks(db)) {
    const sent = await assignmentsOf(db, row.id);
    if (handlers(sent) === teamId && sent.every(({ ended_at }) => ended_at !== null)) own.push(row);
  }
  return own.map(incidentView);
}

/** What was found wanting when the work was sent back; a new round of the incident starts without. */
async function askedOf(db: Look['db'], incidentIds: readonly number[]): Promise<PhoneView['asked']> {
  const asked: PhoneView['asked'] = [];
  for (const id of incidentIds) {
    const fact = await newestAbout(db, subject(id), ['check.failed', 'incident.reopened']);
    if (fact?.type === 'check.failed')
      asked.push({ incidentId: id as never, text: fact.data.text, at: fact.at });
  }
  return asked;
}

/** A task that was taken back is told of for half an hour: also to a phone that was without a network. */
const calledOffMs = 1_800_000;

async function calledOffFrom(db: Look['db'], teamId: number, since: number): Promise<PhoneView['calledOff']> {
  const told: PhoneView['calledOff'] = [];
  for (const { id, incident_id: incidentId, reason, ended_at: endedAt } of await withdrawnSince(
    db,
    teamId,
    since,
  )) {
    const facts = await eventsOfType(db, 'assignment.withdrawn', { subject: subject(incidentId), since });
    const text = facts.find(({ data }) => data.assignment.id === id)?.data.text ?? '';
    told.push({ assignmentId: id as never, incidentId: incidentId as never, reason, text, at: endedAt });
  }
  return told;
}

/** A message is shown for one shift. */
const messageHours = 8;

async function messagesFor(db: Look['db'], actor: Actor, since: number): Promise<Message[]> {
  const sent = (await eventsOfType(db, 'message.sent', { since })).map(
    ({ at, actor: by, data: { messageId, teamId, text } }): Message => ({
      id: messageId,
      teamId,
      text,
      from: by.name,
      at,
    }),
  );
  const own = sent.filter(({ teamId }) => teamId === null || teamId === actor.teamId);
  if (own.length === 0) return [];
  const read = await eventsOfType(db, 'message.read', { since });
  const seen = new Set(
    read.filter(({ data }) => data.personId === actor.id).map(({ data }) => data.messageId),
  );
  return own.filter(({ id }) => !seen.has(id));
}

async function sosView(db: Look['db'], row: AlarmRow): Promise<SosView> {
  const { name, teamCode, point } = row.detail as Pick<SosView, 'name' | 'teamCode' | 'point'>;
  const seenBy = row.acknowledged_by === null ? undefined : await findPersonById(db, row.acknowledged_by);
  return {
    alarmId: row.id,
    personId: row.person_id as never,
    name,
    teamCode: teamCode ?? null,
    point: point ?? null,
    raisedAt: row.raised_at,
    acknowledgedBy: seenBy?.display_name ?? null,
  };
}

/** Where help is called to: the phone's own fix, else the team's newest. */
async function placeOf(tx: Tx, place: z.output<typeof RaiseSosSchema>['place']) {
  if (place) {
    const read = toWgs84(place);
    if (!read.ok) throw new Refused(read.refusal, {}, [{ path: 'body.place', message: 'not a place' }]);
    return { point: read.value, accuracyMetres: place.accuracyMetres };
  }
  const known = tx.actor.teamId === null ? undefined : await findTeamPosition(tx.db, tx.actor.teamId);
  return known ? { point: known.point, accuracyMetres: known.accuracyMetres } : null;
}

/**
 * SOS: to the room and to the nearest team on duty, with the place. Said again it tells the new place. It belongs to
 * the person, not to the incident: handling that one does not end it.
 */
export async function raiseSos(
  tx: Tx,
  { incidentId, place }: z.output<typeof RaiseSosSchema>,
): Promise<z.output<typeof SosAnswerSchema>> {
  const personId = tx.actor.id!;
  const { teamId } = tx.actor;
  const where = await placeOf(tx, place);
  const helpers = where ? await helpersNear(tx, where.point, teamId) : [];
  const person = await findPersonById(tx.db, personId);
  const team = teamId === null ? null : await teamView(tx.db, tx.at, teamId);
  const detail = {
    name: person?.display_name ?? tx.actor.name,
    teamCode: team?.code ?? null,
    incidentId,
    point: where?.point ?? null,
    accuracyMetres: where?.accuracyMetres ?? null,
    helpers,
  };
  const again = await restateSos(tx.db, personId, detail);
  if (again) tx.announce('alarm.raised', `alarm/${again.id}`, { alarm: alarmView(again) });
  else await raise(tx, { kind: 'sos', teamId, personId, detail });
  const [row] = await standingSos(tx.db, { personId, teamId: null });
  return { alarm: alarmView(row!), helpers: helpers as never };
}

async function helpersNear(
  tx: Tx,
  point: { readonly lng: number; readonly lat: number },
  own: number | null,
): Promise<number[]> {
  const { policy } = await policyAt(tx.db, tx.at);
  const { ids } = await nearestTeams(tx.db, {
    point,
    srid: await metricSrid(tx.db),
    oldest: tx.at - policy.fresh.darkSeconds * 1000,
    limit: 2,
  });
  return ids.filter((id) => id !== own).slice(0, 1);
}

/** The officer is safe again. */
export async function endSos(tx: Tx): Promise<Record<string, never>> {
  for (const row of await clearSos(tx.db, tx.actor.id!, tx.at))
    tx.announce('alarm.cleared', `alarm/${row.id}`, { alarm: alarmView(row) });
  return {};
}
