import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Matter, MatterSchema } from '../../shared/contract/matters.ts';
import { limitOfText } from '../../shared/rules/deadlines/limit-text.ts';
import { type CrewMember, crewRefusal } from '../../shared/rules/penalties/crew.ts';
import {
  type Circumstances,
  type PenaltyParty,
  type SimpleQuestion,
  type SimpleRefusal,
  maySimple,
} from '../../shared/rules/penalties/may-simple.ts';
import { cashRefusal, daysLate, lateSumYuan, remedyTextKey } from '../../shared/rules/penalties/payment.ts';
import { simpleAnswer, simpleCapYuan } from '../../shared/rules/penalties/simple-columns.ts';
import { milder } from '../../shared/rules/penalties/versions.ts';

const file = JSON.parse(readFileSync(new URL('../../data/matters.json', import.meta.url), 'utf8')) as {
  matters: unknown;
};
const matters = MatterSchema.array().parse(file.matters);
const matterOf = (code: string): Matter => matters.find((m) => m.code === code)!;

const at = Date.UTC(2026, 2, 10, 2);
const day = 86_400_000;
const licence = { validFrom: at - 900 * day, validTo: at + 30 * day, revokedAt: null };
const crew: CrewMember[] = [
  { personId: 1, recused: false, licences: [licence] },
  { personId: 2, recused: false, licences: [licence] },
];
const individual: PenaltyParty = {
  kind: 'individual',
  present: true,
  identified: true,
  ageYears: 40,
  capable: true,
  guardianPresent: false,
};
const organisation: PenaltyParty = { ...individual, kind: 'organisation', ageYears: null };

const question = (
  code: string,
  party: PenaltyParty,
  amountYuan: number | null,
  more: Partial<Circumstances> = {},
  rest: Partial<SimpleQuestion> = {},
): SimpleQuestion => {
  const matter = matterOf(code);
  return {
    stage: 'decide',
    matter: { ...matter, status: 'delegated', validFrom: at - 100 * day, validTo: null },
    party,
    circumstances: {
      actAt: at - day,
      grave: false,
      overlays: matter.overlays,
      correction: 'none',
      finedBefore: false,
      minorHarmless: false,
      firstMinor: 'no',
      faultless: false,
      mitigated: false,
      benchmark: null,
      proposal: amountYuan === null ? null : { kind: 'fine', amountYuan },
      told: true,
      statement: 'heard',
      ...more,
    },
    crew,
    at,
    ...rest,
  };
};
const answer = (...args: Parameters<typeof question>): number | SimpleRefusal => {
  const may = maySimple(question(...args));
  return may.ok ? may.maxAmountYuan : may.refusal;
};

describe('the catalogue', () => {
  test.each(matters)('$code: derived columns are recomputed', (matter) => {
    expect([simpleAnswer(matter, 'individual'), simpleAnswer(matter, 'organisation')]).toEqual([
      matter.simpleIndividual,
      matter.simpleOrg,
    ]);
    const words = { yes: '可', no: '否', capped: '' };
    const clause = (name: string, value: Matter['simpleOrg'], cap: number): string[] =>
      value === null ? [] : [`${name}:${words[value] || `仅≤${cap}元`}`];
    const clauses = [
      ...clause('个人', matter.simpleIndividual, 200),
      ...clause('单位', matter.simpleOrg, 3000),
    ];
    expect(matter.simpleProcedure).toBe(clauses.join('；') || 'n/a');
    const limit = limitOfText(matter.deadline, Number(matter.priority.slice(1)));
    expect([limit?.clock ?? null, limit?.amount ?? null]).toEqual([
      matter.deadlineClock,
      matter.deadlineValue,
    ]);
    expect(limit).not.toBeUndefined();
  });

  test('how many may be settled on the spot', () => {
    const count = (column: 'simpleIndividual' | 'simpleOrg') =>
      ['yes', 'capped', 'no', null].map((value) => matters.filter((m) => m[column] === value).length);
    expect(count('simpleIndividual')).toEqual([9, 14, 14, 9]);
    expect(count('simpleOrg')).toEqual([10, 8, 18, 10]);
    expect(matters.filter((m) => ['after-deadline', 'after-refusal'].includes(m.trigger))).toHaveLength(19);
  });

  test('control: a matter with a stop of business is never simple', () => {
    expect(simpleAnswer({ ...matterOf('CY-02'), companionPenalties: ['stop_business'] }, 'individual')).toBe(
      'no',
    );
    expect(limitOfText('3 fortnights', 1)).toBeUndefined();
  });
});

