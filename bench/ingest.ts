import { loadServer } from '../test/load/server-process.ts';
import type { BareAnswer, BareQuestion } from './bare.ts';
import { startChild } from './child.ts';
import { layCrowd } from './crowd.ts';
import { missing, postgresTown } from './database.ts';
import type { PostersAnswer, PostersQuestion } from './posters.ts';
import { emit, median, pause, scaled } from './rows.ts';

/**
 * Fixes a second over HTTP into the history on the disk, one to a post and a hundred to a post, 32 posts at once.
 * What was acknowledged is counted in the table 400 ms after the last answer. Floor: an express in the same run
 * that reads the same JSON and answers.
 */
const why = missing();
const titles = {
  1: 'fixes taken in over HTTP, one a post',
  100: 'fixes taken in over HTTP, a hundred a post',
} as const;

if (why) emit({ name: titles[1], ours: null, unit: '1/s', peer: 707, note: `not run: ${why}` });
else {
  const rounds = 5;
  const town = await postgresTown();
  const crowd = await layCrowd(town.db, { teams: 50, each: 4, signedIn: true });
  const server = await loadServer();
  const bare = startChild<BareQuestion, BareAnswer>('bare');
  const posters = startChild<PostersQuestion, PostersAnswer>('posters');
  try {
    const address = await server.start(town.place);
    const echo = (await bare.ask({ kind: 'echo' })).address;
    const written = async () => Number((await town.db('position').count({ n: '*' }).first())?.n);
    for (const [batch, posts] of [
      [1, scaled(4000, 200)],
      [100, scaled(200, 20)],
    ] as const) {
      const [ours, floor]: [number[], number[]] = [[], []];
      let missed = 0;
      for (let round = -1; round < rounds; round++) {
        const question = { tokens: crowd.tokens, posts, batch, atOnce: 32 };
        const before = await written();
        const own = await posters.ask({ ...question, address });
        await pause(400);
        missed += own.accepted - ((await written()) - before);
        const bareRun = await posters.ask({ ...question, address: echo });
        if (round < 0) continue;
        ours.push((own.accepted / own.ms) * 1000);
        floor.push((bareRun.accepted / bareRun.ms) * 1000);
      }
      const note = `floor: bare express; ${missed} acknowledged fixes were not on the disk 400 ms later`;
      if (batch === 1)
        emit({
          name: titles[1],
          ours: median(ours),
          unit: '1/s',
          peer: 707,
          floor: median(floor),
          goal: { of: 'ours', is: 'above', than: 2500 },
          note: `${note}; peer: TicketsCAD, recorded, its limit off`,
        });
      else
        emit({
          name: titles[100],
          ours: median(ours),
          unit: '1/s',
          floor: median(floor),
          goal: { of: 'ours', is: 'above', than: 10_000 },
          note,
        });
    }
  } finally {
    bare.end();
    posters.end();
    await server.stop();
    await town.close();
  }
}
process.exit(0);
