import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath } from '../client/browser.ts';
import { openLiveRoom, violationsOf, type Desk, type LiveRoom } from '../client/live-room.ts';
import { cellCentre } from '../kit/ground.ts';
import type { Phone } from '../kit/town.ts';
import { cardNumber, clear, glass, individual } from '../server/enforcement/file-kit.ts';
import { photo, uploaded } from '../server/enforcement/upload-kit.ts';

const pictures = join(import.meta.dirname, '../../docs/pictures');

/** The page of the penalty files, by everybody whom the law names. Pictures: GRID_PICTURES=1. */
describe.skipIf(!chromiumPath)('penalty files on the screen', () => {
  let room: LiveRoom;
  let officer: Phone;
  let partner: Phone;
  let first: Desk;
  let head: Desk;
  const shots: Page[] = [];

  beforeAll(async () => {
    room = await openLiveRoom();
    officer = await room.place.signIn('A1-1');
    partner = await room.place.signIn('A1-2');
    await room.place.person('head', 'head-1');
    await room.place.person('legalReviewer', 'reviewer-1');
    first = await open('A1-1');
    head = await open('head-1');
  }, 240_000);
  afterAll(() => room?.close());
  afterEach(async ({ task }) => {
    const folder = process.env['TEST_SCREENS'];
    for (const [i, page] of folder ? shots.entries() : [])
      await page.screenshot({ path: join(folder!, `files-${task.name.slice(0, 10)}-${i}.png`) });
  });

  /** The page as somebody has it: an officer comes straight to it, others by the key or the address. */
  async function open(name: string, language: 'zh-CN' | 'en' = 'zh-CN', theme: 'dark' | 'light' = 'light') {
    const desk = await room.desk(name, { language, theme, width: 1440 });
    if (!name.startsWith('A1')) await desk.page.goto(`${desk.wire.address}/console#files`);
    await desk.page.getByRole('navigation').waitFor();
    desk.context.setDefaultTimeout(30_000);
    shots.push(desk.page);
    return desk;
  }
  const keep = async (page: Page, name: string) => {
    if (process.env['GRID_PICTURES'] !== '1') return;
    await mkdir(pictures, { recursive: true });
    await sharp(await page.screenshot())
      .png({ palette: true, quality: 90, effort: 9 })
      .toFile(join(pictures, `${name}.png`));
  };
  const dialog = (page: Page) => page.getByRole('dialog');
  const act = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  /** Opens the form of an act, fills it in and sends it. */
  async function did(page: Page, name: string, fill: (form: ReturnType<typeof dialog>) => Promise<unknown>) {
    await act(page, name).click();
    await dialog(page).waitFor();
    await fill(dialog(page));
    await dialog(page).getByRole('button', { name: '确定' }).click();
    await dialog(page).waitFor({ state: 'detached' });
  }
  const nothing = () => Promise.resolve();
  const at = (page: Page, state: string) => page.getByRole('heading', { level: 2, name: state }).waitFor();
  const read = (fileId: number) => officer.ok('readFile', { params: { fileId } });
  const made = async () =>
    (
      await room.dispatcher.ok('createIncident', {
        body: { matterCode: 'FD-01', point: cellCentre(0, 0), crs: 'wgs84', address: '民权路 12 号门前' },
      })
    ).incident.id;
  async function go(page: Page, fileId: number) {
    await page.evaluate((id) => void (location.hash = `#files/${id}`), fileId);
    await page.getByRole('heading', { level: 2, name: `案卷 ${fileId}` }).waitFor();
  }

  test('a served simple file is registered, paid and closed by itself', async () => {
    const incidentId = await made();
    const image = await glass();
    const partnerId = partner.personId as never;
    const proposal = { kind: 'fine', amountYuan: 200 } as const;
    const { id } = await officer.ok('openFile', {
      params: { incidentId },
      body: { open: 'simple', partnerId, party: individual(), circumstances: clear, proposal },
    });
    const step = (body: object) => officer.ok('actOnFile', { params: { fileId: id }, body: body as never });
    await step({ act: 'tell', partnerId, licenceShown: true, rightsTold: true, proposal });
    await step({ act: 'hear', partnerId, outcome: 'waived', text: '', party: { image } });
    await step({
      act: 'decide',
      proposal,
      text: '占用消防车通道',
      signatures: [
        { personId: officer.personId, image: null },
        { personId: partner.personId, image },
      ],
    });
    await step({ act: 'serve', partnerId, mode: 'handed', party: { image } });

    const { page, faults } = first;
    await page.reload();
    await page.getByRole('link', { name: new RegExp(`案卷 ${id} · 当场处罚 · 已送达`) }).click();
    await at(page, '已送达');
    await page.getByText('已缴 ¥0.00，罚款 ¥200.00').waitFor();
    // what is not possible stands there with its reason and its article
    await page.getByText('现在不能办').click();
    await page.getByText('须先备案 · 行政处罚法五十二条', { exact: false }).waitFor();
    expect(await act(page, '案卷结案').isDisabled()).toBe(true);
    expect(await violationsOf(page)).toEqual([]);
    await did(page, '决定备案', nothing);
    await act(page, '登记缴款').click();
    await dialog(page).getByLabel('缴款渠道').selectOption('cash_on_spot');
    await dialog(page).getByLabel('当场收缴的理由').selectOption('small');
    await dialog(page).getByLabel('票据号码').fill('S-1');
    expect(await violationsOf(page)).toEqual([]);
    await dialog(page).getByRole('button', { name: '确定' }).click();
    // 200 yuan are above what may be taken in cash (68): the law's answer stands in the form
    await dialog(page).getByRole('alert').getByText('行政处罚法第六十八条', { exact: false }).waitFor();
    await dialog(page).getByLabel('缴款渠道').selectOption('bank');
    await dialog(page).getByRole('button', { name: '确定' }).click();
    await at(page, '已结案');
    expect(await read(id)).toMatchObject({ state: 'closed', payment: { paidYuan: 200 } });
    expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
  }, 120_000);

  test("a notice's driver comes, and the file goes the ordinary way to its end, by the roles that the law names", async () => {
    const incidentId = await made();
    const photoIds: string[] = [];
    for (const colour of ['firebrick', 'navy', 'olive'])
      photoIds.push((await uploaded(room.place, officer, await photo(colour, 320, 240), { incidentId })).id);
    const { id } = await officer.ok('openFile', {
      params: { incidentId },
      body: {
        open: 'notice',
        partnerId: partner.personId,
        plate: '浙B8K321',
        vehicle: '小型轿车',
        photoIds,
        place: '民权路 12 号门前',
        dueAt: new Date(room.place.now() + 3 * 86_400_000).toISOString(),
      },
    });
    const { page } = first;
    await go(page, id);
    await at(page, '已张贴通知');
    await act(page, '确认当事人').click();
    const form = dialog(page);
    await form.getByLabel('姓名').fill('张𬭎');
    await form.getByLabel('证件号码').fill(cardNumber('1988-05-20'));
    await form.getByText('号码校验通过，37 周岁').or(form.getByText('号码校验通过，38 周岁')).waitFor();
    await form.getByLabel('当事人在场').check();
    for (const question of ['轻微并及时改正，没有造成危害后果', '有证据证明没有主观过错'])
      await form.getByLabel(question).selectOption('no');
    await form.getByLabel('初次违法', { exact: false }).selectOption('no');
    // 300 yuan are above the cap of a decision on the spot
    await form.getByText('罚款', { exact: true }).click();
    await form.getByLabel('金额（元）').fill('300');
    expect(await violationsOf(page)).toEqual([]);
    await keep(page, 'files-identify');
    await form.getByRole('button', { name: '确定' }).click();
    await at(page, '普通程序 · 已立卷');

    // no inquiry before the head has filed it (54), none without a record (55): the button says so
    await page.getByText('现在不能办').click();
    await page.getByText('待机关负责人立案', { exact: false }).last().waitFor();
    await head.page.getByLabel('只看待我办理').check();
    await head.page.getByRole('link', { name: new RegExp(`案卷 ${id}`) }).click();
    await did(head.page, '立案', (filing) =>
      filing.getByLabel('立案依据').fill('当事人已查明，符合立案标准'),
    );
    await head.page.getByText('没有符合条件的案卷').waitFor();
    await head.page.getByLabel('只看待我办理').uncheck();
    await page.reload();
    await page.getByText('现在不能办').click();
    await page.getByText('须先有现场检查笔录或询问笔录', { exact: false }).waitFor();
    await did(page, '制作笔录、回证', async (record) => {
      await record.getByLabel('另一名执法人员').selectOption({ label: 'A1-2' });
      await record.getByRole('textbox', { name: '笔录' }).fill('问：为何停在消防车通道？答：去买早餐。');
    });
    await page.getByText('询问笔录').first().waitFor();
    await did(page, '调查终结', async (inquiry) => {
      await inquiry.getByLabel('另一名执法人员').selectOption({ label: 'A1-2' });
      await inquiry.getByLabel('已出示执法证件').check();
      await inquiry.getByLabel('调查结论').fill('事实清楚');
      await inquiry.getByLabel('属于须经法制审核的情形').check();
      expect(await inquiry.getByRole('checkbox', { name: /照片/ }).count()).toBe(3);
    });
    await at(page, '调查终结');
    await did(page, '告知', async (told) => {
      await told.getByLabel('另一名执法人员').selectOption({ label: 'A1-2' });
      await told.getByLabel('已出示执法证件').check();
      await told.getByLabel('已告知事实').check();
    });
    await at(page, '已告知');
    await page.getByText('事先告知书', { exact: false }).first().waitFor();
    await did(page, '听取陈述申辩', async (heard) => {
      await heard.getByLabel('结果').selectOption('waived');
      await heard.getByLabel('当事人现在签名或拒签').check();
      await heard.getByRole('button', { name: '拒签' }).click();
    });
    await at(page, '已听取陈述');
    await did(page, '提请法制审核', nothing);
    await at(page, '法制审核');

    const reviewer = await open('reviewer-1');
    await reviewer.page.getByLabel('只看待我办理').check();
    await reviewer.page.getByRole('link', { name: new RegExp(`案卷 ${id}`) }).click();
    await did(reviewer.page, '法制审核', async (review) => {
      await review.getByLabel('审核结果').selectOption('passed');
      await review.getByLabel('审核意见或退回理由').fill('事实清楚，程序合法');
    });
    await reviewer.page.getByText('法制审核通过：事实清楚，程序合法').waitFor();

    await did(page, '在决定书上签名', nothing);
    const second = await open('A1-2');
    await second.page.getByRole('link', { name: new RegExp(`案卷 ${id}`) }).waitFor();
    // the second officer signs with the keys alone
    const focused = () =>
      second.page.evaluate(() =>
        document.activeElement === document.body ? '' : (document.activeElement?.textContent ?? ''),
      );
    const tabTo = async (wanted: string) => {
      for (let i = 0; i < 60 && !(await focused()).includes(wanted); i++)
        await second.page.keyboard.press('Tab');
      expect(await focused()).toContain(wanted);
      await second.page.keyboard.press('Enter');
    };
    await tabTo(`案卷 ${id}`);
    await at(second.page, `案卷 ${id}`);
    await act(second.page, '在决定书上签名').waitFor();
    await tabTo('在决定书上签名');
    await dialog(second.page).waitFor();
    await tabTo('确定');
    await dialog(second.page).waitFor({ state: 'detached' });
    await expect
      .poll(async () => (await read(id)).signatures.filter((one) => one.purpose === 'decision').length)
      .toBe(2);

    await head.page.reload();
    await go(head.page, id);
    await did(head.page, '作出处罚决定', async (decision) => {
      await decision.getByText('告知内容：罚款 ¥300.00', { exact: false }).waitFor();
      await decision.getByLabel('决定书所载事实和理由').fill('占用消防车通道，事实清楚');
    });
    await at(head.page, '已决定');
    await keep(head.page, 'files');
    await go(page, id);
    await did(page, '送达', (serve) => serve.getByLabel('送达方式').selectOption('left'));
    await at(page, '已送达');
    await did(page, '登记缴款', (pay) => pay.getByLabel('票据号码').fill('B-9'));
    await page.getByText('已缴 ¥300.00，罚款 ¥300.00').waitFor();
    await did(head.page, '案卷结案', nothing);
    await at(head.page, '已结案');
    expect(await read(id)).toMatchObject({
      procedure: 'ordinary',
      state: 'closed',
      payment: { paidYuan: 300 },
    });
    for (const { faults } of [reviewer, second]) expect(faults).toEqual([]);
  }, 240_000);

  test('the head files an ordinary case from its incident; in English, without a violation', async () => {
    const incidentId = await made();
    const desk = await open('head-1', 'en', 'dark');
    const { page } = desk;
    await page.getByRole('link', { name: 'File a case (ordinary procedure)' }).click();
    await page.getByLabel('Incident').fill(String(incidentId));
    await page.getByLabel('Grounds for filing').fill('the filing standard is met');
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'OK' }).click();
    await page.getByRole('heading', { level: 2, name: /Ordinary/i }).waitFor();
    await page.getByText('Cannot be done now').click();
    await page.getByText('done by: ', { exact: false }).first().waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await keep(page, 'files-en');
    const { files } = await officer.ok('listOpenFiles');
    expect(files.find((file) => file.incidentId === incidentId)).toMatchObject({
      procedure: 'ordinary',
      partyName: null,
      next: { period: 'decideOrdinary' },
    });
    expect(desk.faults).toEqual([]);
  }, 90_000);

  test('a spoilt number is voided with its reason and stays so', async () => {
    const { numbers } = await officer.ok('takeNumbers', {
      body: { kind: 'onspot_decision', count: 2, device: 'A1 手机' },
    });
    const { number } = numbers[1]!;
    const { page } = first;
    await page.getByRole('link', { name: '文号' }).click();
    await did(page, `作废 ${number}`, (form) => form.getByLabel('理由').fill('打印机卡纸，纸张损坏'));
    await page.getByRole('listitem').filter({ hasText: number }).getByText('作废').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    const { blocks } = await officer.ok('listNumbers');
    expect(blocks.flatMap((block) => block.numbers).find((one) => one.number === number)?.state).toBe('void');
  }, 60_000);

  test('the key L opens the page, the link leads back to the room', async () => {
    const { page } = await room.desk('dispatcher-1');
    await page
      .getByRole('listbox', { name: '事件队列' })
      .or(page.getByText('无待派事件', { exact: false }))
      .first()
      .waitFor();
    await page.keyboard.press('l');
    await page.getByRole('navigation', { name: '案卷一览' }).waitFor();
    // a dispatcher reads the files and acts on none
    expect(await page.getByText('现在可办').count()).toBe(0);
    await page.getByRole('link', { name: '返回指挥室' }).click();
    await page
      .getByRole('region', { name: '事件详情' })
      .or(page.locator('[data-panel="detail"]'))
      .first()
      .waitFor();
  }, 60_000);
});