describe('vectors', () => {
  test.each<[string, PenaltyParty, number | null, Partial<Circumstances>, number | SimpleRefusal]>([
    ['FD-01', individual, 200, {}, 200],
    ['FD-01', individual, 201, {}, 'amount_exceeded'],
    ['FD-01', organisation, 3000, {}, 'amount_exceeded'],
    ['CY-02', individual, 200, { correction: 'running' }, 'correction_missing'],
    ['CY-02', individual, 200, { correction: 'expired' }, 200],
    ['CY-06', individual, null, {}, 'penalty_nonexistent'],
    ['CY-08', organisation, 3000, { correction: 'expired' }, 3000],
    ['EN-02', organisation, 3000, {}, 'companion_blocked'],
    ['CY-20', { ...individual, present: false }, 100, {}, 'party_absent'],
    ['FS-01', individual, 50, {}, 50],
    ['FS-01', individual, 200, {}, 'amount_unlawful'],
    ['FS-01', individual, 200, { correction: 'refused' }, 200],
    ['FS-01', individual, 50, { correction: 'refused' }, 'amount_unlawful'],
    ['FS-01', individual, 100, {}, 'amount_unlawful'],
    ['CY-11', individual, 150, {}, 200],
    ['CY-11', organisation, 3000, {}, 'companion_blocked'],
    ['WA-01', individual, 100, { correction: 'expired' }, 'correction_missing'],
    ['WA-01', individual, 100, { correction: 'refused' }, 200],
    ['MU-02', individual, null, {}, 'penalty_nonexistent'],
  ])('%s for %j with %j', (code, party, amount, more, expected) => {
    expect(answer(code, party, amount, more)).toBe(expected);
  });
});

describe('the tests in their order', () => {
  const cases: [SimpleRefusal, Partial<Circumstances>, Partial<PenaltyParty>, Partial<SimpleQuestion>][] = [
    ['place_excluded', { overlays: ['fire_lane'] }, {}, {}],
    ['act_expired', { actAt: at - 731 * day }, {}, {}],
    ['correction_missing', { correction: 'corrected' }, {}, {}],
    ['act_penalised', { finedBefore: true }, {}, {}],
    ['exemption_unanswered', { minorHarmless: null }, {}, {}],
    ['exemption_unanswered', { firstMinor: null }, {}, {}],
    ['exemption_unanswered', { faultless: null }, {}, {}],
    ['exemption_applies', { minorHarmless: true }, {}, {}],
    ['exemption_applies', { faultless: true }, {}, {}],
    ['exemption_applies', { firstMinor: 'spared' }, {}, {}],
    ['party_minor', {}, { ageYears: 13, guardianPresent: true }, {}],
    ['party_minor', { mitigated: true }, { ageYears: 17 }, {}],
    ['party_minor', {}, { ageYears: 14, guardianPresent: true }, {}],
    ['party_incapable', {}, { capable: false }, {}],
    ['amount_exceeded', { benchmark: [300, 500] }, {}, {}],
    ['amount_unlawful', { proposal: { kind: 'fine', amountYuan: 99 } }, {}, {}],
    ['amount_unlawful', { benchmark: [150, 300], proposal: { kind: 'fine', amountYuan: 120 } }, {}, {}],
    ['amount_unlawful', { proposal: { kind: 'fine', amountYuan: Number.NaN } }, {}, {}],
    ['amount_unlawful', { proposal: { kind: 'warning' } }, {}, {}],
    ['party_absent', {}, { present: false }, {}],
    ['identity_unknown', {}, { identified: false }, {}],
    ['identity_unknown', {}, { ageYears: null }, {}],
    ['officers_insufficient', {}, {}, { crew: crew.slice(0, 1) }],
    ['officers_insufficient', {}, {}, { crew: [crew[0]!, crew[0]!] }],
    ['officers_insufficient', {}, {}, { crew: [crew[0]!, { personId: 3, recused: false, licences: [] }] }],
    ['licence_expired', {}, {}, { crew: [crew[0]!, { personId: 2, recused: false, licences: [{ ...licence, validTo: at }] }] }],
    ['licence_expired', {}, {}, { crew: [crew[0]!, { personId: 2, recused: false, licences: [{ ...licence, revokedAt: at - 1 }] }] }],
    ['officer_recused', {}, {}, { crew: [crew[0]!, { ...crew[1]!, recused: true }] }],
    ['party_untold', { told: false }, {}, {}],
    ['statement_missing', { statement: null }, {}, {}],
  ]; // prettier-ignore
  test.each(cases)('%s: %j %j', (refusal, circumstances, party, rest) => {
    const more = { correction: 'expired' as const, ...circumstances };
    expect(answer('CY-02', { ...individual, ...party }, 150, more, rest)).toBe(refusal);
  });

  test('recalled, never delegated, not yet in force', () => {
    const matter = question('CY-20', individual, 100).matter;
    for (const change of [
      { status: 'recalled' as const },
      { status: 'never_delegated' as const },
      { validFrom: at + 1 },
      { validTo: at },
    ])
      expect(answer('CY-20', individual, 100, {}, { matter: { ...matter, ...change } })).toBe(
        'matter_recalled',
      );
    expect(answer('CY-20', individual, 100)).toBe(200);
  });

  test('before the party is told and heard the file may be opened', () => {
    const untold = { told: false, statement: null } as const;
    expect(answer('CY-20', individual, 100, untold, { stage: 'open' })).toBe(200);
    expect(answer('CY-20', individual, 100, untold)).toBe('party_untold');
  });

  test('the first failing test answers', () => {
    const all = {
      finedBefore: true,
      overlays: [],
      told: false,
      minorHarmless: null,
      correction: 'none' as const,
    };
    expect(answer('CY-02', { ...individual, present: false }, 9999, all, { crew: [] })).toBe(
      'place_excluded',
    );
  });

  test('a youth of 14 to 17 with mitigation and guardian; five years for grave harm; a warning alone', () => {
    const youth = { ...individual, ageYears: 16, guardianPresent: true };
    expect(answer('CY-20', youth, 50, { mitigated: true })).toBe(200);
    expect(answer('CY-20', individual, 50, { actAt: at - 1000 * day, grave: true })).toBe(200);
    expect(answer('FD-01', individual, null, { proposal: { kind: 'warning' } })).toBe(0);
    expect(answer('FD-01', organisation, null, { proposal: { kind: 'warning' } })).toBe('amount_unlawful');
  });

  test('whatever is allowed lies under the cap, in the range, with two licensed officers', () => {
    const law = fc.property(
      fc.constantFrom(...matters),
      fc.constantFrom(individual, organisation),
      fc.integer({ min: -10, max: 6000 }),
      fc.constantFrom<Circumstances['correction']>('none', 'running', 'expired', 'refused'),
      fc.subarray(crew),
      (matter, party, amount, correction, present) => {
        const asked = question(matter.code, party, amount, { correction }, { crew: present });
        if (!maySimple(asked).ok) return true;
        const range = party.kind === 'individual' ? matter.fineIndividual : matter.fineOrg;
        const inRange = range !== null && amount >= range[0] && amount <= range[1];
        return inRange && amount <= simpleCapYuan[party.kind] && crewRefusal(present, at) === null;
      },
    );
    expect(fc.check(law, { numRuns: 5000 })).toMatchObject({ failed: false });
  });
});

