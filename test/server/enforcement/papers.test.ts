import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PaperKind, type TemplateBody } from '../../../shared/contract/papers.ts';
import { amountInWords, dateInWords, instantInWords } from '../../../server/enforcement/chinese.ts';
import { citation } from '../../../server/enforcement/citation.ts';
import { birthDateOfCard, isCreditCode } from '../../../shared/rules/penalties/identity.ts';
import { renderPdf } from '../../../server/enforcement/pdf.ts';
import { fontFiles, sha256Of } from '../../../server/kernel/pdf.ts';
import { createSeal } from '../../../server/enforcement/seal.ts';
import { faultsOf, firstTemplates } from '../../../server/enforcement/templates.ts';
import { engines } from '../../kit/database.ts';
import { catalogue, clear, court, glass, individual, type Court } from './file-kit.ts';
import { get } from './upload-kit.ts';

describe('words of papers', () => {
  test.each([
    [50, '伍拾元整'],
    [200, '贰佰元整'],
    [3000, '叁仟元整'],
    [1050.5, '壹仟零伍拾元伍角'],
    [10_005, '壹万零伍元整'],
    [100_000, '壹拾万元整'],
    [120_300, '壹拾贰万零叁佰元整'],
    [0.08, '捌分'],
    [9.09, '玖元零玖分'],
  ])('%f yuan is %s', (yuan, words) => expect(amountInWords(yuan)).toBe(words));

  test('dates in the town', () => {
    expect(dateInWords(Date.UTC(2026, 2, 15, 16))).toBe('2026年3月16日');
    expect(instantInWords(Date.UTC(2026, 2, 16, 2, 5))).toBe('2026年3月16日10时05分');
  });

  test.each([
    [
      '消防法28、60①(5)、60②③',
      '《中华人民共和国消防法》第二十八条、第六十条第一款第（五）项、第六十条第二款、第三款',
    ],
    ['浙江市容条例32①(1)(2)', '《浙江省城市市容和环境卫生管理条例》第三十二条第一款第（一）项、第（二）项'],
    ['大气法119②', '《中华人民共和国大气污染防治法》第一百一十九条第二款'],
    [
      '城市道路管理条例27、42；宁波市政条例49',
      '《城市道路管理条例》第二十七条、第四十二条、《宁波市市政设施管理条例》第四十九条',
    ],
  ])('%s', (short, long) => expect(citation(short)).toBe(long));

  test('every basis of the catalogue is cited by full titles', () => {
    for (const { basis } of catalogue) expect(citation(basis)).toMatch(/^《[^》0-9]{4,}》第.+条/);
  });

  test('identity numbers check', () => {
    expect(birthDateOfCard('11010519491231002X')).toBe('1949-12-31'); // the example of GB 11643
    expect(birthDateOfCard('110105194912310021')).toBeNull();
    expect(birthDateOfCard('11010519490231002X')).toBeNull();
    expect(isCreditCode('91350100M000100Y43')).toBe(true); // the example of GB 32100
    expect(isCreditCode('91350100M000100Y44')).toBe(false);
  });
});

describe('sealing', () => {
  const seal = createSeal(Buffer.alloc(32, 7));
  test('opens under its own context and key alone, and shows nothing', () => {
    const sealed = seal.close('party', '张三');
    expect(seal.open('party', sealed).toString()).toBe('张三');
    expect(sealed.includes(Buffer.from('张三'))).toBe(false);
    expect(() => seal.open('paper/1', sealed)).toThrow(/authenticate/);
    expect(() => createSeal(Buffer.alloc(32, 8)).open('party', sealed)).toThrow(/authenticate/);
    sealed[30]! ^= 1;
    expect(() => seal.open('party', sealed)).toThrow(/authenticate/);
  });
  test('the same text is sealed differently and marked alike', () => {
    expect(seal.close('a', 'x').equals(seal.close('a', 'x'))).toBe(false);
    expect(seal.mark('plate', '浙B1')).toBe(seal.mark('plate', '浙B1'));
    expect(seal.mark('plate', '浙B1')).not.toBe(seal.mark('id', '浙B1'));
  });
});

