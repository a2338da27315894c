import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dispatchKinds } from '../../shared/contract/dispatch-codes.ts';
import type { Command } from '../../shared/rules/command-line/command.ts';
import { completeCommand } from '../../shared/rules/command-line/complete.ts';
import { formatCommand } from '../../shared/rules/command-line/format.ts';
import { parseCommand } from '../../shared/rules/command-line/parse.ts';
import { accepted, context, refused } from './command-line-table.ts';

const read = (line: string): Command => {
  const parsed = parseCommand(line, context);
  if (!parsed.ok) throw new Error(`${line}: ${JSON.stringify(parsed.refusal)}`);
  return parsed.command;
};

test('the table holds 200 lines or more, none twice', () => {
  const lines = [...accepted, ...refused].map(([line]) => line);
  expect(lines.length).toBeGreaterThanOrEqual(200);
  expect(new Set(lines).size).toBe(lines.length);
});

test.each(accepted)('%s', (line, written) => {
  expect(formatCommand(read(line))).toBe(written);
  expect(read(written)).toEqual(read(line));
});

test.each(refused)('%s is refused: %s %s', (line, code, slot, selected) => {
  const parsed = parseCommand(line, context);
  expect(parsed).toMatchObject({ ok: false, refusal: { code, slot } });
  expect(parsed.ok ? null : line.slice(parsed.refusal.start, parsed.refusal.end)).toBe(selected);
});

describe('candidates', () => {
  const candidates = (line: string): readonly string[] => {
    const parsed = parseCommand(line, context);
    return parsed.ok ? [] : parsed.refusal.candidates;
  };
  test('an ambiguous slot names them', () => {
    expect(candidates('N lzt g1')).toEqual(['CY-07', 'CY-14']);
    expect(candidates('D ms 1042')).toEqual(['5', '6']);
    expect(candidates('N xfd g7')).toEqual(['330205103020007', '330205103021007']);
    expect(candidates('F 3')).toEqual(['3队', '#3']);
    expect(candidates('D')).toEqual([]);
    expect(candidates('DX')).toEqual(['D', 'DE', 'DO']);
  });
  test('a whole word wins over a beginning', () => {
    expect(read('D cn 1')).toMatchObject({ teams: ['3'] });
    expect(read('D 1 1')).toMatchObject({ teams: ['1'] });
  });
  test('too long a text is selected beyond its limit', () => {
    const parsed = parseCommand(`T 1 ${'长'.repeat(2001)}`, context);
    expect(parsed).toMatchObject({
      ok: false,
      refusal: { code: 'slot_invalid', slot: 'text', start: 2004, end: 2005 },
    });
  });
});

describe('completion', () => {
  const complete = (line: string) => {
    const done = completeCommand(line, line.length, context);
    return [done.slot, line.slice(done.start, done.end), done.choices.map((c) => c.insert)];
  };
  test.each([
    ['', ['command', '', ['N', 'D', 'DE', 'DO', 'EN', 'A', 'C', 'H', 'R', 'S', 'F', 'T', 'MSG', 'UH', '?']]],
    ['d', ['command', 'd', ['D', 'DE', 'DO']]],
    ['N x', ['matter', 'x', ['FD-01']]],
    ['N lt', ['matter', 'lt', ['EN-02', 'EN-03']]],
    ['N xfd g04', ['grid', 'g04', ['330205103018042']]],
    ['N xfd g42', ['grid', 'g42', ['330205103018042']]],
    ['D ', ['team', '', ['1', '2', '3', '5', '6', '12']]],
    ['D 3,c', ['team', 'c', ['2', '3']]],
    ['D 3, c', ['team', 'c', ['2', '3']]],
    ['D 3 #104', ['incident', '#104', ['1042', '1043']]],
    ['S 3 b', ['state', 'b', ['break']]],
    ['? m', ['word', 'm', ['MSG']]],
    ['Q x', ['text', 'x', []]],
  ])('%s', (line, expected) => {
    expect(complete(line)).toEqual(expected);
  });
});

