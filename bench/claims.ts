import { distance } from '@turf/turf';
import { loadServer } from '../test/load/server-process.ts';
import { linkHash } from '../server/kernel/transact.ts';
import { faultsOf } from '../test/load/checker.ts';
import { call, done, each } from './client.ts';
import { layCrowd, spots } from './crowd.ts';
import { missing, postgresTown } from './database.ts';
import { emit, median, scaled, timed } from './rows.ts';

/**
 * Durable decisions a second with 2,000 teams: over HTTP the engine chooses among all of them for each of the
 * incidents, 16 at once, with the ledger and the stored explanation. The obvious path in the same run locks all
 * free teams, sorts them by turf and takes the first; the bare path claims a team that it knows, by one statement.
 * The last row is what the ledger alone takes: numbered, chained facts a second at 16 connections.
 */
const why = missing();
const title = 'durable decisions, 2,000 teams, 16 at once';

if (why) emit({ name: title, ours: null, unit: '1/s', note: `not run: ${why}` });
else {
  const rounds = 5;
  const teams = scaled(2000, 200);
  const aRound = { ours: scaled(64, 16), obvious: scaled(200, 32), bare: scaled(1000, 100) };
  const town = await postgresTown();
  const { db } = town;
  const crowd = await layCrowd(db, { teams, each: 2 });
  const places = await spots(db);
  await db.raw(
    `create table bench_claim (team_id int primary key, incident int not null);
     create table bench_clock as select * from event_clock;
     create table bench_event (seq bigint primary key, body text, prev bytea, hash bytea)`,
  );
  const server = await loadServer();
  try {
    const address = await server.start(town.place);
    const [token] = crowd.room;
    const incidents: number[] = [];
    // filed and left to a person: the policy of a fresh town assists
    await each(numbers(aRound.ours * (rounds + 1)), 8, async (i) => {
      const body = {
        matterCode: 'CY-01',
        text: `claim ${i}`,
        point: places[i % places.length],
        crs: 'wgs84',
      };
      const made = await done<{ incident: { id: number } }>(address, token!, 'POST', '/incidents', body);
      incidents.push(made.incident.id);
    });
    const rates = {
      ours: [] as number[],
      obvious: [] as number[],
      bare: [] as number[],
      ledger: [] as number[],
    };
    let without = 0;
    let reason = '';
    for (let round = 0; round <= rounds; round++) {
      const some = incidents.splice(0, aRound.ours);
      const ours = await timed(() =>
        each(some, 16, async (id) => {
          const { status, body } = await call<{ assignment: object | null }>(
            address,
            token!,
            'POST',
            `/incidents/${id}/dispatch`,
            {},
          );
          if (status === 200 && body.assignment !== null) return;
          without += 1;
          reason ||= `${status} ${JSON.stringify(body).slice(-300)}`;
        }),
      );
      const obvious = await timed(() => each(numbers(aRound.obvious), 16, lockAll));
      await db('bench_claim').delete();
      const bare = await timed(() => each(crowd.teamIds.slice(0, aRound.bare), 16, claimOne));
      await db('bench_claim').delete();
      const ledger = await timed(() => each(numbers(aRound.bare), 16, addFact));
      await db.raw('truncate bench_event');
      if (round === 0) continue; // warming
      rates.ours.push((some.length / ours) * 1000);
      rates.obvious.push((aRound.obvious / obvious) * 1000);
      rates.bare.push((aRound.bare / bare) * 1000);
      rates.ledger.push((aRound.bare / ledger) * 1000);
    }
    await server.stop();
    const faults = await faultsOf(db);
    emit({
      name: title,
      ours: median(rates.ours),
      unit: '1/s',
      peer: median(rates.obvious),
      floor: median(rates.bare),
      goal: { of: 'ratio', is: 'above', than: 10 },
      note: `peer: the obvious path, without ledger and explanation; floor: the bare claim; ${without} found nobody${reason && ` (${reason})`}; ${faults.length} faults in tables and ledger${faults[0] ? `, the first: ${faults[0]}` : ''}`,
    });
    emit({ name: 'ledger alone, clock row, 16 at once', ours: median(rates.ledger), unit: 'facts/s' });
  } finally {
    await server.stop();
    await town.close();
  }

  function numbers(count: number): number[] {
    return Array.from({ length: count }, (_, i) => i);
  }

  async function lockAll(i: number): Promise<void> {
    await db.transaction(async (tx) => {
      const { rows } = await tx.raw(
        `select t.id, st_x(l.point) lng, st_y(l.point) lat from team t join team_latest l on l.team_id = t.id
         where t.on_duty and not exists (select 1 from bench_claim c where c.team_id = t.id) order by t.id for update of t`,
      );
      const to = places[i % places.length]!;
      const near = (rows as { id: number; lng: number; lat: number }[])
        .map((row) => [row.id, distance([row.lng, row.lat], [to.lng, to.lat])] as const)
        .toSorted(([, a], [, b]) => a - b)[0]!;
      await tx('bench_claim').insert({ team_id: near[0], incident: i });
    });
  }

  async function claimOne(teamId: number): Promise<void> {
    await db.raw('insert into bench_claim (team_id, incident) values (?, 1) on conflict do nothing', [
      teamId,
    ]);
  }

  async function addFact(i: number): Promise<void> {
    await db.transaction(async (tx) => {
      const { rows } = await tx.raw('update bench_clock set seq = seq + 1 returning seq, hash');
      const { seq, hash } = rows[0] as { seq: number; hash: Buffer };
      const body = JSON.stringify({ i, text: 'x'.repeat(500) });
      const next = linkHash(hash, seq, 'bench', body);
      await tx('bench_event').insert({ seq, body, prev: hash, hash: next });
      await tx('bench_clock').update({ hash: next });
    });
  }
}
process.exit(0);
