import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { io } from 'socket.io-client';
import { demoPassword } from '../server/demo.ts';
import { chromiumPath } from '../test/client/browser.ts';
import { openDemoTown, type DemoTown } from '../test/client/studio/demo-town.ts';
import { drawn, mapOf, openStudioRoom } from '../test/client/studio/studio-room.ts';
import { done } from './client.ts';
import { emit, pause, quantile, scaled } from './rows.ts';

/**
 * Two planners in one draft of the town of 192 cells, each in a browser of their own: from the release of the pointer in
 * one to the frame in which the other shows the new numbers. Floor: two frames of the other screen at that moment. The server runs in this process on the embedded database.
 */
interface Marks {
  releasedAt: number;
  /** The other page holds the new numbers; its next frame shows them. */
  changedAt: number;
  shownAt: number;
}
type Marked = typeof globalThis & { marks: Marks };

/** Instants of the machine's clock, comparable between the two pages. */
async function watch(page: Page, what: 'released' | 'shown'): Promise<void> {
  await page.evaluate((kind) => {
    const marks: Marks = { releasedAt: 0, changedAt: 0, shownAt: 0 };
    (globalThis as Marked).marks = marks;
    if (kind === 'released')
      addEventListener('pointerup', () => (marks.releasedAt = performance.timeOrigin + performance.now()), {
        capture: true,
      });
    else
      new MutationObserver(() => {
        marks.changedAt ||= performance.timeOrigin + performance.now();
        requestAnimationFrame(() => (marks.shownAt ||= performance.timeOrigin + performance.now()));
      }).observe(document.querySelector('[data-panel="zones"]')!, {
        subtree: true,
        childList: true,
        characterData: true,
      });
  }, what);
}

/** Milliseconds until a page paints two frames from now: what the machine needs at that moment for any picture at all. */
const frames = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const before = performance.now();
    return new Promise<number>((done) => {
      requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - before)));
    });
  });

/** The same way without the screens: from a planner's socket to the other's, ahead of the log and by the log. */
async function lines(town: DemoTown): Promise<{ ahead: number[]; logged: number[] }> {
  const [mine, theirs] = [await login(town, 'planner'), await login(town, 'head')];
  const { personId } = await done<{ personId: number }>(town.address, mine.token, 'GET', '/me');
  const { id } = await done<{ id: number }>(town.address, mine.token, 'POST', '/editions', { name: 'line' });
  const { cells, zones } = await done<{ cells: [number, number][]; zones: { id: number }[] }>(
    town.address,
    mine.token,
    'GET',
    `/editions/${id}`,
  );
  const sockets = [mine, theirs].map(({ token }) =>
    io(town.address, {
      transports: ['websocket'],
      forceNew: true,
      extraHeaders: { authorization: `Bearer ${token}` },
      auth: { since: null, want: [], client: 'bench' },
    }),
  );
  const [here, there] = [sockets[0]!, sockets[1]!];
  await Promise.all(
    sockets.map(async (socket) => {
      await new Promise<void>((resolve) => socket.once('hello', () => resolve()));
      await socket.emitWithAck('draft_join', { editionId: id, after: 0 });
    }),
  );
  const ahead: number[] = [];
  const logged: number[] = [];
  for (let i = 0; i < scaled(100, 20); i++) {
    const [cellId, had] = cells[(i * 37) % cells.length]!;
    // a cell that has the zone already changes nothing, and nobody is told of it
    const zone = zones.find(({ id: other }, at) => at >= i % zones.length && other !== had) ?? zones[0]!;
    const change = { zoneId: zone.id, cellIds: [cellId] };
    const operation = { opId: randomUUID(), author: personId, kind: 'assign', changes: [change] };
    const before = performance.now();
    const heard = (name: string) =>
      new Promise<number>((resolve) => there.once(name, () => resolve(performance.now() - before)));
    const both = [heard('draft_ahead'), heard('draft_entry')] as const;
    here.emit('draft_ahead', { editionId: id, operations: [operation] });
    await done(town.address, mine.token, 'POST', `/editions/${id}/operations`, {
      baseSeq: 0,
      operations: [operation],
    });
    ahead.push(await both[0]);
    logged.push(await both[1]);
    await pause(60);
  }
  for (const socket of sockets) socket.disconnect();
  return { ahead, logged };
}

