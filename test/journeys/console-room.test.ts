import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { formatMetres } from '../../client/words/format.ts';
import type { Output } from '../../shared/contract/api.ts';
import { lngLat } from '../../shared/contract/geo.ts';
import { distanceMetres } from '../../shared/rules/distance.ts';
import { chromiumPath } from '../client/browser.ts';
import { drawn, openLiveRoom, violationsOf, type Desk, type LiveRoom } from '../client/live-room.ts';
import { cellCentre } from '../kit/ground.ts';
import type { Phone } from '../kit/town.ts';
import { clear, glass, individual } from '../server/enforcement/file-kit.ts';
import { photo, uploaded } from '../server/enforcement/upload-kit.ts';

const spot = cellCentre(0, 0);
const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

/** A road over these corners, driven at 30 km/h. */
async function layRoad({ place }: LiveRoom, corners: readonly { lng: number; lat: number }[]): Promise<void> {
  const { db } = place.deps;
  await db('road_node').insert(corners.map(({ lng, lat }, i) => ({ id: i + 1, lng, lat })));
  for (const [i, from] of corners.slice(0, -1).entries()) {
    const to = corners[i + 1]!;
    await db('road').insert({
      id: i + 1,
      source: i + 1,
      target: i + 2,
      class: 'residential',
      kmh: 30,
      length_metres: Math.round(distanceMetres(lngLat(from.lng, from.lat), lngLat(to.lng, to.lat))),
      geom: `SRID=4326;LINESTRING(${from.lng} ${from.lat}, ${to.lng} ${to.lat})`,
    });
  }
}

