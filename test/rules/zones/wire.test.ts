import { expect, test } from 'vitest';
import { CellEditSchema, DraftOperationSchema } from '../../../shared/contract/planning.ts';
import type { DraftOperation } from '../../../shared/contract/planning.ts';
import { paint } from '../../../shared/rules/zones/operations.ts';
import type { CellId, ZoneId } from '../../../shared/contract/ids.ts';

test('an operation of the rules passes the wire unchanged, and a parsed one is an operation of the rules', () => {
  const stamp = { opId: '0b9fa7a4-6d0a-4a53-8c2b-3a6b6f1f3c11', author: 7 };
  const painted = paint(stamp, [3, 1, 3] as CellId[], 5 as ZoneId);
  const parsed: DraftOperation = DraftOperationSchema.parse(JSON.parse(JSON.stringify(painted)));
  expect(parsed).toEqual(painted);
  expect(painted).toMatchObject({ changes: [{ zoneId: 5, cellIds: [1, 3] }] });
});

test('control: a finished polygon or a half line is no cell edit', () => {
  const line = [
    [1_214_000_000, 300_000_000],
    [1_214_000_100, 300_000_000],
  ];
  expect(CellEditSchema.safeParse({ kind: 'split', cellId: 1, line }).success).toBe(true);
  expect(CellEditSchema.safeParse({ kind: 'split', cellId: 1, line: line.slice(1) }).success).toBe(false);
  expect(CellEditSchema.safeParse({ kind: 'replace', cellId: 1, ring: line }).success).toBe(false);
});
