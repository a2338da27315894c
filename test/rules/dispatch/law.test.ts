import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { overrideReasons, taskKinds } from '../../../shared/contract/dispatch-codes.ts';
import type { RejectionCode, TaskKind } from '../../../shared/contract/dispatch-codes.ts';
import type { Candidate } from '../../../shared/contract/dispatch.ts';
import type { PersonId } from '../../../shared/contract/ids.ts';
import { evaluate } from '../../../shared/rules/dispatch/evaluate.ts';
import { judgeManual } from '../../../shared/rules/dispatch/manual.ts';
import { defaultPolicy } from '../../../shared/rules/dispatch/policy.ts';
import type { MemberFacts } from '../../../shared/rules/dispatch/situation.ts';
import { incident, licence, line, member, noon, situation, team } from './factory.ts';

interface Matter {
  readonly code: string;
  readonly domain: string;
}
const { matters } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../data/matters.json'), 'utf8'),
) as { matters: Matter[] };

/*
 * The table, written from the law and not from the code. Each crew says what it lacks for a task that may end
 * in an order or a decision (行政处罚法 arts. 42, 43), for coercion (行政强制法 arts. 17-18), and for a task open to
 * auxiliaries without a named officer (浙江省综合行政执法条例 art. 30).
 */
interface Crew {
  readonly name: string;
  readonly members: (field: string) => MemberFacts[];
  readonly decide: readonly RejectionCode[];
  readonly coerce: readonly RejectionCode[];
  readonly auxiliary: readonly RejectionCode[];
}

const officer = (changes: Parameters<typeof licence>[0] = {}, own: Partial<MemberFacts> = {}) =>
  member('officer', { licence: licence(changes), ...own });
const few: RejectionCode = 'licences_few';
const unfit: RejectionCode = 'coercion_unqualified';

const crews: readonly Crew[] = [
  { name: 'two officers', members: () => [officer(), officer()], decide: [], coerce: [], auxiliary: [] },
  {
    name: 'two officers of the very field',
    members: (field) => [officer({ fields: [field] }), officer({ fields: ['别的', field] })],
    decide: [],
    coerce: [],
    auxiliary: [],
  },
  {
    name: 'one officer and two auxiliaries',
    members: () => [officer(), member('auxiliary'), member('auxiliary')],
    decide: [few],
    coerce: [few, unfit],
    auxiliary: [],
  },
  {
    name: 'auxiliaries only',
    members: () => [member('auxiliary'), member('auxiliary')],
    decide: [few],
    coerce: [few, unfit],
    auxiliary: ['supervisor_missing'],
  },
  {
    name: 'two officers, one off the roster',
    members: () => [officer(), officer({}, { onDuty: false })],
    decide: [few],
    coerce: [few, unfit],
    auxiliary: [],
  },
  {
    name: 'two officers, one licence ended this very instant',
    members: () => [officer(), officer({ validTo: noon })],
    decide: [few, 'licence_expired'],
    coerce: [few, unfit, 'licence_expired'],
    auxiliary: [],
  },
  {
    name: 'three officers, one licence ended: two sound ones remain',
    members: () => [officer(), officer(), officer({ validTo: noon - 1 })],
    decide: [],
    coerce: [],
    auxiliary: [],
  },
  {
    name: 'two officers, one licence not yet valid',
    members: () => [officer(), officer({ validFrom: noon + 1 })],
    decide: [few, 'licence_expired'],
    coerce: [few, unfit, 'licence_expired'],
    auxiliary: [],
  },
  {
    name: 'two officers, one of another field',
    members: () => [officer(), officer({ fields: ['别的'] })],
    decide: [few, 'licence_foreign'],
    coerce: [few, unfit, 'licence_foreign'],
    auxiliary: [],
  },
  {
    name: 'two officers, one recused',
    members: () => [officer(), officer({}, { recusals: ['party-7'] })],
    decide: [few, 'member_recused'],
    coerce: [few, unfit, 'member_recused'],
    auxiliary: ['member_recused'],
  },
  {
    name: 'three officers, one recused: the team as a whole stays away',
    members: () => [officer(), officer(), officer({}, { recusals: ['party-7'] })],
    decide: ['member_recused'],
    coerce: ['member_recused'],
    auxiliary: ['member_recused'],
  },
  {
    name: 'two officers, one not qualified for coercion',
    members: () => [officer(), officer({ coercion: false })],
    decide: [],
    coerce: [unfit],
    auxiliary: [],
  },
  {
    name: 'two officers without any licence',
    members: () => [member('officer', { licence: null }), member('officer', { licence: null })],
    decide: [few],
    coerce: [few, unfit],
    auxiliary: ['supervisor_missing'],
  },
  {
    name: 'an auxiliary who carries a licence is no officer',
    members: () => [officer(), member('auxiliary', { licence: licence() })],
    decide: [few],
    coerce: [few, unfit],
    auxiliary: [],
  },
];

