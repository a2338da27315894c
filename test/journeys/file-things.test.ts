import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publishMatters } from '../../server/incidents/store-write.ts';
import { chromiumPath } from '../client/browser.ts';
import { at, button, dialog, did, go, openFilesRoom, type FilesRoom } from '../client/files-room.ts';
import { violationsOf, type Desk } from '../client/live-room.ts';
import { cellCentre } from '../kit/ground.ts';
import { catalogue, clear, individual } from '../server/enforcement/file-kit.ts';
import { photo, uploaded } from '../server/enforcement/upload-kit.ts';

/** Things registered, seized, confiscated with the gains, returned, and an officer who stands back: by the real screen. */
describe.skipIf(!chromiumPath)('things and companion penalties on the screen', () => {
  let files: FilesRoom;
  let officer: Desk;
  let head: Desk;
  let fileId: number;

  beforeAll(async () => {
    files = await openFilesRoom();
    const { place, dispatcher } = files.room;
    await publishMatters(
      place.deps.db,
      catalogue.filter(({ code }) => code === 'EN-02'),
      {
        holder: () => '慈城镇',
        status: () => 'delegated',
        document: '测试清单',
        from: place.now() - 86_400_000,
        scarceKit: new Set(),
      },
    );
    const { incident } = await dispatcher.ok('createIncident', {
      body: { matterCode: 'EN-02', point: cellCentre(0, 0), crs: 'wgs84', address: '民权路 30 号门前' },
    });
    await place.deps
      .db('incident')
      .where({ id: incident.id })
      .update({ overlays: ['barbecue_ban'] });
    for (const kind of ['audiovisual', 'inspection_record'] as const)
      await uploaded(place, files.officer, await photo('olive', 320, 240), { incidentId: incident.id, kind });
    const file = await files.head.ok('openFile', {
      params: { incidentId: incident.id },
      body: { open: 'ordinary', party: individual(), grounds: '符合立案标准' },
    });
    fileId = file.id;
    await files.step(files.head, fileId, { act: 'answer', circumstances: clear });
    officer = await files.open('A1-1');
    head = await files.open('head-1');
  }, 240_000);
  afterAll(() => files?.close());

  test('registered by two after the word of the head, then seized, the rest returned', async () => {
    await go(head.page, fileId);
    await did(head.page, '批准证据保存、查封扣押', async (form) => {
      await form.getByLabel('措施').selectOption('preservation');
      await form.getByLabel('理由').fill('炉具可能被转移');
    });
    await head.page.getByText('已批准，尚未实施').waitFor();
    const { page } = officer;
    await go(page, fileId);
    await page.getByText('已批准，尚未实施').waitFor();
    await button(page, '登记保存、查封扣押物品').click();
    const form = dialog(page);
    await form.getByLabel('措施').selectOption('preservation');
    await form.getByLabel('另一名执法人员').selectOption({ label: 'A1-2' });
    await form.getByLabel('物品 1 名称').fill('烧烤炉');
    await form.getByLabel('数量 1').fill('1 台');
    await form.getByLabel('状况 1').fill('使用中');
    await form.getByRole('button', { name: '再加一件' }).click();
    await form.getByLabel('物品 2 名称').fill('木炭');
    await form.getByLabel('数量 2').fill('2 袋');
    await form.getByLabel('保存地点').fill('执法队物品库');
    await form.getByLabel('当事人现在签名或拒签').check();
    await form.getByRole('button', { name: '拒签' }).click();
    expect(await violationsOf(page)).toEqual([]);
    await files.shoot(page, 'things-form');
    await form.getByRole('button', { name: '确定' }).click();
    await form.waitFor({ state: 'detached' });
    await page.getByText('烧烤炉 1 台（使用中）').waitFor();
    await page.getByText('处理先行登记保存（行政处罚法五十六条）').first().waitFor();
    // what was registered is decided on before the inquiry ends
    await page.getByText('现在不能办').click();
    await page.getByText('先行登记保存的证据须先处理', { exact: false }).first().waitFor();
    await files.shoot(page, 'things-kept');
    await did(page, '处理保存、扣押的物品', async (release) => {
      await release.getByLabel('措施').selectOption('preservation');
      await release.getByLabel('结果').selectOption('seized');
      await release.getByLabel('理由').fill('物品用于违法经营，需要扣押');
    });
    await did(page, '登记保存、查封扣押物品', async (seize) => {
      await seize.getByLabel('措施').selectOption('seizure');
      await seize.getByLabel('另一名执法人员').selectOption({ label: 'A1-2' });
      await seize.getByLabel('情况紧急', { exact: false }).check();
      await seize.getByLabel('理由').fill('当事人正在转移物品');
      await seize.getByLabel('物品 1 名称').fill('烧烤炉');
      await seize.getByLabel('数量 1').fill('1 台');
      await seize.getByLabel('保存地点').fill('执法队物品库');
    });
    await page.getByText('紧急实施，二十四小时内须补办批准').waitFor();
    await page.getByText('查封（扣押）决定书', { exact: true }).first().waitFor();
    await head.page.reload();
    await go(head.page, fileId);
    await did(head.page, '批准证据保存、查封扣押', async (approve) => {
      await approve.getByLabel('措施').selectOption('seizure');
      await approve.getByLabel('理由').fill('同意扣押');
    });
    await did(head.page, '延长查封扣押', (longer) => longer.getByLabel('理由').fill('等待鉴定'));
    // the list beside it names the period too, as soon as it has been read again
    const file = head.page.getByRole('main', { name: '打开案卷' });
    await file.getByText('延长查封扣押（行政强制法二十五条）').waitFor();
  }, 180_000);

  test('told of a fine, the gains and the grill; the form asks what the provision carries and nothing else', async () => {
    const { page } = officer;
    await page.reload();
    await go(page, fileId);
    await did(page, '调查终结', async (inquiry) => {
      await inquiry.getByLabel('另一名执法人员').selectOption({ label: 'A1-2' });
      await inquiry.getByLabel('已出示执法证件').check();
      await inquiry.getByLabel('调查结论').fill('事实清楚');
      await inquiry.getByRole('checkbox', { name: /照片/ }).first().waitFor();
    });
    await at(page, '调查终结');
    await button(page, '告知').click();
    const form = dialog(page);
    await form.getByLabel('另一名执法人员').selectOption({ label: 'A1-2' });
    await form.getByLabel('已出示执法证件').check();
    await form.getByLabel('已告知事实').check();
    await form.getByText('罚款', { exact: true }).click();
    await form.getByLabel('金额（元）').fill('1000');
    await form.getByLabel('没收违法所得', { exact: false }).waitFor();
    expect(await form.getByLabel('责令停产停业', { exact: false }).count()).toBe(0);
    await form.getByLabel('没收违法所得', { exact: false }).fill('860');
    await form.getByLabel('烧烤炉 1 台').check();
    expect(await violationsOf(page)).toEqual([]);
    await files.shoot(page, 'companions-form');
    await form.getByRole('button', { name: '确定' }).click();
    await at(page, '已告知');
    const file = await files.read(fileId);
    expect(file.proposal).toMatchObject({ kind: 'fine', amountYuan: 1000, companions: { gainsYuan: 860 } });
    expect(file.proposal?.companions?.thingIds).toEqual([file.measures.at(-1)!.things[0]!.id]);
    await files.shoot(page, 'companions-told');
  }, 120_000);

  test('the head takes an officer out of the case at the request of the party', async () => {
    await head.page.reload();
    await go(head.page, fileId);
    await did(head.page, '回避', async (form) => {
      await form.getByLabel('回避人员').selectOption({ label: 'A1-2' });
      await form.getByLabel('理由').fill('当事人申请回避，审查属实');
    });
    await head.page.getByText('A1-2 回避：当事人申请回避，审查属实').waitFor();
    expect((await files.read(fileId)).officers).toEqual([files.officer.personId]);
    for (const { faults } of [officer, head])
      expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
  }, 60_000);
});
