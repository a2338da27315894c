import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { approximateHypercube } from '../../../shared/rules/forecast/approximate.ts';
import type { Demand, HypercubeOutcome, HypercubeResult } from '../../../shared/rules/forecast/demand.ts';
import { correction, erlang } from '../../../shared/rules/forecast/erlang.ts';
import { exactHypercube } from '../../../shared/rules/forecast/exact.ts';

interface Book {
  readonly inputs_read_in_text: { readonly servers: number; readonly lambda: number; readonly mu: number };
  readonly inputs_derived: Readonly<
    Record<'lambda_1' | 'lambda_2' | 'lambda_4' | 'area2_total' | 'area3_total', number>
  >;
  readonly published_outputs: {
    readonly workloads_exact: readonly number[];
    readonly PQ_prime: number;
    readonly interresponse_fraction: number;
    readonly f_11_approx: number;
    readonly Q_3_half: readonly number[];
    readonly workloads_approximation_iteration3: readonly number[];
  };
  readonly computed: {
    readonly pi_b3b2b1: Readonly<Record<string, number>>;
    readonly workloads: readonly number[];
    readonly interresponse_fraction: number;
    readonly f_11: number;
  };
  readonly tolerances: Readonly<Record<'workloads' | 'interresponse_fraction' | 'approx', number>>;
}

const file = '../../../data/acceptance/hypercube/larson_uor_3server.json';
const book = JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as Book;
const given = book.inputs_derived;
const demand: Demand = {
  teams: book.inputs_read_in_text.servers,
  serviceTime: 1 / book.inputs_read_in_text.mu,
  rates: [given.lambda_1, given.lambda_2, given.lambda_4, given.area2_total, given.area3_total],
  order: [0, 1, 2, 0, 1, 2, 0, 2, 1, 1, 0, 2, 2, 0, 1],
};
const solved = (outcome: HypercubeOutcome): HypercubeResult => {
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.result;
};
/** The largest difference between two lists of numbers. */
const gap = (actual: ArrayLike<number>, expected: ArrayLike<number>): number =>
  Math.max(...Array.from(expected, (value, i) => Math.abs(actual[i]! - value)));