describe('glyphs', () => {
  type Font = { hasGlyphForCodePoint(point: number): boolean };
  const fontkit = createRequire(createRequire(import.meta.url).resolve('pdfmake'))('fontkit') as {
    openSync(path: string): Font;
  };
  const lacking = (font: Font, text: string) =>
    Array.from(text).filter((character) => !font.hasGlyphForCodePoint(character.codePointAt(0)!));

  test.each(Object.entries(fontFiles))('%s draws rare characters of names and every template', (_, path) => {
    const font = fontkit.openSync(path);
    expect(lacking(font, '慈甬翀燚䶮㛃𬭎①¥·—〔〕')).toEqual([]);
    expect(lacking(font, JSON.stringify(firstTemplates))).toEqual([]);
    expect(lacking(font, '𓀀')).toEqual(['𓀀']); // control: a hieroglyph is not there
  });
});

describe('templates', () => {
  test('the first versions know their fields and hold what the law wants', () => {
    for (const [kind, body] of Object.entries(firstTemplates))
      expect([kind, faultsOf(kind as never, body)]).toEqual([kind, { unknown: [], missing: [] }]);
  });

  test('one without the remedy, or with an unknown field, is faulty', () => {
    const { title, blocks } = firstTemplates.onspot_decision;
    const without = blocks.filter((block) => !JSON.stringify(block).includes('{remedy}'));
    expect(faultsOf('onspot_decision', { title, blocks: without }).missing).toEqual(['remedy']);
    const strange: TemplateBody = { title, blocks: [...blocks, { block: 'paragraph', text: '{bank}' }] };
    expect(faultsOf('onspot_decision', strange).unknown).toEqual(['bank']);
  });

  test('the same content gives the same bytes; another letter does not', async () => {
    const content = {
      title: '送达回证',
      number: null,
      organ: '慈城镇人民政府',
      date: '2026年3月16日',
      fields: { receiver: '张𬭎' },
      officers: [],
      party: null,
      qr: null,
    };
    const at = Date.UTC(2026, 2, 16);
    const [first, again] = [
      await renderPdf(firstTemplates.service_receipt, content, at),
      await renderPdf(firstTemplates.service_receipt, content, at),
    ];
    expect(sha256Of(first)).toBe(sha256Of(again));
    expect(first.subarray(0, 5).toString()).toBe('%PDF-');
    const other = { ...content, fields: { receiver: '张翀' } };
    expect(sha256Of(await renderPdf(firstTemplates.service_receipt, other, at))).not.toBe(sha256Of(first));
  });
});

