import { expect, test } from 'vitest';
import { coverageWithout } from '../../client/console/coverage.ts';
import { lngLat } from '../../shared/contract/datums.ts';
import { defaultPolicy } from '../../shared/rules/dispatch/policy.ts';

const at = Date.UTC(2026, 2, 16, 2, 0, 0);
const cells = [0, 1, 2, 3].map((i) => ({ id: i, point: lngLat(121.4 + i * 0.05, 29.96) }));
const near = { teamId: 1, point: { lng: 121.4, lat: 29.96 } };
const far = { teamId: 2, point: { lng: 121.55, lat: 29.96 } };

test('a cell is lost when only the leaving team reached it, and beyond when nobody did', () => {
  const both = coverageWithout(1, [near, far], cells, defaultPolicy, at);
  expect(both.lost).toContain(0);
  expect(both.lost).not.toContain(3);
  expect([...both.lost, ...both.beyond].length).toBeLessThan(cells.length);
  expect(coverageWithout(1, [near], cells, defaultPolicy, at).beyond).toContain(3);
});

test('control: with a third team on the spot nothing is lost there', () => {
  expect(coverageWithout(1, [near, { ...near, teamId: 3 }], cells, defaultPolicy, at).lost).toEqual([]);
});
