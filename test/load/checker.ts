import type { Knex } from 'knex';
import type { AssignmentView } from '../../shared/contract/assignments.ts';
import type { IncidentView } from '../../shared/contract/incidents.ts';
import { verifyChain } from '../../server/audit/chain.ts';
import { eventsAfter } from '../../server/audit/store.ts';
import { assignmentView, type AssignmentRow } from '../../server/dispatch/store.ts';
import { findIncidents, incidentView } from '../../server/incidents/store.ts';
import type { Act } from './journal.ts';

/** SQL that finds what must not be: a sentence for each row that it gives. */
const never: readonly string[] = [
  `select format('team %s holds slot %s twice', team_id, slot) from assignment
   where ended_at is null group by team_id, slot having count(*) > 1`,
  `select format('incident %s has two lead teams', incident_id) from assignment
   where ended_at is null and is_lead group by incident_id having count(*) > 1`,
  `select format('team %s: free slots %s and held slots %s are not its %s', t.id, t.free_slots,
     coalesce(h.slots, '{}'), t.capacity)
   from team t left join (select team_id, array_agg(slot order by slot) slots from assignment
     where ended_at is null group by team_id) h on h.team_id = t.id
   where (select coalesce(array_agg(s order by s), '{}') from unnest(t.free_slots || coalesce(h.slots, '{}')) s)
     <> (select array_agg(n::smallint order by n) from generate_series(1, t.capacity) n)`,
  `select format('incident %s is %s, its lead is %s', i.id, i.state, coalesce(a.state, 'nobody'))
   from incident i left join assignment a on a.incident_id = i.id and a.is_lead and a.ended_at is null
   where (i.state in ('offered', 'accepted', 'en_route', 'on_scene')) is distinct from (a.id is not null)
     or (a.id is not null and a.state <> i.state)`,
  `select format('assignment %s has no stored decision', id) from assignment where decision_id is null`,
  `select format('incident %s has %s reports', i.id, count(r.id)) from incident i
   left join report r on r.incident_id = i.id where i.state <> 'merged' group by i.id having count(r.id) = 0`,
  `select format('key %s was kept without its answer', key) from idempotency where answer is null`,
];

/** Facts that happen to one assignment, or one incident between two reopenings, at most once. */
const once = new Set([
  'assignment.offered',
  'assignment.accepted',
  'assignment.withdrawn',
  'team.departed',
  'team.arrived',
  'incident.handled',
]);
const onceAnIncident = new Set(['incident.reported', 'incident.closed']);

/**
 * What is wrong with a town's tables, ledger and the acts that were acknowledged to clients; nothing when all is
 * well. Read while nobody writes.
 */
export async function faultsOf(db: Knex, acts: readonly Act[] = []): Promise<string[]> {
  const faults = [...(await verifyChain(db)).faults];
  for (const sql of never) {
    const { rows } = await db.raw(sql);
    faults.push(...rows.map((row: { format: string }) => row.format));
  }
  faults.push(...(await factsAgainstRows(db)));
  faults.push(...(await actsAgainstRows(db, acts)));
  return faults;
}

/** The last fact about each incident and assignment says what its row says, and neither is without the other. */
async function factsAgainstRows(db: Knex): Promise<string[]> {
  const faults: string[] = [];
  const incidents = new Map<number, IncidentView>();
  const assignments = new Map<number, AssignmentView>();
  const seen = new Set<string>();
  for (let from = 0; ;) {
    const events = await eventsAfter(db, from, 1000);
    if (events.length === 0) break;
    for (const { seq, type, data } of events) {
      const { incident, into, assignment } = data as {
        incident?: IncidentView;
        into?: IncidentView;
        assignment?: AssignmentView;
      };
      for (const view of [incident, into]) if (view) incidents.set(view.id, view);
      if (assignment) assignments.set(assignment.id, assignment);
      const happened =
        assignment && once.has(type)
          ? `${type} of assignment ${assignment.id}`
          : incident && onceAnIncident.has(type)
            ? `${type} of incident ${incident.id}`
            : undefined;
      if (happened && seen.has(happened)) faults.push(`${seq}: ${happened} once more`);
      if (happened) seen.add(happened);
    }
    from = events.at(-1)!.seq;
  }
  const ids: number[] = (await db('incident').pluck('id')).map(Number);
  const views = (await findIncidents(db, ids)).map(incidentView);
  faults.push(...differences('incident', views, incidents));
  const rows = (await db('assignment').select('*')) as AssignmentRow[];
  faults.push(...differences('assignment', rows.map(assignmentView), assignments));
  return faults;
}

function differences<V extends { id: number; state: string; version: number }>(
  what: string,
  rows: readonly V[],
  told: ReadonlyMap<number, V>,
): string[] {
  const stored = new Set<number>(rows.map(({ id }) => id));
  const ghosts = [...told.keys()].filter((id) => !stored.has(id));
  return [
    ...ghosts.map((id) => `${what} ${id} is told of and has no row`),
    ...rows.flatMap((row) => {
      const fact = told.get(row.id);
      if (!fact) return [`${what} ${row.id} has a row and no fact`];
      return fact.state === row.state && fact.version <= row.version
        ? []
        : [
            `${what} ${row.id} is ${row.state} (${row.version}), its last fact says ${fact.state} (${fact.version})`,
          ];
    }),
  ];
}

/** Acknowledged acts are there with the answer that was given; refused ones left nothing; each is there once. */
async function actsAgainstRows(db: Knex, acts: readonly Act[]): Promise<string[]> {
  const faults: string[] = [];
  const answers = new Map(
    (await db('idempotency').select('key', 'answer')).map((row) => [row.key as string, row.answer as string]),
  );
  const byKey = countOf((await db('assignment').pluck('idem_key')) as string[]);
  const byText = countOf((await db('incident').pluck('text')) as string[]);
  for (const act of acts) {
    const name = `${act.name} ${act.key}`;
    if (act.outcome === undefined) {
      faults.push(`${name} was never answered`);
      continue;
    }
    const done = act.outcome.status < 300;
    const stored = answers.get(act.key);
    if (done && stored === undefined) faults.push(`${name} was acknowledged and is lost`);
    if (done && stored !== undefined && stored !== JSON.stringify(act.outcome.answer))
      faults.push(`${name} was acknowledged with another answer than the stored one`);
    if (!done && stored !== undefined) faults.push(`${name} was refused and is stored`);
    const wanted = done ? 1 : 0;
    const made =
      act.name === 'createIncident'
        ? byText.get(act.key)
        : act.name === 'assignTeam'
          ? byKey.get(act.key)
          : undefined;
    if (['createIncident', 'assignTeam'].includes(act.name) && (made ?? 0) !== wanted)
      faults.push(`${name} is there ${made ?? 0} times, not ${wanted}`);
  }
  return faults;
}

function countOf(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
