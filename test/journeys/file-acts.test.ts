import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { localText } from '../../client/ui/local-time.ts';
import { chromiumPath } from '../client/browser.ts';
import { at, button, dialog, did, go, openFilesRoom, type FilesRoom } from '../client/files-room.ts';
import { violationsOf, type Desk } from '../client/live-room.ts';
import { individual, organisation } from '../server/enforcement/file-kit.ts';
import { get } from '../server/enforcement/upload-kit.ts';

const dayMs = 86_400_000;

/** Acts that a file meets seldom, each by its form: what is written is read back from the server. */
describe.skipIf(!chromiumPath)('seldom acts on penalty files, by their forms', () => {
  let files: FilesRoom;
  let officer: Desk;
  let head: Desk;
  let reviewer: Desk;
  let held: number;
  let missed: number;
  let unpaid: number;

  beforeAll(async () => {
    files = await openFilesRoom();
    officer = await files.open('A1-1');
    head = await files.open('head-1');
    reviewer = await files.open('reviewer-1');
    held = await files.told(organisation(), 5000);
    missed = await files.told(individual(), 300);
    unpaid = await files.ordinary(200);
  }, 240_000);
  afterAll(() => files?.close());
  afterEach(async ({ task }) => {
    for (const [name, desk] of Object.entries({ officer, head, reviewer }))
      if (desk) await files.shoot(desk.page, `${task.name.slice(0, 14)}-${name}`);
  });

  /** Text of the newest paper of a kind in a file, as its print view has it. */
  async function paperOf(fileId: number, kind: string): Promise<string> {
    const paper = (await files.read(fileId)).papers.findLast((one) => one.kind === kind);
    expect(paper).toBeDefined();
    return (await get(files.room.place, `/papers/${paper!.id}`, files.head)).text();
  }

  test('cash on the spot: taken, the file closes, then handed in and paid in at the bank', async () => {
    const id = await files.served(50);
    const { page } = officer;
    await go(page, id);
    await did(page, '登记缴款', async (form) => {
      await form.getByLabel('缴款渠道').selectOption('cash_on_spot');
      await form.getByLabel('当场收缴的理由').selectOption('small');
      await form.getByLabel('票据号码').fill('浙财 00012');
      await files.shoot(page, 'cash-form');
    });
    await page.getByText('已缴 ¥50.00，罚款 ¥50.00').waitFor();
    await page.getByText('尚未交至机关').waitFor();
    expect(await button(page, '现金缴付银行').isVisible()).toBe(false);
    await did(page, '决定备案');
    await at(page, '已结案');
    await did(page, '现金交至机关');
    await page.getByText('已交至机关，尚未缴付银行').waitFor();
    await did(page, '现金缴付银行', (form) => form.getByLabel('缴款凭证号').fill('NB-7781'));
    await page.getByText('已缴付银行').first().waitFor();
    expect((await files.read(id)).payment).toMatchObject({ paidYuan: 50, cash: 'banked' });
  }, 120_000);

  test('converted to the ordinary procedure only when the law no longer allows it on the spot', async () => {
    const id = await files.opened(200);
    const { page } = officer;
    await go(page, id);
    await button(page, '转普通程序').click();
    await dialog(page).getByLabel('理由').fill('当事人对事实有异议');
    await dialog(page).getByRole('button', { name: '确定' }).click();
    await dialog(page).getByText('依法仍可当场处罚', { exact: false }).waitFor();
    await dialog(page).getByRole('button', { name: '取消' }).last().click();
    await did(page, '核对裁量情节', (form) =>
      form.getByLabel('有证据证明没有主观过错').selectOption({ label: '未核实' }),
    );
    await did(page, '转普通程序', async (form) => {
      await form.getByLabel('另一名执法人员').selectOption({ label: 'A1-2' });
      await form.getByLabel('理由').fill('是否有主观过错尚待查明');
    });
    await at(page, '普通程序 · 已立卷');
    await page.getByText('待负责人立案', { exact: false }).first().waitFor();
    await go(head.page, id);
    await did(head.page, '不予处罚', async (form) => {
      await form.getByLabel('理由类别').selectOption('no_fault');
      await form.getByLabel('教育内容').fill('消防车通道不得停放车辆');
    });
    await at(head.page, '不予处罚');
    await head.page.getByText('不予处罚决定书').first().waitFor();
    const paper = await paperOf(id, 'no_penalty_decision');
    expect(paper).toContain('第三十三条第二款');
    expect(paper).toContain('六个月内直接向');
    expect(paper).not.toContain('＿＿＿＿');
  }, 120_000);

  test('the right to a hearing waived with the refusal to sign noted; transferred with a letter to the other organ', async () => {
    const id = await files.told(individual(), 400);
    const { page } = officer;
    await go(page, id);
    await did(page, '听取陈述申辩', async (form) => {
      await form.getByLabel('另一名执法人员').selectOption({ label: 'A1-2' });
      await form.getByLabel('结果').selectOption('waived');
      await form.getByLabel('当事人现在签名或拒签').check();
      await form.getByRole('button', { name: '拒签' }).click();
    });
    await at(page, '已听取陈述');
    await go(head.page, id);
    await did(head.page, '移送', async (form) => {
      await form.getByLabel('移送机关').fill('宁波市公安局江北分局');
      await form.getByLabel('理由').fill('涉嫌以危险方法危害公共安全');
      expect(await violationsOf(head.page)).toEqual([]);
    });
    await at(head.page, '已移送');
    await head.page.getByText('案件移送书').first().waitFor();
    const letter = await paperOf(id, 'transfer_letter');
    expect(letter).toContain('宁波市公安局江北分局：');
    expect(letter).toContain('证据材料 2 份');
    expect((await files.read(id)).periods.every(({ endedAt }) => endedAt !== null)).toBe(true);
  }, 120_000);

  test('a hearing is asked for and announced, seven working days ahead, with place and chair', async () => {
    const soon = localText(files.room.place.now() + 2 * dayMs);
    const later = localText(files.room.place.now() + 16 * dayMs);
    for (const id of [held, missed]) {
      const { page } = officer;
      await go(page, id);
      await did(page, '登记听证申请', (form) =>
        form.getByLabel('听证请求').fill('对罚款数额有异议，要求听证'),
      );
      await page.getByText('当事人申请听证').waitFor();
      await button(page, '通知听证').click();
      const form = dialog(page);
      await form.getByLabel('听证时间').fill(soon);
      await form.getByLabel('地点').fill('镇政府三楼会议室');
      // neither the investigators nor anybody without the power to write the record
      const chairs = await form.getByLabel('听证主持人').locator('option').allTextContents();
      expect(chairs).toContain('reviewer-1');
      for (const nobody of ['A1-1', 'A1-2', 'A1-3', 'dispatcher-1']) expect(chairs).not.toContain(nobody);
      await form.getByLabel('听证主持人').selectOption({ label: 'reviewer-1' });
      await form.getByRole('button', { name: '确定' }).click();
      await form.getByText('须在举行听证的七个工作日前通知当事人').waitFor();
      await form.getByText('最早', { exact: false }).waitFor();
      expect(await violationsOf(page)).toEqual([]);
      await files.shoot(page, 'hearing-too-soon');
      await form.getByLabel('听证时间').fill(later);
      await form.getByRole('button', { name: '确定' }).click();
      await form.waitFor({ state: 'detached' });
      await page.getByText('听证通知书').first().waitFor();
    }
    expect(await paperOf(held, 'hearing_notice')).toContain('在镇政府三楼会议室举行听证，由reviewer-1担任');
  }, 120_000);

  test('the days pass: one hearing is held, the other ends without its party; payment is demanded', async () => {
    // fifteen days to pay, and the last of them may fall into a week of holidays
    await files.pass(25);
    await go(reviewer.page, held);
    await did(reviewer.page, '记录听证', async (form) => {
      await form.getByLabel('笔录').fill('主持人核对身份。当事人陈述：数额过高。调查人员出示照片。');
      await files.shoot(reviewer.page, 'hearing-record');
    });
    await reviewer.page.getByText('听证笔录').first().waitFor();
    await reviewer.page.getByText('听证：如期举行').waitFor();
    await did(reviewer.page, '听取陈述申辩', async (form) => {
      await form.getByLabel('结果').selectOption('heard');
      await form.getByLabel('陈述申辩内容').fill('请求从轻');
    });
    await at(reviewer.page, '已听取陈述');
    // what was said at the hearing stands in the sealed record and in no fact
    const { timeline } = await files.head.ok('readIncident', {
      params: { incidentId: (await files.read(held)).incidentId },
    });
    expect(JSON.stringify(timeline)).not.toContain('数额过高');
    expect(await paperOf(held, 'hearing_record')).toContain('数额过高');

    await go(reviewer.page, missed);
    await did(reviewer.page, '记录听证', async (form) => {
      await form.getByLabel('结果').selectOption('absent');
      await form.getByLabel('笔录').fill('当事人经通知未到场，等候三十分钟。');
    });
    await reviewer.page.getByText('听证：终止，当事人无正当理由拒不出席').waitFor();
    await did(reviewer.page, '听取陈述申辩', (form) => form.getByLabel('结果').selectOption('waived'));
    await at(reviewer.page, '已听取陈述');
    expect((await files.read(missed)).progress).toMatchObject({
      hearingEnded: 'absent',
      statement: 'waived',
    });

    const { page } = head;
    await go(page, unpaid);
    await page.getByText('逾期加处罚款', { exact: false }).waitFor();
    await did(page, '催告缴款');
    await at(page, '执行中');
    await page.getByText('制作催告书').waitFor();
    await page.getByText('现在不能办').click();
    await page.getByText('催告书送达后十个工作日未满', { exact: false }).waitFor();
    await go(officer.page, unpaid);
    await did(officer.page, '送达催告书', (form) => form.getByLabel('送达方式').selectOption('mail'));
    await officer.page.getByText('催告书已送达').waitFor();
    expect(await paperOf(unpaid, 'demand_letter')).toContain('申请强制执行');
  }, 180_000);

  test('published, then remedies, revoked, and what was published is withdrawn with its reasons', async () => {
    const evidenceIds = (
      await files.head.ok('readEvidence', { params: { incidentId: (await files.read(held)).incidentId } })
    ).evidence.map(({ id }) => id);
    await files.step(files.officer, held, { act: 'sign' });
    await files.step(files.partner, held, { act: 'sign' });
    await files.step(files.officer, held, { act: 'request_review' });
    await files.step(files.reviewer, held, { act: 'review', passed: true, text: '程序合法' });
    await files.step(files.head, held, {
      act: 'decide',
      proposal: { kind: 'fine', amountYuan: 5000 },
      text: '占用消防车通道',
      evidenceIds,
    });
    const { page } = head;
    await go(page, held);
    await at(page, '已决定');
    // nobody reads of a decision before its party does
    expect(
      await button(page, '公示决定')
        .isEnabled()
        .catch(() => false),
    ).toBe(false);
    await files.step(files.officer, held, { act: 'serve', mode: 'left' });
    await at(page, '已送达');
    await did(page, '公示决定');
    await page.getByText('决定公示').waitFor();
    await did(page, '登记复议、诉讼', (form) => form.getByLabel('救济途径').selectOption('review'));
    await page.getByText('行政复议：', { exact: false }).first().waitFor();
    await did(page, '登记复议、诉讼结束', (form) => form.getByLabel('救济途径').selectOption('review'));
    await did(page, '登记复议、诉讼', (form) => form.getByLabel('救济途径').selectOption('lawsuit'));
    await page.getByText('行政诉讼：', { exact: false }).first().waitFor();
    expect((await files.read(held)).remedies).toMatchObject([
      { remedy: 'review', endedAt: expect.any(String) },
      { remedy: 'lawsuit', endedAt: null },
    ]);
    await did(page, '撤销或变更决定', async (form) => {
      await form.getByLabel('结果').selectOption('revoked');
      await form.getByLabel('理由').fill('法院判决撤销（2026）浙0205行初1号');
    });
    await at(page, '已撤销');
    await page.getByText('撤回公示（行政处罚法四十八条）').waitFor();
    await did(page, '撤回公示', (form) => form.getByLabel('理由').fill('处罚决定已被人民法院判决撤销'));
    await page.getByText('撤回公示并说明理由：处罚决定已被人民法院判决撤销').waitFor();
    const after = await files.read(held);
    expect(after.remedies.every(({ endedAt }) => endedAt !== null)).toBe(true);
    expect(after.periods.find(({ period }) => period === 'withdrawPublished')?.endedAt).not.toBeNull();
    expect(await violationsOf(page)).toEqual([]);
  }, 180_000);

  test('ten working days after the demand letter the court may be asked, and the file is closed as enforced', async () => {
    await files.pass(25);
    const { page } = head;
    await go(page, unpaid);
    await did(page, '案卷结案', (form) => form.getByLabel('已强制执行完毕').check());
    await at(page, '已结案');
    expect((await files.read(unpaid)).payment).toMatchObject({ paidYuan: 0, lateYuan: expect.any(Number) });
    for (const { faults } of [officer, head, reviewer])
      expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
  }, 120_000);
});
