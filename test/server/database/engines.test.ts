import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { isUnavailable, openDatabase } from '../../../server/kernel/database.ts';
import { describeEachEngine } from '../../kit/database.ts';

describeEachEngine('one client, two databases', (engine, database) => {
  test('values arrive the same: numbers, instants in UTC with milliseconds, days as text', async () => {
    const { rows } = await database().db.raw(`
      select 9007199254740991::int8 as whole, 12.50::numeric as money, count(*) as number,
        timestamptz '2026-11-22 14:05:01.25+08' as at, timestamptz '2026-11-22 06:05:01.999999+00' as fine,
        date '2026-11-22' as day, array[1, 2]::int8[] as wholes, array[timestamptz '2026-11-22 06:05:01+00'] as instants,
        array[1.5]::numeric[] as parts, '{"b": 1}'::jsonb as json, null::timestamptz as never
      from generate_series(1, 3)`);
    expect(rows).toEqual([
      {
        whole: 9007199254740991,
        money: 12.5,
        number: 3,
        at: '2026-11-22T06:05:01.250Z',
        fine: '2026-11-22T06:05:01.999Z',
        day: '2026-11-22',
        wholes: [1, 2],
        instants: ['2026-11-22T06:05:01.000Z'],
        parts: [1.5],
        json: { b: 1 },
        never: null,
      },
    ]);
  });

  test('geography measures on the ellipsoid and EPSG:4549 is known', async () => {
    const { rows } = await database().db.raw(`
      select st_distance('POINT(121.4 29.9)'::geography, 'POINT(121.5 29.9)'::geography) as metres,
        st_x(st_transform(st_setsrid(st_point(121.4, 29.9), 4326), 4549)) as east`);
    expect(rows[0].metres).toBeCloseTo(9658.287, 2);
    expect(rows[0].east).toBeCloseTo(635222.838, 2);
  });

  test('errors carry their SQLSTATE and leave the connection usable', async () => {
    const { db } = database();
    await expect(db.raw('select ?::int', ['x'])).rejects.toMatchObject({ code: '22P02' });
    await expect(db.raw('select nothing')).rejects.toMatchObject({ code: '42703' });
    const { rows } = await db.raw('select ?::int as number', [5]);
    expect(rows).toEqual([{ number: 5 }]);
  });

  test('50 read-modify-write transactions at once lose nothing; without a transaction they do', async () => {
    const { db } = database();
    await db.schema.createTable('counter', (table) => {
      table.text('name').primary();
      table.integer('value').notNullable();
    });
    await db('counter').insert([
      { name: 'locked', value: 0 },
      { name: 'control', value: 0 },
    ]);
    const rounds = Array.from({ length: 50 });
    await Promise.all(
      rounds.map(() =>
        db.transaction(async (tx) => {
          const row = await tx('counter').where({ name: 'locked' }).forUpdate().first();
          await tx('counter')
            .where({ name: 'locked' })
            .update({ value: row.value + 1 });
        }),
      ),
    );
    await Promise.all(
      rounds.map(async () => {
        const row = await db('counter').where({ name: 'control' }).first();
        await db('counter')
          .where({ name: 'control' })
          .update({ value: row.value + 1 });
      }),
    );
    const rows = await db('counter').orderBy('name', 'desc');
    expect(rows[0].value).toBe(50);
    expect(rows[1].value).toBeLessThan(50);
  });

  test('large and small statements of many connections get their own answers', async () => {
    const { db } = database();
    const answers = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const text = `${index}:${'慈'.repeat(index % 3 === 0 ? 60_000 : 1)}`;
        const sql = index % 2 === 0 ? 'select ?::text as text' : 'select ?::text as text, 1 as more';
        const { rows } = await db.raw(sql, [text]);
        return rows[0].text === text;
      }),
    );
    expect(answers.filter((right) => !right)).toEqual([]);
  });

  test('NOTIFY reaches another connection that listens', async () => {
    const { db, connect } = database();
    const listener = await connect();
    const heard = new Promise((resolve) => listener.once('notification', ({ payload }) => resolve(payload)));
    await listener.query('listen ledger');
    await db.transaction(async (tx) => {
      await tx.raw(`notify ledger, '7'`);
    });
    expect(await heard).toBe('7');
    await listener.end();
  });

  test('a rolled back transaction leaves nothing, its connection serves on', async () => {
    const { db } = database();
    await db.schema.createTable('trace', (table) => table.integer('number'));
    await expect(
      db.transaction(async (tx) => {
        await tx('trace').insert({ number: 1 });
        throw new Error('refused');
      }),
    ).rejects.toThrow('refused');
    expect(await db('trace')).toEqual([]);
  });

  test('a transaction left idle loses its connection, the others go on', async () => {
    const { connect, db } = database();
    await db.schema.createTable('idle', (table) => table.integer('number'));
    const sleeper = await connect();
    if (engine === 'postgresql') await sleeper.query('set idle_in_transaction_session_timeout = 300');
    const lost = new Promise((resolve) => sleeper.once('end', () => resolve('ended')));
    await sleeper.query('begin; insert into idle values (1)');
    expect(await lost).toBe('ended');
    expect(await db('idle')).toEqual([]);
  });

  test('an exhausted pool says "unavailable" instead of queueing without end', async () => {
    const { url, folder } = database();
    if (engine === 'embedded') return;
    const { db, close } = await openDatabase({ url, folder, poolSize: 1 });
    const holder = await db.transaction();
    const error = await db.raw('select 1').then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(isUnavailable(error)).toBe(true);
    expect(isUnavailable(new Error('a bug'))).toBe(false);
    await holder.rollback();
    await pause(0);
    await close();
  });
});
