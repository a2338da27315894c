import { readSnapshot } from '../server/live/snapshot.ts';
import { loadServer } from '../test/load/server-process.ts';
import { done } from './client.ts';
import { layCrowd } from './crowd.ts';
import { missing, postgresTown } from './database.ts';
import { emit, median, scaled, timed } from './rows.ts';

/**
 * The live picture of 200 teams while the history of positions grows from ten thousand to a million fixes, in
 * daily partitions. `server time` is the read itself; the other row is the whole answer over HTTP. Floor: the
 * obvious way in the same run, the latest place of each person looked up in the history.
 */
const sizes = [10_000, 100_000, 1_000_000].map((size) => scaled(size, 1000));
const why = missing();
const peer = 7900;

if (why) emit({ name: 'snapshot, 200 teams', ours: null, unit: 'ms', peer, note: `not run: ${why}` });
else {
  const town = await postgresTown();
  const crowd = await layCrowd(town.db, { teams: 200, each: 1 });
  const server = await loadServer();
  try {
    await town.db.raw(
      `select make_position_day((now() at time zone 'UTC')::date - n) from generate_series(0, 30) n`,
    );
    const address = await server.start(town.place);
    let filled = 0;
    const found: { size: number; read: number; http: number; history: number }[] = [];
    for (const size of sizes) {
      await town.db.raw('set statement_timeout = 0');
      // back from a minute ago, each person every few seconds of thirty days
      await town.db.transaction(async (tx) => {
        await tx.raw('set local statement_timeout = 0');
        await tx.raw(
          `insert into position (person_id, fixed_at, received_at, team_id, lng, lat, accuracy_metres, source)
           select p.id, f.at, f.at, d.team_id, 121.4 + random() * 0.1, 29.94 + random() * 0.08, 6, 'gnss'
           from generate_series(?::int, ?::int) n
             cross join lateral (select (?::int[])[1 + n % ?] id) p
             cross join lateral (select now() - interval '1 minute' - n * interval '2.5 seconds' as at) f
             join duty d on d.person_id = p.id and d.signed_off_at is null and d.signed_on_at is not null
           on conflict do nothing`,
          [filled, size - 1, [...crowd.officerIds], crowd.officerIds.length],
        );
      });
      filled = size;
      await town.db.raw('analyze position');
      const runs: { read: number; http: number }[] = [];
      for (let i = -10; i < scaled(60, 10); i++) {
        const http = await timed(() => done(address, crowd.room[0]!, 'GET', '/snapshot'));
        const read = await timed(() => readSnapshot(town.deps, () => Promise.resolve('assist')));
        if (i >= 0) runs.push({ read, http });
      }
      const history: number[] = [];
      for (let i = 0; i < 3; i++)
        history.push(
          await timed(() =>
            town.db.raw(
              'select distinct on (person_id) person_id, lng, lat, fixed_at from position order by person_id, fixed_at desc',
            ),
          ),
        );
      found.push({
        size,
        read: median(runs.map(({ read }) => read)),
        http: median(runs.map(({ http }) => http)),
        history: median(history),
      });
    }
    const [first, last] = [found[0]!, found.at(-1)!];
    emit({
      name: `snapshot of 200 teams, ${last.size} fixes of history, server time`,
      ours: last.read,
      unit: 'ms',
      peer,
      floor: last.history,
      goal: { of: 'ours', is: 'below', than: 20 },
      note: "peer: TicketsCAD's unit list, recorded; floor: the latest places looked up in the same history",
    });
    emit({
      name: 'the same, whole answer over HTTP',
      ours: last.http,
      unit: 'ms',
    });
    emit({
      name: `snapshot, growth from ${first.size} to ${last.size} fixes`,
      ours: last.read / first.read,
      unit: 'times',
      goal: { of: 'ours', is: 'below', than: 1.5 },
      note: found
        .map(({ size, read, http }) => `${size}: ${read.toFixed(1)} ms, HTTP ${http.toFixed(1)} ms`)
        .join('; '),
    });
  } finally {
    await server.stop();
    await town.close();
  }
}
process.exit(0);
