import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { tools } from '../../client/studio/desk.ts';
import { chromiumPath } from '../client/browser.ts';
import {
  allSent,
  cellOnScreen,
  dragThrough,
  drawn,
  mapOf,
  openStudioRoom,
  zoneRow,
  type StudioRoom,
} from '../client/studio/studio-room.ts';
import { engines } from '../kit/database.ts';
import { ground } from '../kit/ground.ts';
import { draftOf, openStudio, type Studio } from '../server/planning/studio-kit.ts';

/** Whatever a planner does with the mouse goes with keys or the table as well, and to the same end. */
describe.skipIf(!chromiumPath)('planner without a mouse', () => {
  let studio: Studio;
  let room: StudioRoom;
  let page: Page;
  let faults: readonly string[] = [];
  let draftId = 0;

  beforeAll(async () => {
    studio = await openStudio(engines().at(-1)!);
    room = await openStudioRoom(studio.product);
    draftId = (await draftOf(studio.planner, '两手')).id;
    ({ page, faults } = await room.table(studio.planner, { path: `/studio?edition=${draftId}` }));
    await drawn(page);
    await page.getByRole('tab', { name: '网格', exact: true }).click();
  }, 240_000);
  afterAll(async () => {
    await room?.close();
    await studio?.close();
  });
  afterEach(async ({ task }) => {
    const folder = process.env['TEST_SCREENS'];
    if (folder && task.result?.state === 'fail')
      await page.screenshot({ path: join(folder, `hands ${task.name.slice(0, 30)}.png`) });
  });

  const eventually = (look: () => Promise<unknown>) => expect.poll(look, { timeout: 40_000 });
  const press = async (...keys: string[]): Promise<void> => {
    await mapOf(page).focus();
    for (const key of keys) await page.keyboard.press(key);
  };
  const button = (name: string | RegExp) =>
    page.getByRole('button', { name, exact: typeof name === 'string' });
  /** Presses what has a name with Enter, as somebody without a mouse does. */
  const enter = async (name: string | RegExp): Promise<void> => button(name).first().press('Enter');
  const click = async (x: number, y: number, modifiers: 'Shift'[] = []): Promise<void> => {
    const at = await cellOnScreen(page, x, y);
    for (const key of modifiers) await page.keyboard.down(key);
    await page.mouse.click(at.x, at.y);
    for (const key of modifiers) await page.keyboard.up(key);
  };
  const codeOf = (x: number, y: number): string => `018${String(4 * y + x + 1).padStart(3, '0')}`;

  /** Walks with the arrows to a cell; the inspector says where the cursor stands. */
  async function walk(x: number, y: number): Promise<void> {
    const cursor = page.getByText(/^光标：/);
    await mapOf(page).focus();
    for (let step = 0; step < 60; step++) {
      // no cursor yet, or it went with a cell that was taken back: any arrow brings one
      const text =
        (await cursor.count()) === 0 ? '' : await cursor.textContent({ timeout: 500 }).catch(() => '');
      const place = Number(/光标：\d{12}(\d{3})/.exec(text ?? '')?.[1] ?? 0) - 1;
      const [column, row] = [place % 4, Math.floor(place / 4)];
      if (column === x && row === y) return;
      const key = column < x ? 'ArrowRight' : column > x ? 'ArrowLeft' : row < y ? 'ArrowUp' : 'ArrowDown';
      await page.keyboard.press(place < 0 ? 'ArrowUp' : key);
      await page.waitForTimeout(100);
    }
    throw new Error(`the arrows do not lead to ${codeOf(x, y)}`);
  }

  const plan = async (): Promise<string> => {
    const { cells } = await studio.planner.ok('readEdition', { params: { editionId: draftId } });
    return cells.map(([cell, zone]) => `${cell}:${zone}`).join(' ');
  };
  const pending = async (): Promise<string> =>
    (await button(/^接受 \d+/).count()) === 0
      ? '接受 0'
      : /接受 \d+/.exec((await button(/^接受 \d+/).textContent()) ?? '')![0];
  const shapes = async (): Promise<string> => {
    const { cells } = await studio.planner.ok('readStudio', { query: { editionId: draftId } });
    return cells
      .map(({ code, rings }) => `${code} ${JSON.stringify(rings)}`)
      .toSorted()
      .join();
  };
  const chosen = async (): Promise<string> =>
    (await page.getByRole('button', { name: /选用 \d 片区/, pressed: true }).getAttribute('aria-label')) ??
    '';
  const scale = async (): Promise<string> =>
    (await page.locator('.maplibregl-ctrl-scale').textContent()) ?? '';
  const swipe = async (): Promise<string> =>
    (await page.getByRole('slider', { name: '左右对比的分界' }).getAttribute('aria-valuenow')) ?? '';
  const width = async (): Promise<string> =>
    String(Math.round((await page.locator('[data-panel="side"]').boundingBox())!.width));
  /** The cell in the middle of the map. */
  const middle = async (): Promise<string> => {
    const box = (await mapOf(page).boundingBox())!;
    await page.mouse.move(box.x + box.width / 2 + 9, box.y + box.height / 2 - 12);
    await page.mouse.move(box.x + box.width / 2 + 10, box.y + box.height / 2 - 12);
    const note = page.locator('[data-hover]');
    return (await note.count()) === 0 ? '' : ((await note.getAttribute('data-hover')) ?? '');
  };
  /** Code, zone and hours of the cell under the pointer, or where none is, of the cell at the cursor. */
  const said = async (): Promise<string> => {
    const [hover, cursor] = [page.locator('[data-hover]'), page.getByText(/^光标：/)];
    const under = (await hover.count()) > 0 ? hover : cursor;
    const text = (await under.count()) > 0 ? ((await under.textContent()) ?? '') : '';
    return ['\\d{6}(?!\\d)', '\\d+ 片区', '每周 [\\d.]+ 小时']
      .map((part) => new RegExp(part).exec(text)?.[0])
      .join();
  };
  const locked = async (): Promise<string> => String(await button(/^解锁/).count());

  const undoTo = (look: () => Promise<string>) => async (before: string) => {
    await eventually(async () => {
      await allSent(page);
      if ((await look()) === before) return true;
      await press('Control+z');
      await allSent(page);
      return (await look()) === before;
    }).toBe(true);
    // the page has taken it in, new cells included
    await eventually(() => button('撤销').isDisabled()).toBe(true);
    await drawn(page);
  };
  const escape = async (): Promise<void> => press('Escape', 'v');
  const whole = async (): Promise<void> => {
    await enter('全镇');
    await press('v');
  };
  const dragHandle = async (): Promise<void> => {
    const box = (await page.locator('[data-panel="side"]').boundingBox())!;
    await page.mouse.move(box.x - 1, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x - 61, box.y + box.height / 2, { steps: 5 });
    await page.mouse.up();
  };
  const tick = async (codes: readonly string[]): Promise<void> => {
    for (const code of codes) {
      await page.getByLabel('按编码、村社或 #片区 筛选').fill(code);
      await page.getByLabel(`选取网格 ${code}`).press('Space');
    }
    await page.getByLabel('按编码、村社或 #片区 筛选').fill('');
  };

  interface Pair {
    /** What a mouse does, by the tool where one is in hand. */
    readonly act: string;
    readonly tool?: (typeof tools)[number];
    readonly mouse: () => Promise<void>;
    readonly hands: () => Promise<void>;
    /** What both must change. */
    readonly look: () => Promise<string>;
    readonly back: (before: string) => Promise<void>;
    /** Both end in one state; a slide of a mouse ends where the hand stops. */
    readonly alike: boolean;
  }

  const pairs: readonly Pair[] = [
    {
      act: 'click selects a cell',
      tool: 'select',
      mouse: async () => (await press('v'), click(1, 1)),
      hands: async () => (await press('v'), await walk(1, 1), press('Enter')),
      look: pending,
      back: escape,
      alike: true,
    },
    {
      act: 'hover tells what a cell is',
      mouse: async () => {
        const at = await cellOnScreen(page, 3, 2);
        await page.mouse.move(at.x - 2, at.y);
        await page.mouse.move(at.x, at.y);
      },
      hands: () => walk(3, 2),
      look: said,
      back: () => page.mouse.move(2, 2),
      alike: true,
    },
    {
      act: 'click with Shift adds a cell',
      tool: 'select',
      mouse: async () => (await press('v'), await click(0, 0), click(1, 0, ['Shift'])),
      hands: async () => tick([codeOf(0, 0), codeOf(1, 0)]),
      look: pending,
      back: escape,
      alike: true,
    },
    {
      act: 'drag of the brush paints',
      tool: 'brush',
      mouse: async () => {
        await press('b', '2');
        await dragThrough(page, [
          [1, 0],
          [1, 1],
        ]);
      },
      hands: async () => {
        await press('b', '2');
        for (const y of [0, 1]) await (await walk(1, y), press('Enter'));
      },
      look: plan,
      back: undoTo(plan),
      alike: true,
    },
    {
      act: 'drag of the rectangle selects, a button gives',
      tool: 'rectangle',
      mouse: async () => {
        await press('r', '4');
        await dragThrough(page, [
          [-0.3, 1.7],
          [1.3, 3.3],
        ]);
        await button(/^接受 4/).click();
      },
      hands: async () => {
        await press('4');
        await tick([codeOf(0, 2), codeOf(1, 2), codeOf(0, 3), codeOf(1, 3)]);
        await enter(/^把选中的 4 个划入/);
      },
      look: plan,
      back: undoTo(plan),
      alike: true,
    },
    {
      act: 'loop of the lasso selects',
      tool: 'lasso',
      mouse: async () => {
        await press('l', '2');
        await dragThrough(page, [
          [-0.4, -0.4],
          [1.4, -0.4],
          [1.4, 0.4],
          [-0.4, 0.4],
        ]);
      },
      hands: async () => {
        await press('l', '2');
        for (const x of [0, 1]) await (await walk(x, 0), press('Enter'));
      },
      look: pending,
      back: escape,
      alike: true,
    },
    {
      act: 'click takes a whole village',
      tool: 'village',
      mouse: async () => (await press('w'), click(2, 2)),
      hands: async () => (await press('w'), await walk(2, 2), press('Enter')),
      look: pending,
      back: escape,
      alike: true,
    },
    {
      act: 'clicks draw the line that splits a cell',
      tool: 'cut',
      mouse: async () => {
        await press('s');
        const points = page.getByRole('textbox', { name: '线的各点' });
        await points.waitFor();
        await drawn(page);
        await click(1, 0.4);
        await eventually(() => points.inputValue()).not.toBe('');
        const end = await cellOnScreen(page, 1, 1.6);
        await page.mouse.dblclick(end.x, end.y);
        await page.getByText('网格已调整，检查通过').first().waitFor();
      },
      hands: async () => {
        await (await walk(1, 1), press('s'));
        await enter('南北向中线');
        await page.getByText('将拆分网格 018006').waitFor();
        await enter('拆分');
        await page.getByText('网格已调整，检查通过').first().waitFor();
      },
      look: async () =>
        String((await studio.planner.ok('readEdition', { params: { editionId: draftId } })).cells.length),
      back: undoTo(async () =>
        String((await studio.planner.ok('readEdition', { params: { editionId: draftId } })).cells.length),
      ),
      alike: true,
    },
    {
      act: 'drag of a vertex moves a border',
      tool: 'border',
      mouse: async () => {
        await press('e');
        await click(0.5, 0);
        await page.getByLabel('第 1 点经度').waitFor();
        await dragThrough(page, [
          [0.5, 0.5],
          [0.7, 0.6],
        ]);
        await press('Enter');
      },
      hands: async () => {
        await (await walk(0, 0), press('e'));
        const neighbour = page.getByRole('combobox', { name: '018001 的相邻网格' });
        await neighbour.press('ArrowDown');
        await page.getByRole('option', { name: '018002' }).waitFor();
        await eventually(async () => {
          await neighbour.press('ArrowDown');
          return page.locator('[role="option"][data-combobox-selected]').textContent();
        }).toBe('018002');
        await neighbour.press('Enter');
        await enter('取公共边');
        await enter('其后加点');
        const lng = page.getByLabel('第 2 点经度');
        await lng.fill(String(ground.west + 1.2 * ground.step));
        await lng.press('Tab');
        await enter('保存边界');
      },
      look: shapes,
      back: undoTo(shapes),
      alike: false,
    },
    {
      act: 'click chooses a zone',
      mouse: () => zoneRow(page, 3).getByRole('button').first().click(),
      hands: () => press('3'),
      look: chosen,
      back: () => press('1'),
      alike: true,
    },
    {
      act: 'double click shows a zone',
      mouse: () => zoneRow(page, 3).getByRole('button').first().dblclick(),
      hands: async () => {
        await zoneRow(page, 3).getByRole('button').first().press('Enter');
        await zoneRow(page, 3).getByRole('button').first().press('Enter');
      },
      look: scale,
      back: async () => (await whole(), press('1')),
      alike: true,
    },
    {
      act: 'wheel brings the map nearer',
      mouse: async () => {
        const { x, y } = await cellOnScreen(page, 1, 1);
        await page.mouse.move(x, y);
        await page.mouse.wheel(0, -600);
      },
      hands: () => enter('放大'),
      look: scale,
      back: whole,
      alike: false,
    },
    {
      act: 'drag with Space moves the map',
      mouse: async () => {
        await press('b');
        await mapOf(page).focus();
        await page.keyboard.down('Space');
        await dragThrough(page, [
          [1, 1],
          [2, 2],
        ]);
        await page.keyboard.up('Space');
      },
      hands: async () => {
        await page.getByLabel('按编码、村社或 #片区 筛选').fill(codeOf(0, 0));
        await enter('定位');
        await page.getByLabel('按编码、村社或 #片区 筛选').fill('');
      },
      look: middle,
      back: whole,
      alike: false,
    },
    {
      act: 'click locks a zone',
      mouse: async () => (await press('3'), button(/^锁定/).click()),
      hands: () => press('3', 'x'),
      look: locked,
      back: undoTo(locked),
      alike: true,
    },
    {
      act: 'slide compares two editions',
      mouse: async () => {
        const thumb = (await page.getByRole('slider', { name: '左右对比的分界' }).boundingBox())!;
        await page.mouse.move(thumb.x + thumb.width / 2, thumb.y + thumb.height / 2);
        await page.mouse.down();
        await page.mouse.move(thumb.x + 40, thumb.y + thumb.height / 2, { steps: 4 });
        await page.mouse.up();
      },
      hands: () => page.getByRole('slider', { name: '左右对比的分界' }).press('ArrowRight'),
      look: swipe,
      back: async () => {
        await page.getByRole('slider', { name: '左右对比的分界' }).press('Home');
      },
      alike: false,
    },
    {
      act: 'drag of a handle widens a panel',
      mouse: dragHandle,
      hands: async () => {
        const handles = page.getByRole('separator');
        await handles.nth(1).press('ArrowLeft');
      },
      look: width,
      back: async () => undefined,
      alike: false,
    },
  ];

  test('a mouse acts nowhere but on the map, by acts of the table, and on what has a name', async () => {
    const found: string[] = [];
    const folder = join(import.meta.dirname, '../../client/studio');
    for (const file of await readdir(folder, { recursive: true })) {
      if (!/\.tsx?$/.test(file)) continue;
      const text = await readFile(join(folder, file), 'utf8');
      for (const [, name] of text.matchAll(
        /(?:addEventListener\(\s*'|\bon)((?:pointer|mouse|dblclick|doubleclick|drag|wheel|context)\w*)/gi,
      ))
        found.push(`${basename(file)} ${name}`);
    }
    // a click, a press, a double click and a release, a move and its end: drags and loops are made of them
    expect(found.filter((one) => !one.endsWith(' Pointer')).toSorted()).toEqual(
      ['dblclick', 'pointerdown', 'pointerleave', 'pointermove', 'pointerup'].map(
        (name) => `studio-map.ts ${name}`,
      ),
    );
  });

  test('each tool of the map stands in the table', () => {
    expect([...new Set(pairs.flatMap(({ tool }) => tool ?? []))].toSorted()).toEqual([...tools].toSorted());
  });

  // a map that is drawn without a graphics card loses a move of the mouse at times: each pair begins where it ended
  test.each(pairs.map((pair) => [pair.act, pair] as const))(
    '%s, and so do the keys or the table',
    { timeout: 120_000, retry: 2 },
    async (act, { mouse, hands, look, back, alike }) => {
      if (act.startsWith('slide')) {
        await press('c');
        await page.getByRole('slider', { name: '左右对比的分界' }).press('Home');
      }
      const before = await look();
      await mouse();
      await eventually(look).not.toBe(before);
      if (look === plan) await allSent(page);
      const byMouse = await look();
      await back(before);
      const again = await look();
      await hands();
      await eventually(look).not.toBe(again);
      if (alike) await eventually(look).toBe(byMouse);
      expect([byMouse, await look()]).not.toContain(before);
      await back(before);
      if (act.startsWith('slide')) await press('c');
    },
  );

  test('nothing went wrong on the page meanwhile', () => {
    expect(faults).toEqual([]);
  });
});
