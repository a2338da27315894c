import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeEachEngine } from '../kit/database.ts';
import { dumpSchema } from '../kit/schema.ts';

const written = readFileSync(join(import.meta.dirname, '../../sql/schema.sql'), 'utf8');

describeEachEngine('the checked-in schema', (_engine, database) => {
  test('is what the migrations make (else: npx tsx test/kit/dump-schema.ts)', async () => {
    expect(await dumpSchema(database().db)).toBe(written);
  });

  test('control: a column more is seen', async () => {
    const { db } = database();
    await db.raw('alter table event add column extra int');
    expect(await dumpSchema(db)).not.toBe(written);
    await db.raw('alter table event drop column extra');
    expect(await dumpSchema(db)).toBe(written);
  });
});