describe('hypercube: the three-server case of Larson and Odoni', () => {
  const outcome = exactHypercube(demand);
  const exact = solved(outcome);
  const states = outcome.states!;

  test('hypercube: exact workloads to four decimals', () => {
    expect(gap(exact.workloads, book.published_outputs.workloads_exact)).toBeLessThanOrEqual(
      book.tolerances.workloads,
    );
    expect(gap(exact.workloads, book.computed.workloads)).toBeLessThanOrEqual(1e-7);
  });

  test('hypercube: probability of each state', () => {
    for (const [bits, value] of Object.entries(book.computed.pi_b3b2b1))
      expect(states[Number.parseInt(bits, 2)]).toBeCloseTo(value, 5);
  });

  test('hypercube: all busy, inter-response fraction and dispatches to atom 1', () => {
    expect(exact.allBusy).toBeCloseTo(book.published_outputs.PQ_prime, 5);
    expect(gap([exact.interResponse], [book.published_outputs.interresponse_fraction])).toBeLessThanOrEqual(
      book.tolerances.interresponse_fraction,
    );
    expect(exact.interResponse).toBeCloseTo(book.computed.interresponse_fraction, 6);
    expect(exact.dispatches[0]).toBeCloseTo(book.computed.f_11, 7);
    expect(gap([exact.dispatches[0]!], [book.published_outputs.f_11_approx])).toBeLessThanOrEqual(5e-4);
  });

  test('hypercube: correction factors Q(3, 1/2, j)', () => {
    expect(gap(correction(3, 0.5), book.published_outputs.Q_3_half)).toBeLessThanOrEqual(5e-6);
  });

  test('hypercube: approximation after three iterations, and converged', () => {
    const third = solved(approximateHypercube(demand, { mostIterations: 3 }));
    expect(
      gap(third.workloads, book.published_outputs.workloads_approximation_iteration3),
    ).toBeLessThanOrEqual(book.tolerances.approx);
    const last = solved(approximateHypercube(demand));
    expect(gap(last.workloads, [0.5626, 0.4717, 0.4657])).toBeLessThanOrEqual(6e-5);
    expect(last.dispatches.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
  });

  test('hypercube control: with other preferences the numbers of the book are missed', () => {
    const turned = solved(
      exactHypercube({ ...demand, order: [0, 1, 2, 0, 1, 2, 0, 1, 2, 1, 0, 2, 2, 0, 1] }),
    );
    expect(Math.abs(turned.workloads[1]! - 0.4734)).toBeGreaterThan(book.tolerances.workloads);
  });
});

describe('hypercube: checks that need no table', () => {
  const permutation = (n: number): fc.Arbitrary<number[]> =>
    fc.shuffledSubarray(
      Array.from({ length: n }, (_, i) => i),
      { minLength: n },
    );
  const demands = fc.integer({ min: 1, max: 6 }).chain((teams) =>
    fc
      .array(fc.tuple(fc.double({ min: 0.01, max: 1, noNaN: true }), permutation(teams)), {
        minLength: 1,
        maxLength: 8,
      })
      .chain((groups) =>
        fc.double({ min: 0.05, max: 0.9, noNaN: true }).map((utilisation): Demand => {
          const sum = groups.reduce((total, [rate]) => total + rate, 0);
          return {
            teams,
            serviceTime: 1,
            rates: groups.map(([rate]) => (rate / sum) * teams * utilisation),
            order: groups.flatMap(([, order]) => order),
          };
        }),
      ),
  );

  test('hypercube: states summed by number busy equal M/M/N, and so do the totals', () => {
    fc.assert(
      fc.property(demands, (one) => {
        const outcome = exactHypercube(one);
        const result = solved(outcome);
        const queue = erlang(one.teams, result.utilisation * one.teams)!;
        const byBusy = new Float64Array(one.teams + 1);
        for (const [s, value] of outcome.states!.entries())
          byBusy[s.toString(2).replaceAll('0', '').length]! += value;
        expect(gap(byBusy, queue.busy.slice(0, -1))).toBeLessThanOrEqual(1e-8);
        expect(result.allBusy).toBeCloseTo(queue.allBusy, 8);
        const total = result.workloads.reduce((a, b) => a + b, 0);
        expect(total / one.teams).toBeCloseTo(result.utilisation, 8);
        expect(result.dispatches.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 8);
      }),
      { seed: 11, numRuns: 60 },
    );
  });

  test('hypercube: renaming the teams permutes the results, in both models', () => {
    fc.assert(
      fc.property(demands, fc.nat(), (one, shift) => {
        const name = (n: number): number => (n + shift) % one.teams;
        const renamed = { ...one, order: Array.from(one.order, name) };
        for (const model of [exactHypercube, approximateHypercube]) {
          const plain = solved(model(one)).workloads;
          const turned = solved(model(renamed)).workloads;
          expect(
            gap(
              Array.from(plain, (_, n) => turned[name(n)]!),
              plain,
            ),
          ).toBeLessThanOrEqual(1e-7);
        }
      }),
      { seed: 12, numRuns: 40 },
    );
  });

  test('hypercube: two teams with mirrored demand work equally', () => {
    const mirrored = { teams: 2, serviceTime: 1, rates: [0.4, 0.4], order: [0, 1, 1, 0] };
    for (const model of [exactHypercube, approximateHypercube]) {
      const { workloads } = solved(model(mirrored));
      expect(workloads[0]).toBeCloseTo(workloads[1]!, 10);
    }
  });

  test('hypercube: the approximation is close to the exact model where every team has its own area', () => {
    const towns = fc
      .array(fc.double({ min: 0.5, max: 1.5, noNaN: true }), { minLength: 5, maxLength: 10 })
      .map((weights): Demand => {
        const teams = weights.length;
        const sum = weights.reduce((a, b) => a + b, 0);
        // Areas on a ring: the own team first, then the nearest ones on either side.
        const order = weights.flatMap((_, j) =>
          Array.from({ length: teams }, (_, q) => (j + (q % 2 ? -1 : 1) * Math.ceil(q / 2) + teams) % teams),
        );
        return { teams, serviceTime: 1, rates: weights.map((w) => (w / sum) * teams * 0.5), order };
      });
    fc.assert(
      fc.property(towns, (one) => {
        expect(
          gap(solved(approximateHypercube(one)).workloads, solved(exactHypercube(one)).workloads),
        ).toBeLessThanOrEqual(0.015);
      }),
      { seed: 13, numRuns: 30 },
    );
  });

  test('hypercube: demand without a steady state and too many teams are refused', () => {
    const heavy = { teams: 1, serviceTime: 1, rates: [1], order: [0] };
    expect(exactHypercube(heavy)).toMatchObject({ ok: false, refusal: 'demand_excessive' });
    expect(approximateHypercube(heavy)).toMatchObject({ ok: false, refusal: 'demand_excessive' });
    const many = { teams: 20, serviceTime: 1, rates: [1], order: [...Array(20).keys()] };
    expect(exactHypercube(many)).toMatchObject({ ok: false, refusal: 'teams_many' });
    expect(approximateHypercube(many).ok).toBe(true);
  });

  test('hypercube: Erlang C of 2 servers at 1 erlang is one third', () => {
    expect(erlang(2, 1)!.allBusy).toBeCloseTo(1 / 3, 12);
    expect(erlang(2, 1)!.meanWait).toBeCloseTo(1 / 3, 12);
    expect(erlang(2, 2)).toBeUndefined();
  });
});
