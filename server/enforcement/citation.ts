import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const catalogue = join(import.meta.dirname, '../../data/matters.json');
let known: Readonly<Record<string, { title: string }>> | undefined;

/** Full title of a law by the short name that the catalogue uses; an unknown one keeps its own. */
function titleOf(short: string): string {
  known ??= (JSON.parse(readFileSync(catalogue, 'utf8')) as { laws: Record<string, { title: string }> }).laws;
  // who issued it stands in brackets in the catalogue and not in a title
  return (Object.hasOwn(known, short) ? known[short]!.title : short).replace(/（[^（）]*）$/u, '');
}

const numerals = '零一二三四五六七八九';

/** 1 to 999 as articles are counted: 十, 二十八, 一百一十九. */
export function articleNumber(n: number): string {
  const [hundreds, tens, ones] = [Math.floor(n / 100), Math.floor(n / 10) % 10, n % 10];
  const head = hundreds > 0 ? `${numerals[hundreds]}百` : '';
  const ten =
    tens > 0
      ? `${tens === 1 && hundreds === 0 ? '' : numerals[tens]}十`
      : hundreds > 0 && ones > 0
        ? '零'
        : '';
  return `${head}${ten}${ones > 0 ? numerals[ones] : ''}`;
}

const circled = '①②③④⑤⑥⑦⑧⑨⑩';

/**
 * The catalogue's short form of a legal basis as papers write it: `消防法28、60①(5)` becomes
 * 《中华人民共和国消防法》第二十八条、第六十条第一款第（五）项.
 */
export const citation = (basis: string): string =>
  basis
    .split(/[；;]/u)
    .map((part) => {
      const match = /^(\D+?)(\d.*)$/u.exec(part.trim());
      if (!match) return `《${titleOf(part.trim())}》`;
      return `《${titleOf(match[1]!)}》${match[2]!.split('、').map(articleOf).join('、')}`;
    })
    .join('、');

/** `60②③` is 第六十条第二款、第三款; `32①(1)(2)` is 第三十二条第一款第（一）项、第（二）项. */
function articleOf(text: string): string {
  const [, article = '', rest = ''] = /^(\d+)(.*)$/u.exec(text.trim()) ?? [];
  if (article === '') return text;
  let words = `第${articleNumber(Number(article))}条`;
  let last = '';
  for (const token of rest.match(/[①-⑩]|\(\d+\)/gu) ?? []) {
    const kind = token.startsWith('(') ? '项' : '款';
    const number = kind === '项' ? Number(token.slice(1, -1)) : circled.indexOf(token) + 1;
    const name = kind === '项' ? `第（${articleNumber(number)}）项` : `第${articleNumber(number)}款`;
    words += last === kind ? `、${name}` : name;
    last = kind;
  }
  return words;
}
