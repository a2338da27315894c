import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { facts } from '../../../shared/contract/events.ts';

/** 行政处罚法 74③: no fine feeds any score. So nothing outside this domain can read an amount, by construction. */

const top = join(import.meta.dirname, '../../..');
const filesUnder = (folder: string): string[] =>
  readdirSync(join(top, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx)$/.test(entry.name))
    .map((entry) => relative(top, join(entry.parentPath, entry.name)));

/** Every key of a schema, however deep. */
function keysOf(schema: z.ZodType): string[] {
  const json = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'output' });
  const keys: string[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, child] of Object.entries(node)) {
      if (key === 'properties') keys.push(...Object.keys(child as object));
      walk(child);
    }
  };
  walk(json);
  return keys;
}

/** A name under which money might travel; the threshold of hearings is a setting, no amount of a case. */
const money = (key: string): boolean =>
  /yuan|amount|fine|payment|paid/i.test(key) && key !== 'hearingFromYuan' && key !== 'defined';

test('no fact carries an amount, a party or a payment', () => {
  const guilty = Object.entries(facts).flatMap(([name, schema]) =>
    keysOf(schema)
      .filter((key) => money(key) || /^(party|idNumber|phone|plate)$/.test(key))
      .map((key) => `${name}.${key}`),
  );
  expect(guilty).toEqual([]);
});

test('control: the search sees an amount in the depth of a schema', () => {
  expect(keysOf(z.object({ a: z.array(z.object({ amountYuan: z.number() })) })).some(money)).toBe(true);
});

const tables = /\b(penalty_decision|penalty_proposal|payment|benchmark)\b/;
const tableInSql = (text: string): boolean =>
  [...text.matchAll(/db\(\s*'([a-z_]+)[^']*'|(?:from|join|into|update)\s+([a-z_]+)/g)].some((match) =>
    tables.test(match[1] ?? match[2] ?? ''),
  );

test('only store-amounts.ts names the tables of amounts, and only its own domain imports it', () => {
  const sources = ['server', 'shared', 'client', 'bench'].flatMap(filesUnder);
  const naming = sources.filter((file) => tableInSql(readFileSync(join(top, file), 'utf8')));
  expect(naming).toEqual(['server/enforcement/store-amounts.ts']);
  const importing = sources.filter(
    (file) =>
      readFileSync(join(top, file), 'utf8').includes('/store-amounts.ts') &&
      !file.startsWith('server/enforcement/'),
  );
  expect(importing).toEqual([]);
});

test('control: a query of a score that reads a fine would be seen', () => {
  expect(tableInSql(`select sum(amount_yuan) from penalty_decision d join team t on true`)).toBe(true);
  expect(tableInSql(`db('payment').sum('amount_yuan')`)).toBe(true);
  expect(tableInSql(`db('incident').count()`)).toBe(false);
});