const deciding: readonly TaskKind[] = ['handle', 'correct', 'operation'];
const supervisor = 900 as PersonId;

function lawful(crew: Crew, kind: TaskKind, supervised: boolean): readonly RejectionCode[] {
  if (kind === 'coerce') return crew.coerce;
  if (deciding.includes(kind)) return crew.decide;
  return supervised ? crew.auxiliary.filter((code) => code !== 'supervisor_missing') : crew.auxiliary;
}

function judged(crew: Crew, matter: Matter, kind: TaskKind, supervised: boolean): Candidate {
  const facts = incident(1, 5000, 5000, { matterCode: matter.code, recusalKeys: ['party-7', 'case-1'] });
  const candidates = evaluate(
    situation(facts, [team(1, 4000, 5000, { members: crew.members(matter.domain) })], {
      line: line({ taskKind: kind, field: matter.domain, supervisorId: supervised ? supervisor : null }),
    }),
    defaultPolicy,
    noon,
  );
  return candidates[0]!;
}

const sorted = (codes: readonly string[]) => codes.toSorted().join(' ');

describe.each(crews)('$name', (crew) => {
  test('for every matter and every kind of task the filter is the table', () => {
    const wrong: string[] = [];
    for (const matter of matters)
      for (const kind of taskKinds)
        for (const supervised of [true, false]) {
          const codes = judged(crew, matter, kind, supervised).reasons.map(({ code }) => code);
          if (sorted(codes) !== sorted(lawful(crew, kind, supervised)))
            wrong.push(`${matter.code} ${kind} ${supervised}: ${sorted(codes)}`);
        }
    expect(wrong).toEqual([]);
  });

  test('no reason of a dispatcher passes what the law holds', () => {
    const passed: string[] = [];
    for (const kind of taskKinds)
      for (const reason of overrideReasons) {
        const candidate = judged(crew, matters[0]!, kind, false);
        const choice = judgeManual(candidate, { reason, text: 'because' });
        if (choice.ok !== (lawful(crew, kind, false).length === 0)) passed.push(`${kind} ${reason}`);
      }
    expect(passed).toEqual([]);
  });
});

test('the table is not all one answer', () => {
  expect(matters).toHaveLength(46);
  const answers = crews.flatMap((crew) => taskKinds.map((kind) => lawful(crew, kind, false).length === 0));
  expect(answers.filter(Boolean).length).toBeGreaterThan(30);
  expect(answers.filter((answer) => !answer).length).toBeGreaterThan(30);
});

test('control: a minimum of one would let a lone officer through the table', () => {
  const lone = crews.find(({ name }) => name.startsWith('one officer'))!;
  const candidate = judged(lone, matters[0]!, 'handle', false);
  expect(candidate.licensed).toBe(1);
  expect(candidate.reasons[0]).toEqual({ code: 'licences_few', have: 1, need: 2 });
});
