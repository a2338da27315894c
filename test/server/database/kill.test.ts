import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../server/kernel/database.ts';
import { freshPlace, type Place } from '../../kit/database.ts';

const kills = Number(process.env.TEST_KILLS ?? 10);

async function prepare(): Promise<Place> {
  const place = await freshPlace('embedded');
  const { db, close } = await openDatabase({ folder: place.folder });
  await db.raw(`create table written (number int primary key, filler text not null);
    create table latest (only_row boolean primary key, number int not null); insert into latest values (true, 0)`);
  await close();
  return place;
}

/** Lets a writer work until `rows` are acknowledged, kills it with SIGKILL, and answers what it acknowledged. */
async function writeAndKill(place: Place, from: number, rows: number, early: boolean): Promise<number[]> {
  const writer = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      join(import.meta.dirname, 'writer.ts'),
      place.folder,
      String(from),
      ...(early ? ['early'] : []),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise((resolve) => writer.once('exit', resolve));
  const acknowledged: number[] = [];
  for await (const line of createInterface({ input: writer.stdout })) {
    if (line !== 'ready') acknowledged.push(Number(line));
    if (acknowledged.length === rows) writer.kill('SIGKILL');
  }
  await ended;
  return acknowledged;
}

async function missing(place: Place, acknowledged: readonly number[]): Promise<number[]> {
  const { db, close } = await openDatabase({ folder: place.folder });
  const numbers: number[] = await db('written').pluck('number');
  const kept = new Set(numbers);
  const { rows } = await db
    .raw('set enable_seqscan = off; select count(*) from written where number >= 0; set enable_seqscan = on')
    .then((answers: { rows: { count: number }[] }[]) => answers[1]!);
  expect(rows[0]!.count).toBe(kept.size);
  await close();
  return acknowledged.filter((number) => !kept.has(number));
}

test(
  `${kills} times kill -9: no acknowledged row is lost, every reopening is fine`,
  { timeout: 600_000 },
  async () => {
    const place = await prepare();
    const all: number[] = [];
    for (let round = 0; round < kills; round += 1) {
      const acknowledged = await writeAndKill(place, round * 10_000 + 1, 20 + ((round * 37) % 180), false);
      expect(acknowledged.length).toBeGreaterThan(0);
      all.push(...acknowledged);
    }
    expect(await missing(place, all)).toEqual([]);
    process.stdout.write(`${kills} kills, ${all.length} acknowledged rows, 0 lost\n`);
    await place.discard();
  },
);

test('control: rows acknowledged before their commit are seen to be lost', { timeout: 600_000 }, async () => {
  const place = await prepare();
  const lost: number[] = [];
  for (let round = 0; round < 20 && lost.length === 0; round += 1) {
    lost.push(...(await missing(place, await writeAndKill(place, round * 10_000 + 1, 30 + round, true))));
  }
  expect(lost.length).toBeGreaterThan(0);
  await place.discard();
});
