import { expect, test } from 'vitest';
import { labelPlace } from '../../../client/studio/map/shapes.ts';
import type { Ring } from '../../../shared/rules/cells/ring.ts';

const square = (west: number, east: number): Ring => [
  [west, 0],
  [east, 0],
  [east, 100],
  [west, 100],
];
const shape = (west: number, east: number) => ({ key: `${west}-${east}`, polygons: [[square(west, east)]] });

test('the number of a zone stays where it stands while that lies in the zone, and moves when it does not', () => {
  const first = labelPlace(shape(0, 100), '7');
  expect(first.at[0]).toBe(50);
  expect(labelPlace(shape(0, 300), '7', first)).toBe(first);
  expect(labelPlace(shape(0, 300), '8', first)).toEqual({ at: first.at, label: '8' });
  // control: without a place before, the middle of the larger zone
  expect(labelPlace(shape(0, 300), '7').at[0]).toBe(150);
  expect(labelPlace(shape(60, 300), '7', first).at[0]).toBe(180);
});
