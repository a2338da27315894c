import { expect, test } from 'vitest';
import type { ReplayReport } from '../../../shared/contract/replays.ts';
import type { ReplayWorldData } from '../../../shared/contract/studio.ts';
import { realityOf, realityTable } from '../../../shared/rules/replay/reality.ts';

const from = Date.UTC(2026, 2, 2);
const day = 86_400_000;
const figures = { incidents: 40, meanSeconds: 600, p50Seconds: 500, p90Seconds: 900, withinTarget: 0.9 };
const report = {
  from: new Date(from - 28 * day).toISOString(),
  to: new Date(from).toISOString(),
  after: {
    all: figures,
    byPriority: [1, 2, 3, 4].map((priority) => ({ ...figures, priority, targetSeconds: 600 })),
    byTeam: [
      { teamId: 1, code: 'T1', tasks: 40, busyHours: 20 },
      { teamId: 2, code: 'T2', tasks: 80, busyHours: 40 },
    ],
  },
} as unknown as Pick<ReplayReport, 'after' | 'from' | 'to'>;
/** Ten days, four incidents a day: three with a known response, one that nobody recorded. */
const world = {
  teams: [
    { teamId: 1, number: 1, code: 'T1', home: [0, 0] },
    { teamId: 2, number: 2, code: 'T2', home: [0, 0] },
  ],
  incidents: Array.from({ length: 40 }, (_, i) => ({
    incidentId: i + 1,
    reportedAt: from + Math.floor(i / 4) * day + (i % 4) * 3_600_000,
    priority: 1 + (i % 4),
    teamId: i % 4 === 3 ? null : 1 + (i % 2),
    responseMs: i % 4 === 3 ? null : (5 + (i % 4) * 5) * 60_000,
  })),
} as unknown as Pick<ReplayWorldData, 'incidents' | 'teams'>;
const input = { world, from, to: from + 10 * day, report, targetSeconds: [600, 600, 600, 600] };

test('what was promised stands beside what the ledger shows, over the incidents whose response is known', () => {
  const reality = realityOf(input);
  expect(reality).toMatchObject({ incidents: 40, measured: 30 });
  // 5, 10 and 15 minutes ten times each
  expect(reality.all.real).toMatchObject({
    incidents: 30,
    meanSeconds: 600,
    p50Seconds: 600,
    p90Seconds: 900,
  });
  expect(reality.all.real.withinTarget).toBeCloseTo(2 / 3, 12);
  expect(reality.all.promised).toEqual(figures);
  expect(reality.byPriority.map(({ real }) => real.incidents)).toEqual([10, 10, 10, 0]);
  // a report of four weeks against ten days
  expect(reality.byTeam).toEqual([
    { code: 'T1', promised: 10, real: expect.closeTo(14, 9) as number },
    { code: 'T2', promised: 20, real: expect.closeTo(7, 9) as number },
  ]);
  expect(reality.variation.promised).toBeCloseTo(1 / 3, 12);
  expect(reality.weeks.map((week) => [week.from, week.incidents])).toEqual([
    [from, 21],
    [from + 7 * day, 9],
  ]);
});

test('without a report only reality is told; the table has every row', () => {
  const reality = realityOf({ ...input, report: null });
  expect(reality.all.promised).toBeNull();
  expect(reality.byTeam.every(({ promised }) => promised === null)).toBe(true);
  const lines = realityTable(reality).trim().split('\n');
  expect(lines[0]).toBe('section,row,measure,promised,real');
  expect(lines).toContain('all,,p90Seconds,,900');
  expect(lines).toHaveLength(1 + 5 + 4 * 5 + 2 + 1 + 2 * 5);
});
