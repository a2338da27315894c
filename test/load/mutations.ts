import * as fc from 'fast-check';

/** One way to spoil a value that would be right. */
export type Mutation =
  | { readonly kind: 'none' }
  | { readonly kind: 'replace' | 'whole'; readonly at: number; readonly with: unknown }
  | { readonly kind: 'remove'; readonly at: number }
  | { readonly kind: 'add'; readonly at: number; readonly key: string; readonly with: unknown }
  | { readonly kind: 'text'; readonly how: TextFault };

/** Faults of a body before it is JSON at all. */
export type TextFault =
  'cut' | 'empty' | 'nan' | 'prototype' | 'deep' | 'long' | 'encoding' | 'type' | 'twice' | 'number';

/** Values at which programs stumble. */
const junk: readonly unknown[] = [
  null,
  true,
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '👮🏽‍♀️',
  '𠮷',
  "'; drop table incident; --",
  '${7*7}{{7*7}}<script>alert(1)</script>',
  '../../etc/passwd',
  'x'.repeat(3000),
  '2026-02-30T25:61:61Z',
  '+275760-09-13T00:00:00.001Z',
  '9999-12-31T23:59:59Z',
  '0001-01-01T00:00:00Z',
  'NaN',
  0,
  -0,
  -1,
  0.5,
  1e-320,
  2_147_483_647,
  2_147_483_648,
  Number.MAX_SAFE_INTEGER,
  2 ** 53,
  1e19,
  -1e19,
  1e308,
  [],
  {},
  [[]],
  [null],
  { length: 3 },
  { toString: 1, valueOf: 2 },
  Array.from({ length: 300 }, (_, i) => i),
  Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`k${i}`, i])),
];

const keys = [
  'extra',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'id',
  'state',
  '',
  '\u0000',
  '$where',
];
const texts: readonly TextFault[] = [
  'cut',
  'empty',
  'nan',
  'prototype',
  'deep',
  'long',
  'encoding',
  'type',
  'twice',
  'number',
];

const place = fc.nat(1000);
const odd = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...junk) },
  { weight: 1, arbitrary: fc.jsonValue() },
);

/** Any mutation; a value that is left right is one of them. */
export const mutations: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Mutation>({ kind: 'none' }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('replace' as const), at: place, with: odd }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('whole' as const), at: place, with: odd }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('remove' as const), at: place }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('add' as const),
      at: place,
      key: fc.constantFrom(...keys),
      with: odd,
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('text' as const), how: fc.constantFrom(...texts) }) },
);

type Holder = Record<string | number, unknown>;

/** Every place in a value: the object or array that holds it, and its key there. */
function places(value: unknown, found: [Holder, string | number][] = []): [Holder, string | number][] {
  if (typeof value !== 'object' || value === null) return found;
  const holder = value as Holder;
  const own = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  for (const key of own) {
    found.push([holder, key]);
    places(holder[key], found);
  }
  return found;
}

/** A copy of a value, spoilt. `text` mutations spoil the bytes, see `bytesOf`. */
export function spoilt(value: unknown, mutation: Mutation): unknown {
  if (mutation.kind === 'none' || mutation.kind === 'text') return value;
  if (mutation.kind === 'whole') return mutation.with;
  const copy = structuredClone(value);
  const all = places(copy);
  if (mutation.kind === 'add') {
    const holders = [copy, ...all.map(([holder, key]) => holder[key])].filter(
      (one): one is Holder => typeof one === 'object' && one !== null && !Array.isArray(one),
    );
    const holder = holders[mutation.at % Math.max(1, holders.length)];
    if (!holder) return { [mutation.key]: mutation.with };
    // not an assignment: `__proto__` shall be a member like any other
    Object.defineProperty(holder, mutation.key, {
      value: mutation.with,
      enumerable: true,
      configurable: true,
    });
    return copy;
  }
  const [holder, key] = all[mutation.at % Math.max(1, all.length)] ?? [];
  if (holder === undefined || key === undefined) return mutation.kind === 'replace' ? mutation.with : {};
  if (mutation.kind === 'replace') holder[key] = mutation.with;
  else if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
  return copy;
}

