import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { cellCentre } from '../kit/ground.ts';
import type { Phone } from '../kit/town.ts';
import { chromiumPath, faultsOf } from './browser.ts';
import { openLiveRoom, violationsOf, type LiveRoom } from './live-room.ts';

const pictures = join(import.meta.dirname, '../../docs/pictures');
const pages = [
  'people',
  'devices',
  'robots',
  'webhooks',
  'matters',
  'templates',
  'enforcement',
  'holidays',
  'policy',
  'patrols',
  'ledger',
] as const;

/** Every page of the administrator's door on the real server. Pictures: GRID_PICTURES=1. */
describe.skipIf(!chromiumPath)("the administrator's door in Chromium", () => {
  let room: LiveRoom;
  let admin: Phone;
  let page: Page;
  let faults: string[];

  async function open(language: 'zh-CN' | 'en', theme: 'dark' | 'light'): Promise<Page> {
    const context = await room.browser.newContext({
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
    });
    await context.addCookies([
      { name: 'grid_login', value: admin.token, url: room.place.address, httpOnly: true },
    ]);
    await context.addInitScript(
      ([user, chosen]) => {
        // the sandboxed preview has no storage
        if (window === top) localStorage.setItem(`grid-dispatch:preferences:${user}`, chosen);
      },
      ['admin-1', JSON.stringify({ language, theme })] as const,
    );
    context.setDefaultTimeout(30_000);
    const made = await context.newPage();
    faults = faultsOf(made);
    await made.goto(`${room.place.address}/admin`);
    return made;
  }

  const go = async (name: (typeof pages)[number], label: string) => {
    await page.getByRole('navigation').getByRole('link', { name: label, exact: true }).click();
    await page.waitForURL(`**#${name}`);
  };
  const dialog = () => page.getByRole('dialog');
  const keep = async (name: string) => {
    if (process.env['GRID_PICTURES'] !== '1') return;
    await mkdir(pictures, { recursive: true });
    const bytes = await page.screenshot();
    await sharp(bytes)
      .png({ palette: true, quality: 90, effort: 9 })
      .toFile(join(pictures, `${name}.png`));
  };

  beforeAll(async () => {
    room = await openLiveRoom();
    admin = await room.place.person('administrator', 'admin-1');
    page = await open('zh-CN', 'light');
    await page.getByRole('heading', { name: '人员' }).waitFor();
  }, 240_000);
  afterAll(() => room?.close());
  afterEach(async ({ task }) => {
    const folder = process.env['TEST_SCREENS'];
    if (folder) await page?.screenshot({ path: join(folder, `admin-${task.name.slice(0, 14)}.png`) });
  });

  test('somebody new is added, licensed, given another password, deactivated, and cannot enter any more', async () => {
    await page.getByRole('button', { name: '新增人员' }).click();
    await dialog().getByLabel('登录名').fill('wang');
    await dialog().getByLabel('姓名').fill('王执法');
    await dialog().getByLabel('初始密码').fill('short');
    expect(await violationsOf(page)).toEqual([]);
    await dialog().getByRole('button', { name: '新增人员' }).click();
    await dialog().getByText('密码至少 12 位', { exact: false }).waitFor();
    await dialog().getByLabel('初始密码').fill('a first password');
    await dialog().getByRole('button', { name: '新增人员' }).click();
    await page.getByRole('row', { name: /wang.*王执法.*无有效执法证/ }).waitFor();

    await page.getByRole('button', { name: '编辑 wang' }).click();
    await dialog().getByLabel('证号').fill('浙B2026001');
    await dialog().getByLabel('有效期自').fill('2020-01-01');
    await dialog().getByLabel(/^至/).fill('2036-01-01');
    await dialog().getByRole('button', { name: '登记执法证' }).click();
    await dialog().getByText('浙B2026001（2020-01-01 至 2036-01-01）').waitFor();
    await dialog().getByLabel('新密码').fill('another password 2');
    await dialog().getByRole('button', { name: '重置密码' }).click();
    await dialog().getByText('密码已重置', { exact: false }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await keep('admin-person');
    const enter = (password: string) =>
      fetch(`${room.place.address}/api/v1/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'wang', password }),
      });
    expect((await enter('a first password')).status).toBe(401);
    expect((await enter('another password 2')).status).toBe(200);

    await dialog().getByRole('button', { name: '停用' }).click();
    await dialog().getByText('停用 wang?', { exact: false }).waitFor();
    await dialog().getByRole('alert').getByRole('button', { name: '停用' }).click();
    await dialog().getByRole('button', { name: '恢复使用' }).waitFor();
    expect((await enter('another password 2')).status).toBe(401);
    await page.keyboard.press('Escape');
    await page.getByRole('row', { name: /wang.*浙B2026001.*已停用/ }).waitFor();
  }, 60_000);

  test('nobody changes the own role, and whoever is on duty keeps it', async () => {
    await page.getByRole('button', { name: '编辑 admin-1' }).click();
    await dialog().getByLabel('岗位').selectOption('planner');
    await dialog().getByRole('button', { name: '保存' }).click();
    await dialog().getByRole('alert').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '编辑 A1-1' }).click();
    await dialog().getByLabel('岗位').selectOption('dispatcher');
    await dialog().getByRole('button', { name: '保存' }).click();
    await dialog().getByText('此人正在岗', { exact: false }).waitFor();
    await page.keyboard.press('Escape');
    const { people } = await admin.ok('listPeople');
    const roleOf = (wanted: string) => people.find(({ name }) => name === wanted)?.role;
    expect([roleOf('admin-1'), roleOf('A1-1')]).toEqual(['administrator', 'officer']);
  }, 60_000);

  test('a phone is registered with its QR code, given a new secret, and revoked', async () => {
    await go('devices', '定位设备');
    await page.getByText('还没有登记设备').waitFor();
    await page.getByRole('button', { name: '登记设备' }).click();
    await dialog().getByLabel('类型').selectOption('owntracks');
    await dialog().getByLabel('名称').fill('A1 手机');
    // typed before the list of people is there, the name is typed again
    const holder = page.getByRole('option', { name: /A1-1/ });
    await expect
      .poll(async () => {
        await dialog().getByLabel('使用人').fill('A1-1');
        return holder.count();
      })
      .toBe(1);
    await holder.click();
    await dialog().getByRole('button', { name: '登记设备' }).click();
    const setUp = page.getByRole('dialog', { name: '设置 A1 手机' });
    await setUp.getByRole('img', { name: '设置二维码' }).waitFor();
    const secretOf = async () =>
      (await setUp.locator('dd').nth(2).textContent())!.replace(/复制|已复制/, '').trim();
    const first = await secretOf();
    expect(first.length).toBeGreaterThan(10);
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'A1 手机 换密钥' }).click();
    await setUp.waitFor();
    expect(await secretOf()).not.toBe(first);
    await page.keyboard.press('Escape');
    await page.getByRole('row', { name: /A1 手机.*WGS-84.*待首次连接/ }).waitFor();
    await keep('admin-devices');
    await page.getByRole('button', { name: '停用 A1 手机' }).click();
    await page.getByRole('row', { name: /A1 手机.*已停用/ }).waitFor();
  }, 60_000);

  test('a group robot and a receiver are added, tested with an honest answer, and taken away or switched off', async () => {
    await go('robots', '群机器人');
    await page.getByRole('button', { name: '新增群机器人' }).click();
    await dialog().getByLabel('名称').fill('慈城一中队群');
    await dialog()
      .getByLabel('Webhook 地址')
      .fill('https://oapi.dingtalk.invalid/robot/send?access_token=abc');
    await dialog().getByRole('button', { name: '新增群机器人' }).click();
    await page.getByRole('button', { name: '向 慈城一中队群 发测试消息' }).click();
    await page.getByText('未被接收：', { exact: false }).waitFor();
    await page.getByRole('button', { name: '移除 慈城一中队群' }).click();
    await page.getByText('还没有群机器人').waitFor();
    const wait = page.getByRole('form', { name: '无人查看多少秒后改发下一渠道' });
    await wait.getByRole('textbox').fill('45');
    await wait.getByRole('button', { name: '保存' }).click();
    await expect.poll(() => admin.ok('readPushSettings')).toEqual({ unseenSeconds: 45 });
    await go('webhooks', '数据接收方');
    await page.getByRole('button', { name: '新增接收方' }).click();
    await dialog().getByLabel('名称').fill('区平台');
    await dialog().getByLabel('地址').fill('https://receiver.invalid/facts');
    await dialog().getByRole('button', { name: '新增接收方' }).click();
    await page
      .getByRole('dialog', { name: /签名密钥/ })
      .getByText(/^whsec_/)
      .waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '测试 区平台' }).click();
    await page.getByText('失败：', { exact: false }).waitFor();
    await page.getByRole('button', { name: '区平台 的最近投递' }).click();
    await dialog().waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await keep('admin-webhooks');
    await page
      .getByRole('button', { name: '停用：区平台' })
      .or(page.getByRole('button', { name: '停用 区平台' }))
      .click();
    await page.getByRole('row', { name: /区平台.*已停用/ }).waitFor();
  }, 60_000);

  test('a matter gets a new version; what is filed keeps the one before', async () => {
    const made = await room.dispatcher.ok('createIncident', {
      body: { matterCode: 'CY-01', point: { lng: 121.425, lat: 29.965 }, crs: 'wgs84' },
    });
    await go('matters', '执法事项');
    await page.getByRole('button', { name: '查看 CY-01' }).click();
    await dialog().getByText('与现行版本相同').waitFor();
    await dialog().getByLabel('级别').selectOption('P2');
    await dialog()
      .getByText(/级别：P\d → P2/)
      .waitFor();
    await dialog().getByLabel('依据的公布文件').fill('慈政发〔2026〕1 号');
    expect(await violationsOf(page)).toEqual([]);
    await keep('admin-matter');
    await dialog().getByRole('button', { name: '发布新版本' }).click();
    await dialog().getByText('第 2 版', { exact: false }).waitFor();
    const { versions } = await admin.ok('listMatterVersions', { params: { matterCode: 'CY-01' } });
    expect(versions.map(({ version, matter }) => [version, matter.priority])).toEqual([
      [2, 'P2'],
      [1, versions[1]!.matter.priority],
    ]);
    const later = await room.dispatcher.ok('createIncident', {
      body: { matterCode: 'CY-01', point: { lng: 121.445, lat: 29.985 }, crs: 'wgs84' },
    });
    expect([made.incident.priority, later.incident.priority]).toEqual([
      Number(versions[1]!.matter.priority.slice(1)),
      2,
    ]);
    await page.keyboard.press('Escape');
  }, 60_000);

  test('the ranges of a matter are published; the newer of a level takes the place of the one before', async () => {
    await go('matters', '执法事项');
    await page.getByRole('button', { name: '查看 CY-01' }).click();
    const form = dialog().getByRole('form', { name: '裁量基准' });
    await dialog().getByText('尚未公布裁量基准', { exact: false }).waitFor();
    for (const [least, most] of [
      [20, 49],
      [20, 40],
    ] as const) {
      await form.getByLabel('裁量档次').fill('轻微');
      await form.getByLabel('最低（元）').fill(String(least));
      await form.getByLabel('最高（元）').fill(String(most));
      await form.getByLabel('基准文件').fill('演示基准 2026');
      await form.getByRole('button', { name: '公布档次' }).click();
      await dialog()
        .getByRole('row', { name: `个人 轻微 ¥${least} 至 ¥${most} 演示基准 2026` })
        .waitFor();
    }
    expect(await violationsOf(page)).toEqual([]);
    await keep('admin-benchmarks');
    const { benchmarks } = await admin.ok('listBenchmarks');
    expect(benchmarks.map(({ level, mostYuan }) => [level, mostYuan])).toEqual([['轻微', 40]]);
    await page.keyboard.press('Escape');
  }, 60_000);

  test('what stands on papers and which choices the organ makes: every field of the settings, kept as written', async () => {
    await go('enforcement', '执法设置');
    const form = page.locator('form');
    await form.getByLabel('机关名称').fill('宁波市江北区慈城镇人民政府');
    await form.getByLabel('接受调查和办理地址').fill('慈城镇太湖路 1 号');
    await form.getByLabel('联系电话').fill('0574-87654321');
    await form.getByLabel('当场处罚决定书').fill('北慈当罚');
    await form.getByLabel('结案须有处置前后照片').check();
    await form.getByLabel('单位', { exact: true }).fill('50000');
    expect(await violationsOf(page)).toEqual([]);
    await form.getByRole('button', { name: '保存' }).click();
    await expect
      .poll(() => admin.ok('readEnforcementSettings'))
      .toMatchObject({
        organ: '宁波市江北区慈城镇人民政府',
        address: '慈城镇太湖路 1 号',
        contact: '0574-87654321',
        numberPrefix: { onspot_decision: '北慈当罚', inquiry_notice: '慈执协查' },
        photosForClosing: true,
        evidenceForHandling: false,
        hearingFromYuan: { individual: null, organisation: 50_000 },
      });
    await page.reload();
    await form.getByLabel('机关名称').waitFor();
    expect(await form.getByLabel('结案须有处置前后照片').isChecked()).toBe(true);
    await form.getByLabel('机关名称').fill('');
    await form.getByRole('button', { name: '保存' }).click();
    // the organ stands on every paper: without it nothing is sent
    expect((await admin.ok('readEnforcementSettings')).organ).toContain('慈城镇');
    await page.reload();
  }, 60_000);

  test('rounds are read answer by answer, and what own people found stands against what others told', async () => {
    const walker = await room.place.signIn('A1-1');
    const { id } = await walker.ok('startPatrol', { body: {} });
    await walker.ok('answerSite', {
      params: { patrolId: id },
      body: {
        siteType: 'residential',
        siteName: '民权小区',
        place: { ...cellCentre(1, 0), crs: 'wgs84' },
        answers: [
          { item: 'fire_lane', answer: 'fault', note: '一辆面包车' },
          { item: 'hydrant', answer: 'ok' },
        ],
      },
    });
    await go('patrols', '巡查');
    await page.getByText('巡查覆盖：1 / 4 个计划网格，25 %').waitFor();
    const { total } = await admin.ok('measureFindings', {
      query: {
        from: new Date(room.place.now() - 86_400_000).toISOString(),
        to: new Date(room.place.now() + 86_400_000).toISOString(),
      },
    });
    expect(total.ownFound).toBe(1);
    await page
      .getByRole('row', {
        name: `合计 ${total.ownFound} ${total.reported} ${Math.round(100 * total.selfFoundRate!)} %`,
      })
      .waitFor();
    await page.getByRole('button', { name: `巡查 ${id}` }).click();
    await dialog().getByText('一辆面包车', { exact: false }).waitFor();
    expect(await dialog().textContent()).toMatch(/有问题 · 一辆面包车 · 事件 \d+/);
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
  }, 60_000);

  test('a paper template is changed beside its page; what the law wants cannot be left out', async () => {
    await go('templates', '文书模板');
    const form = page.locator('form');
    const preview = page.frameLocator('iframe');
    await preview.locator('h1').waitFor();
    const title = form.getByLabel('标题');
    await title.fill('协助调查通知书（新）');
    await preview.locator('h1', { hasText: '（新）' }).waitFor();
    const withField = form.locator('textarea, input').filter({ hasText: '' });
    expect(await withField.count()).toBeGreaterThan(3);
    await keep('admin-template');
    await form.getByLabel('修改说明').fill('改标题');
    await form.getByRole('button', { name: '保存为新版本' }).click();
    await page.getByLabel('版本').locator('option', { hasText: '第 2 版' }).waitFor({ state: 'attached' });
    expect(
      (await admin.ok('listTemplates')).templates
        .filter(({ kind }) => kind === 'inquiry_notice')
        .map(({ version }) => version),
    ).toEqual([1, 2]);
    // without its parts the law's fields are missing, and nothing can be saved
    while ((await form.getByRole('button', { name: /^删除/ }).count()) > 1)
      await form.getByRole('button', { name: /^删除/ }).first().click();
    await form.getByText('缺法定字段', { exact: false }).waitFor();
    await form.getByLabel('修改说明').fill('试');
    expect(await form.getByRole('button', { name: '保存为新版本' }).isDisabled()).toBe(true);
    await page.getByLabel('版本').selectOption('1');
    await form.getByText('旧版本只可查看', { exact: false }).waitFor();
    expect(await form.getByLabel('标题').isDisabled()).toBe(true);
  }, 90_000);

  test('the policy is proposed here and approved by somebody else; what differs stands in words', async () => {
    await go('policy', '派遣规则');
    await page.getByText('尚无修改', { exact: false }).waitFor();
    await page.getByLabel('P1 应答时限（秒）').fill('45');
    await page.getByText('P1 应答时限（秒）：30 → 45').waitFor();
    await page.getByLabel('修改理由').fill('山区信号慢');
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('button', { name: '提出修改' }).click();
    const row = page.getByRole('row', { name: /第 1 版 待批准.*admin-1.*山区信号慢.*30 → 45/ });
    await row.waitFor();
    expect(await row.getByRole('button', { name: '由另一人批准' }).isDisabled()).toBe(true);
    await page.getByText('现行：初始规则', { exact: false }).waitFor();
    const head = await room.place.person('head', 'head-1');
    await head.ok('approvePolicy', { params: { version: 1 } });
    await page.reload();
    await page.getByRole('row', { name: /第 1 版 现行.*admin-1.*提出.*head-1.*批准/ }).waitFor();
    await page.getByText('现行：第 1 版', { exact: false }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
  }, 60_000);

  test('the holidays of a year are judged line by line and published', async () => {
    await go('holidays', '节假日');
    const year = Number((await page.getByLabel('年份').inputValue()) || '0') + 1;
    await page.getByLabel('年份').selectOption(String(year));
    const days = page.getByLabel('放假和调休日');
    await days.fill(`${year}-01-01,放假,元旦\n${year - 1}-12-31,放假`);
    await page.getByRole('row', { name: '第 2 行 不是这一年的日期' }).waitFor();
    await page.getByLabel('依据').fill('测试用通知');
    const publish = page.getByRole('button', { name: `公布 ${year} 年` });
    expect(await publish.isDisabled()).toBe(true);
    expect(await violationsOf(page)).toEqual([]);
    await days.fill(`${year}-01-01,放假,元旦`);
    await publish.click();
    await page.getByText(`${year} 年已公布`, { exact: false }).waitFor();
    const { years } = await admin.ok('listHolidays');
    expect(years.find((one) => one.year === year)?.days).toEqual([
      { date: `${year}-01-01`, kind: 'holiday', name: '元旦' },
    ]);
  }, 60_000);

  test('no page threw, warned, or asked anybody outside', () => {
    // what the refusals above left in the browser's log is their nature
    expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
  });

  test.each([
    ['zh-CN', 'dark'],
    ['en', 'light'],
  ] as const)(
    '%s %s: every page without a violation',
    async (language, theme) => {
      await page.context().close();
      page = await open(language, theme);
      // a paper's own page is looked at elsewhere; the checker waits for frames without scripts in vain
      await page.route('**/preview', (route) => route.abort());
      for (const name of pages) {
        await page.goto(`${room.place.address}/admin#${name}`);
        await page.locator('main h2').first().waitFor();
        await page.locator('main').locator('tbody tr, form, button, p').first().waitFor();
        expect({ name, violations: await violationsOf(page) }).toEqual({ name, violations: [] });
        if (language === 'en') await keep(`admin-${name}-en`);
        else if (name === 'people' || name === 'matters') await keep(`admin-${name}`);
      }
    },
    400_000,
  );
});
