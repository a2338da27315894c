import { expect, test } from 'vitest';
import { differenceOf } from '../../../shared/rules/replay/figures.ts';

test('a difference of few incidents is never shown as one, however large', () => {
  const same = (count: number) => differenceOf(new Float64Array(count).fill(60_000), 1);
  expect(same(1)).toMatchObject({ meanSeconds: 60, low: 60, high: 60, shown: false });
  expect(same(4).shown).toBe(false);
  // control: of enough it is
  expect(same(5).shown).toBe(true);
});