describe.each(engines())('papers over HTTP [%s]', { timeout: 120_000 }, (engine) => {
  let room: Court;
  beforeAll(async () => {
    room = await court(engine);
  });
  afterAll(() => room.town.close());

  /** Opens and decides a file by script; answers the paper's id. */
  async function decided(): Promise<string> {
    const incidentId = await room.incident('CY-10');
    const second = room.second.personId as never;
    const image = await glass();
    const proposal = { kind: 'fine', amountYuan: 50 } as const;
    const { output } = await room.open(room.first, incidentId, {
      open: 'simple',
      partnerId: second,
      party: individual({ name: '<b>张翀燚</b>' }),
      circumstances: clear,
      proposal,
    });
    const step = (body: Parameters<Court['did']>[2]) => room.did(room.first, output.id, body);
    await step({ act: 'tell', partnerId: second, licenceShown: true, rightsTold: true, proposal });
    await step({ act: 'hear', partnerId: second, outcome: 'waived', party: { image } });
    const signatures = [room.first, room.second].map(({ personId }) => ({
      personId: personId as never,
      image,
    }));
    const { papers } = await step({ act: 'decide', proposal, text: '随地丢弃果皮', signatures });
    return papers[0]!.id;
  }

  test('PDF once, then the same bytes; print view without scripts, with the party escaped', async () => {
    const id = await decided();
    const first = await get(room.town, `/papers/${id}.pdf`, room.first);
    expect(first.headers.get('content-type')).toContain('application/pdf');
    const bytes = Buffer.from(await first.arrayBuffer());
    expect(sha256Of(bytes)).toBe(first.headers.get('x-content-sha256'));
    const again = Buffer.from(await (await get(room.town, `/papers/${id}.pdf`, room.head)).arrayBuffer());
    expect(again.equals(bytes)).toBe(true);
    const html = await get(room.town, `/papers/${id}`, room.first);
    const text = await html.text();
    expect(text).toContain('&lt;b&gt;张翀燚&lt;/b&gt;');
    expect(text).toContain('伍拾元整');
    expect(text).toContain('第五十一条');
    expect(text).not.toContain('<script');
    expect(html.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await get(room.town, `/papers/${id}.pdf`)).status).toBe(401);
    const gridWorker = await room.town.person('gridWorker');
    expect((await get(room.town, `/papers/${id}.pdf`, gridWorker)).status).toBe(403);
    await expect(room.town.deps.db('paper').where({ id }).update({ number: 'x' })).rejects.toThrow(
      /superseded/,
    );
  });

  test('a new version of a template makes new papers, the old paper keeps its own', async () => {
    const before = await decided();
    const administrator = await room.town.person('administrator');
    const { title, blocks } = firstTemplates.onspot_decision;
    const body: TemplateBody = {
      title: '当场处罚决定书',
      blocks: [...blocks, { block: 'note', text: '新版' }],
    };
    const params = { kind: 'onspot_decision' };
    const faulty = { title, blocks: [{ block: 'paragraph', text: '{bank}' }] } as TemplateBody;
    const refused = await administrator.call('changeTemplate', {
      params,
      body: { body: faulty, note: '试' },
    });
    expect(refused.problem).toMatchObject({
      code: 'template_invalid',
      detail: { unknown: ['bank'], missing: expect.arrayContaining(['remedy', 'penaltyBasis']) },
    });
    expect((await room.first.call('changeTemplate', { params, body: { body, note: '试' } })).status).toBe(
      403,
    );
    const changed = await administrator.ok('changeTemplate', { params, body: { body, note: '改标题' } });
    expect(changed.version).toBe(2);
    const after = await decided();
    const text = async (id: string) => (await get(room.town, `/papers/${id}`, room.first)).text();
    expect(await text(after)).toContain('新版');
    expect(await text(before)).not.toContain('新版');
    const { templates } = await administrator.ok('listTemplates');
    expect(templates.filter(({ kind }) => kind === 'onspot_decision').map(({ version }) => version)).toEqual([
      1, 2,
    ]);
    expect(new Set(templates.map(({ kind }) => kind)).size).toBe(PaperKind.options.length);
  });

  test('numbers: blocks without a gap from many devices at once; used once, void for good, for their owner alone', async () => {
    const take = (phone: Court['first'], device: string) =>
      phone.ok('takeNumbers', { body: { kind: 'inquiry_notice', count: 7, device } });
    const blocks = await Promise.all(
      ['a', 'b', 'c', 'd'].map((device, i) => take(i % 2 ? room.second : room.first, device)),
    );
    const numbers = blocks.flatMap((block) => block.numbers.map(({ number }) => number)).toSorted();
    const nth = (number: string) => Number(/第(\d+)号/.exec(number)![1]);
    expect(numbers.map(nth)).toEqual(Array.from({ length: 28 }, (_, i) => nth(numbers[0]!) + i));
    const paths = blocks.flatMap((block) => block.numbers.map(({ statusPath }) => statusPath!));
    expect(new Set(paths).size).toBe(28);
    for (const path of paths) expect(path).toMatch(/^\/n\/[\w-]{32}$/); // 192 bits
    const spoilt = blocks[0]!.numbers[0]!.number;
    await room.first.ok('voidNumber', { body: { number: spoilt, reason: '打印损坏' } });
    const twice = await room.first.call('voidNumber', { body: { number: spoilt, reason: '再来' } });
    expect(twice.problem).toMatchObject({ code: 'number_spent', detail: { state: 'void' } });
    const foreign = await room.second.call('voidNumber', {
      body: { number: blocks[0]!.numbers[1]!.number, reason: '不是我的' },
    });
    expect(foreign.problem.code).toBe('number_unknown');
    const { db } = room.town.deps;
    await expect(db('paper_number').where({ number: spoilt }).update({ state: 'free' })).rejects.toThrow(
      /already/,
    );
    await expect(db('paper_number').where({ number: spoilt }).delete()).rejects.toThrow(/already/);
  });
});
