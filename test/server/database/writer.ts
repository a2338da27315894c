import { writeSync } from 'node:fs';
import { openDatabase } from '../../../server/kernel/database.ts';

/**
 * Writes rows to the embedded database in argv[2], from number argv[3] on, and prints each number once its
 * commit was acknowledged, until it is killed. With argv[4] = early it prints before the commit (the control).
 */
const [, , folder, from, early] = process.argv;
const { db } = await openDatabase({ folder: folder! });
const say = (line: string) => writeSync(1, `${line}\n`);
say('ready');

let next = Number(from);
async function write(): Promise<void> {
  for (;;) {
    const number = next;
    next += 1;
    if (number % 97 === 0) await db.raw('checkpoint');
    if (number % 61 === 0) await db.raw('vacuum written');
    await db.transaction(async (tx) => {
      await tx('written').insert({ number, filler: 'x'.repeat(number % 700) });
      await tx('latest').where({ only_row: true }).update({ number });
      if (early) say(String(number));
    });
    if (!early) say(String(number));
  }
}
await Promise.all([write(), write(), write(), write()]);
