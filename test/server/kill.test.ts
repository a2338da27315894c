import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../server/kernel/database.ts';
import { faultSteps, type FaultStep } from '../../server/kernel/fault.ts';
import { engines } from '../kit/database.ts';
import { faultsOf } from '../load/checker.ts';
import { killedActs, lives, type Lives } from '../load/lives.ts';

/**
 * A server process that is killed with SIGKILL at the named steps of a command (server/kernel/fault.ts) while
 * dispatchers and teams work, again and again on the same database. KILLS sets how often, 200 for the full form;
 * the embedded database, whose every start costs seconds, is killed a sixth as often.
 */
const kills = Number(process.env.KILLS ?? 12);
const killsOf = { postgresql: kills, embedded: Math.ceil(kills / 6) };
const steps: readonly (FaultStep | 'random')[] = [...faultSteps, 'random'];

/** Every act meets every step within 45 kills; the passage varies so that bystanders die too. */
const planOf = (kill: number) => ({
  act: killedActs[kill % killedActs.length]!,
  at: {
    step: steps[(kill * 4 + Math.floor(kill / 45)) % steps.length]!,
    passage: 1 + (Math.floor(kill / 7) % 3),
  },
});

test('the plan of 45 kills meets every pair of act and step', () => {
  const pairs = Array.from({ length: 45 }, (_, kill) => planOf(kill));
  expect(new Set(pairs.map(({ act, at }) => `${act} ${at.step}`)).size).toBe(45);
});

describe.each(engines().toReversed())('kill -9 of a working server [%s]', (engine) => {
  let here: Lives;
  beforeAll(async () => {
    here = await lives(engine);
  });
  afterAll(() => here.end());

  /** The database as the last life left it. */
  let left: Database | undefined;
  afterAll(() => left?.close());
  const database = async () => (left ??= await openDatabase(here.place)).db;

  test(
    `${killsOf[engine]} kills: nothing acknowledged is lost, nothing is done twice, the ledger is whole`,
    { timeout: 60_000 + killsOf[engine] * 30_000 },
    async () => {
      const faults: string[] = [];
      for (let kill = 0; kill < killsOf[engine]; kill++) {
        const { server, otherwise } = await here.begin();
        faults.push(...otherwise);
        const { act, at } = planOf(kill);
        await here.live(server, act, at);
        expect(await server.ended).toBe('SIGKILL');
      }
      const { server, otherwise } = await here.begin();
      faults.push(...otherwise);
      await here.rest();
      await server.stop();
      const { acts } = here.journal;
      const done = acts.filter(({ outcome }) => outcome && outcome.status < 300).length;
      expect(acts.filter(({ outcome }) => outcome && outcome.status >= 500)).toEqual([]);
      expect(done).toBeGreaterThan(killsOf[engine] * 3);
      faults.push(...(await faultsOf(await database(), acts)));
      expect(faults).toEqual([]);
      process.stdout.write(
        `${engine}: ${killsOf[engine]} kills, ${acts.length} acts asked for, ${done} acknowledged, 0 lost, 0 double\n`,
      );
    },
  );

  /** Faults that are planted, each in a transaction that is rolled back. */
  const planted: [string, string, RegExp][] = [
    ['a fact is taken out', `delete from event where seq = (select max(seq) / 2 from event)`, /missing/],
    [
      'a fact is rewritten',
      `update event set body = replace(body, '"state"', '"State"') where seq = (select max(seq) / 2 from event)`,
      /text changed/,
    ],
    [
      'the explanation of a decision is rewritten',
      `alter table decision disable trigger user; update decision set body = body || ' ' where id = (select decision_id from assignment where decision_id is not null order by id limit 1)`,
      /text of decision \d+ changed/,
    ],
    [
      'the last fact is cut off',
      `delete from event where seq = (select max(seq) from event)`,
      /clock stands past/,
    ],
    [
      'an acknowledged act is lost',
      `delete from idempotency where key = (select idem_key from assignment order by id limit 1)`,
      /acknowledged and is lost/,
    ],
    [
      'an incident is made twice',
      `insert into incident (state, priority, text, point, point_metric, raw_lng, raw_lat, raw_crs, source, reported_at)
       select state, priority, text, point, point_metric, raw_lng, raw_lat, raw_crs, source, reported_at
       from incident order by id limit 1`,
      /there 2 times/,
    ],
    [
      'a slot leaks',
      `update team set free_slots = '{}' where id = (select min(id) from team where cardinality(free_slots) > 0)`,
      /free slots/,
    ],
    [
      'a team is booked twice',
      `drop index assignment_team_slot;
       update assignment set ended_at = null, state = 'offered', team_id = (select min(id) from team) where id in
         (select max(id) from assignment where is_lead group by incident_id order by 1 limit 2)`,
      /holds slot/,
    ],
    [
      'a row changes without a fact',
      `update assignment set state = 'expired' where id = (select min(id) from assignment where state = 'withdrawn')`,
      /last fact says/,
    ],
  ];

  test.each(planted)('control: %s, and the checker sees it', async (_what, sql, sentence) => {
    const undone = new Error('undone');
    const tried = (await database()).transaction(async (tx) => {
      await tx.raw('alter table event disable trigger user');
      for (const statement of sql.split(';')) await tx.raw(statement);
      expect((await faultsOf(tx, here.journal.acts)).join('\n')).toMatch(sentence);
      throw undone;
    });
    await expect(tried).rejects.toBe(undone);
  });
});