describe('payment', () => {
  test('3 % a day, at most the fine', () => {
    expect([0, 1, 10, 33, 34, 400].map((days) => lateSumYuan(200, days))).toEqual([0, 6, 60, 198, 200, 200]);
    expect(lateSumYuan(33.33, 1)).toBe(1);
    expect(daysLate(100, 134, [[110, 119]])).toBe(24);
    // a review, then a lawsuit that began before it ended: each day once; days before and after do not count
    expect(
      daysLate(100, 134, [
        [115, 120],
        [110, 119],
        [90, 101],
        [134, 200],
      ]),
    ).toBe(34 - 11 - 1 - 1);
    expect(
      daysLate(100, 134, [
        [1, 100],
        [135, 140],
      ]),
    ).toBe(34);
    expect(daysLate(100, 99)).toBe(0);
  });
  test('cash on the spot', () => {
    const cash = {
      procedure: 'simple' as const,
      amountYuan: 100,
      hardToCollect: false,
      remoteAndRequested: false,
      financeReceipt: true,
    };
    expect(cashRefusal(cash)).toBeNull();
    expect(cashRefusal({ ...cash, amountYuan: 101 })).toBe('cash_unlawful');
    expect(cashRefusal({ ...cash, amountYuan: 101, hardToCollect: true })).toBeNull();
    expect(cashRefusal({ ...cash, amountYuan: 101, remoteAndRequested: true })).toBeNull();
    expect(cashRefusal({ ...cash, procedure: 'ordinary' })).toBe('cash_unlawful');
    expect(cashRefusal({ ...cash, financeReceipt: false })).toBe('receipt_missing');
  });
  test('the remedy text of the two procedures is never shared', () => {
    expect(remedyTextKey('simple')).not.toBe(remedyTextKey('ordinary'));
  });
});

describe('matters change with time', () => {
  test('the old law unless the new one is milder', () => {
    expect(milder([100, 500], [100, 500])).toBe('same');
    expect(milder([100, 500], [50, 500])).toBe('decision');
    expect(milder([100, 500], null)).toBe('decision');
    expect(milder([100, 500], [200, 600])).toBe('act');
    expect(milder(null, [200, 600])).toBe('act');
    expect(milder([100, 500], [50, 600])).toBe('unclear');
  });
});