/** The bytes and the content type that go over the wire. */
export function bytesOf(value: unknown, mutation: Mutation): { bytes: Buffer; type: string } {
  const json = JSON.stringify(value) ?? '';
  const type = 'application/json';
  if (mutation.kind !== 'text') return { bytes: Buffer.from(json), type };
  switch (mutation.how) {
    case 'cut':
      return { bytes: Buffer.from(json.slice(0, -1)), type };
    case 'empty':
      return { bytes: Buffer.alloc(0), type };
    case 'nan':
      return { bytes: Buffer.from('{"point":{"lng":NaN,"lat":Infinity}}'), type };
    case 'prototype':
      return {
        bytes: Buffer.from('{"__proto__":{"role":"head"},"constructor":{"prototype":{"x":1}}}'),
        type,
      };
    case 'deep':
      return { bytes: Buffer.from(`{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`), type };
    case 'long':
      return { bytes: Buffer.from(`{"text":"${'长'.repeat(350_000)}"}`), type };
    case 'encoding':
      return {
        bytes: Buffer.concat([Buffer.from('{"text":"'), Buffer.from([0xff, 0xfe, 0xc0]), Buffer.from('"}')]),
        type,
      };
    case 'type':
      return { bytes: Buffer.from(json), type: 'application/x-www-form-urlencoded' };
    case 'twice':
      return { bytes: Buffer.from(`{"text":1,"text":2,${json.slice(1)}`), type };
    default:
      return { bytes: Buffer.from('1e999'), type };
  }
}

/** Identifiers in a path, right and wrong. */
export const pathIds = (right: readonly number[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...right.map(String), '1') },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        '0',
        '-1',
        '1.5',
        '1e3',
        '2147483648',
        '999999999999999',
        '9007199254740993',
        '99999999999999999999',
        'abc',
        '%00',
        '%ff',
        '..%2f..',
        '%E2%80%AE1',
        '1;select',
        'NaN',
        '__proto__',
        'x'.repeat(500),
      ),
    },
  );

/** Half a surrogate pair has no place in a URL. */
const wellFormed = (text: string): string => Buffer.from(text).toString();

/** A query string, right parts spoilt. */
export function queryOf(right: Readonly<Record<string, unknown>>, mutation: Mutation): string {
  const pairs = Object.entries(right)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(wellFormed(String(value)))}`);
  if (mutation.kind === 'none') return pairs.join('&');
  if (mutation.kind === 'remove')
    return pairs.toSpliced(mutation.at % Math.max(1, pairs.length), 1).join('&');
  if (mutation.kind === 'text') return [...pairs, ...oddQueries[mutation.how]].join('&');
  const value = encodeURIComponent(wellFormed(JSON.stringify(mutation.with) ?? ''));
  if (mutation.kind === 'add' || pairs.length === 0)
    return [
      ...pairs,
      `${encodeURIComponent(mutation.kind === 'add' ? mutation.key : 'limit')}=${value}`,
    ].join('&');
  const at = mutation.at % pairs.length;
  return pairs.with(at, `${pairs[at]!.split('=')[0]}=${value}`).join('&');
}

const oddQueries: Readonly<Record<TextFault, readonly string[]>> = {
  cut: ['%'],
  empty: ['', '&', '='],
  nan: ['limit=NaN', 'lng=Infinity'],
  prototype: ['__proto__[x]=1', 'constructor=1'],
  deep: [`${'a[b]'.repeat(300)}=1`],
  long: [`text=${'x'.repeat(6000)}`],
  encoding: ['text=%ff%fe', 'text=%00'],
  type: ['limit[]=1', 'limit[a]=2'],
  twice: ['limit=1', 'limit=2'],
  number: ['limit=1e999', 'since=-1e400'],
};
