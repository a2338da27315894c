import { expect, test } from 'vitest';
import { rejectionCodes, shortfallCodes } from '../../shared/contract/dispatch-codes.ts';
import { refusals } from '../../shared/contract/refusals.ts';
import { keyActs } from '../../client/ui/keys.ts';
import { en } from '../../client/words/en.ts';
import { formatAge, formatInstant, formatMetres, formatTimer } from '../../client/words/format.ts';
import { zhCN } from '../../client/words/zh-CN.ts';

/** Stands for whatever a sentence takes: a text by itself, the number under any name. */
const values = (value: number) =>
  new Proxy(Object(String(value)) as object, {
    get: (target, key) => {
      const own: unknown = Reflect.get(target, key, target);
      if (typeof key === 'symbol') return own;
      return own === undefined ? value : typeof own === 'function' ? own.bind(target) : own;
    },
  });

/** Each sentence with its path; a sentence that takes values is called with numbers and with words. */
function sentences(node: unknown, path = ''): [path: string, sentence: string][] {
  if (typeof node === 'string') return [[path, node]];
  if (typeof node === 'function') {
    const call = node as (...v: unknown[]) => unknown;
    const said = (value: number) =>
      String(call(...Array.from({ length: Math.max(1, node.length) }, () => values(value))));
    return [
      [path, said(1)],
      [`${path} (many)`, said(3)],
    ];
  }
  return Object.entries(node as object).flatMap(([key, child]) =>
    sentences(child, path ? `${path}.${key}` : key),
  );
}

const paths = (words: unknown) => sentences(words).map(([path]) => path);

/** Keys that only one of two languages has. */
function unlike(a: unknown, b: unknown): string[] {
  const [inA, inB] = [new Set(paths(a)), new Set(paths(b))];
  return [...inA].filter((path) => !inB.has(path)).concat([...inB].filter((path) => !inA.has(path)));
}

test('both languages have every key and no sentence is empty', () => {
  expect(unlike(zhCN, en)).toEqual([]);
  for (const words of [zhCN, en])
    expect(sentences(words).filter(([, sentence]) => sentence.trim() === '')).toEqual([]);
});

test('control: a missing key is seen', () => {
  const { title: _, ...poor } = en.console;
  expect(unlike(zhCN, { ...en, console: poor })).toEqual(['console.title']);
});

test('English is English and Chinese is Chinese, but for names, units and the other language by its own name', () => {
  const own = /language\.(next|label)$/;
  const chinese = /\p{Script=Han}/u;
  const stray = sentences(en).filter(([path, sentence]) => chinese.test(sentence) && !own.test(path));
  expect(stray).toEqual([]);
  const untranslated = sentences(zhCN).filter(
    ([path, sentence]) => /[a-z]{4}/i.test(sentence) && !chinese.test(sentence) && !own.test(path),
  );
  expect(untranslated).toEqual([]);
});

test('every refusal, rejection, shortfall and key act has its sentence', () => {
  for (const words of [zhCN, en]) {
    expect(Object.keys(words.refusals).toSorted()).toEqual(Object.keys(refusals).toSorted());
    expect(Object.keys(words.codes.rejection).toSorted()).toEqual([...rejectionCodes].toSorted());
    expect(Object.keys(words.codes.shortfall).toSorted()).toEqual([...shortfallCodes].toSorted());
    expect(Object.keys(words.console.keys.acts).toSorted()).toEqual([...keyActs].toSorted());
  }
});

test('English counts have their plural', () => {
  expect(en.console.header.onDuty({ teams: 1 })).toBe('1 team on duty');
  expect(en.console.header.onDuty({ teams: 2 })).toBe('2 teams on duty');
});

test('figures are written the same way everywhere', () => {
  expect(formatTimer(187)).toBe('03:07');
  expect(formatTimer(3729)).toBe('1:02:09');
  expect([8, 190, 7300, 200_000].map(formatAge)).toEqual(['8s', '3m', '2h', '2d']);
  expect(formatMetres(64.4)).toBe('64 m');
  expect(formatMetres(1240)).toBe('1.2 km');
  expect(formatInstant(Date.UTC(2026, 0, 31, 16, 5, 9))).toBe('2026-02-01 00:05:09');
});