const login = (town: DemoTown, role: 'planner' | 'head') => town.signIn(role, demoPassword(role));

async function screens(town: DemoTown): Promise<{ changed: number[]; took: number[]; floor: number[] }> {
  // two people share no browser: in one, both pictures wait for the same drawing process
  const [room, otherRoom] = [await openStudioRoom(town), await openStudioRoom(town)];
  try {
    const { page: one } = await room.table(await login(town, 'planner'), { width: 1400, height: 900 });
    await drawn(one);
    await one.getByRole('button', { name: '新建草案' }).click();
    await one.getByLabel('名称').fill('bench');
    await one.keyboard.press('Enter');
    await one.getByRole('button', { name: /^画笔/, pressed: true }).waitFor();
    const path = new URL(one.url()).pathname + new URL(one.url()).search;
    const { page: two } = await otherRoom.table(await login(town, 'head'), {
      path,
      width: 1400,
      height: 900,
    });
    await drawn(two);
    await watch(one, 'released');
    await watch(two, 'shown');
    await mapOf(one).focus();
    const box = (await mapOf(one).boundingBox())!;
    const changed: number[] = [];
    const took: number[] = [];
    const floor: number[] = [];
    for (let i = 0; i < scaled(40, 8); i++) {
      await mapOf(one).press(String(1 + (i % 2) * 6));
      const [x, y] = [box.x + box.width * (0.35 + 0.03 * ((i >> 1) % 10)), box.y + box.height * 0.5];
      await one.mouse.move(x, y);
      await one.mouse.down();
      await pause(120);
      floor.push(await frames(two));
      await two.evaluate(() => Object.assign((globalThis as Marked).marks, { changedAt: 0, shownAt: 0 }));
      await one.mouse.up();
      const releasedAt = await one.evaluate(() => (globalThis as Marked).marks.releasedAt);
      const shown = await two
        .waitForFunction(() => (globalThis as Marked).marks.shownAt, undefined, { timeout: 2000 })
        .then((handle) => handle.jsonValue())
        .catch(() => null);
      // a cell that has the zone already changes nothing
      if (shown !== null && i > 2) {
        took.push(shown - releasedAt);
        changed.push((await two.evaluate(() => (globalThis as Marked).marks.changedAt)) - releasedAt);
      }
      await pause(150);
    }
    return { changed, took, floor };
  } finally {
    await room.close();
    await otherRoom.close();
  }
}

const town = await openDemoTown('embedded');
try {
  const { ahead, logged } = await lines(town);
  const by = `by the log ${quantile(logged, 0.5).toFixed(1)} ms, p99 ${quantile(logged, 0.99).toFixed(1)}`;
  tell('stroke to the other planner’s socket', ahead, undefined, `${ahead.length} strokes; ${by}`);
  const name = 'stroke to the other planner’s screen';
  if (!chromiumPath) emit({ name, ours: null, unit: 'ms', note: 'not run: no Chromium' });
  else {
    const { changed, took, floor } = await screens(town);
    tell(
      'stroke to the other planner’s page',
      changed,
      undefined,
      `${changed.length} strokes; before the frame`,
    );
    tell(name, took, floor, `${took.length} strokes; most ${Math.max(...took).toFixed(0)} ms`);
  }
} finally {
  await town.close();
}
process.exit(0);

function tell(name: string, ours: number[], floor: number[] | undefined, note: string): void {
  for (const [label, q] of [
    ['p50', 0.5],
    ['p99', 0.99],
  ] as const)
    emit({
      name: `${name}, ${label}`,
      ours: quantile(ours, q),
      unit: 'ms',
      ...(floor && { floor: quantile(floor, q) }),
      goal: { of: 'ours', is: 'below', than: 300 },
      note,
    });
}
