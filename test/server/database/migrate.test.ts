import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from '../../../server/kernel/migrate.ts';
import { describeEachEngine } from '../../kit/database.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grid-sql-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(files: Record<string, string>): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [name, sql] of Object.entries(files)) writeFileSync(join(folder, name), sql);
}

const first = {
  '0001_first.sql': `create table one (text text default 'a?b;\\?');\ninsert into one default values;`,
};
const second = { '0002_second.sql': 'create function two() returns int language sql as $$ select 2; $$;' };

describeEachEngine('migrations', (_engine, database) => {
  /** A schema of its own for each test, where the table `migration` starts empty. */
  const fresh = async () => {
    const { db } = database();
    await db.raw('drop table if exists migration, one, three; drop function if exists two()');
    return db;
  };

  test('are applied in order, once, statement by statement', async () => {
    const db = await fresh();
    write({ ...first, ...second, 'notes.txt': 'not a migration' });
    expect(await migrate(db, { folder })).toEqual(['0001_first.sql', '0002_second.sql']);
    expect(await migrate(db, { folder })).toEqual([]);
    expect(await db('one')).toEqual([{ text: 'a?b;\\?' }]);
    expect((await db.raw('select two()')).rows).toEqual([{ two: 2 }]);
  });

  test('a changed file, a missing file and a gap are refused with their names', async () => {
    const db = await fresh();
    write({ ...first, ...second });
    await migrate(db, { folder });
    write({ '0001_first.sql': 'create table one (text text)', ...second });
    await expect(migrate(db, { folder })).rejects.toThrow(/0001_first\.sql .*changed/);
    write(first);
    await expect(migrate(db, { folder })).rejects.toThrow(/newer than this program: .*0002_second/);
    write({ ...first, '0003_third.sql': 'select 1' });
    await expect(migrate(db, { folder })).rejects.toThrow(/expected 0002, found 0003_third\.sql/);
  });

  test('one that fails is named and leaves nothing behind', async () => {
    const db = await fresh();
    write({ ...first, '0002_bad.sql': 'create table three (n int); insert into nothing values (1)' });
    await expect(migrate(db, { folder })).rejects.toThrow(/0002_bad\.sql failed: .*nothing/);
    expect(await db('migration').pluck('file')).toEqual(['0001_first.sql']);
    expect(await db.schema.hasTable('three')).toBe(false);
  });

  test('two servers that start at once migrate once', async () => {
    const db = await fresh();
    write({ ...first, ...second });
    const both = await Promise.all([migrate(db, { folder }), migrate(db, { folder })]);
    expect(both.flat().sort()).toEqual(['0001_first.sql', '0002_second.sql']);
  });
});