/** What the room decides beside dispatch: joint operations, more time, the file behind an incident. */
describe.skipIf(!chromiumPath)('the desk work of the command room', () => {
  let room: LiveRoom;
  let desk: Desk;
  let officer: Phone;
  let partner: Phone;
  let head: Phone;

  beforeAll(async () => {
    room = await openLiveRoom();
    officer = await room.place.signIn('A1-1');
    partner = await room.place.signIn('A1-2');
    head = await room.place.person('head', 'head-1');
    await room.place.person('legalReviewer', 'reviewer-1');
    desk = await room.desk('dispatcher-1');
    await desk.page.getByText('无待派事件 · N 新建').waitFor();
  }, 240_000);
  afterAll(() => room?.close());
  /** A picture for whoever wants to see it, of the screen as it is. */
  const keep = async (page: Page, name: string) => {
    const folder = process.env['TEST_SCREENS'];
    if (folder && !page.isClosed()) await page.screenshot({ path: join(folder, `room-${name}.png`) });
  };
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await keep(desk.page, task.name.slice(0, 14));
  });

  const made = async (matterCode: string) => {
    const { incident } = await room.dispatcher.ok('createIncident', {
      body: { matterCode, point: spot, crs: 'wgs84', address: '民权路 12 号', text: '反复占道，多次反映' },
    });
    await desk.page.locator(`#incident-${incident.id}`).waitFor();
    return incident;
  };
  const open = async (page: Page, id: number) => {
    await page.locator(`#incident-${id}`).click();
    await page.getByRole('article', { name: String(id) }).waitFor();
  };

  test('a joint operation is planned about the opened incident, shown beside it, and ended with what each organ found', async () => {
    const { page } = desk;
    const incident = await made('CY-01');
    await open(page, incident.id);
    await page.getByRole('button', { name: '个人菜单' }).click();
    await page.getByRole('menuitem', { name: '联合行动一览' }).click();
    const dialog = page.getByRole('dialog', { name: '联合行动一览' });
    await dialog.getByText('没有联合行动').waitFor();
    await dialog.getByRole('button', { name: '安排联合行动' }).click();
    await dialog.getByRole('textbox', { name: '名称' }).fill('民权路占道整治');
    await dialog.getByRole('textbox', { name: '发起部门' }).fill('慈城镇综合行政执法队');
    for (const organ of ['江北交警大队', '江北市场监管局']) {
      await dialog.getByRole('combobox', { name: '参加部门' }).fill(organ);
      await page.keyboard.press('Enter');
      await dialog.getByText(organ, { exact: true }).waitFor();
    }
    await dialog.getByRole('combobox', { name: '参加编组' }).fill('A2');
    await page.getByRole('option', { name: 'A2队' }).click();
    await dialog.getByRole('textbox', { name: '行动方案' }).fill('九点集合，分两路查');
    for (const object of ['中街一号店', '中街二号店']) {
      await dialog.getByRole('combobox', { name: '检查对象' }).fill(object);
      await page.keyboard.press('Enter');
      await dialog.getByText(object, { exact: true }).waitFor();
    }
    // an end before the beginning is said at its field, and nothing is sent
    const ends = dialog.getByLabel('结束', { exact: false }).first();
    const right = await ends.inputValue();
    await ends.fill('2026-01-01T08:00');
    await dialog.getByText('结束时间须晚于开始时间').waitFor();
    await dialog.getByRole('button', { name: '记入并通知' }).click();
    expect((await room.dispatcher.ok('listJointOperations')).operations).toEqual([]);
    await ends.fill(right);
    await dialog.getByText('结束时间须晚于开始时间').waitFor({ state: 'detached' });
    expect(await violationsOf(page)).toEqual([]);
    await keep(page, 'operation');
    await dialog.getByRole('button', { name: '记入并通知' }).click();
    const card = dialog.getByRole('region', { name: '民权路占道整治' });
    await card.getByText('慈城镇综合行政执法队 会同 江北交警大队、江北市场监管局').waitFor();
    await card.getByText('参加编组：A2队', { exact: false }).waitFor();
    const [planned] = (await room.dispatcher.ok('listJointOperations')).operations;
    expect(planned).toMatchObject({
      incidentId: incident.id,
      teamIds: [room.teams['A2']],
      objects: ['中街一号店', '中街二号店'],
      endedAt: null,
    });

    await card.getByRole('button', { name: '登记结果并结束' }).click();
    const results = dialog.getByRole('textbox', { name: '结果' });
    expect(await results.count()).toBe(2);
    await results.nth(0).fill('责令改正');
    await results.nth(1).fill('未发现问题');
    await dialog.getByRole('combobox', { name: '部门' }).nth(1).selectOption('江北市场监管局');
    expect(await violationsOf(page)).toEqual([]);
    await dialog.getByRole('button', { name: '登记结果并结束' }).click();
    await card.getByText('中街一号店 · 慈城镇综合行政执法队 · 责令改正').waitFor();
    await card.getByText('中街二号店 · 江北市场监管局 · 未发现问题').waitFor();
    expect(await card.getByRole('button', { name: '登记结果并结束' }).count()).toBe(0);
    // the dialog alone is left; the incident stays open, and the operation stands beside it
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await section(page, '民权路占道整治').getByText('未发现问题', { exact: false }).waitFor();
    await section(page, '经过').getByText('联合行动结束', { exact: false }).waitFor();
  }, 90_000);

  test('a request for more time is granted, the next one refused with a sentence, and the clock says so', async () => {
    const { page } = desk;
    const incident = await made('CY-01');
    const params = { incidentId: incident.id };
    const assignment = await room.dispatcher.ok('assignTeam', {
      params,
      body: { teamId: room.teams['A1']!, override: 'order' },
    });
    await officer.ok('acceptAssignment', { params: { assignmentId: assignment.id } });
    await open(page, incident.id);
    const due = async () => (await room.dispatcher.ok('readIncident', { params })).incident.deadlineAt!;
    const before = await due();
    await officer.ok('requestTime', { params, body: { kind: 'extension', reason: '等候产权单位' } });
    const asked = section(page, '时限申请');
    await asked.getByText('A1-1 申请延期：等候产权单位').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await asked.getByRole('button', { name: '同意', exact: true }).click();
    await asked.waitFor({ state: 'detached' });
    await section(page, '经过').getByText('延期：等候产权单位', { exact: true }).waitFor();
    expect(Date.parse(await due())).toBeGreaterThan(Date.parse(before));

    const extended = await due();
    await officer.ok('requestTime', { params, body: { kind: 'hold', minutes: 120, reason: '当事人外出' } });
    await asked.getByText('A1-1 申请挂账 2.0 h', { exact: false }).waitFor();
    await asked.getByRole('button', { name: '不同意' }).click();
    await asked.waitFor({ state: 'detached' });
    await section(page, '经过').getByText('时限申请未获批准', { exact: false }).waitFor();
    expect(await due()).toBe(extended);
    expect((await room.dispatcher.ok('readIncident', { params })).incident.holdUntil).toBeNull();
    const { requests } = await room.dispatcher.ok('readFieldFile', { params });
    expect(requests.map(({ kind, approved }) => [kind, approved])).toEqual([
      ['extension', true],
      ['hold', false],
    ]);
    await officer.ok('returnAssignment', {
      params: { assignmentId: assignment.id },
      body: { reason: '现场未发现问题' },
    });
  }, 90_000);

  test('the way of the team that goes is drawn along the roads, with its length and time', async () => {
    const { page } = desk;
    const goal = cellCentre(1, 1);
    await layRoad(room, [
      spot,
      { lng: spot.lng, lat: goal.lat + 0.004 },
      { lng: goal.lng, lat: goal.lat + 0.004 },
      goal,
    ]);
    const { incident } = await room.dispatcher.ok('createIncident', {
      body: { matterCode: 'CY-01', point: goal, crs: 'wgs84', address: '太阳殿路 5 号' },
    });
    await page.locator(`#incident-${incident.id}`).waitFor();
    const assignment = await room.dispatcher.ok('assignTeam', {
      params: { incidentId: incident.id },
      body: { teamId: room.teams['A1']!, override: 'order' },
    });
    const answered = page.waitForResponse((response) =>
      response.url().endsWith(`/assignments/${assignment.id}/way`),
    );
    await open(page, incident.id);
    const { way } = (await (await answered).json()) as Output<'readWay'>;
    // twice as far as the bird flies at the least, and over the road's corners
    expect(way!.points.length).toBeGreaterThanOrEqual(4);
    expect(way!.metres).toBeGreaterThan(
      1.3 * distanceMetres(lngLat(spot.lng, spot.lat), lngLat(goal.lng, goal.lat)),
    );
    await section(page, '承办编组')
      .getByText(`沿路 ${formatMetres(way!.metres)}，约 ${Math.max(1, Math.round(way!.seconds / 60))} min`)
      .waitFor();
    await drawn(page);
    expect(await violationsOf(page)).toEqual([]);
    await keep(page, 'way');
    await officer.ok('declineAssignment', {
      params: { assignmentId: assignment.id },
      body: { reason: 'not_ours', text: '' },
    });
    await section(page, '承办编组').getByText('沿路', { exact: false }).waitFor({ state: 'detached' });
  }, 60_000);

  test('the map stands in a window of its own: what is begun there opens here, and what is opened here is shown there', async () => {
    const { page } = desk;
    const [own] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('button', { name: '地图：在单独窗口打开' }).click(),
    ]);
    await drawn(own);
    expect(new URL(own.url()).pathname).toBe('/console/map');
    expect(await own.getByRole('button', { name: '地图：在单独窗口打开' }).count()).toBe(0);
    expect(await violationsOf(own)).toEqual([]);
    await keep(own, 'map-window');
    const canvas = own.locator('canvas.maplibregl-canvas');
    const box = (await canvas.boundingBox())!;
    const middle = { x: box.width / 2 + 30, y: box.height / 2 + 40 };
    await canvas.click({ button: 'right', position: middle });
    await own.getByRole('menuitem', { name: '在此新建事件' }).click();
    const form = page.locator('form[data-panel-focus]');
    await form.waitFor();
    const place = form.locator('[name="place"]');
    await expect.poll(() => place.inputValue()).toMatch(/\d/);
    const first = await place.inputValue();
    // another point of that map is the form's new place
    await own.getByText('点地图', { exact: false }).first().waitFor();
    await canvas.click({ position: { x: middle.x - 120, y: middle.y - 60 } });
    await expect.poll(() => place.inputValue()).not.toBe(first);
    await page.getByRole('button', { name: '取消' }).first().click();
    await form.waitFor({ state: 'detached' });
    await own.getByText('点地图', { exact: false }).first().waitFor({ state: 'detached' });
    await own.close();
  }, 60_000);

  test('the file behind an incident: acts in their order, papers that open, legal review and the decision by whom the law names', async () => {
    const { page } = desk;
    const incident = await made('FD-01');
    const incidentId = incident.id;
    const evidenceIds: string[] = [];
    for (const [colour, kind] of [
      ['firebrick', undefined],
      ['navy', undefined],
      ['olive', 'inspection_record'],
    ] as const)
      evidenceIds.push(
        (
          await uploaded(room.place, officer, await photo(colour, 320, 240), {
            incidentId,
            ...(kind && { kind }),
          })
        ).id,
      );
    const file = await head.ok('openFile', {
      params: { incidentId },
      body: { open: 'ordinary', party: individual(), grounds: '符合立案标准' },
    });
    const did = (who: Phone, body: object) =>
      who.ok('actOnFile', { params: { fileId: file.id }, body: body as never });
    await did(head, { act: 'answer', circumstances: clear });
    const partnerId = partner.personId;
    await did(officer, {
      act: 'inquire',
      partnerId,
      licenceShown: true,
      evidenceIds,
      summary: '事实清楚',
      reviewCompulsory: true,
    });
    const proposal = { kind: 'fine', amountYuan: 300 };
    await did(officer, { act: 'tell', partnerId, licenceShown: true, rightsTold: true, proposal });
    await did(officer, { act: 'hear', outcome: 'waived', party: { image: await glass() } });
    await did(officer, { act: 'request_review' });

    await open(page, incident.id);
    const panel = section(page, '案卷');
    await panel.getByText(`案卷 ${file.id} · 普通程序 · 法制审核`).waitFor();
    await panel.getByText('作出决定（行政处罚法六十条）', { exact: false }).waitFor();
    // the room sees the party masked and has no say in the file
    expect(await panel.textContent()).not.toContain(individual().idNumber);
    expect(await panel.getByRole('button', { name: '法制审核' }).count()).toBe(0);
    const story = section(page, '经过').locator('li');
    const sentences = async () => (await story.allTextContents()).toReversed().join('\n');
    await expect
      .poll(sentences)
      .toMatch(/案件立案[\s\S]*调查终结[\s\S]*告知陈述申辩权利[\s\S]*记录陈述申辩[\s\S]*提请法制审核/);
    const [paper] = await Promise.all([
      page.waitForEvent('popup'),
      panel.getByRole('link', { name: '打印视图' }).first().click(),
    ]);
    await paper.getByText('行政处罚', { exact: false }).first().waitFor();
    await paper.close();
    const pdf = await panel.getByRole('link', { name: 'PDF' }).first().getAttribute('href');
    const got = await page.request.get(new URL(pdf!, page.url()).href);
    expect([got.status(), got.headers()['content-type']]).toEqual([200, 'application/pdf']);
    expect((await got.body()).subarray(0, 5).toString()).toBe('%PDF-');
    expect(await violationsOf(page)).toEqual([]);

    const review = await room.desk('reviewer-1');
    await open(review.page, incident.id);
    await section(review.page, '案卷')
      .getByRole('link', { name: `打开案卷 ${file.id}` })
      .click();
    /** The reviewer's word on the page of the file. */
    const say = async (result: 'passed' | 'refused', text: string) => {
      await review.page.getByRole('button', { name: '法制审核', exact: true }).click();
      const form = review.page.getByRole('dialog');
      await form.getByLabel('审核结果').selectOption(result);
      await form.getByLabel('审核意见或退回理由').fill(text);
      expect(await violationsOf(review.page)).toEqual([]);
      if (result === 'refused') await keep(review.page, 'review');
      await form.getByRole('button', { name: '确定' }).click();
      await form.waitFor({ state: 'detached' });
    };
    await say('refused', '缺通道标识照片');
    await review.page.getByRole('heading', { name: `案卷 ${file.id} · 普通程序 · 调查终结` }).waitFor();
    await panel.getByText(`案卷 ${file.id} · 普通程序 · 调查终结`).waitFor();
    await did(officer, { act: 'tell', partnerId, licenceShown: true, rightsTold: true, proposal });
    await did(officer, { act: 'hear', outcome: 'waived' });
    await did(officer, { act: 'request_review' });
    await say('passed', '事实清楚，程序合法');
    await did(officer, { act: 'sign' });
    await did(partner, { act: 'sign' });

    const chief = await room.desk('head-1');
    await open(chief.page, incident.id);
    await section(chief.page, '案卷')
      .getByRole('link', { name: `打开案卷 ${file.id}` })
      .click();
    await chief.page.getByRole('button', { name: '作出处罚决定', exact: true }).click();
    const decision = chief.page.getByRole('dialog');
    await decision.getByText('告知内容：罚款 ¥300.00', { exact: false }).waitFor();
    await decision.getByLabel('决定书所载事实和理由').fill('占用消防车通道，事实清楚');
    expect(await violationsOf(chief.page)).toEqual([]);
    await keep(chief.page, 'decide');
    await decision.getByRole('button', { name: '确定' }).click();
    await panel.getByText(/罚款 · \d{4}-\d\d-\d\d/).waitFor();
    const seen = await room.dispatcher.ok('readFile', { params: { fileId: file.id } });
    expect(seen).toMatchObject({ state: 'decided', decision: { kind: 'fine', amountYuan: 300 } });
    await expect
      .poll(sentences)
      .toMatch(/法制审核退回：缺通道标识照片[\s\S]*法制审核通过：事实清楚，程序合法[\s\S]*作出处罚决定/);
    for (const { faults } of [desk, review, chief]) expect(faults).toEqual([]);
  }, 300_000);
});