describe('properties', () => {
  const key = (choices: readonly { key: string }[]) => fc.constantFrom(...choices.map((c) => c.key));
  const team = key(context.teams);
  const incident = fc.integer({ min: 1, max: 2_147_483_647 });
  const needed = fc
    .string({ unit: 'grapheme', maxLength: 40 })
    .map((text) => text.trim())
    .filter((text) => text !== '');
  const text = fc.oneof(fc.constant(''), needed);
  const duration = fc.oneof(
    fc.record({ kind: fc.constant('minutes' as const), minutes: fc.integer({ min: 1, max: 527_040 }) }),
    fc.record({ kind: fc.constant('until' as const), hour: fc.nat(23), minute: fc.nat(59) }),
  );
  const state = fc.constantFrom(
    'available',
    'out_of_service',
    'break',
    'paperwork',
    'vehicle',
    'training',
    'other',
  );
  const endsInPriority = (words: string): boolean => /(?:^|\s)p[1-5]$/iu.test(words.normalize('NFKC'));
  const command: fc.Arbitrary<Command> = fc.oneof(
    fc.record({
      kind: fc.constant('new' as const),
      matter: key(context.matters),
      cell: key(context.cells),
      text: text.filter((words) => !endsInPriority(words)),
      priority: fc.constantFrom(null, 1 as const, 2 as const, 3 as const, 4 as const, 5 as const),
    }),
    fc.record({
      kind: fc.constant('dispatch' as const),
      teams: fc.uniqueArray(team, { minLength: 1, maxLength: 4 }),
      incident,
      task: fc.constantFrom(null, ...dispatchKinds),
      also: fc.constantFrom('nothing' as const, 'en_route' as const, 'on_scene' as const),
    }),
    fc.record({ kind: fc.constantFrom('enroute' as const, 'arrive' as const, 'history' as const), team }),
    fc.record({ kind: fc.constant('clear' as const), team, disposition: text }),
    fc.record({ kind: fc.constant('hold' as const), incident, duration, text }),
    fc.record({ kind: fc.constant('recall' as const), incident, reason: text }),
    fc.record({ kind: fc.constant('status' as const), team, state, text }),
    fc.record({ kind: fc.constant('note' as const), incident, text: needed }),
    fc.record({
      kind: fc.constant('message' as const),
      team: fc.oneof(team, fc.constant('*')),
      text: needed,
    }),
    fc.record({
      kind: fc.constant('find' as const),
      query: fc.oneof(
        fc.record({ kind: fc.constant('cell' as const), cell: key(context.cells) }),
        fc.record({ kind: fc.constant('team' as const), team }),
        fc.record({ kind: fc.constant('incident' as const), incident }),
      ),
    }),
    fc.record({
      kind: fc.constant('help' as const),
      word: fc.constantFrom(null, 'N' as const, 'MSG' as const, '?' as const),
    }),
  ) as fc.Arbitrary<Command>;

  test('parse(format(c)) = c', () => {
    fc.assert(
      fc.property(command, (c) => {
        expect(parseCommand(formatCommand(c), context)).toEqual({ ok: true, command: c });
      }),
      { numRuns: 3000 },
    );
  });

  test('format(parse(line)) is stable for every line that is read', () => {
    const words = fc.constantFrom(
      ...accepted.flatMap(([line]) => line.split(/\s/u)),
      '，',
      'until',
      'ms',
      '0',
      'p1',
    );
    const line = fc.array(words, { maxLength: 7 }).map((parts) => parts.join(' '));
    let readable = 0;
    fc.assert(
      fc.property(line, (typed) => {
        const once = parseCommand(typed, context);
        if (!once.ok) return;
        readable++;
        expect(parseCommand(formatCommand(once.command), context)).toEqual(once);
      }),
      { numRuns: 5000 },
    );
    expect(readable).toBeGreaterThan(50);
  });

  test('never throws; a refusal lies inside the line', () => {
    const unicode = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
    // lone surrogates, too
    const units = fc.array(fc.nat(0xffff), { maxLength: 40 }).map((list) => String.fromCharCode(...list));
    const start = fc.constantFrom('', 'N ', 'D ', 'H 1 ', 'F ', '?', 'MSG * ', 'S 3 ', 'D 3,');
    const law = fc.property(start, fc.oneof(unicode, units), fc.nat(60), (head, tail, caret) => {
      const line = head + tail;
      const parsed = parseCommand(line, context);
      const done = completeCommand(line, caret, context);
      const inside = (at: { start: number; end: number }): boolean =>
        at.start >= 0 && at.start <= at.end && at.end <= line.length;
      return inside(done) && (parsed.ok || inside(parsed.refusal));
    });
    expect(fc.check(law, { numRuns: 5000 })).toMatchObject({ failed: false });
  });
});
